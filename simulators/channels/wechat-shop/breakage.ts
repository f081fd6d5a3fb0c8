import { html, type Reply } from '../../aid/http.ts'
import type { FaultKind } from '../../simulator.ts'
import type { Operation } from './calls/call.ts'
import { refuse } from './errors.ts'
import type { World } from './world.ts'

export interface Named {
  readonly name: string
  readonly operation: Operation
}

/**
 * Does this kind of fault strike? Calls for a token are spared unless the plan names them, so that a fault hits what is
 * tested.
 */
export function strikes({ faults }: World, kind: FaultKind, { name, operation }: Named): boolean {
  const isMeant = operation.app !== 'none' || faults.plan().faults.some((fault) => fault.operations?.includes(name))
  return isMeant && faults.strikes(kind, name)
}

const busy = -1

/** The faults that come before the deed: silence, a broken connection, a platform in trouble. Null: none strikes. */
export function breakBefore(world: World, named: Named): Reply | null {
  if (strikes(world, 'hang', named)) return { kind: 'hang' }
  if (named.operation.isWrite && strikes(world, 'cut', named)) return { kind: 'cut' }
  if (strikes(world, 'busy', named)) throw refuse(busy, true)
  return strikes(world, 'server-error', named) ? world.faults.chance().pick(errorPages) : null
}

const errorPages: readonly Reply[] = [
  html('<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>', 502),
  html('<html><body>504 Gateway Time-out</body></html>', 504),
  { kind: 'answer', status: 500, headers: { 'content-type': 'text/plain' }, body: '' },
]

/** The faults that come after the deed. `text` is the answer as it should have been. */
export function breakAfter(world: World, named: Named, text: string): Reply | null {
  const { isWrite } = named.operation
  if (isWrite && strikes(world, 'drop-after-apply', named)) return { kind: 'cut' }
  if (!isWrite && strikes(world, 'cut', named)) return { kind: 'cut', body: text }
  return strikes(world, 'nonsense', named) ? nonsense(world, { text, isWrite }) : null
}

/** An object without an errcode is a success (wechat-shop.md 2), so only a read can be answered by an empty one. */
function nonsense({ faults }: World, { text, isWrite }: { readonly text: string; readonly isWrite: boolean }): Reply {
  const plain = (body: string): Reply => ({
    kind: 'answer',
    status: 200,
    headers: { 'content-type': 'application/json; encoding=utf-8' },
    body,
  })
  const ways: readonly Reply[] = [
    html('<!DOCTYPE html><html><body>系统繁忙，请稍后再试</body></html>'),
    plain(text.slice(0, Math.floor(text.length / 2))),
    plain(''),
    plain('null'),
    plain('[]'),
    ...(isWrite ? [] : [plain('{}')]),
  ]
  return faults.chance().pick(ways)
}
