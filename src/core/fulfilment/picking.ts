/** What of a parcel a picker needs. */
export interface PickParcel {
  readonly id: number
  readonly lines: readonly PickLine[]
}
export interface PickLine {
  readonly skuId: number
  readonly code: string
  readonly quantity: number
}

/**
 * The order in which parcels are picked, and therefore printed (拣货顺序): those of one kind of goods first, equal goods together, so that
 * one walk along the shelves and one pile of labels go in step.
 */
export function inPickingOrder<P extends PickParcel>(parcels: readonly P[]): P[] {
  return parcels
    .map((parcel) => ({ parcel, kinds: new Set(parcel.lines.map((l) => l.skuId)).size, goods: goodsOf(parcel) }))
    .sort((a, b) => a.kinds - b.kinds || compare(a.goods, b.goods) || a.parcel.id - b.parcel.id)
    .map(({ parcel }) => parcel)
}

const goodsOf = ({ lines }: PickParcel) =>
  lines
    .map((line) => `${line.code}\t${String(line.quantity).padStart(6, '0')}`)
    .sort(compare)
    .join('\n')

/** SKU-2 stands before SKU-10, as on the shelves. */
const byNumbers = new Intl.Collator('en', { numeric: true })
const compare = (a: string, b: string) => byNumbers.compare(a, b) || Number(a > b) - Number(a < b)

/** All pieces of one SKU, and in which parcels they go: `no` counts from 1 in the given order. */
export interface PickGroup<L extends PickLine> {
  readonly line: L
  readonly total: number
  readonly places: readonly { readonly no: number; readonly quantity: number }[]
}

/** What to fetch from the shelves for these parcels (拣货单), by code; totals add up to the parcels' pieces. */
export function pickGroups<L extends PickLine>(parcels: readonly { readonly lines: readonly L[] }[]): PickGroup<L>[] {
  const places = parcels.flatMap(({ lines }, at) => lines.map((line) => ({ no: at + 1, line })))
  return [...Map.groupBy(places, ({ line }) => line.skuId).values()]
    .map((ofSku) => ({
      line: ofSku[0]!.line,
      total: ofSku.reduce((sum, { line }) => sum + line.quantity, 0),
      places: [...Map.groupBy(ofSku, ({ no }) => no)].map(([no, some]) => ({
        no,
        quantity: some.reduce((sum, { line }) => sum + line.quantity, 0),
      })),
    }))
    .sort((a, b) => compare(a.line.code, b.line.code))
}
