import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { type FakeChannel, fakeChannel } from '../../../test/aid/fake-channel.ts'
import { anOrder } from '../../../test/aid/orders.ts'
import { aShop } from '../../../test/aid/shop.ts'
import { Failure } from '../../core/failures.ts'
import { parseBeijing } from '../../core/time/instant.ts'
import { readCertificates } from './certificates.ts'
import { openLink } from './link.ts'
import { layOutHistory, pullHistory } from './pull-history.ts'
import { reconcileDays } from './reconcile-days.ts'
import { listProgress } from './store/spans.ts'
import { sweepOrders } from './sweep-orders.ts'

const start = parseBeijing('2026-11-09 15:00:00')
const hour = 3_600_000
let bed: TestBed
let fake: FakeChannel

async function open(options: Parameters<typeof fakeChannel>[0] = {}) {
  fake = fakeChannel({ pageSize: 5, ...options })
  bed = await testBed({ channels: [fake.plug], now: start })
}
beforeEach(() => open())
afterEach(() => bed.close())

const place = (no: string, at: number) =>
  fake.orders.set(no, anOrder({ channelOrderNo: no, createdAt: at, modifiedAt: at }))
const passTo = (text: string) => bed.pass(parseBeijing(text) - bed.ctx.now())
const certificate = async (shopId: number, day: string) =>
  (await readCertificates(bed.ctx, { shopId, from: day, to: day })).days[0]
const reconcile = (shopId: number) => reconcileDays(bed.ctx, shopId, { isAskedFor: false })

test('the first pull brings old orders day by day with progress, and the sweep starts from the moment it began', async () => {
  const shopId = await aShop(bed.ctx, { beganAt: null })
  for (let i = 0; i < 12; i += 1) place(`H${i}`, start - 1 - i * 12 * hour)
  const link = await openLink(bed.ctx, shopId)
  await layOutHistory(bed.ctx, link!)
  expect(await listProgress(bed.ctx.db)).toMatchObject([{ done: 0, total: 30 }])
  await pullHistory(bed.ctx, shopId)
  expect(await listProgress(bed.ctx.db)).toMatchObject([
    {
      done: 30,
      total: 30,
      orders: 12,
      fromAt: parseBeijing('2026-10-11 00:00:00'),
    },
  ])
  place('N1', start + 1_000)
  bed.pass(60_000)
  await sweepOrders(bed.ctx, shopId)
  expect((await bed.database.pool.query('select 1 from channels.seen')).rowCount).toBe(13)
})

describe('a channel whose lists span half an hour at most', () => {
  let shopId: number
  const asked: number[] = []
  beforeEach(async () => {
    await bed.close()
    await open({ by: ['modified'], inFull: true })
    Object.assign(fake.plug.manifest.pulling, { spanMaxMs: hour / 2 })
    const pull = fake.plug.operations['orders.pull']!
    asked.splice(0)
    fake.plug.operations['orders.pull'] = async (account, input) => {
      asked.push(input.span.to - input.span.from)
      return pull(account, input)
    }
    shopId = await aShop(bed.ctx, { beganAt: null })
    for (let i = 0; i < 12; i += 1) place(`H${i}`, start - 1 - i * 4 * hour)
    const link = await openLink(bed.ctx, shopId)
    await layOutHistory(bed.ctx, { ...link!, shop: { ...link!.shop, historyDays: 3 } })
  })
  const brought = async () => (await bed.database.pool.query('select 1 from channels.seen')).rowCount

  test('is asked for no more in its first pull, and its days are still counted as days', async () => {
    await pullHistory(bed.ctx, shopId)
    expect(Math.max(...asked)).toBeLessThanOrEqual(hour / 2)
    expect(await brought()).toBe(12)
    expect(await listProgress(bed.ctx.db)).toMatchObject([{ done: 3, total: 3, orders: 12 }])
  })

  test('loses nothing of a day when the program ends in the middle of it', async () => {
    for (let ends = 0; ends < 5; ends += 1) {
      let left = 7
      fake.before = (operation) => {
        if (operation === 'orders.pull') left -= 1
        if (left < 0) throw new Failure('PROGRAM_STOPPING', {})
      }
      await expect(pullHistory(bed.ctx, shopId)).rejects.toMatchObject({ code: 'PROGRAM_STOPPING' })
    }
    fake.before = () => undefined
    await pullHistory(bed.ctx, shopId)
    expect(await brought()).toBe(12)
    expect(await listProgress(bed.ctx.db)).toMatchObject([{ done: 3, total: 3, orders: 12 }])
  })
})

describe.each([
  { channel: 'a channel that lists by creation', options: {} },
  {
    channel: 'a channel that lists by change only and gives no count',
    options: { by: ['modified'] as const, inFull: true },
  },
])('$channel', ({ options }) => {
  let shopId: number
  beforeEach(async () => {
    await bed.close()
    await open(options)
    fake.countsOrders = !('by' in options)
    shopId = await aShop(bed.ctx)
  })

  test('gives each day its certificate, which is counting until the day is over', async () => {
    for (let i = 0; i < 14; i += 1) place(`A${i}`, parseBeijing('2026-11-10 08:00:00') + i * hour)
    passTo('2026-11-10 18:30:00')
    await sweepOrders(bed.ctx, shopId)
    await reconcile(shopId)
    expect(await certificate(shopId, '2026-11-10')).toMatchObject({
      state: 'counting',
      zh: '11月10日：11 = 11',
      missing: 0,
    })

    passTo('2026-11-11 00:10:00')
    await sweepOrders(bed.ctx, shopId)
    await reconcile(shopId)
    expect(await certificate(shopId, '2026-11-10')).toMatchObject({
      state: 'complete',
      zh: '11月10日：14 = 14',
      channelCount: 14,
      ourCount: 14,
    })
  })

  test('finds what the sweep did not bring, fetches it and names it on its day', async () => {
    place('A1', parseBeijing('2026-11-10 09:00:00'))
    passTo('2026-11-10 20:00:00')
    await sweepOrders(bed.ctx, shopId)
    place('LATE', parseBeijing('2026-11-10 10:00:00'))
    passTo('2026-11-11 02:30:00')
    await sweepOrders(bed.ctx, shopId)
    await reconcile(shopId)
    expect(await certificate(shopId, '2026-11-10')).toMatchObject({
      state: 'complete',
      zh: '11月10日：2 = 2，补回 1',
      missedOrders: [{ channelOrderNo: 'LATE', noticedBy: 'reconcile', healedBy: 'fetched' }],
    })
  })
})

test('an order hidden from every list shows as missing on its day until it turns up', async () => {
  const shopId = await aShop(bed.ctx)
  place('A1', parseBeijing('2026-11-10 09:00:00'))
  place('B2', parseBeijing('2026-11-10 10:00:00'))
  fake.hidden.add('B2')
  passTo('2026-11-11 02:30:00')
  await sweepOrders(bed.ctx, shopId)
  await reconcile(shopId)
  expect(await certificate(shopId, '2026-11-10')).toMatchObject({
    state: 'missing',
    zh: expect.stringContaining('平台 2，已收 1，缺') as string,
  })

  fake.hidden.clear()
  passTo('2026-11-12 02:30:00')
  await sweepOrders(bed.ctx, shopId)
  await reconcile(shopId)
  expect(await certificate(shopId, '2026-11-10')).toMatchObject({
    state: 'complete',
    channelCount: 2,
    ourCount: 2,
    missing: 0,
  })
})
