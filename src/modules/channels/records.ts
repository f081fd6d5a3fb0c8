import type {
  listCalls as callsRoute,
  listPushes as pushesRoute,
  listSpans as spansRoute,
} from '../../contract/channels.ts'
import type { InputOf } from '../../contract/route.ts'
import { isoText } from '../../core/time/instant.ts'
import type { Ctx } from '../../platform/module.ts'
import { listCalls as loadCalls } from '../../platform/send/list-calls.ts'
import { mustFindShop } from './manage-shops.ts'
import { listRefused, listPushes as loadPushes } from './store/pushes.ts'
import { listSpans as loadSpans } from './store/spans.ts'
import { troubleOf } from './unsent.ts'

/** A page of rows, newest first, and the key to go on from; null at the end. */
function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => number,
): { rows: Row[]; next: number | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last !== undefined ? keyOf(last) : null }
}

/** Pull windows of a shop with their proof. */
export async function listSpans(ctx: Ctx, { shopId, before, limit }: InputOf<typeof spansRoute>) {
  await mustFindShop(ctx, shopId)
  const rows = await loadSpans(ctx.db, shopId, { before: before ?? null, limit: limit + 1 })
  return pageOf(
    rows.map(({ id, from, to, seenCount, storedCount, closedAt, ...row }) => ({
      ...row,
      spanId: id,
      from: isoText(from),
      to: isoText(to),
      seen: seenCount,
      stored: storedCount,
      closedAt: closedAt === null ? null : isoText(closedAt),
    })),
    limit,
    (row) => row.spanId,
  )
}

/** Recorded calls; no bodies, no queries. */
export async function listCalls(ctx: Ctx, { limit, ...filter }: InputOf<typeof callsRoute>) {
  const rows = await loadCalls(ctx.db, filter, limit + 1)
  const names = new Map(ctx.plugs.channels.map(({ manifest }) => [manifest.id, manifest.zh]))
  return pageOf(
    rows.map(({ id, at, failure, channel, ...row }) => ({
      ...row,
      callId: id,
      at: isoText(at),
      failure: troubleOf(failure, { channel: names.get(channel) ?? channel }),
    })),
    limit,
    (row) => row.callId,
  )
}

const refusedForMs = 14 * 24 * 3_600_000

/** What pushes hinted at, and how many were refused and why. */
export async function listPushes(ctx: Ctx, { shopId, before, limit }: InputOf<typeof pushesRoute>) {
  const rows = await loadPushes(ctx.db, { shopId: shopId ?? null, before: before ?? null, limit: limit + 1 })
  const refused = await listRefused(ctx.db, ctx.now() - refusedForMs)
  const page = pageOf(
    rows.map(({ id, receivedAt, ...row }) => ({ ...row, pushId: id, receivedAt: isoText(receivedAt) })),
    limit,
    (row) => row.pushId,
  )
  return { ...page, refused: refused.map((row) => ({ ...row, lastAt: isoText(row.lastAt) })) }
}
