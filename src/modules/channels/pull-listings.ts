import type { Listing } from '../../core/channel/shapes.ts'
import type { Page } from '../../kit/channel.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { ask } from './ask.ts'
import { onDuty } from './duty.ts'
import { offers, operationOf } from './link.ts'
import * as store from './store/listings.ts'

/**
 * Pulls all listings of a shop (平台商品). What is new or changed waits for `takeListings`; what the channel shows no more is told as off
 * sale. Tells `channels.listings-seen`.
 */
export async function pullListings(ctx: Ctx, shopId: number): Promise<void> {
  await onDuty(ctx, { shopId, duty: 'products' }, async (link) => {
    if (!offers(link, 'products.pull')) return
    const pull = operationOf(link, 'products.pull')
    const pulledNo = ctx.now()
    let cursor: string | null = null
    do {
      const at: string | null = cursor
      const page: Page<Listing> = await ask(ctx, link, (account) => pull(account, at))
      await keep(ctx, { shopId, pulledNo, listings: page.rows })
      cursor = page.next
    } while (cursor !== null)
    await ctx.tx(async (inner) => {
      const gone = await store.markGone(inner.db, shopId, { pulledNo, now: inner.now() })
      if (gone > 0) await tell(inner, 'channels.listings-seen', { shopId })
    })
  })
}

async function keep(
  ctx: Ctx,
  {
    shopId,
    pulledNo,
    listings,
  }: { readonly shopId: number; readonly pulledNo: number; readonly listings: readonly Listing[] },
): Promise<void> {
  const rows = [
    ...new Map(listings.map((listing) => [`${listing.channelItemNo}\n${listing.channelSkuNo}`, listing])).values(),
  ]
  if (rows.length === 0) return
  await ctx.tx(async (inner) => {
    const changed = await store.upsertListings(
      inner.db,
      rows.map((listing) => ({ channelItemNo: listing.channelItemNo, channelSkuNo: listing.channelSkuNo, listing })),
      { shopId, pulledNo, now: inner.now() },
    )
    if (changed > 0) await tell(inner, 'channels.listings-seen', { shopId })
  })
}

export interface SeenListing {
  readonly shopId: number
  readonly listing: Listing
}

/**
 * Listings that are new or changed, at most `limit`, marked as taken in the caller's transaction; another worker passes over them. Call it
 * until it gives none.
 */
export async function takeListings(ctx: Ctx, limit: number): Promise<SeenListing[]> {
  return store.takeListings(ctx.db, limit)
}
