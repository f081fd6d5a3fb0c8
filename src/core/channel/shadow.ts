import type { OrderState } from '../order/moves.ts'
import { beijingDay, type Instant } from '../time/instant.ts'

/**
 * What an order of a shop in the shadow stage tells: how far we had it when the channel's back office shipped it, and what left.
 * Pieces are those of all lines; `wanted` leaves out what was refunded.
 */
export interface ShadowOrder {
  readonly orderId: number
  /** When we saw that the back office had shipped; null when it has not. */
  readonly shippedAt: Instant | null
  /** Our state just before that. */
  readonly stateBefore: OrderState | null
  readonly approvedAt: Instant | null
  readonly shipBy: Instant | null
  readonly isClosed: boolean
  readonly wanted: number
  readonly sent: number
}

export const shadowKinds = ['sent-though-held', 'sent-too-much', 'sent-too-little', 'not-sent'] as const
export type ShadowKind = (typeof shadowKinds)[number]

export type ShadowVerdict =
  | { readonly kind: 'open' }
  | { readonly kind: 'same'; readonly day: string }
  | { readonly kind: 'differs'; readonly day: string; readonly at: Instant; readonly how: ShadowKind }

/** Compares one order (影子对照). Open while nothing has been decided there or its time has not come. */
export function compareShadow(order: ShadowOrder, now: Instant): ShadowVerdict {
  const { shippedAt, stateBefore, approvedAt, shipBy, isClosed, wanted, sent } = order
  if (shippedAt === null) {
    const isLate = !isClosed && approvedAt !== null && shipBy !== null && shipBy < now
    return isLate ? { kind: 'differs', day: beijingDay(shipBy), at: shipBy, how: 'not-sent' } : { kind: 'open' }
  }
  const differs = (how: ShadowKind): ShadowVerdict => ({
    kind: 'differs',
    day: beijingDay(shippedAt),
    at: shippedAt,
    how,
  })
  if (stateBefore !== null && stateBefore !== 'approved' && stateBefore !== 'allocated')
    return differs('sent-though-held')
  if (sent > wanted) return differs('sent-too-much')
  if (sent < wanted) return differs('sent-too-little')
  return { kind: 'same', day: beijingDay(shippedAt) }
}

export interface ShadowDay {
  readonly day: string
  readonly orders: number
  readonly differences: number
}

/** Orders compared and differences of each day, newest first; days on which nothing was compared are left out. */
export function shadowDays(verdicts: readonly ShadowVerdict[]): ShadowDay[] {
  const days = new Map<string, { orders: number; differences: number }>()
  for (const verdict of verdicts) {
    if (verdict.kind === 'open') continue
    const day = days.get(verdict.day) ?? { orders: 0, differences: 0 }
    days.set(verdict.day, {
      orders: day.orders + 1,
      differences: day.differences + (verdict.kind === 'differs' ? 1 : 0),
    })
  }
  return [...days].map(([day, counts]) => ({ day, ...counts })).sort((a, b) => b.day.localeCompare(a.day))
}

/** Whole days without a difference, counted back from yesterday. Today is not over, so it can only break the row. */
export function cleanDays(days: readonly ShadowDay[], today: string): number {
  const broken = days.findIndex(({ differences }) => differences > 0)
  const clean = broken === -1 ? days : days.slice(0, broken)
  return clean.filter(({ day }) => day < today).length
}
