import type { ParcelRow, printDocuments } from '../../../../src/contract/fulfilment.ts'
import { download } from '../../api.ts'
import { keep, kept } from '../../keep.ts'

export type PrintDocument = (typeof printDocuments)[number]

/** The same as in the contract, which the page takes only types from. */
export const documents = [
  'label-76x130',
  'label-100x180',
  'picking',
  'packing',
] as const satisfies readonly PrintDocument[]

export const isLabel = (document: PrintDocument): boolean => document.startsWith('label')

const place = 'tongdan.label'

/** The label that was printed last on this machine, whose printer holds that paper. */
export const lastLabel = (): PrintDocument => documents.find((each) => each === kept(place)) ?? 'label-76x130'

/** Remembers the paper of this machine's printer. */
export function rememberLabel(document: PrintDocument): void {
  if (isLabel(document)) keep(place, document)
}

/** Parcels sorted by what may be printed of them. */
export interface PrintPlan {
  readonly fresh: readonly ParcelRow[]
  readonly again: readonly ParcelRow[]
  readonly noNumber: readonly ParcelRow[]
  readonly stopped: readonly ParcelRow[]
}

export function planPrint(parcels: readonly ParcelRow[], document: PrintDocument): PrintPlan {
  const stopped = parcels.filter((row) => row.stopped !== null || row.state === 'stopped' || row.state === 'cancelled')
  const good = parcels.filter((row) => !stopped.includes(row))
  if (!isLabel(document)) return { fresh: good, again: [], noNumber: [], stopped }
  const numbered = good.filter((row) => row.waybillNo !== null)
  return {
    fresh: numbered.filter((row) => row.prints === 0),
    again: numbered.filter((row) => row.prints > 0),
    noNumber: good.filter((row) => row.waybillNo === null),
    stopped,
  }
}

export interface Sheet {
  readonly address: string
  readonly blob: Blob
  readonly fileName: string
  readonly parcels: number
  readonly leftOut: readonly LeftOut[]
}

/** A parcel that was not printed, and why. */
export interface LeftOut {
  readonly label: string
  readonly zh: string
}

const atOnce = 500

/** Has the sheets made, at most 500 parcels each; `onSheet` gets each as it is ready. Throws CallFailed. */
export async function makeSheets(
  ids: readonly number[],
  document: PrintDocument,
  onSheet: (sheet: Sheet) => void,
): Promise<void> {
  for (let from = 0; from < ids.length; from += atOnce) {
    const parcelIds = ids.slice(from, from + atOnce)
    const { blob, fileName, leftOut } = await download('POST /parcels/print', { parcelIds, document })
    const pdf = new Blob([blob], { type: 'application/pdf' })
    onSheet({
      address: URL.createObjectURL(pdf),
      blob: pdf,
      fileName: fileName || `${document}.pdf`,
      parcels: parcelIds.length,
      leftOut: leftOutOf(leftOut),
    })
  }
}

/** From the header: `{ count, rows }`, or nothing. */
const leftOutOf = (header: string): readonly LeftOut[] =>
  header === '' ? [] : (JSON.parse(header) as { rows: readonly LeftOut[] }).rows
