import type { ParcelRow } from '../../../src/contract/fulfilment.ts'
import type { ParcelLine } from './judge.ts'

/** A sentence of the server in both languages; null where it said nothing more. */
export type Told = { readonly zh: string; readonly en: string } | null

/** What the whole band says. */
export type Band =
  | { readonly kind: 'idle' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'opened' }
  | { readonly kind: 'right'; readonly line: ParcelLine }
  | { readonly kind: 'done' }
  | { readonly kind: 'shipped' }
  | { readonly kind: 'foreign' | 'surplus' | 'too-few' | 'mixed'; readonly code: string; readonly name: string | null }
  | { readonly kind: 'stopped'; readonly parcelNo: string; readonly words: Told }
  | { readonly kind: 'unknown'; readonly code: string }
  | { readonly kind: 'not-now'; readonly state: ParcelRow['state'] }
  | { readonly kind: 'refused'; readonly words: Told }

export interface BenchState {
  readonly parcel: ParcelRow | null
  /** The goods last scanned: a number typed by hand is their count. */
  readonly lineId: number | null
  readonly band: Band
  /** What left this bench since the page was opened. */
  readonly parcels: number
  readonly pieces: number
}

export const emptyBench: BenchState = { parcel: null, lineId: null, band: { kind: 'idle' }, parcels: 0, pieces: 0 }

/** A red band that only the right scan ends. */
export const isRed = (band: Band): boolean => /^(foreign|surplus|too-few|mixed)$/.test(band.kind)

/** Whether a parcel lies open on the bench and takes pieces. */
export const isOpen = ({ parcel, band }: BenchState): boolean =>
  parcel !== null && (isRed(band) || band.kind === 'opened' || band.kind === 'right')
