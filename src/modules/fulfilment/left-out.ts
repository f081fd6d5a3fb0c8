import type { BatchResult } from '../../contract/route.ts'
import { type FailureCode, failureWords } from '../../core/failures.ts'
import type { Loaded } from './load-parcels.ts'
import type { ParcelStored } from './store/parcels.ts'

export type LeftOut = BatchResult['leftOut'][number]

/** A parcel left out by a failure it would be on its own. */
export function leftOutBy(
  { id, parcelNo }: Pick<ParcelStored, 'id' | 'parcelNo'>,
  code: FailureCode,
  details: Readonly<Record<string, string | number>>,
): LeftOut {
  return { id, label: parcelNo, code, zh: failureWords(code, { parcel: parcelNo, ...details }) }
}

/** Keys that no parcel has. */
export function notFound(ids: readonly number[], loaded: readonly Loaded[]): LeftOut[] {
  const found = new Set(loaded.map(({ parcel }) => parcel.id))
  return [...new Set(ids)]
    .filter((id) => !found.has(id))
    .map((id) => leftOutBy({ id, parcelNo: String(id) }, 'PARCEL_NOT_FOUND', {}))
}
