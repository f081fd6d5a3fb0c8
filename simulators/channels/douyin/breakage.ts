import { html, jsonText, type Reply } from '../../aid/http.ts'
import { type DouyinError, serviceBusy, serviceError } from './errors.ts'
import type { World } from './world.ts'

/** What happens to a call instead of its answer. */
export type Breakage =
  | { readonly kind: 'error'; readonly error: DouyinError }
  | { readonly kind: 'reply'; readonly reply: Reply }

interface Doing {
  readonly operation: string
  readonly isWrite: boolean
}

/** The faults that come before the deed: silence, a broken connection, a platform in trouble. Null: none strikes. */
export function breakBefore({ faults }: World, { operation, isWrite }: Doing): Breakage | null {
  if (faults.strikes('hang', operation)) return { kind: 'reply', reply: { kind: 'hang' } }
  if (isWrite && faults.strikes('cut', operation)) return { kind: 'reply', reply: { kind: 'cut' } }
  if (faults.strikes('busy', operation)) return { kind: 'error', error: serviceBusy }
  if (!faults.strikes('server-error', operation)) return null
  const way = faults.chance().whole(0, 2)
  if (way === 0) return { kind: 'error', error: serviceError }
  const page = '<html><body><h1>502 Bad Gateway</h1></body></html>'
  return { kind: 'reply', reply: way === 1 ? html(page, 502) : html('', 503) }
}

/** The faults that come after the deed: a connection cut, a platform that lost sight of it, an answer that is none. */
export function breakAfter(world: World, { operation, isWrite }: Doing, text: string): Breakage | null {
  const { faults } = world
  if (isWrite && faults.strikes('drop-after-apply', operation)) {
    if (faults.chance().happens(0.5)) return { kind: 'reply', reply: { kind: 'cut' } }
    return { kind: 'error', error: serviceError }
  }
  if (!isWrite && faults.strikes('cut', operation)) return { kind: 'reply', reply: { kind: 'cut', body: text } }
  return faults.strikes('nonsense', operation) ? { kind: 'reply', reply: nonsense(world, text) } : null
}

/** Answers no reader should take for success or for an empty list. */
function nonsense(world: World, text: string): Reply {
  const ways: readonly Reply[] = [
    html('<!DOCTYPE html><html><body>系统繁忙，请稍后再试</body></html>'),
    jsonText(text.slice(0, Math.floor(text.length / 2))),
    jsonText(''),
    jsonText('{}'),
    jsonText('[]'),
    jsonText('null'),
  ]
  return world.faults.chance().pick(ways)
}
