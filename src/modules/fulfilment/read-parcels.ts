import type { z } from 'zod'
import type { listParcels, ParcelRow } from '../../contract/fulfilment.ts'
import { maskName, maskPhone } from '../../core/address/mask.ts'
import { Failure } from '../../core/failures.ts'
import { carrierNamed } from '../../core/logistics/carriers.ts'
import type { Ctx } from '../../platform/module.ts'
import { type ShipmentOutcome, shipmentOutcomes } from '../channels/index.ts'
import { type Person, readPeople, searchOrders } from '../orders/index.ts'
import { reportOf } from './report-of.ts'
import { type Cursor, countViews, listKeys, type ParcelFilter } from './store/list.ts'
import { findParcels, type ParcelStored } from './store/parcels.ts'
import { type LineRow, listLines, listOrders, type OrderRow } from './store/pieces.ts'

/** A parcel as it is answered; personal fields are still in it, masked, and cut by the platform. */
export type ReadRow = z.input<typeof ParcelRow>

/** One page of parcels (包裹列表) with the counts of all views. */
export async function findPage(
  ctx: Ctx,
  asked: z.output<typeof listParcels.input>,
): Promise<z.input<typeof listParcels.output>> {
  const filter: ParcelFilter = {
    view: asked.view,
    warehouseId: asked.warehouseId ?? null,
    carrier: asked.carrier ?? null,
    shopId: asked.shopId ?? null,
    found: await search(ctx, asked.search),
  }
  const keys = await listKeys(ctx.db, filter, { after: readCursor(asked.after), limit: asked.limit })
  const page = keys.slice(0, asked.limit)
  const last = page.at(-1)
  const counted = new Map((await countViews(ctx.db)).map((row) => [row.name, row.count]))
  const count = (name: Parameters<typeof counted.get>[0]) => counted.get(name) ?? 0
  return {
    rows: await readRows(
      ctx,
      page.map((key) => key.id),
    ),
    next: keys.length > asked.limit && last ? writeCursor(last) : null,
    counts: {
      'to-allocate': count('to-allocate'),
      'to-print': count('to-print'),
      printed: count('printed'),
      checked: count('checked'),
      shipped: count('shipped'),
      stopped: count('stopped'),
      cancelled: count('cancelled'),
      unsent: count('unsent'),
    },
  }
}

/** Parcel numbers are ours; any other word means what it means among orders: their numbers, waybills, SKUs, names, phone tails. */
async function search(ctx: Ctx, text: string): Promise<ParcelFilter['found']> {
  const words = text.split(/[\s,，、;；]+/).filter(Boolean)
  if (words.length === 0) return null
  const parcelNos = words.filter((word) => /^[Pp]\d{8,15}$/.test(word))
  const others = words.filter((word) => !parcelNos.includes(word))
  const { ids } = await searchOrders(ctx, others.join(' '))
  return { parcelIds: parcelNos.map((word) => Number(word.slice(1))), orderIds: ids ?? [] }
}

const writeCursor = ({ at, id }: Cursor) => Buffer.from(JSON.stringify([at, id])).toString('base64url')

function readCursor(text: string | undefined): Cursor | null {
  if (text === undefined) return null
  try {
    const [at, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    return typeof at === 'string' && typeof id === 'number' ? { at, id } : null
  } catch {
    return null
  }
}

/** Throws PARCEL_NOT_FOUND. */
export async function mustRead(ctx: Ctx, id: number): Promise<ReadRow> {
  const [row] = await readRows(ctx, [id])
  if (!row) throw new Failure('PARCEL_NOT_FOUND', { parcel: id })
  return row
}

/** Parcels in the order of `ids`, people masked. Five statements whatever the number. */
async function readRows(ctx: Ctx, ids: readonly number[]): Promise<ReadRow[]> {
  if (ids.length === 0) return []
  const parcels = new Map((await findParcels(ctx.db, ids)).map((parcel) => [parcel.id, parcel]))
  const orders = Map.groupBy(await listOrders(ctx.db, ids), (order) => order.parcelId)
  const lines = Map.groupBy(await listLines(ctx.db, ids), (line) => line.parcelId)
  const orderIds = [...new Set([...orders.values()].flat().map((order) => order.orderId))]
  const people = await readPeople(ctx, orderIds)
  const outcomes = Map.groupBy(await shipmentOutcomes(ctx, orderIds), (outcome) => outcome.parcelId)
  return ids.flatMap((id) => {
    const parcel = parcels.get(id)
    if (!parcel) return []
    const theirs = orders.get(id) ?? []
    return [
      rowOf(parcel, {
        orders: theirs,
        lines: lines.get(id) ?? [],
        people: theirs.flatMap((order) => people.get(order.orderId) ?? []),
        outcomes: outcomes.get(id) ?? [],
      }),
    ]
  })
}

interface Given {
  readonly orders: readonly OrderRow[]
  readonly lines: readonly LineRow[]
  readonly people: readonly Person[]
  readonly outcomes: readonly ShipmentOutcome[]
}

function rowOf(parcel: ParcelStored, { orders, lines, people, outcomes }: Given): ReadRow {
  const [person] = people
  const { province, city, district } = parcel
  return {
    id: parcel.id,
    parcelNo: parcel.parcelNo,
    state: parcel.state,
    orders: orders.map(({ orderId, orderNo, channelOrderNo, shopId }) => ({
      id: orderId,
      orderNo,
      channelOrderNo,
      shopId,
    })),
    warehouseId: parcel.warehouseId,
    carrier: parcel.carrier,
    carrierName: parcel.carrier && (carrierNamed(parcel.carrier)?.name ?? parcel.carrier),
    waybillNo: parcel.waybillNo,
    receiver: person
      ? { name: maskName(person.receiver.name), phone: maskPhone(person.receiver.phone) }
      : { name: '', phone: '' },
    region: { province, city, district },
    lines: lines.map(lineOf),
    pieces: parcel.pieceCount,
    prints: parcel.prints,
    printedAt: parcel.printedAt,
    printedBy: parcel.printedBy,
    checkedAt: parcel.checkedAt,
    shippedAt: parcel.shippedAt,
    stopped: parcel.state === 'stopped' ? parcel.stoppedBecause : null,
    report: parcel.state === 'shipped' ? reportOf(outcomes) : null,
    shipBy: parcel.shipBy,
    note: noteOf(people),
  }
}

const lineOf = ({ id, skuId, code, name, specification, barcode, imageUrl, quantity, checked }: LineRow) => ({
  id,
  skuId,
  code,
  name,
  specification,
  barcode,
  imageUrl,
  quantity,
  checked,
})

/** What buyers wish and what we wrote about it, for whoever packs. */
function noteOf(people: readonly Person[]): string | null {
  const words = people.flatMap(({ buyerNote, sellerRemark }) => [
    ...(buyerNote ? [`买家留言：${buyerNote}`] : []),
    ...(sellerRemark ? [`卖家备注：${sellerRemark}`] : []),
  ])
  return words.length === 0 ? null : words.join('；')
}
