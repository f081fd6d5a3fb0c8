import { cutBy, type Window } from '../../core/channel/span.ts'
import { beijingDay, type Instant, startOfBeijingDay } from '../../core/time/instant.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Ctx } from '../../platform/module.ts'
import { onDuty } from './duty.ts'
import { type Link, offers } from './link.ts'
import { keepProof, settleWindow } from './settle-window.ts'
import * as shops from './store/shops.ts'
import * as spans from './store/spans.ts'

const dayMs = 24 * 3_600_000
const turnMs = 20_000

/** Beijing days back from `now`, the first one whole, today up to `now`. */
function daySlices(now: Instant, days: number): Window[] {
  const from = startOfBeijingDay(beijingDay(now - (days - 1) * dayMs))
  const slices = Array.from({ length: days }, (_, i) => ({
    from: from + i * dayMs,
    to: Math.min(from + (i + 1) * dayMs, now),
  }))
  return slices.filter((slice) => slice.from < slice.to)
}

/**
 * Lays out the first pull (首次抓单): old orders day by day, while the sweep starts from this very moment, so nothing falls between. False when
 * it was begun before.
 */
export async function layOutHistory(ctx: Ctx, link: Link): Promise<boolean> {
  const now = ctx.now()
  if ((await shops.saveBegin(ctx.db, link.shopId, now)) === 0) return false
  if (!offers(link, 'orders.pull')) return true
  const { by, reachMs } = link.plug.manifest.pulling
  const reach = now - reachMs
  const slices = daySlices(now, link.shop.historyDays).flatMap(({ from, to }) =>
    to <= reach ? [] : [{ from: Math.max(from, reach), to }],
  )
  await spans.layOutHistory(ctx.db, link.shopId, { slices, by: by.includes('created') ? 'created' : 'modified' })
  return true
}

export const enqueueHistory = (ctx: Ctx, shopId: number) =>
  enqueue(
    ctx,
    'orders.history',
    { shopId },
    { key: `orders.history:${shopId}`, queue: `shop:${shopId}:history`, priority: 20 },
  )

/** Pulls old orders, newest day first, each day with its proof. A day that does not agree is read again later. */
export async function pullHistory(ctx: Ctx, shopId: number): Promise<void> {
  await onDuty(ctx, { shopId, duty: 'history', worth: 'history' }, async (link) => {
    const until = performance.now() + turnMs
    for (;;) {
      const slice = await spans.findNextSlice(ctx.db, shopId, ctx.now())
      if (slice === null) return
      await pullSlice(ctx, link, slice)
      if (performance.now() > until) return enqueueHistory(ctx, shopId)
    }
  })
}

/** What is left of a slice always has a row of its own, so that whoever goes on after an end in the middle finds it. */
async function pullSlice(ctx: Ctx, link: Link, { id, from, to, by, tries }: spans.OpenSpan): Promise<void> {
  let spanId: number | null = id
  for (const window of cutBy(link.plug.manifest.pulling.spanMaxMs, { from, to })) {
    for await (const settled of settleWindow(ctx, link, { ...window, by, source: 'history' })) {
      spanId = await ctx.tx(async (inner) => {
        await keepProof(inner, link, { settled: { ...settled, tries: tries + settled.tries }, kind: 'history', spanId })
        const left = { from: settled.window.to, to }
        return left.from < to ? (await spans.insertSlice(inner.db, link.shopId, { ...left, by })).id : null
      })
    }
  }
}
