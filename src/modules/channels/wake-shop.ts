import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Ctx } from '../../platform/module.ts'
import { wakeDuties } from './duty.ts'
import { enqueueHistory } from './pull-history.ts'
import { enqueueStock } from './push-stock.ts'
import { enqueueFetch } from './receive-push.ts'
import { enqueueReconcile } from './reconcile-days.ts'
import { enqueueRemarks } from './remark-orders.ts'
import { enqueueReports } from './report-shipments.ts'
import { enqueueCases } from './sweep-cases.ts'
import { enqueueSweep } from './sweep-orders.ts'

export const enqueueMessages = (ctx: Ctx, shopId: number) =>
  enqueue(
    ctx,
    'messages.pull',
    { shopId },
    { key: `messages.pull:${shopId}`, queue: `shop:${shopId}:messages`, priority: -5 },
  )

export const enqueueListings = (ctx: Ctx, shopId: number) =>
  enqueue(
    ctx,
    'products.pull',
    { shopId },
    { key: `products.pull:${shopId}`, queue: `shop:${shopId}:products`, priority: 10 },
  )

/** Every duty of a shop has its turn now: it was begun, resumed, authorised again, or somebody asks. */
export async function wakeShop(ctx: Ctx, shopId: number, options: { readonly compares?: boolean } = {}): Promise<void> {
  await wakeDuties(ctx, shopId)
  await enqueueReports(ctx, shopId)
  await enqueueStock(ctx, shopId)
  await enqueueRemarks(ctx, shopId)
  await enqueueFetch(ctx, shopId)
  await enqueueSweep(ctx, shopId)
  await enqueueMessages(ctx, shopId)
  await enqueueCases(ctx, shopId)
  await enqueueListings(ctx, shopId)
  await enqueueHistory(ctx, shopId)
  if (options.compares) await enqueueReconcile(ctx, shopId, { isAskedFor: true })
}
