import { html, jsonText, type Reply } from '../../aid/http.ts'
import { type GatewayError, platformError } from './errors.ts'
import type { World } from './world.ts'

/** What happens to a call instead of its answer, before anything of it is done. */
export type Breakage =
  | { readonly kind: 'busy' }
  | { readonly kind: 'error'; readonly error: GatewayError }
  | { readonly kind: 'reply'; readonly reply: Reply }

export interface Struck {
  readonly operation: string
  readonly isWrite: boolean
}

/** The faults that come before the deed: silence, a broken connection, a platform in trouble. Null: none strikes. */
export function breakBefore({ faults }: World, { operation, isWrite }: Struck): Breakage | null {
  if (faults.strikes('hang', operation)) return { kind: 'reply', reply: { kind: 'hang' } }
  if (isWrite && faults.strikes('cut', operation)) return { kind: 'reply', reply: { kind: 'cut' } }
  if (faults.strikes('busy', operation)) return { kind: 'busy' }
  if (!faults.strikes('server-error', operation)) return null
  const way = faults.chance().whole(0, 2)
  if (way === 0) return { kind: 'error', error: platformError }
  return { kind: 'reply', reply: way === 1 ? badGateway : html('<h1>503 Service Unavailable</h1>', 503) }
}

const badGateway = html('<html><body><h1>502 Bad Gateway</h1></body></html>', 502)

/** The faults that come after the deed. `text` is the answer as it should have been. Source of the 502: jd.md 15.9. */
export function breakAfter(world: World, { operation, isWrite }: Struck, text: string): Reply | null {
  const { faults } = world
  if (isWrite && faults.strikes('drop-after-apply', operation))
    return faults.chance().happens(0.5) ? { kind: 'cut' } : badGateway
  if (!isWrite && faults.strikes('cut', operation)) return { kind: 'cut', body: text }
  if (faults.strikes('nonsense', operation)) return nonsense(world, text)
  return null
}

/** Answers no reader should take for an empty list. */
function nonsense(world: World, text: string): Reply {
  const root = /^\{"([^"]+)"/.exec(text)?.[1] ?? ''
  const ways: readonly Reply[] = [
    html('<!DOCTYPE html><html><body>系统繁忙，请稍后再试</body></html>'),
    jsonText(text.slice(0, Math.floor(text.length / 2))),
    jsonText(''),
    jsonText('{}'),
    jsonText('{"jingdong_some_other_responce":{"code":"0"}}'),
    jsonText(`{"${root}":{}}`),
    jsonText('null'),
  ]
  return world.faults.chance().pick(ways)
}
