import type { ParcelRow } from '../../../src/contract/fulfilment.ts'
import { CallFailed, call } from '../api.ts'
import type { Found } from './bench-steps.ts'
import { meaningsOf } from './codes.ts'
import type { ParcelStore } from './device-store.ts'
import { findParcel, names } from './judge.ts'

const patienceMs = 4_000
const atOnce = 200

interface ShelfParts {
  readonly store: ParcelStore
  readonly isOffline: () => boolean
  readonly heard: (isReached: boolean) => void
}

/** The parcels that wait for checking, on this device, and the look-up of a scan: by the server, without it from the device. */
export async function openShelf({ store, isOffline, heard }: ShelfParts) {
  let parcels: readonly ParcelRow[] = await store.parcels()
  const here = (code: string): Found => {
    const parcel = findParcel(parcels, code)
    return parcel ? { kind: 'parcel', parcel } : { kind: 'unknown' }
  }
  return {
    knows: (code: string): boolean =>
      meaningsOf(code).some((meaning) => parcels.some((parcel) => names(parcel, meaning))),
    find: async (code: string): Promise<Found> => {
      if (isOffline()) return here(code)
      for (const meaning of meaningsOf(code)) {
        const found = await ask(meaning)
        heard(found !== null)
        if (found === null) return here(code)
        if (found.kind !== 'unknown') return found
      }
      return { kind: 'unknown' }
    },
    /** Reads all that wait for checking, and keeps them. Throws CallFailed. */
    fill: async (): Promise<void> => {
      parcels = await allOpen()
      await store.keepParcels(parcels)
    },
    size: () => parcels.length,
  }
}

async function allOpen(): Promise<ParcelRow[]> {
  const rows: ParcelRow[] = []
  let after: string | undefined
  do {
    const page = await call('GET /parcels', { view: 'open', limit: atOnce, after })
    rows.push(...page.rows)
    after = page.next ?? undefined
  } while (after !== undefined)
  return rows
}

/** Asks the server; null when it was not reached. */
async function ask(code: string): Promise<Found | null> {
  try {
    return { kind: 'parcel', parcel: await call('GET /parcels/scan', { code }, AbortSignal.timeout(patienceMs)) }
  } catch (error) {
    return foundOf(error, code)
  }
}

/** What a failed look-up says; null when the server was not reached. */
function foundOf(error: unknown, code: string): Found | null {
  if (error instanceof DOMException && /^(Timeout|Abort)Error$/.test(error.name)) return null
  if (!(error instanceof CallFailed)) throw error
  const { body, status } = error
  if (status === 0 || status >= 500) return null
  if (body.code === 'PARCEL_NOT_FOUND' || body.code === 'SKU_NOT_FOUND') return { kind: 'unknown' }
  if (body.code === 'PARCEL_STOPPED') return { kind: 'stopped', parcelNo: code, words: body }
  return { kind: 'refused', words: body }
}
