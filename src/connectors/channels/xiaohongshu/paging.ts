import { Failure } from '../../../core/failures.ts'
import type { Page, Span } from '../../../kit/channel.ts'
import type { Fields } from '../../../kit/fields.ts'
import { strange } from './nonsense.ts'

/** One page as the platform gives it. */
export interface NumberedPage<Row> {
  readonly rows: readonly Row[]
  /** The platform's count for all pages at the moment it answered. */
  readonly total: number
}

/** How many rows a page holds, and how many pages the platform opens. */
export interface Pages {
  readonly size: number
  readonly most: number
}

/**
 * One step of reading a list from its last page to its first, as the platform asks for. Rows stand by the time of their change, oldest
 * first [assumed]: what changes meanwhile leaves the span and shifts the rest forward, towards the pages still to come. The cursor is
 * the number of the page to read, as text. More pages than the platform opens are CHANNEL_UNREACHABLE, on which the span is cut.
 * Source: xiaohongshu.md 5 [doc].
 */
export async function walkBack<Row>(
  cursor: string | null,
  { size, most }: Pages,
  ask: (pageNo: number) => Promise<NumberedPage<Row>>,
): Promise<Page<Row>> {
  if (cursor !== null) {
    const pageNo = Number(cursor)
    return pageOf(await ask(pageNo), pageNo)
  }
  const first = await ask(1)
  const lastNo = Math.max(1, Math.ceil(first.total / size))
  if (lastNo > most) {
    throw new Failure('CHANNEL_UNREACHABLE', { channel: 'xiaohongshu', reason: `这段时间超过 ${most} 页，请缩短` })
  }
  return lastNo === 1 ? pageOf(first, 1) : pageOf(await ask(lastNo), lastNo)
}

function pageOf<Row>({ rows, total }: NumberedPage<Row>, pageNo: number): Page<Row> {
  return { rows, total, next: pageNo > 1 ? String(pageNo - 1) : null }
}

/**
 * First and last second of a span. Both ends count as inside [assumed], so the last is the one before `to` begins a second. `from` is
 * rounded down: a row seen twice does no harm, one that falls between two spans would.
 */
export function secondsOf({ from, to }: Span): { readonly startTime: number; readonly endTime: number } {
  const startTime = Math.floor(from / 1000)
  return { startTime, endTime: Math.max(startTime, Math.ceil(to / 1000) - 1) }
}

/** A list in an answer; empty where it is left out. Throws CHANNEL_NONSENSE on anything else. */
export function listIn(data: Fields, name: string): readonly unknown[] {
  const list = data[name] ?? []
  if (!Array.isArray(list)) throw strange(`${name} 不是列表`)
  return list
}

/** The platform's count. Throws CHANNEL_NONSENSE where it gives none, since completeness is judged by it. */
export function totalIn(data: Fields, name: string): number {
  const total = Number(data[name] ?? Number.NaN)
  if (!Number.isSafeInteger(total) || total < 0) throw strange(`没有 ${name}`)
  return total
}
