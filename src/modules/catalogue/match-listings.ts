import type { BatchResult } from '../../contract/route.ts'
import { Failure, type FailureCode, failureWords } from '../../core/failures.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import { proposeSoon } from './propose-matches.ts'
import { type ListingFacts, lockListings, type MatchRow, saveMatches } from './store/matches.ts'
import { listSkus } from './store/skus.ts'

type LeftOut = BatchResult['leftOut'][number]

interface Match {
  readonly listingId: number
  readonly skuId: number
}

/**
 * Matches listings to SKUs (确认匹配), one or many. A listing or an active SKU that does not exist leaves that match out; one that stands
 * already is done. Orders that waited go on by the event.
 */
export async function matchListings(outer: Ctx, matches: readonly Match[]): Promise<BatchResult> {
  return outer.tx(async (ctx) => {
    const wanted = [...new Map(matches.map((match) => [match.listingId, match])).values()]
    const listings = byId(
      await lockListings(
        ctx.db,
        wanted.map((match) => match.listingId),
      ),
    )
    const skus = byId(await listSkus(ctx.db, [...new Set(wanted.map((match) => match.skuId))]))

    const leftOut: LeftOut[] = []
    const may: { listing: ListingFacts; skuId: number }[] = []
    for (const { listingId, skuId } of wanted) {
      const listing = listings.get(listingId)
      const sku = skus.get(skuId)
      if (!listing) leftOut.push(refusal(listingId, String(listingId), 'LISTING_NOT_FOUND'))
      else if (!sku?.isActive)
        leftOut.push(refusal(listingId, listing.title, 'SKU_NOT_FOUND', { sku: sku?.code ?? skuId }))
      else may.push({ listing, skuId })
    }
    const rows = may
      .filter(({ listing, skuId }) => listing.skuId !== skuId || listing.isIgnored)
      .map(({ listing, skuId }) => matchRow(listing, skuId))
    await keep(ctx, rows, 'catalogue.listing-matched')
    return { done: may.length, doneIds: may.map(({ listing }) => listing.id), leftOut }
  })
}

const matchRow = (listing: ListingFacts, skuId: number): MatchRow => ({
  id: listing.id,
  skuId,
  how: listing.proposedSkuId === skuId ? 'proposal' : 'hand',
  isIgnored: false,
})

/**
 * Takes a match back (撤销匹配): open orders with this listing stop and wait for another one. It does not match itself again until its
 * merchant code changes. Gives the SKU it was matched to, null when it was to none. Throws LISTING_NOT_FOUND.
 */
export async function unmatchListing(outer: Ctx, id: number): Promise<number | null> {
  return outer.tx(async (ctx) => {
    const listing = await mustLock(ctx, id)
    if (listing.skuId === null) return null
    await keep(
      ctx,
      [{ id, skuId: null, how: 'unmatched', isIgnored: listing.isIgnored }],
      'catalogue.listing-unmatched',
    )
    await proposeSoon(ctx)
    return listing.skuId
  })
}

/** Sets a listing aside (忽略), with its match if it had one, or takes it up again. Throws LISTING_NOT_FOUND. */
export async function ignoreListing(
  outer: Ctx,
  asked: { readonly id: number; readonly ignored: boolean },
): Promise<void> {
  await outer.tx(async (ctx) => {
    const listing = await mustLock(ctx, asked.id)
    if (listing.isIgnored === asked.ignored) return
    const how = asked.ignored ? 'ignored' : 'heeded'
    await keep(ctx, [{ id: asked.id, skuId: null, how, isIgnored: asked.ignored }], 'catalogue.listing-ignored')
    if (!asked.ignored) await proposeSoon(ctx)
  })
}

async function mustLock(ctx: Ctx, id: number): Promise<ListingFacts> {
  const [listing] = await lockListings(ctx.db, [id])
  if (!listing) throw new Failure('LISTING_NOT_FOUND')
  return listing
}

/** Saves what a person decided, writes it to the trail and says it, so that orders and stock follow. */
export async function keep(
  ctx: Ctx,
  rows: readonly MatchRow[],
  deed: 'catalogue.listing-matched' | 'catalogue.listing-unmatched' | 'catalogue.listing-ignored',
): Promise<void> {
  if (rows.length === 0) return
  await saveMatches(ctx.db, rows, { actor: ctx.actor.name, at: ctx.now() })
  await audit(
    ctx,
    rows.map(({ id, skuId, how }) => ({ deed, object: 'listing', objectId: id, details: { skuId, how } })),
  )
  await tell(ctx, 'catalogue.listing-matched', { listingIds: rows.map((row) => row.id) })
}

const byId = <Row extends { readonly id: number }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]))

export function refusal(
  id: number,
  label: string,
  code: FailureCode,
  details: Readonly<Record<string, string | number>> = {},
): LeftOut {
  return { id, label, code, zh: failureWords(code, details) }
}
