import type { BatchResult } from '../../contract/route.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import { keep, refusal } from './match-listings.ts'
import { proposeSoon } from './propose-matches.ts'
import { type ListingFacts, lockListings } from './store/matches.ts'
import { insertSkus, listSkusByCode } from './store/skus.ts'

type LeftOut = BatchResult['leftOut'][number]

const longestCode = 60

/**
 * Makes SKUs of listings and matches them (按平台商品新建): the merchant code becomes the SKU's code, or the channel's number where there is
 * none. Listings of one code become one SKU, one that exists is used; listings matched already are left out. A fixed number of statements.
 */
export async function createSkusFromListings(outer: Ctx, listingIds: readonly number[]): Promise<BatchResult> {
  return outer.tx(async (ctx) => {
    const ids = [...new Set(listingIds)]
    const listings = await lockListings(ctx.db, ids)
    const found = new Set(listings.map((listing) => listing.id))
    const leftOut = ids.filter((id) => !found.has(id)).map((id) => refusal(id, String(id), 'LISTING_NOT_FOUND'))
    const may: ListingFacts[] = []
    for (const listing of listings) {
      const reason = reasonAgainst(listing)
      if (reason) leftOut.push(reason)
      else may.push(listing)
    }

    const skus = await findOrAdd(ctx, may)
    const matched: { listing: ListingFacts; skuId: number }[] = []
    for (const listing of may) {
      const sku = skus.get(codeOf(listing))
      if (sku?.isActive) matched.push({ listing, skuId: sku.id })
      else leftOut.push(inactive(listing))
    }
    await keep(
      ctx,
      matched.map(({ listing, skuId }) => ({ id: listing.id, skuId, how: 'created', isIgnored: false })),
      'catalogue.listing-matched',
    )
    if (matched.length > 0) await proposeSoon(ctx)
    return { done: matched.length, doneIds: matched.map(({ listing }) => listing.id), leftOut }
  })
}

const codeOf = ({ merchantCode, channelSkuNo, channelItemNo }: ListingFacts) =>
  merchantCode?.trim() || channelSkuNo || channelItemNo

function reasonAgainst(listing: ListingFacts): LeftOut | null {
  const { id, title } = listing
  if (listing.skuId !== null) return { id, label: title, code: 'already-matched', zh: '已经匹配过，要改请先撤销匹配' }
  const isTooLong = codeOf(listing).length > longestCode
  return isTooLong
    ? { id, label: title, code: 'code-too-long', zh: `商家编码超过 ${longestCode} 个字，请手工新建 SKU` }
    : null
}

const inactive = (listing: ListingFacts): LeftOut => ({
  id: listing.id,
  label: listing.title,
  code: 'sku-inactive',
  zh: `SKU“${codeOf(listing)}”已停用，启用后再匹配`,
})

async function findOrAdd(
  ctx: Ctx,
  listings: readonly ListingFacts[],
): Promise<ReadonlyMap<string, { readonly id: number; readonly isActive: boolean }>> {
  if (listings.length === 0) return new Map()
  const firstOfCode = new Map([...listings].reverse().map((listing) => [codeOf(listing), listing]))
  const added = await insertSkus(
    ctx.db,
    [...firstOfCode].map(([code, { title, specification, barcode, imageUrl }]) => ({
      code,
      productName: title || code,
      specification,
      barcode,
      imageUrl,
      weightG: null,
      costFen: null,
    })),
    ctx.now(),
  )
  await audit(
    ctx,
    added.map(({ id, code }) => ({ deed: 'catalogue.sku-created', object: 'sku', objectId: id, details: { code } })),
  )
  return new Map((await listSkusByCode(ctx.db, [...firstOfCode.keys()])).map((sku) => [sku.code, sku]))
}
