import { html, jsonText, type Reply } from '../../aid/http.ts'
import {
  remote,
  remoteServiceError,
  serviceUnavailable,
  shippingError,
  slowQuery,
  systemBusy,
  type TopError,
} from './errors.ts'
import type { World } from './world.ts'

/** What happens to a call instead of its answer, before anything of it is done. */
export type Breakage =
  | { readonly kind: 'error'; readonly error: TopError }
  | { readonly kind: 'reply'; readonly reply: Reply }

/** The faults that come before the deed: silence, a broken connection, a platform in trouble. Null: none strikes. */
export function breakBefore(world: World, operation: string, isWrite: boolean): Breakage | null {
  const { faults } = world
  if (faults.strikes('hang', operation)) return { kind: 'reply', reply: { kind: 'hang' } }
  if (isWrite && faults.strikes('cut', operation)) return { kind: 'reply', reply: { kind: 'cut' } }
  if (faults.strikes('busy', operation)) return { kind: 'error', error: busyOf(world, operation, isWrite) }
  if (!faults.strikes('server-error', operation)) return null
  const way = faults.chance().whole(0, 2)
  if (way === 0) return { kind: 'error', error: serviceUnavailable }
  if (way === 1) return { kind: 'error', error: remoteServiceError }
  return { kind: 'reply', reply: html('<html><body><h1>502 Bad Gateway</h1></body></html>', 502) }
}

/** Each kind of call is too busy in its own words. Source: taobao.md 5.1, 11.4. */
function busyOf(world: World, operation: string, isWrite: boolean): TopError {
  if (operation.startsWith('taobao.trades.')) return world.faults.chance().happens(0.5) ? slowQuery : systemBusy
  if (isWrite && operation.includes('.logistics.')) return shippingError('B150')
  return systemBusy
}

/** The faults that come after the deed. `text` is the answer as it should have been. */
export function breakAfter(
  world: World,
  call: { readonly operation: string; readonly isWrite: boolean },
  text: string,
): Reply | 'timeout' | null {
  const { faults } = world
  if (call.isWrite && faults.strikes('drop-after-apply', call.operation))
    return faults.chance().happens(0.5) ? { kind: 'cut' } : 'timeout'
  if (!call.isWrite && faults.strikes('cut', call.operation)) return { kind: 'cut', body: text }
  if (faults.strikes('nonsense', call.operation)) return nonsense(world, text)
  return null
}

/** The words of a platform that lost sight of what it was doing; the deed is done. Source: taobao.md 20.8. */
export const lostSight = remote('isp.remote-service-timeout', 'API调用远程服务超时')

/** Answers no reader should take for an empty list. */
function nonsense(world: World, text: string): Reply {
  const ways: readonly Reply[] = [
    html('<!DOCTYPE html><html><body>系统繁忙，请稍后再试</body></html>'),
    jsonText(text.slice(0, Math.floor(text.length / 2))),
    jsonText(''),
    jsonText('{}'),
    jsonText('{"some_other_response":{"request_id":"16err0nonsense"}}'),
    jsonText('null'),
  ]
  return world.faults.chance().pick(ways)
}
