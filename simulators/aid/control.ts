import type {
  About,
  Act,
  Counts,
  FaultKind,
  FaultPlan,
  ListingSeed,
  ListingState,
  Purchase,
  ReportedShipment,
  Truth,
} from '../simulator.ts'
import { type Asked, json, type Reply } from './http.ts'

/** What stands behind the control calls of `simulator.ts`, one function a call. */
export interface Controls {
  readonly about: () => About
  readonly seedListings: (seeds: readonly ListingSeed[]) => { readonly count: number }
  readonly listings: () => readonly ListingState[]
  readonly buy: (purchase: Purchase) => { readonly orders: readonly Truth[] }
  readonly act: (act: Act) => { readonly changed: readonly string[] }
  readonly orders: (since: number) => readonly Truth[]
  readonly shipments: () => readonly ReportedShipment[]
  readonly counts: () => Counts
  readonly setFaults: (plan: FaultPlan) => FaultPlan
  readonly faults: () => { readonly catalogue: readonly FaultKind[]; readonly plan: FaultPlan }
  readonly fixClock: (now: number | null) => { readonly now: number }
  readonly authorise: (wish: AuthoriseWish) => { readonly credentials: Readonly<Record<string, string>> }
  readonly reset: (seed: number | undefined) => void
}

export interface AuthoriseWish {
  readonly expiresInMs?: number
  readonly refreshable?: boolean
}

/** A control call that cannot be done; answered with this status and the reason. */
export interface Refusal extends Error {
  readonly status: number
}

/** Throw it from behind a control call: the test that asked reads the reason. */
export function refusal(message: string, status = 400): Refusal {
  return Object.assign(new Error(message), { status })
}

type Route = (body: unknown, asked: Asked) => unknown

/** Answers `/_sim/…`, and null for every other path. `extra` adds calls of one platform alone, keyed 'POST /_sim/settings'. */
export function controlCalls(
  controls: Controls,
  extra: Readonly<Record<string, Route>> = {},
): (asked: Asked) => Reply | null {
  const routes: Readonly<Record<string, Route>> = { ...routesOf(controls), ...extra }
  return (asked) => {
    if (!asked.path.startsWith('/_sim/')) return null
    const route = routes[`${asked.method} ${asked.path}`]
    if (route === undefined) return json({ error: `no such control call: ${asked.method} ${asked.path}` }, 404)
    try {
      return json(route(bodyOf(asked), asked) ?? {})
    } catch (fault) {
      if (!isRefusal(fault)) throw fault
      return json({ error: fault.message }, fault.status)
    }
  }
}

function routesOf(controls: Controls): Readonly<Record<string, Route>> {
  return {
    'GET /_sim/about': () => controls.about(),
    'POST /_sim/listings': (body) => controls.seedListings(listOf<ListingSeed>(body)),
    'GET /_sim/listings': () => controls.listings(),
    'POST /_sim/buy': (body) => controls.buy(purchaseOf(body)),
    'POST /_sim/act': (body) => controls.act(actOf(body)),
    'GET /_sim/orders': (_, asked) => controls.orders(Number(asked.query.get('since') ?? 0)),
    'GET /_sim/shipments': () => controls.shipments(),
    'GET /_sim/counts': () => controls.counts(),
    'POST /_sim/faults': (body) => controls.setFaults(planOf(body, controls.faults().catalogue)),
    'GET /_sim/faults': () => controls.faults(),
    'POST /_sim/clock': (body) => controls.fixClock(clockOf(body)),
    'POST /_sim/authorise': (body) => controls.authorise(objectOf(body)),
    'POST /_sim/reset': (body) => controls.reset(objectOf<{ seed?: number }>(body).seed),
  }
}

function bodyOf(asked: Asked): unknown {
  const text = asked.body.toString('utf8').trim()
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw refusal('the body is not JSON')
  }
}

function objectOf<T extends object>(body: unknown): T {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refusal('the body must be an object')
  return body as T
}

function listOf<T>(body: unknown): readonly T[] {
  if (!Array.isArray(body)) throw refusal('the body must be an array')
  return body as T[]
}

function purchaseOf(body: unknown): Purchase {
  const purchase = objectOf<Purchase>(body)
  if (!Number.isInteger(purchase.count) || purchase.count < 1) throw refusal('count must be a whole number above 0')
  return purchase
}

function actOf(body: unknown): Act {
  const act = objectOf<Act>(body)
  if (typeof act.kind !== 'string' || !Array.isArray(act.orderNos)) throw refusal('an act needs kind and orderNos')
  return act
}

function planOf(body: unknown, catalogue: readonly FaultKind[]): FaultPlan {
  const plan = objectOf<FaultPlan>(body)
  if (!Array.isArray(plan.faults)) throw refusal('a plan needs faults')
  for (const fault of plan.faults) {
    if (!catalogue.includes(fault.kind)) throw refusal(`this platform cannot have the fault ${String(fault.kind)}`)
    if (typeof fault.rate !== 'number' || !(fault.rate >= 0 && fault.rate <= 1)) throw refusal('rate goes from 0 to 1')
  }
  return plan
}

function clockOf(body: unknown): number | null {
  const { now } = objectOf<{ now?: unknown }>(body)
  if (now === null) return null
  if (typeof now !== 'number' || !Number.isFinite(now)) throw refusal('now must be milliseconds or null')
  return now
}

function isRefusal(fault: unknown): fault is Refusal {
  return fault instanceof Error && 'status' in fault && typeof fault.status === 'number'
}
