import type { ParcelRow } from '../../../src/contract/fulfilment.ts'
import { isSameCode, meaningsOf } from './codes.ts'

export type ParcelLine = ParcelRow['lines'][number]

/** What one scan means to an open parcel. */
export type Verdict =
  | { readonly kind: 'piece'; readonly line: ParcelLine }
  | { readonly kind: 'surplus'; readonly line: ParcelLine }
  | { readonly kind: 'itself' }
  | { readonly kind: 'foreign' }

/** Decides at the bench, without asking: the server decides again, and its word counts. */
export function judge(parcel: ParcelRow, scanned: string): Verdict {
  const meanings = meaningsOf(scanned)
  if (meanings.some((code) => names(parcel, code))) return { kind: 'itself' }
  const lines = parcel.lines.filter((line) => meanings.some((code) => isLine(line, code)))
  const wanting = lines.find((line) => line.checked < line.quantity)
  if (wanting) return { kind: 'piece', line: wanting }
  const [full] = lines
  return full ? { kind: 'surplus', line: full } : { kind: 'foreign' }
}

const isLine = (line: ParcelLine, code: string): boolean =>
  isSameCode(line.code, code) || isSameCode(line.barcode, code)

/** Whether a code is one of the parcel's own: its number, its waybill, or an order in it. */
export function names(parcel: ParcelRow, code: string): boolean {
  return (
    isSameCode(parcel.parcelNo, code) ||
    isSameCode(parcel.waybillNo, code) ||
    parcel.orders.some((order) => isSameCode(order.orderNo, code) || isSameCode(order.channelOrderNo, code))
  )
}

/** The parcel that a scan means among those known here: by its own numbers, else the most urgent that needs the goods. */
export function findParcel(parcels: readonly ParcelRow[], scanned: string): ParcelRow | null {
  const meanings = meaningsOf(scanned)
  const named = parcels.find((parcel) => meanings.some((code) => names(parcel, code)))
  if (named) return named
  const needing = parcels.filter(
    (parcel) =>
      (parcel.state === 'printed' || parcel.state === 'to-print') &&
      parcel.stopped === null &&
      parcel.lines.some((line) => line.checked < line.quantity && meanings.some((code) => isLine(line, code))),
  )
  return needing.sort((one, other) => urgency(one) - urgency(other) || one.id - other.id)[0] ?? null
}

const urgency = (parcel: ParcelRow): number => parcel.shipBy ?? Number.MAX_SAFE_INTEGER

export const checkedOf = (parcel: ParcelRow): number => parcel.lines.reduce((sum, line) => sum + line.checked, 0)

export const isWhole = (parcel: ParcelRow): boolean => parcel.lines.every((line) => line.checked >= line.quantity)

/** The parcel with more pieces of a line checked. */
export function withChecked(parcel: ParcelRow, lineId: number, more: number): ParcelRow {
  const lines = parcel.lines.map((line) => (line.id === lineId ? { ...line, checked: line.checked + more } : line))
  return { ...parcel, lines }
}

/** The parcel with more pieces of a SKU checked; several lines of one SKU are filled one after the other, as the server does. */
export function withPieces(parcel: ParcelRow, code: string, pieces: number): ParcelRow {
  let rest = pieces
  const lines = parcel.lines.map((line) => {
    if (!isSameCode(line.code, code)) return line
    const more = Math.min(rest, line.quantity - line.checked)
    rest -= more
    return { ...line, checked: line.checked + more }
  })
  return { ...parcel, lines }
}

/**
 * How many more pieces a number typed by hand adds: it is the whole count of the goods last scanned. Null when it is no such number,
 * or fewer than were scanned already.
 */
export function moreByHand(line: ParcelLine, typed: string): number | null {
  if (!/^\d{1,4}$/.test(typed)) return null
  const more = Number(typed) - line.checked
  return more > 0 ? more : null
}
