import { html, json, jsonText, type Reply } from '../../aid/http.ts'
import type { World } from './world.ts'

/** A call as faults see it. */
export interface Struck {
  /** The first field of the document. */
  readonly operation: string
  readonly isWrite: boolean
}

/** The faults that come before the deed: silence, a broken connection, the host's limits, a server in trouble. Null: none strikes. */
export function breakBefore({ faults }: World, { operation, isWrite }: Struck): Reply | null {
  if (faults.strikes('hang', operation)) return { kind: 'hang' }
  if (isWrite && faults.strikes('cut', operation)) return { kind: 'cut' }
  if (faults.strikes('throttle', operation))
    return hostPage(429, 'Too Many Requests', faults.chance().happens(0.5) ? 2 : null)
  if (faults.strikes('quota', operation)) return hostPage(429, 'Too Many Requests', quotaWaitSeconds)
  if (faults.strikes('busy', operation))
    return hostPage(503, 'Service Unavailable', faults.chance().happens(0.5) ? 2 : null)
  return faults.strikes('server-error', operation) ? serverError({ faults }) : null
}

/** How long a caller waits when a host's quota is gone. */
const quotaWaitSeconds = 3600

function hostPage(status: number, title: string, retryAfter: number | null): Reply {
  const page = html(`<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`, status)
  if (retryAfter === null || page.kind !== 'answer') return page
  return { ...page, headers: { ...page.headers, 'retry-after': String(retryAfter) } }
}

/** The program itself says so with HTTP 200, what stands before it with a page. Source: own-site.md 4 [assumed]. */
function serverError({ faults }: Pick<World, 'faults'>): Reply {
  const status = faults.chance().pick([200, 500, 502, 504])
  if (status !== 200) return hostPage(status, status === 500 ? 'Internal Server Error' : 'Bad Gateway', null)
  const extensions = { code: 'INTERNAL_SERVER_ERROR' }
  return json({ errors: [{ message: 'Internal server error', extensions }], data: null })
}

/** A key that no longer holds: the program says FORBIDDEN with HTTP 200, a host before it 401 or 403. */
export function refusedKey({ faults }: World, isPlayed: boolean): Reply {
  const status = isPlayed ? faults.chance().pick([200, 200, 401, 403]) : 200
  if (status !== 200) return hostPage(status, status === 401 ? 'Unauthorized' : 'Forbidden', null)
  const message = 'You are not currently authorized to perform this action'
  return json({ errors: [{ message, extensions: { code: 'FORBIDDEN' } }], data: null })
}

/** The faults that come after the deed. `text` is the answer as it should have been. */
export function breakAfter({ faults }: World, { operation, isWrite }: Struck, text: string): Reply | null {
  if (isWrite && isDropped({ faults }, operation))
    return faults.chance().happens(0.5) ? { kind: 'cut' } : hostPage(504, 'Gateway Timeout', null)
  if (!isWrite && faults.strikes('cut', operation)) return { kind: 'cut', body: text }
  return faults.strikes('nonsense', operation) ? nonsense({ faults }, text) : null
}

/**
 * A shipment is two writes. Dropped after the first it has not been reported: nothing was handed over. So `drop-after-apply` strikes the first
 * only where a plan names it.
 */
function isDropped({ faults }: Pick<World, 'faults'>, operation: string): boolean {
  const isFirstStep = operation === 'addFulfillmentToOrder'
  const isNamed = faults.plan().faults.some(({ operations }) => operations?.includes(operation))
  return (!isFirstStep || isNamed) && faults.strikes('drop-after-apply', operation)
}

/** Answers no reader should take for an empty list. */
function nonsense({ faults }: Pick<World, 'faults'>, text: string): Reply {
  return faults
    .chance()
    .pick<Reply>([
      html('<!DOCTYPE html><html><body>Something went wrong</body></html>'),
      jsonText(text.slice(0, Math.floor(text.length / 2))),
      jsonText(''),
      jsonText('{}'),
      jsonText('null'),
      jsonText('{"data":null}'),
    ])
}
