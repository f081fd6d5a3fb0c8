import { Failure } from '../../core/failures.ts'
import type { StockResult } from '../../kit/channel.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Ctx } from '../../platform/module.ts'
import { lastGoodCall } from '../../platform/send/list-calls.ts'
import { ask } from './ask.ts'
import { onDuty } from './duty.ts'
import { type Link, offers, operationOf } from './link.ts'
import { listNamedShops } from './store/shops.ts'
import * as store from './store/stock.ts'
import { enqueueSweep } from './sweep-orders.ts'
import { verdictOn } from './verdict.ts'

/**
 * Says what listings should show from now on (库存回传), in the caller's transaction. Per listing the newest version wins, whatever order
 * they come in; an older absolute number never goes over a newer one. A shop in file mode waits for its stock file; channels that take no
 * stock are passed over.
 */
export async function pushStock(ctx: Ctx, items: readonly store.StockWish[]): Promise<void> {
  const shops = await listNamedShops(ctx.db)
  const ways = new Map(shops.map((shop) => [shop.id, shop.isDeleted ? null : wayOf(ctx, shop)]))
  const rows = newestOfEach(items).flatMap((item) => {
    const state = ways.get(item.shopId) ?? null
    return state === null ? [] : [{ ...item, state }]
  })
  if (rows.length === 0) return
  const waiting = await store.upsertWishes(ctx.db, rows, ctx.now())
  for (const { shopId } of waiting) await enqueueStock(ctx, shopId)
}

/** How a shop's stock is told; null where its channel takes none in that way. */
function wayOf(
  ctx: Ctx,
  shop: { readonly channel: string; readonly mode: 'api' | 'file' },
): store.NewWish['state'] | null {
  const { operations } = ctx.plugs.channel(shop.channel)
  if (shop.mode === 'file') return operations['export.stock'] === undefined ? null : 'for-file'
  return operations['stock.push'] === undefined ? null : 'waiting'
}

function newestOfEach(items: readonly store.StockWish[]): store.StockWish[] {
  const newest = new Map<string, store.StockWish>()
  for (const item of items) {
    const key = `${item.shopId} ${item.listingId}`
    const known = newest.get(key)
    if (known === undefined || item.version > known.version)
      newest.set(key, { ...item, quantity: Math.max(0, item.quantity) })
  }
  return [...newest.values()]
}

export const enqueueStock = (ctx: Ctx, shopId: number, at?: number) =>
  enqueue(
    ctx,
    'stock.push',
    { shopId },
    { key: `stock.push:${shopId}`, queue: `shop:${shopId}:stock`, priority: -10, at },
  )

const turnMs = 20_000

/**
 * Tells a shop's channel all values that wait, lowest stock first, each read at the moment it is sent. While orders are behind only what is
 * urgent is told.
 */
export async function sendStock(ctx: Ctx, shopId: number): Promise<void> {
  await onDuty(ctx, { shopId, duty: 'stock' }, async (link) => {
    if (link.shop.isReadOnly || !offers(link, 'stock.push')) return
    const told = await whatMayBeTold(ctx, link)
    if (told === 'nothing') return
    const until = performance.now() + turnMs
    const { perCall, oneItem } = link.plug.manifest.stock
    for (;;) {
      const now = ctx.now()
      const urgentSince = told === 'all' ? null : now - urgentWaitsMs
      const due = await store.listDueWishes(ctx.db, shopId, { limit: perCall, oneItem, now, urgentSince })
      if (due.length === 0) return
      await sendCall(ctx, link, due)
      if (performance.now() > until) return enqueueStock(ctx, shopId)
    }
  })
}

const freshMs = 20_000
const waitsAtMostMs = 60_000
/** The list is being read while its last page came so lately. */
const readingMs = 10_000
const urgentWaitsMs = 2_000

/**
 * An absolute number undoes sales that the channel has made and we have not pulled yet, so orders are pulled first (taobao.md 13 [rule]). When
 * they cannot be for a minute, an old number is still better than an older one. In a rush the list of orders itself takes long to read: then
 * what is nearly gone is told as it becomes known, since every other shop would go on selling it, which is the greater harm.
 */
async function whatMayBeTold(ctx: Ctx, link: Link): Promise<'all' | 'urgent' | 'nothing'> {
  const { readToAt } = link.shop
  if (readToAt === null || !offers(link, 'orders.pull')) return 'all'
  const now = ctx.now()
  const { everyMs = 0, lagMs } = link.plug.manifest.pulling
  if (now - readToAt <= Math.max(freshMs, everyMs) + lagMs) return 'all'
  const { since } = await store.oldestWish(ctx.db, link.shopId)
  if (since === null || now - since > waitsAtMostMs) return 'all'
  await enqueueSweep(ctx, link.shopId)
  await enqueueStock(ctx, link.shopId, now + 1_000)
  const read = await lastGoodCall(ctx.db, link.shopId, 'orders.pull')
  return read !== null && now - read.at <= readingMs ? 'urgent' : 'nothing'
}

async function sendCall(ctx: Ctx, link: Link, due: readonly store.Wish[]): Promise<void> {
  const results = await sendItems(ctx, link, due)
  const accepted = due.filter((_, i) => results[i] === null)
  const refused = due.flatMap((wish, i) => {
    const error = results[i] ?? null
    return error === null
      ? []
      : [{ ...verdictOn(error, { id: wish.id, tried: wish.tried, now: ctx.now() }), version: wish.version }]
  })
  await ctx.tx(async (inner) => {
    if (accepted.length > 0) await store.saveTold(inner.db, accepted, inner.now())
    if (refused.length > 0) await store.saveWishTroubles(inner.db, refused)
  })
}

/** For each item null or why it was not taken. An absolute number may be told twice, so silence needs no look first. */
async function sendItems(ctx: Ctx, link: Link, due: readonly store.Wish[]): Promise<unknown[]> {
  const items = due.map(({ channelItemNo, channelSkuNo, merchantCode, quantity }) => ({
    channelItemNo,
    channelSkuNo,
    merchantCode,
    quantity,
  }))
  try {
    const worth = due.some(({ isUrgent }) => isUrgent) ? 'usual' : 'later'
    const results = await ask(ctx, { ...link, worth }, (account) => operationOf(link, 'stock.push')(account, items))
    return items.map((item) =>
      refusalOf(
        link,
        results.find(
          (result) => result.channelItemNo === item.channelItemNo && result.channelSkuNo === item.channelSkuNo,
        ),
      ),
    )
  } catch (error) {
    return due.map(() => error)
  }
}

function refusalOf(link: Link, result: StockResult | undefined): Failure | null {
  const channel = link.plug.manifest.zh
  if (result === undefined) return new Failure('CHANNEL_NONSENSE', { channel, reason: '答复里没有这个商品' })
  return result.ok ? null : new Failure('CHANNEL_REFUSED', { channel, reason: result.reason ?? '没有说明原因' })
}
