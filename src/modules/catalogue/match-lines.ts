import type { Ctx } from '../../platform/module.ts'
import { findByKeys, insertFromLines, type LineListing, type MatchedLine } from './store/lines.ts'

export type { LineListing, MatchedLine }

export const listingKey = (line: Pick<LineListing, 'shopId' | 'channelItemNo' | 'channelSkuNo'>) =>
  `${line.shopId}\n${line.channelItemNo}\n${line.channelSkuNo}`

/**
 * Which listing, and which SKU, each order line is (匹配). A listing nobody knew is added, matched by merchant code where that is a
 * SKU's; what stays unmatched has no SKU. Two statements, four when something is new. Keyed by `listingKey`.
 */
export async function matchLines(ctx: Ctx, lines: readonly LineListing[]): Promise<ReadonlyMap<string, MatchedLine>> {
  const wanted = new Map(lines.map((line) => [listingKey(line), line]))
  if (wanted.size === 0) return new Map()
  const found = byKey(await findByKeys(ctx.db, [...wanted.values()]))
  const unknown = [...wanted].filter(([key]) => !found.has(key)).map(([, line]) => line)
  if (unknown.length === 0) return found

  await insertFromLines(ctx.db, unknown, ctx.now())
  return new Map([...found, ...byKey(await findByKeys(ctx.db, unknown))])
}

const byKey = (rows: readonly MatchedLine[]) => new Map(rows.map((row) => [listingKey(row), row]))
