import type { Page, Span } from '../../../kit/channel.ts'
import type { Fields } from '../../../kit/fields.ts'
import { strange } from './nonsense.ts'

/** One page as the platform gives it. */
export interface NumberedPage<Row> {
  readonly rows: readonly Row[]
  /** The platform's count for all pages at the moment it answered. */
  readonly total: number
}

/** Source: pinduoduo.md 4, 5 [doc]: the most there may be. */
export const pageSize = 100

/**
 * One step of reading a list from its last page to its first, as the platform asks for. Rows stand by the time of their change, oldest
 * first [assumed]: what changes meanwhile leaves the span and shifts the rest forward, towards the pages still to come. The cursor is
 * the number of the page to read, as text. Source: pinduoduo.md 4 [doc].
 */
export async function walkBack<Row>(
  cursor: string | null,
  ask: (page: number) => Promise<NumberedPage<Row>>,
): Promise<Page<Row>> {
  if (cursor !== null) return pageOf(await ask(Number(cursor)), Number(cursor))
  const first = await ask(1)
  const last = Math.max(1, Math.ceil(first.total / pageSize))
  return last === 1 ? pageOf(first, 1) : pageOf(await ask(last), last)
}

function pageOf<Row>({ rows, total }: NumberedPage<Row>, page: number): Page<Row> {
  return { rows, total, next: page > 1 ? String(page - 1) : null }
}

/**
 * First and last second of a span. Both ends count as inside [assumed], so the last is the one before `to` begins a second. `from` is
 * rounded down: a row seen twice does no harm, one that falls between two spans would. The end is not moved away from now: what the
 * platform refuses is seen, and what we left out would be lost.
 */
export function secondsOf({ from, to }: Span): { readonly start_updated_at: number; readonly end_updated_at: number } {
  const start = Math.floor(from / 1000)
  return { start_updated_at: start, end_updated_at: Math.max(start, Math.ceil(to / 1000) - 1) }
}

/** A list in an answer; empty where it is left out. Throws CHANNEL_NONSENSE on anything else. */
export function listIn(fields: Fields, name: string): readonly unknown[] {
  const list = fields[name] ?? []
  if (!Array.isArray(list)) throw strange(`${name} 不是列表`)
  return list
}

/** The platform's count. Throws CHANNEL_NONSENSE where it gives none, since completeness is judged by it. */
export function totalIn(fields: Fields): number {
  const total = Number(fields.total_count ?? Number.NaN)
  if (!Number.isSafeInteger(total) || total < 0) throw strange('没有 total_count')
  return total
}
