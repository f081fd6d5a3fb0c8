import type { Clock } from '../../aid/clock.ts'
import type { FaultPlayer } from '../../aid/faults.ts'
import { type Asked, html, type Reply } from '../../aid/http.ts'
import { type Limiter, limiter } from '../../aid/limits.ts'
import type { Counts } from '../../simulator.ts'
import type { Keys } from './keys.ts'
import type { Order } from './model.ts'
import { changeNote } from './moves.ts'
import { getOrder, type ListFaults, listOrders, listProducts, ping } from './reads.ts'
import { alter, type Shop } from './shop.ts'
import { callContent, verify } from './signing.ts'
import { decideRefund, no, setStock, takeShipment, type Write } from './writes.ts'

export type Operation =
  | 'orders.list'
  | 'orders.get'
  | 'shipments.create'
  | 'stock.set'
  | 'refunds.decide'
  | 'products.list'
  | 'ping'

/** Calls a second: of the shop in all, and of stock alone. The sheet names no quota; these are [assumed], our contract's default. */
export const quotas = { callsPerSecond: 20, stockCallsPerSecond: 2 }
export type Quotas = typeof quotas

export interface Door {
  readonly answer: (asked: Asked) => Reply
  readonly counts: () => Pick<Counts, 'calls' | 'violations' | 'refused'>
  readonly forget: () => void
  /** Other quotas than the usual ones, for trials of load; `forget` keeps them. */
  readonly allow: (wanted: Quotas) => void
}

export interface DoorSurroundings {
  /** The shop as it stands now; a reset opens another. */
  readonly shop: () => Shop
  readonly keys: Keys
  readonly clock: Clock
  readonly faults: FaultPlayer
}

interface Desk extends DoorSurroundings {
  limits: { readonly all: Limiter; readonly stock: Limiter }
  /** Every webhook-id that was let in, the oldest first. */
  readonly seenIds: Set<string>
  calls: Record<string, number>
  refused: Record<string, number>
  violations: number
}

const seenIdsMax = 200_000

/** The website's side of the contract: every call under /oms/v1/. Source: own-site.md 6.2 [rule]. */
export function openDoor(around: DoorSurroundings): Door {
  const desk: Desk = {
    ...around,
    limits: limitersOf(quotas),
    seenIds: new Set(),
    calls: {},
    refused: {},
    violations: 0,
  }
  return {
    answer: (asked) => answer(desk, asked),
    counts: () => ({ calls: { ...desk.calls }, refused: { ...desk.refused }, violations: desk.violations }),
    forget: () => {
      for (const one of Object.values(desk.limits)) one.forget()
      desk.seenIds.clear()
      desk.calls = {}
      desk.refused = {}
      desk.violations = 0
    },
    allow: (wanted) => {
      desk.limits = limitersOf(wanted)
    },
  }
}

const limitersOf = ({ callsPerSecond, stockCallsPerSecond }: Quotas) => ({
  all: limiter({ perSecond: callsPerSecond }),
  stock: limiter({ perSecond: stockCallsPerSecond }),
})

interface Route {
  readonly method: string
  readonly path: RegExp
  readonly operation: Operation
  readonly answer: (desk: Desk, write: Write) => Reply
}

const routes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/oms\/v1\/orders$/,
    operation: 'orders.list',
    answer: (desk, { asked }) => listOrders(desk.shop(), asked, listFaults(desk)),
  },
  {
    method: 'GET',
    path: /^\/oms\/v1\/orders\/([^/]+)$/,
    operation: 'orders.get',
    answer: (desk, { ids }) => getOrder(desk.shop(), ids[0] ?? ''),
  },
  {
    method: 'POST',
    path: /^\/oms\/v1\/orders\/([^/]+)\/shipments$/,
    operation: 'shipments.create',
    answer: (desk, write) => takeShipment(desk.shop(), write),
  },
  {
    method: 'PUT',
    path: /^\/oms\/v1\/stock$/,
    operation: 'stock.set',
    answer: (desk, write) => setStock(desk.shop(), write),
  },
  {
    method: 'POST',
    path: /^\/oms\/v1\/orders\/([^/]+)\/refunds\/([^/]+)$/,
    operation: 'refunds.decide',
    answer: (desk, write) => decideRefund(desk.shop(), write),
  },
  {
    method: 'GET',
    path: /^\/oms\/v1\/products$/,
    operation: 'products.list',
    answer: (desk, { asked }) => listProducts(desk.shop(), asked),
  },
  { method: 'GET', path: /^\/oms\/v1\/ping$/, operation: 'ping', answer: (desk) => ping(desk.shop()) },
]

/** In the order in which a call meets them: the way in, the gate, the desk, the way out. */
function answer(desk: Desk, asked: Asked): Reply {
  const route = routes.find(({ method, path }) => method === asked.method && path.test(asked.path))
  if (!route) return pass(desk, no(404, 'not_found'))
  const { operation } = route
  desk.calls[operation] = (desk.calls[operation] ?? 0) + 1

  const obstacle = tooFast(desk, operation) ?? trouble(desk.faults, operation) ?? turnAway(desk, asked)
  if (obstacle) return pass(desk, obstacle)

  const ids = route.path.exec(asked.path)!.slice(1).map(plainText)
  const isWrite = asked.method !== 'GET'
  const isLie = isWrite && desk.faults.strikes('lie', operation)
  const reply = route.answer(desk, { asked, ids, isLie })
  if (desk.faults.strikes('drop-after-apply', operation)) return { kind: 'cut' }
  return pass(desk, reply)
}

function tooFast(desk: Desk, operation: Operation): Reply | null {
  const at = desk.clock.elapsed()
  const passes = desk.limits.all.take('shop', at) && (operation !== 'stock.set' || desk.limits.stock.take('shop', at))
  if (passes) return null
  desk.violations += 1
  return wait(429, 'too_fast', 1)
}

/** What can go wrong before the shop has looked at the call. */
function trouble(faults: FaultPlayer, operation: Operation): Reply | null {
  const strikes = (kind: Parameters<FaultPlayer['strikes']>[0]) => faults.strikes(kind, operation)
  if (strikes('cut')) return { kind: 'cut' }
  if (strikes('hang')) return { kind: 'hang' }
  if (strikes('throttle')) return wait(429, 'too_fast', 1)
  if (strikes('quota')) return wait(429, 'quota_used_up', 3600)
  if (strikes('busy')) return wait(503, 'busy', 2)
  if (strikes('server-error')) return no(500, 'internal')
  if (strikes('nonsense'))
    return html('<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>', 502)
  if (strikes('expire')) return no(401, 'signature')
  return null
}

/** Signature, time and replay; an id is used up only by a call that was let in. Source: own-site.md 6.2. */
function turnAway({ clock, keys, seenIds }: Desk, asked: Asked): Reply | null {
  const id = header(asked, 'webhook-id')
  const message = {
    id,
    timestamp: header(asked, 'webhook-timestamp'),
    signatures: header(asked, 'webhook-signature'),
    content: callContent(asked.method, asked.target, asked.body),
  }
  const verdict = verify(keys.live(), message, clock.now())
  if (verdict !== 'accepted' || id === undefined) return no(401, verdict)
  if (seenIds.has(id)) return no(409, 'replayed')
  seenIds.add(id)
  if (seenIds.size > seenIdsMax) seenIds.delete(seenIds.values().next().value!)
  return null
}

function listFaults({ faults, shop }: Desk): ListFaults {
  return {
    hides: (order) => faults.strikesFor('hide', order.id, 'orders.list'),
    twist: (orders) => {
      const [first] = orders
      const doubled = first && faults.strikes('duplicate', 'orders.list') ? [...orders, first] : orders
      return faults.strikes('reorder', 'orders.list') ? faults.chance().shuffled(doubled) : doubled
    },
    onMore: (last) => {
      if (faults.strikes('shift', 'orders.list')) shift(shop(), last)
    },
  }
}

/** The last order of the page just read and the first of the page to come change before it is asked for. */
function shift(shop: Shop, last: Order): void {
  const next = shop.orders.page({
    since: last.modifiedAt,
    after: { modifiedAt: last.modifiedAt, id: last.id },
    limit: 1,
    shows: () => true,
  }).rows[0]
  for (const order of [last, next]) {
    if (order)
      alter(shop, { orderId: order.id, event: 'order.updated' }, (before, at) =>
        changeNote(before, hurried(before), at),
      )
  }
}

function hurried({ note }: Order): string {
  return note === '' ? '催一下' : `${note}。催一下`
}

function wait(status: number, error: string, seconds: number): Reply {
  const headers = { 'content-type': 'application/json;charset=UTF-8', 'retry-after': String(seconds) }
  return { kind: 'answer', status, headers, body: JSON.stringify({ error }) }
}

/** Refusals that also break a limit of the sheet: more than 100 rows, more than 200 items. */
const limitsBroken: ReadonlySet<string> = new Set(['limit', 'too_many_items'])

/** Passes an answer on; one that refuses what was asked, and not only how soon, is counted by its reason. */
function pass(desk: Desk, reply: Reply): Reply {
  if (reply.kind !== 'answer' || reply.status < 400 || reply.status >= 500 || reply.status === 429) return reply
  const error = reasonOf(reply.body)
  desk.refused[error] = (desk.refused[error] ?? 0) + 1
  if (limitsBroken.has(error)) desk.violations += 1
  return reply
}

function reasonOf(body: string): string {
  const { error } = JSON.parse(body) as { readonly error: string }
  return error
}

function header(asked: Asked, name: string): string | undefined {
  const value = asked.headers[name]
  return typeof value === 'string' ? value : undefined
}

function plainText(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
