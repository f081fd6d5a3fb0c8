import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { type FakeChannel, fakeChannel } from '../../../test/aid/fake-channel.ts'
import { anOrder, seenOrder } from '../../../test/aid/orders.ts'
import { aShop } from '../../../test/aid/shop.ts'
import { isoText } from '../../core/time/instant.ts'
import { finishAuthorisation, startAuthorisation } from './authorise-shop.ts'
import { listShops } from './list-shops.ts'
import { beginShop, saveCredentials } from './manage-shops.ts'
import { stockOutcomes } from './outcomes.ts'
import { pullHistory } from './pull-history.ts'
import { pushStock, sendStock } from './push-stock.ts'
import { reportShipments, sendReports } from './report-shipments.ts'
import { makeShipmentFile } from './shipment-file.ts'
import { makeStockFile, readStockFile } from './stock-file.ts'
import { storeSeen } from './store-seen.ts'
import { sweepOrders } from './sweep-orders.ts'
import { switchMode } from './switch-mode.ts'
import { listUnsent } from './unsent.ts'

let bed: TestBed
let fake: FakeChannel
let shopId: number

beforeEach(async () => {
  fake = fakeChannel()
  fake.plug.operations['export.read'] = () => null
  fake.plug.operations['export.shipments'] = (parcels) => ({
    fileName: '发货.csv',
    encoding: 'utf-8',
    headers: ['订单', '单号'],
    rows: parcels.map((parcel) => [parcel.channelOrderNo, parcel.waybillNo]),
  })
  fake.plug.operations['export.stock'] = (items) => ({
    fileName: '库存.csv',
    encoding: 'utf-8',
    headers: ['SKU', '库存'],
    rows: items.map((item) => [item.channelSkuNo, String(item.quantity)]),
  })
  bed = await testBed({ channels: [fake.plug] })
  shopId = await aShop(bed.ctx, { mode: 'file' })
})
afterEach(() => bed.close())

const want = (listingId: number, quantity: number, version: number) =>
  bed.ctx.tx((ctx) =>
    pushStock(ctx, [
      {
        shopId,
        listingId,
        channelItemNo: `i${listingId}`,
        channelSkuNo: `s${listingId}`,
        merchantCode: null,
        quantity,
        version,
      },
    ]),
  )
const report = (orderId: number) =>
  bed.ctx.tx((ctx) =>
    reportShipments(ctx, [
      {
        shopId,
        orderId,
        parcelId: orderId * 10,
        channelOrderNo: `A${orderId}`,
        carrier: 'zto',
        carrierName: '中通快递',
        waybillNo: `7312000${orderId}`,
        shippedAt: ctx.now(),
        lines: [{ channelLineNo: `A${orderId}-1`, channelSkuNo: '70011', quantity: 1, isWholeLine: true }],
        isWholeOrder: true,
      },
    ]),
  )
const textOf = async (file: Promise<{ readonly bytes: Uint8Array }>) =>
  Buffer.from((await file).bytes)
    .toString('utf8')
    .replace('\ufeff', '')
    .trim()
    .split(/\r?\n/)
async function connect() {
  await saveCredentials(bed.ctx, { shopId, fields: { key: 'k' } })
  const { url } = await startAuthorisation(bed.ctx, shopId)
  await finishAuthorisation(bed.ctx, { code: 'yes', state: new URL(url).searchParams.get('state') ?? '' })
  await beginShop(bed.ctx, { shopId, historyDays: 3 })
}

test('the stock file of a shop without keys holds every listing with what it should show now', async () => {
  await want(1, 7, 1)
  await want(2, 0, 2)
  expect(await readStockFile(bed.ctx, shopId)).toEqual({ listings: 2, changed: 2, madeAt: null })
  expect(await textOf(makeStockFile(bed.ctx, { shopId }))).toEqual(['SKU,库存', 's1,7', 's2,0'])
  expect(await readStockFile(bed.ctx, shopId)).toMatchObject({ listings: 2, changed: 0 })
  expect(await stockOutcomes(bed.ctx, [1])).toMatchObject([{ wanted: 7, told: 7, state: 'told' }])

  await want(1, 5, 3)
  expect(await readStockFile(bed.ctx, shopId)).toMatchObject({ listings: 2, changed: 1 })
  expect(await stockOutcomes(bed.ctx, [1])).toMatchObject([{ wanted: 5, told: 7, state: 'waiting' }])
  expect(await textOf(makeStockFile(bed.ctx, { shopId }))).toEqual(['SKU,库存', 's1,5', 's2,0'])
  expect((await listUnsent(bed.ctx, {})).total).toBe(0)
})

test('without a matched listing there is nothing to put into a stock file, and it says what to do', async () => {
  await expect(makeStockFile(bed.ctx, { shopId })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    details: { problem: expect.stringContaining('先匹配') as string },
  })
})

test('a shop that gets its keys goes on by the API: no order is doubled, and what waited for a file is told by calls', async () => {
  const order = anOrder({ channelOrderNo: 'A1', createdAt: bed.ctx.now() - 60_000 })
  fake.orders.set('A1', order)
  const asInFile = { ...order, modifiedAt: isoText(bed.ctx.now()) }
  await storeSeen(bed.ctx, [seenOrder(asInFile)], { shopId, source: 'import', at: bed.ctx.now() })
  await report(1)
  await want(1, 7, 1)
  await makeStockFile(bed.ctx, { shopId })

  await switchMode(bed.ctx, { shopId, mode: 'api' })
  expect((await listShops(bed.ctx))[0]).toMatchObject({ mode: 'api', state: 'new' })
  await connect()
  bed.pass(60_000)
  await pullHistory(bed.ctx, shopId)
  await sweepOrders(bed.ctx, shopId)
  const { rows } = await bed.database.pool.query('select channel_order_no as no, source from channels.seen')
  expect(rows).toEqual([{ no: 'A1', source: expect.not.stringMatching('import') as string }])
  await sendReports(bed.ctx, shopId)
  await sendStock(bed.ctx, shopId)
  expect(fake.reports.map((one) => one.waybillNo)).toEqual(['73120001'])
  expect(fake.stock.get('i1/s1')).toBe(7)
})

test('parcels that lie in a downloaded file are not told once more by a call', async () => {
  fake.orders.set('A1', anOrder({ channelOrderNo: 'A1', createdAt: bed.ctx.now() - 60_000 }))
  await report(1)
  await makeShipmentFile(bed.ctx, { shopId })
  await switchMode(bed.ctx, { shopId, mode: 'api' })
  await connect()
  await sendReports(bed.ctx, shopId)
  expect(fake.reports).toEqual([])
})

test('a shop that goes back to files asks the channel nothing more, and what waits goes into the next file', async () => {
  await switchMode(bed.ctx, { shopId, mode: 'api' })
  await connect()
  await report(1)
  await want(1, 7, 1)
  await switchMode(bed.ctx, { shopId, mode: 'file' })
  fake.calls.clear()
  await sweepOrders(bed.ctx, shopId)
  await sendReports(bed.ctx, shopId)
  await sendStock(bed.ctx, shopId)
  expect(fake.calls.size).toBe(0)
  expect(await textOf(makeShipmentFile(bed.ctx, { shopId }))).toEqual(['订单,单号', 'A1,73120001'])
  expect(await textOf(makeStockFile(bed.ctx, { shopId }))).toEqual(['SKU,库存', 's1,7'])
})

test('a channel whose files we cannot read does not go to file mode', async () => {
  await switchMode(bed.ctx, { shopId, mode: 'api' })
  delete fake.plug.operations['export.read']
  await expect(switchMode(bed.ctx, { shopId, mode: 'file' })).rejects.toMatchObject({
    code: 'CHANNEL_OPERATION_ABSENT',
  })
})
