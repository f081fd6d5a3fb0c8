/** Who waits for a place. A smaller rank is more urgent; waiting makes everybody more urgent, so nobody starves. */
export interface Waiting {
  readonly rank: number
  /** Milliseconds of some clock. */
  readonly since: number
  /** Limits it needs a place in. */
  readonly limits: readonly string[]
  /** Limits that had none when it last asked. */
  readonly stuckOn: readonly string[]
}

/** So long a wait makes up for one rank. */
export const ageingMs = 2_000

/** What a call is worth beside others of its kind: `later` may wait behind new orders, `history` behind everything. */
export type Worth = 'usual' | 'later' | 'history'

const urgencies: readonly (readonly [RegExp, number])[] = [
  [/^(shipments|auth|aftersales\.answer)/, 0],
  [/^stock\./, 1],
  [/^orders\.(remark|reveal)/, 2],
  [/^(orders\.get|messages\.)/, 3],
  [/^(orders|aftersales)\./, 4],
]
const leastUrgent = 6

const laterBy = 4

/**
 * Shipment reports and refunds go before low stock, that before orders we were told of, these before lists of orders, then the rest of the
 * stock, all before history (调用优先级).
 */
export function rankOf(operation: string, worth: Worth): number {
  if (worth === 'history') return leastUrgent
  const rank = urgencies.find(([words]) => words.test(operation))?.[1] ?? leastUrgent - 1
  return worth === 'later' ? Math.min(leastUrgent - 1, rank + laterBy) : rank
}

/** Whether `me` may ask for its places now: not while someone before it lacks a place in a limit that `me` needs too. */
export function mayAsk(me: Waiting, others: Iterable<Waiting>, now: number): boolean {
  for (const other of others) {
    if (other === me || other.stuckOn.length === 0 || !isBefore(other, me, now)) continue
    if (other.stuckOn.some((limit) => me.limits.includes(limit))) return false
  }
  return true
}

function isBefore(a: Waiting, b: Waiting, now: number): boolean {
  const [urgencyA, urgencyB] = [urgency(a, now), urgency(b, now)]
  return urgencyA < urgencyB || (urgencyA === urgencyB && a.since < b.since)
}

const urgency = (waiting: Waiting, now: number) => waiting.rank - Math.floor((now - waiting.since) / ageingMs)
