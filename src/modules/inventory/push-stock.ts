import { z } from 'zod'
import { sellable } from '../../core/inventory/sellable.ts'
import type { Ctx, Job } from '../../platform/module.ts'
import { pushStock } from '../channels/index.ts'
import * as store from './store/told.ts'

/**
 * Reckons what every shop may be told of these SKUs now (可售) and hands it to the channels' outbox, which keeps the newest number of each
 * listing. One reckoning at a time: it reads after the lock, so a later version never holds an older number.
 */
export async function tellStock(outer: Ctx, skuIds: readonly number[]): Promise<void> {
  if (skuIds.length === 0) return
  await outer.tx(async (ctx) => {
    await store.holdTellingLane(ctx.db)
    const version = await store.nextVersion(ctx.db)
    const listings = await store.listToTell(ctx.db, skuIds)
    await pushStock(
      ctx,
      listings.map(({ available, safety, ...listing }) => ({
        ...listing,
        quantity: sellable([{ onHand: available, reserved: 0 }], { safety, seenNotTaken: 0, short: 0 }),
        version,
      })),
    )
  })
}

const Skus = z.object({ skuIds: z.array(z.int()) })
export const pushStockJob: Job = {
  name: 'inventory.push-stock',
  run: async (ctx, input) => tellStock(ctx, Skus.parse(input).skuIds),
}

const Listings = z.object({ listingIds: z.array(z.int()) })
/** A listing just matched is told its number. */
export const pushMatchedJob: Job = {
  name: 'inventory.push-matched',
  run: async (ctx, input) => tellStock(ctx, await store.listMatchedSkus(ctx.db, Listings.parse(input).listingIds)),
}
