import { afterDisagreement, gapPauseMs, halves, judge } from '../../core/channel/span.ts'
import { beijingDay } from '../../core/time/instant.ts'
import type { Ctx } from '../../platform/module.ts'
import type { Link } from './link.ts'
import { confirmUnlisted, readWindow, type Unlisted, type WindowRead, type WindowToRead } from './read-window.ts'
import type { Missed, NoticedBy } from './store/missed.ts'
import * as missed from './store/missed.ts'
import type { SpanKind } from './store/spans.ts'
import * as spans from './store/spans.ts'

/** What came of a window: the proof that is kept. `unlisted` are orders the list hid, `unstored` those that could not be read. */
export interface Settled {
  readonly window: WindowToRead
  readonly read: WindowRead
  readonly unlisted: readonly Unlisted[]
  readonly agrees: boolean
  readonly missing: number
  readonly tries: number
}

/**
 * Reads a window until it agrees with the channel's own count (漏单校验): again, then by the list of creation times too, then its halves.
 * Gives the settled parts one by one in order of time, the last resort being a part that does not agree.
 */
export async function* settleWindow(ctx: Ctx, link: Link, window: WindowToRead): AsyncGenerator<Settled> {
  for (let tries = 1; ; tries += 1) {
    const settled = await readOnce(ctx, link, { window, tries })
    if (settled.agrees) {
      yield settled
      return
    }
    const next = afterDisagreement(window, tries)
    if (next === 'gap') {
      yield settled
      return
    }
    if (next === 'halve') {
      for (const half of halves(window)) yield* settleWindow(ctx, link, { ...window, ...half })
      return
    }
    if (settled.missing > 0) await lookByCreation(ctx, link, window)
  }
}

/** One reading and its verdict. */
export async function readOnce(
  ctx: Ctx,
  link: Link,
  { window, tries }: { readonly window: WindowToRead; readonly tries: number },
): Promise<Settled> {
  const read = await readWindow(ctx, link, window)
  const unlisted = await confirmUnlisted(ctx, link, { window, listed: read.listed, afresh: tries > 1 })
  const { agrees, missing } = judge({
    ...read,
    confirmed: read.total === read.listed.size ? [] : unlisted.map((order) => order.channelOrderNo),
  })
  return { window, read, unlisted, agrees, missing, tries }
}

/** Another list of the same channel may show what this one hides: what it brings is stored, and found there by the next reading. */
async function lookByCreation(ctx: Ctx, link: Link, window: WindowToRead): Promise<void> {
  const { by } = link.plug.manifest.pulling
  if (window.by === 'modified' && by.includes('created')) await readWindow(ctx, link, { ...window, by: 'created' })
}

/**
 * Keeps the proof of a window, in the caller's transaction: the span row, what is missing by name or by count, and what was found after
 * all. `spanId` is that of a window read before.
 */
export async function keepProof(
  ctx: Ctx,
  link: Link,
  {
    settled,
    kind,
    spanId = null,
  }: { readonly settled: Settled; readonly kind: SpanKind; readonly spanId?: number | null },
): Promise<void> {
  const { window, read, unlisted, agrees, missing, tries } = settled
  const now = ctx.now()
  const span = {
    shopId: link.shopId,
    kind,
    by: window.by,
    from: window.from,
    to: window.to,
    channelCount: read.total,
    seen: read.listed.size,
    stored: read.listed.size - read.unstored.length + unlisted.length,
    digest: read.digest,
    agrees,
    tries,
    nextTryAt: agrees ? null : now + gapPauseMs(tries),
    now,
  }
  if (spanId !== null) await spans.saveSpan(ctx.db, spanId, span)
  const id = spanId ?? (await spans.insertSpan(ctx.db, span)).id
  await saveNamed(ctx, link, { settled, spanId: id })
  const unnamed = missing - read.unstored.length
  if (agrees) await missed.healSpan(ctx.db, id, now)
  // A comparison of days has its own count, and a sweep or a slice of history its own gap.
  else if (unnamed > 0 && kind !== 'reconcile')
    await missed.saveMissedCount(ctx.db, { shopId: link.shopId, spanId: id, from: window.from, count: unnamed, now })
}

async function saveNamed(
  ctx: Ctx,
  link: Link,
  { settled, spanId }: { readonly settled: Settled; readonly spanId: number },
): Promise<void> {
  const { window, read, unlisted } = settled
  const hidden = unlisted.map(
    (order): Missed => ({
      channelOrderNo: order.channelOrderNo,
      day: beijingDay(order.createdAt),
      noticedBy: noticedBy(order, window),
      orderModifiedAt: order.modifiedAt,
      healedBy: 'fetched',
    }),
  )
  const unreadable = read.unstored.map((channelOrderNo): Missed => {
    const modifiedAt = read.heads.get(channelOrderNo)?.modifiedAt ?? window.from
    return {
      channelOrderNo,
      day: beijingDay(modifiedAt),
      noticedBy: 'count',
      orderModifiedAt: modifiedAt,
      healedBy: null,
    }
  })
  const rows = [...hidden, ...unreadable]
  if (rows.length > 0) await missed.saveMissed(ctx.db, rows, { shopId: link.shopId, spanId, now: ctx.now() })
  const stored = [...read.listed].filter((orderNo) => !read.unstored.includes(orderNo))
  await missed.healOrders(ctx.db, link.shopId, { orderNos: stored, by: 'read-again', now: ctx.now() })
}

/** Who told us of an order that the list hid. */
function noticedBy({ source }: Unlisted, { by }: WindowToRead): NoticedBy {
  if (source === 'push' || source === 'aftersales' || source === 'reconcile') return source
  return by === 'created' ? 'reconcile' : 'created-list'
}
