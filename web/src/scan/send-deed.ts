import { CallFailed, call, holdCsrf } from '../api.ts'
import type { ScanDeed } from './deeds.ts'
import type { Sent } from './queue.ts'

/** Sends one deed. A repeat of what was done already counts as done. */
export async function sendDeed(deed: ScanDeed): Promise<Sent> {
  try {
    if (deed.kind === 'ship') return await ship(deed)
    if (deed.kind === 'uncheck') {
      return { kind: 'done', parcel: await call('POST /parcels/:id/uncheck', { id: deed.parcelId }) }
    }
    const { parcelId: id, code, quantity, key } = deed
    return { kind: 'done', parcel: await call('POST /parcels/:id/check', { id, code, quantity, key }) }
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error
    return error.body.code === 'CSRF_REFUSED' ? await renewed() : sentOf(error)
  }
}

/** An answer that may have been lost is no reason to alarm anybody: a parcel that is shipped already was shipped by us. */
async function ship({ parcelId }: ScanDeed): Promise<Sent> {
  const { leftOut } = await call('POST /parcels/ship', { parcelIds: [parcelId] })
  const [refused] = leftOut
  const parcel = await call('GET /parcels/:id', { id: parcelId })
  if (refused === undefined || parcel.state === 'shipped') return { kind: 'done', parcel }
  return { kind: 'refused', failure: { code: refused.code, zh: refused.zh, en: refused.zh } }
}

const waits = new Set([0, 408, 425, 429, 500, 502, 503, 504])

function sentOf({ status, body }: CallFailed): Sent {
  if (status === 401) return { kind: 'later', isSignedOut: true }
  if (waits.has(status)) return { kind: 'later', isSignedOut: false }
  return { kind: 'refused', failure: body }
}

/** Whoever began without network, or signed in elsewhere since, has no page token that counts; the deed itself is good. */
async function renewed(): Promise<Sent> {
  try {
    holdCsrf((await call('GET /me', {})).csrfToken)
    return { kind: 'later', isSignedOut: false }
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error
    return { kind: 'later', isSignedOut: error.status === 401 }
  }
}
