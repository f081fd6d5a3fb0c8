import type { Listing } from '../../core/channel/shapes.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { proposeSoon } from './propose-matches.ts'
import {
  type KnownListing,
  lockKnown,
  markVanished,
  matchByCode,
  saveTold,
  type ToldListing,
  toldListing,
} from './store/listings.ts'

/** What a shop told of its listings. `isComplete`: these are all there are, so others have vanished. */
export interface PulledListings {
  readonly listings: readonly Listing[]
  readonly isComplete: boolean
}

export interface SavedListings {
  readonly added: number
  readonly changed: number
  readonly vanished: number
  readonly matched: number
}

/**
 * Keeps what a shop offers (平台商品): new, changed and vanished listings, matched by themselves where the merchant code is an active
 * SKU's. A listing that changed its code from one SKU's to another's changes its match with it; any other match stays. At most ten
 * statements whatever the number; running it twice changes nothing.
 */
export async function saveListings(outer: Ctx, shopId: number, pulled: PulledListings): Promise<SavedListings> {
  return outer.tx(async (ctx) => {
    const told = [...new Map(pulled.listings.map((one) => [keyOf(one), toldListing(one)])).values()]
    const known = new Map((await lockKnown(ctx.db, shopId, told)).map((row) => [keyOf(row), row]))
    const differing = told.filter((one) => isDifferent(known.get(keyOf(one)), one))
    const vanished = pulled.isComplete ? await markVanished(ctx.db, shopId, told, ctx.now()) : 0
    const matched = await saveDiffering(ctx, shopId, { differing, known })

    if (matched.length > 0) await tell(ctx, 'catalogue.listing-matched', { listingIds: matched })
    if (differing.some((one) => isReworded(known.get(keyOf(one)), one))) await proposeSoon(ctx)
    const changed = differing.filter((one) => known.has(keyOf(one))).length
    return { added: differing.length - changed, changed, vanished, matched: matched.length }
  })
}

async function saveDiffering(
  ctx: Ctx,
  shopId: number,
  given: { readonly differing: readonly ToldListing[]; readonly known: ReadonlyMap<string, KnownListing> },
): Promise<number[]> {
  const { differing, known } = given
  if (differing.length === 0) return []
  const listingIds = await saveTold(ctx.db, shopId, differing, ctx.now())
  const recoded = differing.flatMap((one) => {
    const before = known.get(keyOf(one))
    return before && before.merchantCode !== one.merchantCode ? [before.id] : []
  })
  return (await matchByCode(ctx.db, { listingIds, recoded }, ctx.now())).map((row) => row.listingId)
}

const keyOf = (one: Pick<ToldListing, 'channelItemNo' | 'channelSkuNo'>) => `${one.channelItemNo}\n${one.channelSkuNo}`

function isDifferent(known: KnownListing | undefined, told: ToldListing): boolean {
  if (!known || known.isVanished) return true
  return (Object.keys(told) as (keyof ToldListing)[]).some((field) => known[field] !== told[field])
}

/** What proposals are made of changed; a price or a quantity proposes nothing new. */
function isReworded(known: KnownListing | undefined, told: ToldListing): boolean {
  const fields = ['merchantCode', 'barcode', 'title', 'specification'] as const
  return !known || fields.some((field) => known[field] !== told[field])
}
