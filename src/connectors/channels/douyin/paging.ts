import { Failure } from '../../../core/failures.ts'
import type { Page, Span } from '../../../kit/channel.ts'
import type { Fields } from '../../../kit/fields.ts'
import { strange } from './nonsense.ts'

/** How many rows a page holds [doc], and how many pages the platform opens [assumed]. Source: douyin.md 4, 6. */
export const pageSize = 100
const mostPages = 500

/** One page as the platform gives it. */
export interface NumberedPage<Row> {
  readonly rows: readonly Row[]
  /** The platform's count for all pages at the moment it answered. */
  readonly total: number
}

/**
 * One step of reading a list from its last page to its first. Rows are asked for by the time of their change, oldest first: what changes
 * meanwhile leaves the span and shifts the rest forward, towards the pages still to come. The cursor is the number of the page to read, as
 * text; the first is 0. More pages than the platform opens are CHANNEL_UNREACHABLE, on which the span is cut. Source: douyin.md 4 [doc].
 */
export async function walkBack<Row>(
  cursor: string | null,
  ask: (page: number) => Promise<NumberedPage<Row>>,
): Promise<Page<Row>> {
  if (cursor !== null) {
    const page = Number(cursor)
    return pageOf(await ask(page), page)
  }
  const first = await ask(0)
  const last = Math.max(0, Math.ceil(first.total / pageSize) - 1)
  if (last >= mostPages) {
    throw new Failure('CHANNEL_UNREACHABLE', { channel: 'douyin', reason: `这段时间超过 ${mostPages} 页，请缩短` })
  }
  return last === 0 ? pageOf(first, 0) : pageOf(await ask(last), last)
}

function pageOf<Row>({ rows, total }: NumberedPage<Row>, page: number): Page<Row> {
  return { rows, total, next: page > 0 ? String(page - 1) : null }
}

/**
 * First and last second of a span. Both ends count as inside [assumed], so the last is the one before `to` begins a second. `from` is
 * rounded down: a row seen twice does no harm, one that falls between two spans would.
 */
export function secondsOf({ from, to }: Span): { readonly start: number; readonly end: number } {
  const start = Math.floor(from / 1000)
  return { start, end: Math.max(start, Math.ceil(to / 1000) - 1) }
}

/** A list in an answer; empty where it is left out. Throws CHANNEL_NONSENSE on anything else. */
export function listIn(fields: Fields, name: string): readonly unknown[] {
  const list = fields[name] ?? []
  if (!Array.isArray(list)) throw strange(`${name} 不是列表`)
  return list
}

/** The platform's count. Throws CHANNEL_NONSENSE where it gives none, since completeness is judged by it. */
export function totalIn({ total }: Fields): number {
  const count = Number(total ?? Number.NaN)
  if (!Number.isSafeInteger(count) || count < 0) throw strange('没有 total')
  return count
}
