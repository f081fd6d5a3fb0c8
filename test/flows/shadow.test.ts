import { afterEach, beforeEach, expect, test } from 'vitest'
import { readShadow as contract } from '../../src/contract/shadow.ts'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { isoText } from '../../src/core/time/instant.ts'
import { readShadow } from '../../src/modules/analytics/read-shadow.ts'
import { storeSeen } from '../../src/modules/channels/index.ts'
import { changeShop } from '../../src/modules/channels/manage-shops.ts'
import { pullListings } from '../../src/modules/channels/pull-listings.ts'
import { pushStock, sendStock } from '../../src/modules/channels/push-stock.ts'
import { takeInOrders } from '../../src/modules/orders/index.ts'
import { type TestBed, testBed } from '../aid/ctx.ts'
import { type FakeChannel, fakeChannel } from '../aid/fake-channel.ts'
import { anOrder, seenOrder } from '../aid/orders.ts'
import { aShop } from '../aid/shop.ts'

const day = 24 * 3_600_000
let bed: TestBed
let fake: FakeChannel
let shopId: number

beforeEach(async () => {
  fake = fakeChannel()
  bed = await testBed({ channels: [fake.plug] })
  shopId = await aShop(bed.ctx)
})
afterEach(() => bed.close())

const report = async () => contract.output.parse(await readShadow(bed.ctx, { shopId }))
async function told(...orders: ChannelOrder[]) {
  await storeSeen(bed.ctx, orders.map(seenOrder), { shopId, source: 'sweep' })
  while ((await takeInOrders(bed.ctx)) > 0);
}
const placed = (channelOrderNo: string) => anOrder({ channelOrderNo, createdAt: bed.ctx.now() })
/** As the back office ships an order, with `sent` pieces of its one line. */
function shipped(order: ChannelOrder, sent = order.lines[0]!.quantity): ChannelOrder {
  return {
    ...order,
    status: 'shipped',
    mayShipNow: false,
    modifiedAt: isoText(bed.ctx.now()),
    lines: order.lines.map((line) => ({ ...line, shippedQuantity: sent, mayShipNow: false })),
    remainingToShip: [],
  }
}

test('a shop that is not in the shadow stage is not compared', async () => {
  await told(placed('A1'))
  await told(shipped(placed('A1')))
  expect(await report()).toMatchObject({ since: null, compared: 0, mayGoLive: false, differences: [] })
})

test('an order that the back office ships though we hold it is named with our reason', async () => {
  await changeShop(bed.ctx, { shopId, stage: 'shadow' })
  bed.pass(60_000)
  const order = placed('A1')
  await told(order)
  bed.pass(60_000)
  await told(shipped(order))
  const { differences, compared, days } = await report()
  expect(compared).toBe(1)
  expect(days).toEqual([{ day: '2026-11-11', orders: 1, differences: 1 }])
  expect(differences).toMatchObject([
    { channelOrderNo: 'A1', kind: 'sent-though-held', ours: expect.stringContaining('商品未匹配') as string },
  ])
})

test('days on which both did the same are clean, and enough of them offer going live', async () => {
  await changeShop(bed.ctx, { shopId, stage: 'shadow', shadowDays: 2 })
  for (let n = 1; n <= 3; n += 1) {
    const order = placed(`B${n}`)
    await told(order)
    await bed.database.pool.query(
      `update orders.sale set state = 'approved', approved_at = '${isoText(bed.ctx.now())}' where channel_order_no = 'B${n}'`,
    )
    bed.pass(60_000)
    await told(shipped(order))
    bed.pass(day)
  }
  expect(await report()).toMatchObject({ compared: 3, differences: [], cleanDays: 3, wantedDays: 2, mayGoLive: true })
  await changeShop(bed.ctx, { shopId, stage: 'live' })
  expect(await report()).toMatchObject({ since: null, mayGoLive: false })
})

test('numbers that the channel shows are put beside those we would tell, and none is told', async () => {
  await changeShop(bed.ctx, { shopId, stage: 'shadow' })
  fake.listings.push({
    channelItemNo: 'i1',
    channelSkuNo: 's1',
    merchantCode: 'MUG',
    barcode: null,
    title: '粗陶马克杯',
    specification: '颜色:苔绿',
    imageUrl: null,
    priceFen: 5900,
    quantity: 9,
    isOnSale: true,
    modifiedAt: null,
  })
  await pullListings(bed.ctx, shopId)
  await bed.ctx.tx((ctx) =>
    pushStock(ctx, [
      {
        shopId,
        listingId: 1,
        channelItemNo: 'i1',
        channelSkuNo: 's1',
        merchantCode: 'MUG',
        quantity: 4,
        version: 1,
      },
    ]),
  )
  await sendStock(bed.ctx, shopId)
  expect(fake.stockCalls).toEqual([])
  expect(await report()).toMatchObject({
    stockDiffers: 1,
    stock: [{ listingId: 1, title: '粗陶马克杯', ours: 4, theirs: 9 }],
  })
})
