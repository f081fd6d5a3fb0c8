import { cutOut, isDeep, longerSpan, nextWindow, shorterSpan } from '../../core/channel/span.ts'
import { Failure } from '../../core/failures.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Ctx } from '../../platform/module.ts'
import { onDuty } from './duty.ts'
import { type Link, offers } from './link.ts'
import type { WindowToRead } from './read-window.ts'
import { keepProof, readOnce, type Settled, settleWindow } from './settle-window.ts'
import * as shops from './store/shops.ts'
import * as spans from './store/spans.ts'

/** How often a shop is asked for new orders and messages. */
export const sweepEveryMs = 5_000

/** A sweep gives its place back after this time and goes on as a new job, so that a long catch-up blocks nobody. */
const turnMs = 10_000
const gapsAtOnce = 5

/**
 * Sweeps a shop up to now (增量抓单): first the gaps that are due, then window after window without waiting. The cursor moves only over
 * windows that agree with the channel's count. Two sweeps of one shop do no harm: the slower one stops.
 */
export async function sweepOrders(ctx: Ctx, shopId: number): Promise<void> {
  await onDuty(ctx, { shopId, duty: 'orders' }, async (link) => {
    if (link.shop.readToAt === null || !offers(link, 'orders.pull')) return
    const until = performance.now() + turnMs
    try {
      await readGaps(ctx, link)
      const isDone = await readOn(ctx, link, until)
      if (!isDone) await enqueueSweep(ctx, shopId)
    } catch (error) {
      await shortenSpan(ctx, link, error)
      throw error
    }
  })
}

export const enqueueSweep = (ctx: Ctx, shopId: number) =>
  enqueue(ctx, 'orders.sweep', { shopId }, { key: `orders.sweep:${shopId}`, queue: `shop:${shopId}:sweep` })

/** Up to the moment this began: what comes meanwhile is the next sweep's. False when time ran out before everything was read. */
async function readOn(ctx: Ctx, link: Link, until: number): Promise<boolean> {
  const { pulling } = link.plug.manifest
  const now = ctx.now()
  for (;;) {
    const { readToAt, deepAt, spanMs } = link.shop
    const window = readToAt === null ? null : nextWindow({ readTo: readToAt, now, deepAt, spanMs }, pulling)
    if (window === null) return true
    const gaps = await spans.listOpenSpans(ctx.db, link.shopId, 'sweep')
    for (const part of cutOut(window, gaps)) {
      const isStillOurs = await readPart(ctx, link, { ...part, by: 'modified', source: 'sweep' })
      if (!isStillOurs) return true
    }
    await shops.saveSweep(ctx.db, link.shopId, {
      deepAt: isDeep({ now, deepAt }, pulling) ? now : deepAt,
      spanMs: longerSpan(spanMs, pulling.usualSpanMs),
    })
    await renewShop(ctx, link)
    if (performance.now() > until) return false
  }
}

async function renewShop(ctx: Ctx, link: Link): Promise<void> {
  const shop = await shops.findShop(ctx.db, link.shopId)
  if (shop !== null) link.shop = shop
}

/** False when another sweep has read further meanwhile. */
async function readPart(ctx: Ctx, link: Link, window: WindowToRead): Promise<boolean> {
  for await (const settled of settleWindow(ctx, link, window)) {
    if (!(await closePart(ctx, link, settled))) return false
  }
  return true
}

async function closePart(ctx: Ctx, link: Link, settled: Settled): Promise<boolean> {
  const isStillOurs = await ctx.tx(async (inner) => {
    const shop = await shops.lockShop(inner.db, link.shopId)
    if (shop === null || shop.readToAt !== link.shop.readToAt) return false
    await keepProof(inner, link, { settled, kind: 'sweep' })
    await shops.moveReadTo(inner.db, link.shopId, Math.max(shop.readToAt ?? 0, settled.window.to))
    return true
  })
  if (isStillOurs) await renewShop(ctx, link)
  return isStillOurs
}

async function readGaps(ctx: Ctx, link: Link): Promise<void> {
  const gaps = await spans.listOpenSpans(ctx.db, link.shopId, 'sweep')
  const due = gaps.filter((gap) => gap.nextTryAt === null || gap.nextTryAt <= ctx.now()).slice(0, gapsAtOnce)
  for (const gap of due) {
    const window = { from: gap.from, to: gap.to, by: gap.by, source: 'sweep' } as const
    const settled = await readOnce(ctx, link, { window, tries: gap.tries + 1 })
    await ctx.tx(async (inner) => {
      await shops.lockShop(inner.db, link.shopId)
      await keepProof(inner, link, { settled, kind: 'sweep', spanId: gap.id })
      await shops.settleCursor(inner.db, link.shopId)
    })
  }
}

const longTroubleMs = 60_000

/** A channel that cannot answer for so long a span says so and names a pause: the next span is half as long (taobao.md 6.2 step 4 [rule]). */
async function shortenSpan(ctx: Ctx, link: Link, error: unknown): Promise<void> {
  if (!(error instanceof Failure) || error.code !== 'CHANNEL_UNREACHABLE') return
  if (Number(error.details.retryAfterMs ?? 0) < longTroubleMs) return
  const { spanMs, deepAt } = link.shop
  await shops.saveSweep(ctx.db, link.shopId, {
    deepAt,
    spanMs: shorterSpan(spanMs, link.plug.manifest.pulling.usualSpanMs),
  })
}
