import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { type FakeChannel, fakeChannel } from '../../../test/aid/fake-channel.ts'
import { anOrder } from '../../../test/aid/orders.ts'
import { testShop } from './authorise-shop.ts'
import { listShops } from './list-shops.ts'
import * as manage from './manage-shops.ts'
import { sweepOrders } from './sweep-orders.ts'

let bed: TestBed
let fake: FakeChannel
let shopId: number

/** A channel where nobody confirms anything: the app's keys alone bring a token. */
beforeEach(async () => {
  fake = fakeChannel({ leaveOut: ['auth.start', 'auth.finish'] })
  bed = await testBed({ channels: [fake.plug], listeners: {} })
  shopId = (await manage.createShop(bed.ctx, { channel: 'fake', name: '林记杂货', mode: 'api' })).shopId
  expect(await manage.saveCredentials(bed.ctx, { shopId, fields: { key: 'k' } })).toEqual({ next: 'test' })
})
afterEach(() => bed.close())

test('the test call fetches the first token', async () => {
  expect(await testShop(bed.ctx, shopId)).toMatchObject({ ok: true, channelShopNo: '88001' })
  expect(fake.tokens).toBe(1)
  expect(await testShop(bed.ctx, shopId)).toMatchObject({ ok: true })
  expect(fake.tokens).toBe(1)
})

test('keys that the platform refuses are told by the test call', async () => {
  fake.fail('auth.refresh', 'CHANNEL_MISCONFIGURED', { details: { reason: 'AppSecret 不对' } })
  expect(await testShop(bed.ctx, shopId)).toMatchObject({ ok: false, trouble: { code: 'CHANNEL_MISCONFIGURED' } })
})

test('a token that ended is fetched anew once, though nobody confirmed anything', async () => {
  await manage.beginShop(bed.ctx, { shopId, historyDays: 3 })
  fake.orders.set('A1', anOrder({ channelOrderNo: 'A1', createdAt: bed.ctx.now() + 60_000 }))
  bed.pass(60 * 60_000)
  await sweepOrders(bed.ctx, shopId)
  expect(fake.tokens).toBe(1)
  fake.token = 'ended'
  bed.pass(60_000)
  await sweepOrders(bed.ctx, shopId)
  expect(fake.tokens).toBe(2)
  const { rows } = await bed.database.pool.query('select channel_order_no as no from channels.seen')
  expect(rows).toEqual([{ no: 'A1' }])
})

test('a fresh token that is refused too stops the shop', async () => {
  await manage.beginShop(bed.ctx, { shopId, historyDays: 3 })
  bed.pass(60_000)
  fake.before = (operation) => {
    if (operation === 'orders.pull') fake.token = 'never'
  }
  await expect(sweepOrders(bed.ctx, shopId)).rejects.toMatchObject({ code: 'CHANNEL_NOT_AUTHORISED' })
  expect((await listShops(bed.ctx))[0]).toMatchObject({ state: 'stopped' })
})
