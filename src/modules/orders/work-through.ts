import { z } from 'zod'
import type { Job } from '../../platform/module.ts'
import { reviewOrders } from './review-orders.ts'
import * as store from './store/settle.ts'
import { takeInOrders } from './take-in-orders.ts'

const batch = 500

/** Takes in until nothing waits. One lane for the whole product: what queued up while one batch was written is the next. */
export const takeInJob: Job = {
  name: 'orders.take-in',
  run: async (ctx) => {
    while ((await takeInOrders(ctx)) > 0);
  },
}

const Listings = z.object({ listingIds: z.array(z.int()) })

/** A listing was matched: the orders that waited for it go on. */
export const afterMatchJob: Job = {
  name: 'orders.after-match',
  run: async (ctx, input) => {
    const { listingIds } = Listings.parse(input)
    const ids = await store.listWaitingForMatch(ctx.db, listingIds)
    for (let at = 0; at < ids.length; at += batch) {
      const some = ids.slice(at, at + batch)
      await ctx.tx(async (inner) => {
        await store.matchOpenLines(inner.db, some)
        await reviewOrders(inner, some)
      })
    }
  },
}

const Skus = z.object({ skuIds: z.array(z.int()) })

/** Pieces came or were let go: whoever paid first and got none is served. */
export const serveShortJob: Job = {
  name: 'orders.serve-short',
  run: async (ctx, input) => {
    const { skuIds } = Skus.parse(input)
    await reviewOrders(ctx, await store.listShortOf(ctx.db, skuIds, batch))
  },
}

const Orders = z.object({ orderIds: z.array(z.int()) })

/** A count took pieces from these orders: they are reviewed again and stop where nothing is left for them. */
export const afterLossJob: Job = {
  name: 'orders.after-loss',
  run: async (ctx, input) => void (await reviewOrders(ctx, Orders.parse(input).orderIds)),
}

/** Holds until a time end when it has come (挂起到期自动放行). */
export const releaseDueJob: Job = {
  name: 'orders.release-due',
  run: async (ctx) => {
    await ctx.tx(async (inner) => {
      const ids = await store.listHoldsDue(inner.db, inner.now(), batch)
      if (ids.length === 0) return
      await store.clearHold(inner.db, ids)
      await reviewOrders(inner, ids)
    })
  },
}

export const foldTalliesJob: Job = {
  name: 'orders.fold-tallies',
  run: (ctx) => ctx.tx((inner) => store.foldTallies(inner.db)),
}
