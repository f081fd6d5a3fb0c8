import { z } from 'zod'
import { deleteOldEvents } from '../../platform/events/forget.ts'
import type { Ctx, Job, Schedule } from '../../platform/module.ts'
import { deleteOldCalls } from '../../platform/send/list-calls.ts'
import { deleteOldTurns } from '../../platform/send/places.ts'
import { refreshShop, watchAuthorisations } from './authorise-shop.ts'
import { enqueueHistory, pullHistory } from './pull-history.ts'
import { pullListings } from './pull-listings.ts'
import { pullMessages } from './pull-messages.ts'
import { sendStock } from './push-stock.ts'
import { enqueueFetch } from './receive-push.ts'
import { enqueueReconcile, reconcileDays } from './reconcile-days.ts'
import { sendRemarks } from './remark-orders.ts'
import { enqueueReports, sendReports } from './report-shipments.ts'
import { deleteOldFiles } from './store/imports.ts'
import * as pushes from './store/pushes.ts'
import { deleteOldStates } from './store/renewals.ts'
import { reopenUnconfirmed } from './store/reports.ts'
import { listActive } from './store/shops.ts'
import { deleteOldSpans } from './store/spans.ts'
import { reopenOldWishes } from './store/stock.ts'
import { enqueueCases, sweepCases } from './sweep-cases.ts'
import { enqueueSweep, sweepEveryMs, sweepOrders } from './sweep-orders.ts'
import { enqueueOutbox } from './unsent.ts'
import { enqueueListings, enqueueMessages } from './wake-shop.ts'
import { workPushes } from './work-pushes.ts'

const OfShop = z.object({ shopId: z.int() })

const ofShop = (name: string, run: (ctx: Ctx, shopId: number) => Promise<void>): Job => ({
  name,
  run: (ctx, input) => run(ctx, OfShop.parse(input).shopId),
})

const Reconcile = OfShop.extend({ isAskedFor: z.boolean().default(false) })

/** What is done for each shop, and the clocks that set it going. */
export const jobs: readonly Job[] = [
  ofShop('orders.sweep', sweepOrders),
  ofShop('orders.fetch', workPushes),
  ofShop('orders.history', pullHistory),
  {
    name: 'orders.reconcile',
    run: (ctx, input) => reconcileDays(ctx, Reconcile.parse(input).shopId, Reconcile.parse(input)),
  },
  ofShop('messages.pull', pullMessages),
  ofShop('aftersales.sweep', sweepCases),
  ofShop('products.pull', pullListings),
  ofShop('shipments.report', sendReports),
  ofShop('stock.push', sendStock),
  ofShop('orders.remark', sendRemarks),
  ofShop('auth.refresh', refreshShop),
  { name: 'channels.tick', run: tick },
  { name: 'channels.each-minute', run: eachMinute },
  { name: 'channels.each-hour', run: eachHour },
]

export const schedules: readonly Schedule[] = [
  { job: 'channels.tick', everyMs: sweepEveryMs },
  { job: 'channels.each-minute', everyMs: 60_000 },
  { job: 'channels.each-hour', everyMs: 3_600_000 },
]

/** New orders and messages, and whatever of the outbox is due. */
async function tick(ctx: Ctx): Promise<void> {
  for (const shop of await listActive(ctx.db)) {
    const { operations } = ctx.plugs.channel(shop.channel)
    if (operations['orders.pull'] !== undefined && isRoundDue(ctx, shop)) await enqueueSweep(ctx, shop.id)
    if (operations['messages.pull'] !== undefined) await enqueueMessages(ctx, shop.id)
  }
  await enqueueOutbox(ctx)
}

/** Some platforms want minutes between two rounds; whoever asks for one by hand does not wait. */
function isRoundDue(ctx: Ctx, shop: { readonly channel: string; readonly readToAt: number | null }): boolean {
  const { everyMs, lagMs } = ctx.plugs.channel(shop.channel).manifest.pulling
  return everyMs === undefined || shop.readToAt === null || ctx.now() - shop.readToAt >= everyMs + lagMs
}

async function eachMinute(ctx: Ctx): Promise<void> {
  await watchAuthorisations(ctx)
  for (const { shopId } of await reopenUnconfirmed(ctx.db, ctx.now())) await enqueueReports(ctx, shopId)
  for (const { shopId } of await pushes.countWaitingPushes(ctx.db)) await enqueueFetch(ctx, shopId)
  for (const shop of await listActive(ctx.db)) {
    const { operations } = ctx.plugs.channel(shop.channel)
    if (operations['aftersales.pull'] !== undefined) await enqueueCases(ctx, shop.id)
    if (operations['orders.pull'] === undefined) continue
    if (shop.hasHistory) await enqueueHistory(ctx, shop.id)
    await enqueueReconcile(ctx, shop.id)
  }
}

async function eachHour(ctx: Ctx): Promise<void> {
  for (const shop of await listActive(ctx.db)) {
    if (ctx.plugs.channel(shop.channel).operations['products.pull'] !== undefined) await enqueueListings(ctx, shop.id)
  }
  await reopenOldWishes(ctx.db, ctx.now())
  await forget(ctx)
}

/** Hints, records of calls and events told have their time; orders and what they were made from are kept. */
async function forget(ctx: Ctx): Promise<void> {
  const now = ctx.now()
  await pushes.deleteOldPushes(ctx.db, now)
  await pushes.deleteOldRefused(ctx.db, now)
  await deleteOldSpans(ctx.db, now)
  await deleteOldStates(ctx.db, now)
  await deleteOldFiles(ctx.db, now)
  await deleteOldCalls(ctx.db, now)
  await deleteOldTurns(ctx.db)
  await deleteOldEvents(ctx.db, now)
}
