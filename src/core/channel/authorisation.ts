import type { Instant } from '../time/instant.ts'

/** 授权: when it was last given or renewed, when it ends, and until when it can be renewed without the merchant. */
export interface AuthorisationTimes {
  readonly refreshedAt: Instant | null
  readonly expiresAt: Instant | null
  readonly refreshableUntil: Instant | null
}

const partOfLife = 0.7

/** Renewed when seven tenths of its life are over, so that trouble at the channel leaves time for more tries. */
export function isRefreshDue({ refreshedAt, expiresAt, refreshableUntil }: AuthorisationTimes, now: Instant): boolean {
  if (expiresAt === null || refreshableUntil === null || now >= refreshableUntil) return false
  const since = refreshedAt ?? now
  return now >= since + (expiresAt - since) * partOfLife
}

const dayMs = 24 * 3_600_000
const warnedAt = [1, 3, 7] as const

/**
 * Of how many days the merchant is warned now: 7, 3 or 1 before the end, each once (taobao.md 2 [rule]); null when there is nothing to
 * say. What renews itself needs no warning.
 */
export function warningDue(
  times: AuthorisationTimes & { readonly warnedDays: number | null },
  now: Instant,
): number | null {
  const { expiresAt, refreshableUntil, warnedDays } = times
  if (expiresAt === null || (refreshableUntil !== null && refreshableUntil > expiresAt)) return null
  const left = (expiresAt - now) / dayMs
  const due = warnedAt.find((days) => left <= days)
  if (due === undefined || left <= 0) return null
  return warnedDays !== null && warnedDays <= due ? null : due
}

export type AuthorisationState = 'none' | 'good' | 'expiring' | 'expired'

const soonMs = 7 * dayMs

export function authorisationState(
  times: AuthorisationTimes & { readonly isThere: boolean; readonly isStopped: boolean },
  now: Instant,
): AuthorisationState {
  if (!times.isThere) return 'none'
  if (times.isStopped) return 'expired'
  if (times.expiresAt === null) return 'good'
  if (times.refreshableUntil !== null && times.refreshableUntil > now) return 'good'
  if (times.expiresAt <= now) return 'expired'
  return times.expiresAt - now <= soonMs ? 'expiring' : 'good'
}
