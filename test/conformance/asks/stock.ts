import { describe, expect } from 'vitest'
import type { Listing } from '../../../src/core/channel/shapes.ts'
import type { StockItem, StockResult } from '../../../src/kit/channel.ts'
import type { Rig, Shop } from '../rig.ts'
import { pagesOf, rowsOf, type Stage } from '../stage.ts'

const needs = ['stock.push', 'products.pull'] as const

const listingsOf = async (rig: Rig, shop: Shop) =>
  rowsOf(await pagesOf<Listing>((cursor) => rig.does('products.pull')(shop, cursor)))

const asItem = (listing: Listing, quantity: number): StockItem => ({
  channelItemNo: listing.channelItemNo,
  channelSkuNo: listing.channelSkuNo,
  merchantCode: listing.merchantCode,
  quantity,
})

/** Listings told to the channel in calls of the size that it takes. */
async function push(rig: Rig, shop: Shop, items: readonly StockItem[]): Promise<StockResult[]> {
  const { perCall, oneItem } = rig.plug.manifest.stock
  const groups = oneItem ? [...Map.groupBy(items, (item) => item.channelItemNo).values()] : [[...items]]
  const calls = groups.flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / perCall) }, (_, i) => group.slice(i * perCall, (i + 1) * perCall)),
  )
  const results: StockResult[] = []
  for (const call of calls) results.push(...(await rig.does('stock.push')(shop, call)))
  return results
}

/** What the shop offers of each good, by merchant code. */
async function shelf(rig: Rig): Promise<Record<string, number>> {
  return Object.fromEntries((await rig.controls.listings()).map((each) => [each.merchantCode, each.quantity]))
}

export function asksAboutStock(stage: Stage): void {
  describe('stock', () => {
    asksAboutSetting(stage)
    asksAboutSilence(stage)
  })
}

function asksAboutSetting({ asks }: Stage): void {
  asks('is set to a number, and set again to the same', needs, async (rig) => {
    const shop = await rig.shop()
    const items = (await listingsOf(rig, shop)).map((listing, place) =>
      asItem(listing, place % 5 === 0 ? 0 : place * 3),
    )
    for (const _ of [1, 2]) {
      const results = await push(rig, shop, items)
      expect(results).toEqual(
        expect.arrayContaining(
          items.map(({ channelItemNo, channelSkuNo }) => ({ channelItemNo, channelSkuNo, ok: true, reason: null })),
        ),
      )
      expect(results).toHaveLength(items.length)
      expect(await shelf(rig)).toEqual(Object.fromEntries(items.map((item) => [item.merchantCode, item.quantity])))
    }
    for (const listing of await listingsOf(rig, shop)) {
      expect(listing.quantity).toBe(items.find((item) => item.merchantCode === listing.merchantCode)!.quantity)
    }
  })

  asks('of a SKU nobody knows is one bad result and no failure', needs, async (rig) => {
    const shop = await rig.shop()
    const [known] = await listingsOf(rig, shop)
    const good = asItem(known!, 41)
    const bad = { ...good, channelSkuNo: '5999999999999', merchantCode: 'NO-SUCH' }
    const before = (await shelf(rig))[known!.merchantCode!]
    const results = await push(rig, shop, [good, bad])
    expect(results).toHaveLength(2)
    expect(results.find(({ channelSkuNo }) => channelSkuNo === bad.channelSkuNo)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/./),
    })
    // A platform may take a call as a whole or each for itself; what it says of the good one is what holds.
    const isTaken = results.find(({ channelSkuNo }) => channelSkuNo === good.channelSkuNo)!.ok
    expect((await shelf(rig))[known!.merchantCode!]).toBe(isTaken ? 41 : before)
  })
}

function asksAboutSilence({ asks }: Stage): void {
  asks('without an answer is unclear, and reading tells that it was set', needs, async (rig) => {
    for (let time = 0; time < 4; time += 1) {
      const shop = await rig.shop()
      const [listing] = await listingsOf(rig, shop)
      await rig.controls.break({ kind: 'drop-after-apply', rate: 1, times: 1 })
      const failure = await rig.refusal(() => push(rig, shop, [asItem(listing!, 60 + time)]))
      await rig.controls.break()
      expect(failure).toMatchObject({ code: 'CHANNEL_UNCLEAR', retry: 'after-checking' })
      const after = (await listingsOf(rig, shop)).find(({ merchantCode }) => merchantCode === listing!.merchantCode)
      expect(after!.quantity).toBe(60 + time)
    }
  })

  asks('that is only said to be set is found by reading', needs, async (rig) => {
    const shop = await rig.shop()
    const [listing] = await listingsOf(rig, shop)
    await rig.controls.break({ kind: 'lie', rate: 1, times: 1 })
    expect(await push(rig, shop, [asItem(listing!, 77)])).toMatchObject([{ ok: true }])
    await rig.controls.break()
    const after = (await listingsOf(rig, shop)).find(({ merchantCode }) => merchantCode === listing!.merchantCode)
    expect(after!.quantity).toBe(listing!.quantity)
  })
}
