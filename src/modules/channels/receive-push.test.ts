import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { type FakeChannel, fakeChannel } from '../../../test/aid/fake-channel.ts'
import { anOrder, seenOrder } from '../../../test/aid/orders.ts'
import { aShop } from '../../../test/aid/shop.ts'
import { isoText } from '../../core/time/instant.ts'
import { pullMessages } from './pull-messages.ts'
import { receivePush } from './receive-push.ts'
import { listRefused } from './store/pushes.ts'
import { storeSeen } from './store-seen.ts'
import { sweepCases } from './sweep-cases.ts'
import { workPushes } from './work-pushes.ts'

let bed: TestBed
let fake: FakeChannel
let shopId: number

beforeEach(async () => {
  fake = fakeChannel()
  bed = await testBed({ channels: [fake.plug] })
  shopId = await aShop(bed.ctx)
  for (const no of ['A1', 'A2']) fake.orders.set(no, anOrder({ channelOrderNo: no, createdAt: bed.ctx.now() - 60_000 }))
})
afterEach(() => bed.close())

const push = (eventNo: string, orderNo: string, given: { key?: string; connection?: string; channel?: string } = {}) =>
  receivePush(
    bed.ctx,
    { channel: given.channel ?? 'fake', connection: given.connection ?? 'hook-一号店' },
    {
      method: 'POST',
      path: '/hooks/fake/x',
      query: '',
      headers: { 'x-key': given.key ?? 'k' },
      body: JSON.stringify({ eventNo, orderNo }),
    },
  )
const rows = async (statement: string) => (await bed.database.pool.query<Record<string, unknown>>(statement)).rows
const seen = () => rows('select channel_order_no as no, source from channels.seen order by 1')

test('a push is stored before it is answered, and its order is read afresh by one job', async () => {
  await push('e1', 'A1')
  expect(await rows('select event_no, state from channels.push')).toEqual([{ event_no: 'e1', state: 'waiting' }])
  expect(await rows(`select task_identifier as job from graphile_worker.jobs`)).toEqual([{ job: 'orders.fetch' }])
  await workPushes(bed.ctx, shopId)
  expect(await seen()).toEqual([{ no: 'A1', source: 'push' }])
  expect(await rows('select state from channels.push')).toEqual([{ state: 'worked' }])
})

test('repeated pushes, and many of one order, are read once', async () => {
  await Promise.all([push('e1', 'A1'), push('e1', 'A1'), push('e2', 'A1'), push('e3', 'A2')])
  await push('e1', 'A1')
  await workPushes(bed.ctx, shopId)
  expect(fake.calls.get('orders.get')).toBe(2)
  expect(await rows('select count(*)::int as count from channels.push')).toEqual([{ count: 3 }])
})

test('pushes that come singly share a transaction', async () => {
  const before = bed.database.statements()
  await Promise.all(Array.from({ length: 50 }, (_, i) => push(`e${i}`, 'A1')))
  expect(bed.database.statements() - before).toBeLessThanOrEqual(2 * 4)
})

test.each([
  { why: 'its signature is wrong', given: { key: 'forged' }, reason: 'signature' },
  { why: 'nobody has such an address', given: { connection: 'hook-nobody' }, reason: 'unknown-address' },
  { why: 'the address belongs to another channel', given: { channel: 'other' }, reason: 'unknown-address' },
])('a push is refused and counted when $why', async ({ given, reason }) => {
  await expect(push('e1', 'A1', given)).rejects.toMatchObject({ code: 'WEBHOOK_REFUSED', details: { reason } })
  expect(await rows('select 1 from channels.push')).toEqual([])
  expect(await listRefused(bed.ctx.db, 0)).toMatchObject([{ reason, count: 1 }])
})

test('a forged push in a flock does not take the honest ones with it', async () => {
  const [honest, forged] = await Promise.allSettled([push('e1', 'A1'), push('e2', 'A2', { key: 'forged' })])
  expect([honest?.status, forged?.status]).toEqual(['fulfilled', 'rejected'])
})

test('a push about an order the channel does not know holds nothing up', async () => {
  await push('e1', 'NONE')
  await push('e2', 'A2')
  await workPushes(bed.ctx, shopId)
  expect(await seen()).toEqual([{ no: 'A2', source: 'push' }])
  expect(await rows('select event_no, state from channels.push order by 1')).toEqual([
    { event_no: 'e1', state: 'nothing' },
    { event_no: 'e2', state: 'worked' },
  ])
})

test('a fetch that fails in the middle keeps what it brought, and the next one begins where it stopped', async () => {
  for (let i = 0; i < 20; i += 1) {
    fake.orders.set(`B${i}`, anOrder({ channelOrderNo: `B${i}`, createdAt: bed.ctx.now() - 60_000 }))
    await push(`b${i}`, `B${i}`)
  }
  let gets = 0
  fake.before = (operation) => {
    if (operation !== 'orders.get') return
    gets += 1
    if (gets === 11) fake.fail('orders.get', 'CHANNEL_UNREACHABLE')
  }
  await expect(workPushes(bed.ctx, shopId)).rejects.toMatchObject({ code: 'CHANNEL_UNREACHABLE' })
  await workPushes(bed.ctx, shopId)
  expect(await seen()).toHaveLength(20)
  expect(gets).toBe(21)
})

test('an order that was asked for after its push had come is not asked for again', async () => {
  await push('e1', 'A1')
  bed.pass(1_000)
  await storeSeen(bed.ctx, [seenOrder(fake.orders.get('A1')!)], { shopId, source: 'sweep' })
  await workPushes(bed.ctx, shopId)
  expect(fake.calls.get('orders.get')).toBeUndefined()
  expect(await rows('select state from channels.push')).toEqual([{ state: 'worked' }])
})

test('a channel that says "too fast" is asked again after its pause, and nothing is put off', async () => {
  fake.fail('orders.get', 'CHANNEL_RATE_LIMITED', { times: 2, details: { class: 'rate-limit', retryAfterMs: 1_000 } })
  await push('e1', 'A1')
  await workPushes(bed.ctx, shopId)
  expect(fake.calls.get('orders.get')).toBe(3)
  expect(await seen()).toHaveLength(1)
})

test('kept messages are confirmed only after they are stored', async () => {
  for (let i = 0; i < 7; i += 1)
    fake.messages.push({ eventNo: `m${i}`, type: 'changed', channelOrderNo: 'A1', channelCaseNo: null })
  fake.fail('messages.confirm', 'CHANNEL_UNREACHABLE')
  await expect(pullMessages(bed.ctx, shopId)).rejects.toMatchObject({ code: 'CHANNEL_UNREACHABLE' })
  expect(await rows('select count(*)::int as count from channels.push')).toEqual([{ count: 5 }])
  expect(fake.messages).toHaveLength(7)
  await pullMessages(bed.ctx, shopId)
  expect(fake.messages).toHaveLength(0)
  expect(await rows('select count(*)::int as count from channels.push')).toEqual([{ count: 7 }])
})

test('an after-sales case brings its order along, once, and waits for a count that agrees', async () => {
  const at = bed.ctx.now() + 10_000
  fake.cases.set('R1', {
    channelCaseNo: 'R1',
    channelOrderNo: 'A1',
    channelLineNo: null,
    channelStatus: 'WAIT_SELLER_AGREE',
    state: 'requested',
    kind: 'refund-only',
    refundFen: 5900,
    quantity: 1,
    reason: '不想要了',
    beforeShipping: true,
    returnWaybillNo: null,
    createdAt: isoText(at),
    modifiedAt: isoText(at),
  })
  bed.pass(60_000)
  await sweepCases(bed.ctx, shopId)
  expect(await seen()).toEqual([{ no: 'A1', source: 'aftersales' }])
  bed.pass(60_000)
  await sweepCases(bed.ctx, shopId)
  expect(fake.calls.get('orders.get')).toBe(1)
  expect(await rows(`select state, channel_case_no from channels.case`)).toEqual([
    { state: 'requested', channel_case_no: 'R1' },
  ])
})
