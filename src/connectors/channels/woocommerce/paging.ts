import { isoText } from '../../../core/time/instant.ts'
import type { Page, Span } from '../../../kit/channel.ts'
import { type Call, strange } from './call.ts'

/** One page as the platform gives it. */
export interface NumberedPage<Row> {
  readonly rows: readonly Row[]
  /** The platform's counts at the moment it answered. */
  readonly total: number
  readonly pages: number
}

/**
 * One step of reading a list from its last page to its first. Rows are sorted by change, oldest first: what changes meanwhile leaves the
 * span, and what stood behind it moves towards the pages still to come, so nothing is missed; forward reading would miss a row at
 * each seam. The cursor is the number of the page to read. Source: own-site.md 2.2 [rule].
 */
export async function walkBack<Row>(
  cursor: string | null,
  ask: (pageNo: number) => Promise<NumberedPage<Row>>,
): Promise<Page<Row>> {
  if (cursor !== null) return pageOf(await ask(Number(cursor)), Number(cursor))
  const first = await ask(1)
  return first.pages <= 1 ? pageOf(first, 1) : pageOf(await ask(first.pages), first.pages)
}

function pageOf<Row>({ rows, total }: NumberedPage<Row>, pageNo: number): Page<Row> {
  return { rows, total, next: pageNo > 1 ? String(pageNo - 1) : null }
}

/** The counts in the headers of a list. Throws CHANNEL_NONSENSE where a cache or proxy took them off, since completeness is judged by them. */
export function countsIn(headers: Readonly<Record<string, string>>, call: Call) {
  const [total, pages] = ['x-wp-total', 'x-wp-totalpages'].map((name) => Number(headers[name] ?? Number.NaN))
  if (!Number.isSafeInteger(total) || !Number.isSafeInteger(pages)) {
    throw strange(call, '没有 X-WP-Total 和 X-WP-TotalPages，请让缓存、CDN 放行这两个响应头')
  }
  return { total: total!, pages: pages! }
}

export interface Seconds {
  readonly first: number
  readonly last: number
}

/** First and last whole second of a span in epoch ms, null when none lies in it: the platform keeps whole seconds. */
export function secondsOf({ from, to }: Span): Seconds | null {
  const first = Math.ceil(from / 1000) * 1000
  const last = Math.ceil(to / 1000) * 1000 - 1000
  return last < first ? null : { first, last }
}

/** The moments before and behind a span, as filters that leave out their own ends [assumed]: `2026-10-20T00:59:59`, in UTC. */
export function borders({ first, last }: Seconds): { readonly after: string; readonly before: string } {
  return { after: wallText(first - 1000), before: wallText(last + 1000) }
}

function wallText(at: number): string {
  return isoText(at).slice(0, 19)
}
