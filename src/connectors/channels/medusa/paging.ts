import type { Page } from '../../../kit/channel.ts'

/** One page as the platform gives it; `total` is its count of all that match. */
export interface CountedPage<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}

/**
 * One step of reading a list from its last page to its first. Rows are sorted by change, oldest first: what changes meanwhile leaves the
 * span, and what stood behind it moves towards the pages still to come, so nothing is missed; forward reading would miss a row at
 * each seam. The cursor is the offset of the page to read. Source: own-site.md 5.1 [rule].
 */
export async function walkBack<Row>(
  { cursor, size }: { readonly cursor: string | null; readonly size: number },
  ask: (offset: number) => Promise<CountedPage<Row>>,
): Promise<Page<Row>> {
  if (cursor !== null) return pageAt(Number(cursor), size, await ask(Number(cursor)))
  const first = await ask(0)
  const last = Math.max(0, Math.ceil(first.total / size) - 1) * size
  return last === 0 ? pageAt(0, size, first) : pageAt(last, size, await ask(last))
}

function pageAt<Row>(offset: number, size: number, { rows, total }: CountedPage<Row>): Page<Row> {
  return { rows, total, next: offset > 0 ? String(Math.max(0, offset - size)) : null }
}
