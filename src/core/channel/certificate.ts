import { beijingDay, type Instant, startOfBeijingDay } from '../time/instant.ts'

/** 完整性证明: one Beijing day of one shop, compared by creation time. */
export interface Comparison {
  readonly day: string
  readonly channelCount: number
  readonly ourCount: number
  readonly missing: number
  /** The comparison covers the day up to here. */
  readonly comparedTo: Instant
}

export type CertificateState = 'complete' | 'counting' | 'missing' | 'none'

const dayMs = 24 * 3_600_000

/** `counting` until the day is over and was compared to its end. */
export function certificateState(comparison: Comparison | null, day: string): CertificateState {
  if (comparison === null) return 'none'
  if (comparison.missing > 0) return 'missing'
  return comparison.comparedTo >= startOfBeijingDay(day) + dayMs ? 'complete' : 'counting'
}

/** `11月11日：1,204 = 1,204`, or what is missing, or that it is not known yet. */
export function certificateWords(
  comparison: Comparison | null,
  given: { readonly day: string; readonly ourCount: number; readonly healed: number },
): string {
  const [, month, date] = given.day.split('-').map(Number)
  const title = `${month}月${date}日`
  if (comparison === null) return `${title}：已收 ${number(given.ourCount)}，尚未核对`
  const { channelCount, ourCount, missing } = comparison
  const healed = given.healed > 0 ? `，补回 ${number(given.healed)}` : ''
  if (missing > 0)
    return `${title}：平台 ${number(channelCount)}，已收 ${number(ourCount)}，缺 ${number(missing)}${healed}`
  return `${title}：${number(channelCount)} = ${number(ourCount)}${healed}`
}

const number = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** The last `count` Beijing days, oldest first, today included. */
export function lastDays(now: Instant, count: number): string[] {
  return Array.from({ length: count }, (_, i) => beijingDay(now - (count - 1 - i) * dayMs))
}

const hourMs = 3_600_000
const todayEveryMs = hourMs / 4
const nightHour = 2
const daysOfReconcile = 3

/**
 * Which days are compared now: today every quarter of an hour, the days before until they were compared after their end, and the last three again in
 * the first hour of the night's pass, since orders may turn up late.
 */
export function daysToCompare(
  now: Instant,
  compared: ReadonlyMap<string, { readonly comparedAt: Instant; readonly comparedTo: Instant }>,
): string[] {
  const today = beijingDay(now)
  const night = startOfBeijingDay(today) + nightHour * hourMs
  return lastDays(now, daysOfReconcile).filter((day) => {
    const last = compared.get(day)
    if (last === undefined) return true
    if (day === today) return now - last.comparedAt >= todayEveryMs
    if (last.comparedTo < startOfBeijingDay(day) + dayMs) return true
    return now >= night && last.comparedAt < night
  })
}
