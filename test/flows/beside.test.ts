import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoCatalogue } from '../../simulators/demo-catalogue.ts'
import type { Simulator, Truth } from '../../simulators/simulator.ts'
import { channels } from '../../src/connectors/index.ts'
import type { AnyChannel } from '../../src/kit/channel.ts'
import { beginShop, createShop } from '../../src/modules/channels/manage-shops.ts'
import { reportShipments, type ShipmentToReport, sendReports } from '../../src/modules/channels/report-shipments.ts'
import { listUnsent } from '../../src/modules/channels/unsent.ts'
import { sql } from '../../src/platform/db/sql.ts'
import { silentLog } from '../../src/platform/log.ts'
import { openSend } from '../../src/platform/send/open-send.ts'
import { connectShop } from '../aid/connect-shop.ts'
import { type TestBed, testBed } from '../aid/ctx.ts'
import { type Controls, controlsOf } from '../conformance/controls.ts'
import { startOf } from '../conformance/find-simulator.ts'

/**
 * A website of one's own sells in a mini-program and takes WeChat Pay: its parcels are told to the website and to WeChat (发货信息管理), each
 * once, whatever breaks on either side.
 */
let bed: TestBed
let site: { readonly simulator: Simulator; readonly controls: Controls; readonly shopId: number }
let mall: typeof site
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  const [own, wechat] = await Promise.all([startOf('generic')({ seed: 3 }), startOf('wechat-mall')({ seed: 3 })])
  bed = await testBed({
    channels: [at(own), at(wechat)],
    now: 'real',
    send: ({ db }) => {
      const settings = { isSandbox: true }
      const out = openSend({
        db,
        settings,
        log: silentLog,
        now: () => Date.now(),
        timing: { totalMs: 500, listMs: 500 },
      })
      closing.push(out.close)
      return out.send
    },
  })
  site = await open(own, '官网')
  mall = await open(wechat, '小程序', site.shopId)
  await site.controls.offer(demoCatalogue.map((good) => ({ ...good, quantity: 500 })))
})
afterAll(async () => {
  for (const close of closing) await close()
  await bed.close()
  await Promise.all([site.simulator.close(), mall.simulator.close()])
})

function at({ about }: Simulator): AnyChannel {
  const plug = channels.find(({ manifest }) => manifest.id === about.channel) as AnyChannel
  const address = plug.manifest.address === null ? null : about.address
  return { ...plug, manifest: { ...plug.manifest, limits: [], address } }
}

async function open(simulator: Simulator, name: string, besideShopId?: number) {
  const { shopId } = await createShop(bed.ctx, { channel: simulator.about.channel, name, mode: 'api', besideShopId })
  await connectShop(bed.ctx, shopId, simulator)
  await beginShop(bed.ctx, { shopId, historyDays: 1 })
  return { simulator, controls: controlsOf(simulator.about.address), shopId }
}

/** A buyer orders at the website and pays in the mini-program. */
async function buy(seed: number): Promise<Truth> {
  const [order] = await site.controls.buy({ count: 1, seed, lines: [{ merchantCode: 'MB-1001', quantity: 1 }] })
  await mall.controls.ask('mini-program/pay', { tradeNo: order!.orderNo, amountFen: order!.paidTotalFen })
  return order!
}

const parcelOf = (order: Truth, id: number): ShipmentToReport => ({
  shopId: site.shopId,
  orderId: id,
  parcelId: id,
  channelOrderNo: order.orderNo,
  carrier: 'zto',
  carrierName: '中通快递',
  waybillNo: `7351234567${String(id).padStart(4, '0')}`,
  // Paid a good while ago, so that WeChat knows the payment.
  shippedAt: Date.now() - 3_600_000,
  lines: order.lines.map(({ lineNo, skuNo, quantity }) => ({
    channelLineNo: lineNo,
    channelSkuNo: skuNo,
    quantity,
    isWholeLine: true,
  })),
  isWholeOrder: true,
  completesOrder: true,
})

interface Known {
  readonly payments: readonly {
    readonly merchantTradeNo: string
    readonly state: number
    readonly parcels: readonly { readonly trackingNo: string }[]
  }[]
}
/** The numbers of parcels as often as each side was told of them. */
async function told(orderNo: string) {
  const own = await site.controls.shipments(orderNo)
  const { payments } = await mall.controls.ask<Known>('mini-program')
  return {
    site: own.flatMap(({ waybillNo, times }) => Array.from({ length: times }, () => waybillNo)),
    wechat: payments.find((each) => each.merchantTradeNo === orderNo)?.parcels.map(({ trackingNo }) => trackingNo),
  }
}

/** Rounds of both shops' reports, each due at once. */
async function tell(rounds = 1): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await bed.ctx.db.run(sql`update channels.report set next_try_at = now() where state = 'waiting'`)
    for (const { shopId } of [site, mall]) await sendReports(bed.ctx, shopId).catch(() => undefined)
  }
}

test('a parcel of the website is told to WeChat too', async () => {
  const order = await buy(1)
  await bed.ctx.tx((ctx) => reportShipments(ctx, [parcelOf(order, 1)]))
  await tell()
  expect(await told(order.orderNo)).toEqual({ site: ['73512345670001'], wechat: ['73512345670001'] })
})

test('while WeChat is down the website hears of its parcels, and WeChat once it is back, each once', async () => {
  const orders = await Promise.all([10, 11, 12].map(buy))
  await mall.controls.break({ kind: 'drop-after-apply', rate: 0.5 }, { kind: 'server-error', rate: 0.5 })
  await bed.ctx.tx((ctx) =>
    reportShipments(
      ctx,
      orders.map((order, place) => parcelOf(order, 10 + place)),
    ),
  )
  await tell(3)
  for (const [place, { orderNo }] of orders.entries())
    expect(await told(orderNo)).toMatchObject({ site: [`735123456700${10 + place}`] })
  await mall.controls.break()
  await tell(2)
  for (const [place, { orderNo }] of orders.entries())
    expect(await told(orderNo)).toMatchObject({ wechat: [`735123456700${10 + place}`] })
})

test('an order that was not paid by WeChat waits for a person, who is told why', async () => {
  const [order] = await site.controls.buy({ count: 1, seed: 20, lines: [{ merchantCode: 'MB-1001', quantity: 1 }] })
  await bed.ctx.tx((ctx) => reportShipments(ctx, [parcelOf(order!, 20)]))
  await tell(2)
  expect((await listUnsent(bed.ctx, { shopId: mall.shopId })).rows).toMatchObject([
    { state: 'needs-person', cause: { zh: expect.stringContaining('可能不是用微信支付付的') } },
  ])
})
