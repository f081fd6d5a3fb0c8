import { beijingText } from '../../../core/time/instant.ts'
import type { Span } from '../../../kit/channel.ts'
import type { Fields } from '../../../kit/fields.ts'
import { strange } from './nonsense.ts'

/** One page as the platform gives it. */
export interface NumberedPage<Row> {
  readonly rows: readonly Row[]
  /** The platform's count for all pages at the moment it answered. */
  readonly total: number
}

/**
 * One step of reading a list from its last page to its first. What changes meanwhile leaves the span, whose end lies in the past, and moves the
 * rows behind it forward, onto pages still to come; forward reading would miss them. Source: jd.md 6.2 [rule] for the order of the rows.
 */
export async function walkBack<Row>(
  pageNo: number | null,
  pageSize: number,
  ask: (pageNo: number) => Promise<NumberedPage<Row>>,
): Promise<NumberedPage<Row> & { readonly next: number | null }> {
  if (pageNo !== null) return stepAt(await ask(pageNo), pageNo)
  const first = await ask(1)
  const lastNo = Math.max(1, Math.ceil(first.total / pageSize))
  return lastNo === 1 ? stepAt(first, 1) : stepAt(await ask(lastNo), lastNo)
}

function stepAt<Row>(page: NumberedPage<Row>, pageNo: number) {
  return { ...page, next: pageNo > 1 ? pageNo - 1 : null }
}

/**
 * First and last whole second of a span in Beijing text, null when no second lies in it. The platform keeps whole seconds and takes both
 * ends as inside [assumed]; were the end outside, the overlap of spans would bring the last second.
 */
export function secondsOf({ from, to }: Span): { readonly start: string; readonly end: string } | null {
  const first = Math.ceil(from / 1000)
  const last = Math.ceil(to / 1000) - 1
  return last < first ? null : { start: beijingText(first * 1000), end: beijingText(last * 1000) }
}

/** A list of a result; empty where it is left out. Throws CHANNEL_NONSENSE on anything else. */
export function listIn(result: Fields, key: string): readonly unknown[] {
  const list = result[key] ?? []
  if (!Array.isArray(list)) throw strange(`${key} 不是列表`)
  return list
}

/** The platform's count, a number or text. Throws CHANNEL_NONSENSE where it gives none, since completeness is judged by it. */
export function totalIn(result: Fields, key: string): number {
  const value = result[key]
  const total = typeof value === 'number' || (typeof value === 'string' && value !== '') ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(total) || total < 0) throw strange(`没有 ${key}`)
  return total
}
