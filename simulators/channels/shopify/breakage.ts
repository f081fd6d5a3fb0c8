import { html, json, jsonText, type Reply } from '../../aid/http.ts'
import type { World } from './world.ts'

/** A call as faults see it. */
export interface Struck {
  /** The first field of the document. */
  readonly operation: string
  readonly isWrite: boolean
}

/** The faults that come before the deed: silence, a broken connection, a platform in trouble. Null: none strikes. */
export function breakBefore({ faults }: World, { operation, isWrite }: Struck): Reply | null {
  if (faults.strikes('hang', operation)) return { kind: 'hang' }
  if (isWrite && faults.strikes('cut', operation)) return { kind: 'cut' }
  if (faults.strikes('busy', operation)) return busy
  if (!faults.strikes('server-error', operation)) return null
  const status = faults.chance().pick([500, 502, 504])
  return status === 500 ? json({ errors: 'Internal Server Error' }, 500) : gatewayPage(status)
}

const busy: Reply = {
  kind: 'answer',
  status: 503,
  headers: { 'content-type': 'application/json;charset=UTF-8', 'retry-after': '2' },
  body: '{"errors":"Service Unavailable"}',
}

const gatewayPage = (status: number) => html(`<html><body><h1>${status} Bad Gateway</h1></body></html>`, status)

/** The faults that come after the deed. `text` is the answer as it should have been. */
export function breakAfter({ faults }: World, { operation, isWrite }: Struck, text: string): Reply | null {
  if (isWrite && faults.strikes('drop-after-apply', operation))
    return faults.chance().happens(0.5) ? { kind: 'cut' } : gatewayPage(504)
  if (!isWrite && faults.strikes('cut', operation)) return { kind: 'cut', body: text }
  return faults.strikes('nonsense', operation) ? nonsense({ faults }, text) : null
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
