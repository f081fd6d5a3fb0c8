import { describe, expect } from 'vitest'
import { Listing } from '../../../src/core/channel/shapes.ts'
import { aidFor } from '../channel-aid.ts'
import { pagesOf, rowsOf, type Stage } from '../stage.ts'

/** More products than any page holds, some with two SKUs and some with none, one of them sold out. */
const many = Array.from({ length: 130 }, (_, place) => {
  const product = `碗-${place}`
  const one = { product, title: `陶碗 ${place} 号`, specification: '', priceFen: 1_000 + place, quantity: place }
  if (place % 3 !== 0) return [{ ...one, merchantCode: `W-${place}` }]
  return ['白', '灰'].map((colour) => ({
    ...one,
    merchantCode: `W-${place}-${colour}`,
    specification: `颜色:${colour}`,
  }))
}).flat()

export function asksAboutListings({ asks }: Stage): void {
  describe('listings', () => {
    asks('come once each, across pages, as the shop shows them', ['products.pull'], async (rig) => {
      await rig.controls.offer(many)
      const shop = await rig.shop()
      const pages = await pagesOf<Listing>((cursor) => rig.does('products.pull')(shop, cursor))
      const listings = rowsOf(pages)
      for (const listing of listings) expect(Listing.parse(listing)).toEqual(listing)
      expect(pages.length).toBeGreaterThan(1)

      const { tellsNoPrice = false } = await aidFor(rig.plug.manifest.id)
      const asShown = ({ merchantCode, title, specification, priceFen, quantity }: Omit<Listing, 'imageUrl'>) =>
        JSON.stringify([merchantCode, title, specification, priceFen, quantity])
      const shown = (await rig.controls.listings()).map(({ merchantCode, title, specification, priceFen, quantity }) =>
        JSON.stringify([merchantCode, title, specification, tellsNoPrice ? 0 : priceFen, quantity]),
      )
      expect(listings.map(asShown).sort()).toEqual(shown.sort())
      expect(new Set(listings.map((each) => `${each.channelItemNo}/${each.channelSkuNo}`)).size).toBe(listings.length)
    })

    asks('are named as orders name their goods', ['products.pull', 'orders.get'], async (rig) => {
      const shop = await rig.shop()
      const listings = rowsOf(await pagesOf<Listing>((cursor) => rig.does('products.pull')(shop, cursor)))
      const keyOf = (each: { readonly channelItemNo: string; readonly channelSkuNo: string }) =>
        `${each.channelItemNo}/${each.channelSkuNo}`
      const codes = new Map(listings.map((listing) => [keyOf(listing), listing.merchantCode]))
      for (const { orderNo } of await rig.controls.buy({ count: 15, seed: 3 })) {
        const { order } = await rig.does('orders.get')(shop, orderNo)
        for (const line of order.lines) expect(codes.get(keyOf(line))).toBe(line.merchantCode)
      }
    })
  })
}
