import { beijingText } from '../../../core/time/instant.ts'
import type { Page, Span } from '../../../kit/channel.ts'
import { asFields, type Fields } from '../../../kit/fields.ts'
import { strange } from './nonsense.ts'

/** One page as the platform gives it. */
export interface NumberedPage<Row> {
  readonly rows: readonly Row[]
  /** The platform's count for all pages at the moment it answered. */
  readonly total: number
}

/**
 * One step of reading a list from its last page to its first. Rows are sorted by change, newest first: what changes meanwhile leaves the
 * span and shifts the rest forward, towards the pages still to come, so nothing is missed; forward reading would miss rows.
 * The cursor is the number of the page to read, as text. Source: taobao.md 6.1 [doc], 6.2 (a) [rule].
 */
export async function walkBack<Row>(
  cursor: string | null,
  pageSize: number,
  ask: (pageNo: number) => Promise<NumberedPage<Row>>,
): Promise<Page<Row>> {
  if (cursor !== null) {
    const pageNo = Number(cursor)
    return pageOf(await ask(pageNo), pageNo)
  }
  const first = await ask(1)
  const lastNo = Math.max(1, Math.ceil(first.total / pageSize))
  return lastNo === 1 ? pageOf(first, 1) : pageOf(await ask(lastNo), lastNo)
}

function pageOf<Row>({ rows, total }: NumberedPage<Row>, pageNo: number): Page<Row> {
  return { rows, total, next: pageNo > 1 ? String(pageNo - 1) : null }
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

/** A list below its two wrappers, such as `trades.trade`; empty where the wrapper is left out. Throws CHANNEL_NONSENSE on anything else. */
export function listIn(root: Fields, outer: string, inner: string): readonly unknown[] {
  const wrapper = root[outer] ?? {}
  const list = Array.isArray(wrapper) ? wrapper : asFields(wrapper) && (asFields(wrapper)?.[inner] ?? [])
  if (!Array.isArray(list)) throw strange(`${outer}.${inner} 不是列表`)
  return list
}

/** The platform's count. Throws CHANNEL_NONSENSE where it gives none, since completeness is judged by it. */
export function totalIn(root: Fields): number {
  const total = Number(root.total_results)
  if (!Number.isSafeInteger(total) || total < 0) throw strange('没有 total_results')
  return total
}
