import { html, jsonText, type Reply } from '../../aid/http.ts'
import { type PlatformError, platformBusy, systemFailure } from './errors.ts'
import type { World } from './world.ts'

/** What happens to a call instead of its answer, before anything of it is done. */
export type Breakage =
  | { readonly kind: 'error'; readonly error: PlatformError }
  | { readonly kind: 'reply'; readonly reply: Reply }

export interface Struck {
  readonly method: string
  readonly isWrite: boolean
}

/** The faults that come before the deed: silence, a broken connection, a platform in trouble. Null: none strikes. */
export function breakBefore({ faults }: World, { method, isWrite }: Struck): Breakage | null {
  if (faults.strikes('hang', method)) return { kind: 'reply', reply: { kind: 'hang' } }
  if (isWrite && faults.strikes('cut', method)) return { kind: 'reply', reply: { kind: 'cut' } }
  if (faults.strikes('busy', method)) return { kind: 'error', error: platformBusy }
  if (!faults.strikes('server-error', method)) return null
  const way = faults.chance().whole(0, 2)
  if (way === 0) return { kind: 'error', error: systemFailure }
  return { kind: 'reply', reply: way === 1 ? badGateway : html('<h1>503 Service Unavailable</h1>', 503) }
}

const badGateway = html('<html><body><h1>502 Bad Gateway</h1></body></html>', 502)

/** The faults that come after the deed. `text` is the answer as it should have been. */
export function breakAfter(world: World, { method, isWrite }: Struck, text: string): Reply | null {
  const { faults } = world
  if (isWrite && faults.strikes('drop-after-apply', method))
    return faults.chance().happens(0.5) ? { kind: 'cut' } : badGateway
  if (!isWrite && faults.strikes('cut', method)) return { kind: 'cut', body: text }
  if (!faults.strikes('nonsense', method)) return null
  const root = /^\{"([^"]+)"/.exec(text)?.[1] ?? ''
  return faults
    .chance()
    .pick<Reply>([
      html('<!DOCTYPE html><html><body>系统繁忙，请稍后再试</body></html>'),
      jsonText(text.slice(0, Math.floor(text.length / 2))),
      jsonText(''),
      jsonText('{}'),
      jsonText('null'),
      jsonText('{"some_other_response":{"request_id":"1"}}'),
      jsonText(`{"${root}":{}}`),
    ])
}
