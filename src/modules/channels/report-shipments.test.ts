import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { type FakeChannel, fakeChannel, shipAt } from '../../../test/aid/fake-channel.ts'
import { anOrder } from '../../../test/aid/orders.ts'
import { aShop } from '../../../test/aid/shop.ts'
import { Failure, type FailureCode } from '../../core/failures.ts'
import { changeShop } from './manage-shops.ts'
import { shipmentOutcomes } from './outcomes.ts'
import { remarkOrders, sendRemarks } from './remark-orders.ts'
import { reportShipments, type ShipmentToReport, sendReports } from './report-shipments.ts'
import { makeShipmentFile } from './shipment-file.ts'
import { reopenUnconfirmed } from './store/reports.ts'
import { dismissUnsent, listUnsent, retryUnsent } from './unsent.ts'

let bed: TestBed
let fake: FakeChannel
let shopId: number

beforeEach(async () => {
  fake = fakeChannel()
  bed = await testBed({ channels: [fake.plug] })
  shopId = await aShop(bed.ctx)
  for (const no of ['A1', 'A2', 'A3'])
    fake.orders.set(no, anOrder({ channelOrderNo: no, createdAt: bed.ctx.now() - 60_000 }))
})
afterEach(() => bed.close())

const parcel = (orderId: number, given: Partial<ShipmentToReport> = {}): ShipmentToReport => ({
  shopId,
  orderId,
  parcelId: orderId * 10,
  channelOrderNo: `A${orderId}`,
  carrier: 'zto',
  carrierName: '中通快递',
  waybillNo: `7312000${orderId}`,
  shippedAt: bed.ctx.now(),
  lines: [{ channelLineNo: `A${orderId}-1`, channelSkuNo: '70011', quantity: 1, isWholeLine: true }],
  isWholeOrder: true,
  ...given,
})
const report = (...parcels: ShipmentToReport[]) => bed.ctx.tx((ctx) => reportShipments(ctx, parcels))
const send = () => sendReports(bed.ctx, shopId)
const outcome = async (orderId = 1) => (await shipmentOutcomes(bed.ctx, [orderId]))[0]
const drop = (kind: 'before' | 'after') => {
  const tell = fake.plug.operations['shipments.report']!
  fake.plug.operations['shipments.report'] = async (_account, given) => {
    fake.plug.operations['shipments.report'] = tell
    if (kind === 'after') shipAt(fake, given)
    throw new Failure('CHANNEL_UNCLEAR', { channel: 'fake' })
  }
}

test('a shipment is told once, however often it is put in or sent', async () => {
  await report(parcel(1), parcel(2))
  await report(parcel(1))
  await Promise.all([send(), send()])
  await send()
  expect(fake.reports.map((one) => one.waybillNo).sort()).toEqual(['73120001', '73120002'])
  expect(await outcome()).toMatchObject({ state: 'done', trouble: null })
})

test('what is rolled back is never told', async () => {
  await expect(
    bed.ctx.tx(async (ctx) => {
      await reportShipments(ctx, [parcel(1)])
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  await send()
  expect(fake.reports).toEqual([])
})

test('statements do not grow with the number of parcels', async () => {
  const count = async (work: () => Promise<unknown>) => {
    const before = bed.database.statements()
    await work()
    return bed.database.statements() - before
  }
  const one = await count(() => report(parcel(1)))
  const many = await count(() => report(...Array.from({ length: 200 }, (_, i) => parcel(i + 2))))
  expect(many).toBe(one)
})

test('after silence the order is looked at: what is there is done, and told no second time', async () => {
  drop('after')
  await report(parcel(1))
  await send()
  expect(await outcome()).toMatchObject({ state: 'done', confirmedAt: expect.any(Number) as number })
  expect(fake.reports).toHaveLength(1)
})

test('after silence, what is not there is told again after a pause', async () => {
  drop('before')
  await report(parcel(1))
  await send()
  expect(await outcome()).toMatchObject({ state: 'waiting', trouble: { code: 'CHANNEL_UNCLEAR' } })
  bed.pass(60_000)
  await send()
  expect(await outcome()).toMatchObject({ state: 'done' })
  expect(fake.reports).toHaveLength(1)
})

test('a process that died after telling leaves a doubt, which is looked at first', async () => {
  await report(parcel(1))
  await bed.database.pool.query(`
    create function channels.die() returns trigger language plpgsql as 'begin raise exception ''killed''; end';
    create trigger die before update on channels.report for each row when (new.state = 'done') execute function channels.die()`)
  await expect(send()).rejects.toThrow('killed')
  expect(fake.reports).toHaveLength(1)
  await bed.database.pool.query('drop trigger die on channels.report')
  await send()
  expect(fake.calls.get('shipments.report')).toBe(1)
  bed.pass(3 * 60_000)
  await send()
  expect(fake.calls.get('shipments.report')).toBe(1)
  expect(await outcome()).toMatchObject({ state: 'done' })
})

test('a look that fails leaves the doubt: nothing is told before the channel was seen', async () => {
  await report(parcel(1))
  await send()
  bed.pass(4 * 60_000)
  await reopenUnconfirmed(bed.ctx.db, bed.ctx.now())
  fake.fail('orders.get', 'CHANNEL_UNREACHABLE')
  await send()
  expect(await outcome()).toMatchObject({ state: 'waiting', trouble: { code: 'CHANNEL_UNREACHABLE' } })
  bed.pass(60 * 60_000)
  await send()
  expect(fake.calls.get('shipments.report')).toBe(1)
  expect(await outcome()).toMatchObject({ state: 'done' })
})

test('an order that was shipped with another number in the back office is laid before a person', async () => {
  shipAt(fake, { ...parcel(1), waybillNo: 'SF999' })
  fake.reports.splice(0)
  await report(parcel(1))
  await send()
  expect(await outcome()).toMatchObject({ state: 'needs-person', trouble: { code: 'CHANNEL_ALREADY_DONE' } })
  expect((await listUnsent(bed.ctx, {})).rows).toMatchObject([
    { kind: 'shipment', orderId: 1, zh: '中通快递 73120001', state: 'needs-person' },
  ])
})

test.each([
  { code: 'CHANNEL_REFUSED', state: 'needs-person' },
  { code: 'CHANNEL_UNREACHABLE', state: 'waiting' },
  { code: 'CHANNEL_RATE_LIMITED', state: 'waiting' },
] as const)('$code leaves it $state, and its neighbours are told all the same', async ({ code, state }) => {
  fake.fail('shipments.report', code as FailureCode)
  await report(parcel(1), parcel(2), parcel(3))
  await send()
  const states = (await shipmentOutcomes(bed.ctx, [1, 2, 3])).map((one) => one.state).sort()
  expect(states).toEqual(['done', 'done', state].sort())
})

test('a wrong key is no fault of a parcel: it waits, and is told when the key is right', async () => {
  fake.fail('shipments.report', 'CHANNEL_MISCONFIGURED', { times: 1, details: { reason: '签名' } })
  await report(parcel(1), parcel(2), parcel(3))
  await send()
  const { rows } = await listUnsent(bed.ctx, { shopId })
  expect(rows.map((row) => row.state)).not.toContain('needs-person')
  bed.pass(130_000)
  await send()
  expect((await shipmentOutcomes(bed.ctx, [1, 2, 3])).map((one) => one.state)).toEqual(['done', 'done', 'done'])
  expect(fake.reports.map((one) => one.waybillNo).sort()).toEqual(['73120001', '73120002', '73120003'])
})

test('a person can have it tried again, or give it up with a reason', async () => {
  fake.fail('shipments.report', 'CHANNEL_REFUSED', { times: 2, details: { reason: '地址库缺失' } })
  await report(parcel(1), parcel(2))
  await send()
  const { rows } = await listUnsent(bed.ctx, { shopId })
  expect(rows.map((row) => row.cause?.zh)).toEqual(['假平台 拒绝：地址库缺失', '假平台 拒绝：地址库缺失'])
  const [first, second] = rows.map(({ kind, id }) => ({ kind, id }))
  expect(await retryUnsent(bed.ctx, [first!])).toEqual({ done: 1 })
  expect(await dismissUnsent(bed.ctx, [second!], '已在后台发货')).toEqual({ done: 1 })
  await send()
  expect((await listUnsent(bed.ctx, {})).total).toBe(0)
  expect(fake.reports).toHaveLength(1)
})

test('an authorisation that has run out leaves all waiting, and nothing is in doubt', async () => {
  fake.token = 'other'
  await report(parcel(1), parcel(2))
  await expect(send()).rejects.toMatchObject({ code: 'CHANNEL_NOT_AUTHORISED' })
  expect((await shipmentOutcomes(bed.ctx, [1, 2])).map((one) => one.state)).toEqual(['waiting', 'waiting'])
})

test('a report that the channel said yes to and did not keep is noticed and told again', async () => {
  const tell = fake.plug.operations['shipments.report']!
  fake.plug.operations['shipments.report'] = async () => undefined
  await report(parcel(1))
  await send()
  fake.plug.operations['shipments.report'] = tell
  bed.pass(4 * 60_000)
  expect(await reopenUnconfirmed(bed.ctx.db, bed.ctx.now())).toEqual([{ shopId }])
  await send()
  expect(fake.reports).toHaveLength(1)
})

test('nothing is told for a shop that may only be read', async () => {
  await changeShop(bed.ctx, { shopId, stage: 'read-only' })
  await report(parcel(1))
  await send()
  expect(await outcome()).toMatchObject({ state: 'waiting' })
  expect(fake.reports).toEqual([])
})

test('a shop in file mode keeps its parcels for the shipment file, which can be had again', async () => {
  fake.plug.operations['export.shipments'] = (parcels) => ({
    fileName: '发货.csv',
    encoding: 'utf-8',
    headers: ['订单编号', '运单号'],
    rows: parcels.map((one) => [one.channelOrderNo, one.waybillNo]),
  })
  const fileShop = await aShop(bed.ctx, { name: '文件店', mode: 'file' })
  await report(parcel(1, { shopId: fileShop }), parcel(2, { shopId: fileShop }))
  expect((await listUnsent(bed.ctx, { shopId: fileShop })).rows.map((row) => row.state)).toEqual([
    'for-file',
    'for-file',
  ])
  const file = await makeShipmentFile(bed.ctx, { shopId: fileShop })
  expect(Buffer.from(file.bytes).toString()).toBe('\uFEFF订单编号,运单号\r\nA1,73120001\r\nA2,73120002\r\n')
  expect(await outcome()).toMatchObject({ state: 'in-file' })
  await expect(makeShipmentFile(bed.ctx, { shopId: fileShop })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  expect((await makeShipmentFile(bed.ctx, { shopId: fileShop, fileId: 1 })).bytes).toEqual(file.bytes)
})

test('of several remarks of an order the newest is sent, and lies sealed until then', async () => {
  const remark = (text: string) =>
    bed.ctx.tx((ctx) => remarkOrders(ctx, [{ shopId, orderId: 1, channelOrderNo: 'A1', remark: text, flag: null }]))
  await remark('发顺丰')
  await remark('改发中通')
  const { rows } = await bed.database.pool.query(
    `select position('改发中通'::bytea in remark_sealed) as found from channels.remark`,
  )
  expect(rows).toEqual([{ found: 0 }])
  await sendRemarks(bed.ctx, shopId)
  await sendRemarks(bed.ctx, shopId)
  expect(fake.remarks).toEqual([{ channelOrderNo: 'A1', remark: '改发中通' }])
})

describe('a shop beside another', () => {
  let beside: FakeChannel
  let besideId: number

  beforeEach(async () => {
    await bed.close()
    beside = fakeChannel({ id: 'beside', leaveOut: ['orders.pull', 'orders.get'] })
    beside.plug.operations['shipments.report'] = async (_account, given) => void beside.reports.push(given)
    beside.plug.operations['shipments.find'] = async (_account, no) =>
      beside.reports.filter((one) => one.channelOrderNo === no).map((one) => one.waybillNo)
    bed = await testBed({ channels: [fake.plug, beside.plug] })
    shopId = await aShop(bed.ctx)
    besideId = await aShop(bed.ctx, { name: '小程序', channel: 'beside', besideShopId: shopId })
  })
  const sendBoth = async () => {
    await send()
    await sendReports(bed.ctx, besideId)
  }
  const states = async () => (await shipmentOutcomes(bed.ctx, [1])).map(({ shopId: told, state }) => [told, state])

  test('is told of its parcels too, each once', async () => {
    await report(parcel(1))
    await report(parcel(1))
    await sendBoth()
    await sendBoth()
    expect([fake.reports.length, beside.reports.length]).toEqual([1, 1])
    expect(beside.reports[0]).toMatchObject({ channelOrderNo: 'A1', waybillNo: '73120001' })
    expect(await states()).toEqual([
      [shopId, 'done'],
      [besideId, 'done'],
    ])
  })

  test('that fails holds up nobody else, and waits under its own name', async () => {
    beside.plug.operations['shipments.report'] = async () => {
      throw new Failure('CHANNEL_UNREACHABLE', { channel: 'beside' })
    }
    await report(parcel(1))
    await sendBoth()
    expect(await states()).toEqual([
      [shopId, 'done'],
      [besideId, 'waiting'],
    ])
    expect((await listUnsent(bed.ctx, {})).rows).toMatchObject([{ shopId: besideId, kind: 'shipment' }])
  })

  test('that was told without an answer is asked which parcels it knows, not told again', async () => {
    const tell = beside.plug.operations['shipments.report']!
    beside.plug.operations['shipments.report'] = async (account, given) => {
      await tell(account, given)
      throw new Failure('CHANNEL_UNCLEAR', { channel: 'beside' })
    }
    await report(parcel(1))
    await sendBoth()
    expect(beside.reports).toHaveLength(1)
    expect(await states()).toContainEqual([besideId, 'done'])
  })

  test('that said yes is looked at once more, and no more after it shows the parcel', async () => {
    await report(parcel(1))
    await sendBoth()
    bed.pass(4 * 60_000)
    expect(await reopenUnconfirmed(bed.ctx.db, bed.ctx.now())).toContainEqual({ shopId: besideId })
    await sendBoth()
    expect(beside.reports).toHaveLength(1)
    bed.pass(4 * 60_000)
    expect(await reopenUnconfirmed(bed.ctx.db, bed.ctx.now())).not.toContainEqual({ shopId: besideId })
  })
})
