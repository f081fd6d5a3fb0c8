import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { type FakeChannel, fakeChannel } from '../../../test/aid/fake-channel.ts'
import { anOrder } from '../../../test/aid/orders.ts'
import { isoText } from '../../core/time/instant.ts'
import {
  finishAuthorisation,
  refreshShop,
  startAuthorisation,
  testShop,
  watchAuthorisations,
} from './authorise-shop.ts'
import { jobs } from './jobs.ts'
import { listChannels, listShops, readShop } from './list-shops.ts'
import * as manage from './manage-shops.ts'
import { pullHistory } from './pull-history.ts'
import { pullListings, takeListings } from './pull-listings.ts'
import { reportShipments } from './report-shipments.ts'
import { sweepOrders } from './sweep-orders.ts'
import { listUnsent } from './unsent.ts'

const day = 24 * 3_600_000
let bed: TestBed
let fake: FakeChannel
let shopId: number

beforeEach(async () => {
  fake = fakeChannel()
  bed = await testBed({ channels: [fake.plug], listeners: {} })
  shopId = (await manage.createShop(bed.ctx, { channel: 'fake', name: '林记杂货', mode: 'api' })).shopId
})
afterEach(() => bed.close())

const rows = async (statement: string) => (await bed.database.pool.query<Record<string, unknown>>(statement)).rows
const waitingJobs = async () =>
  (await rows('select distinct task_identifier as job from graphile_worker.jobs order by 1')).map((row) => row.job)
const card = async () => (await listShops(bed.ctx))[0]
const ordersTrouble = (shop: Awaited<ReturnType<typeof card>>) =>
  shop?.duties.find((duty) => duty.duty === 'orders')?.trouble
const stateIn = (url: string) => new URL(url).searchParams.get('state') ?? ''
async function authorise(code = 'yes') {
  const { url } = await startAuthorisation(bed.ctx, shopId)
  return finishAuthorisation(bed.ctx, { code, state: stateIn(url) })
}
async function connect() {
  await manage.saveCredentials(bed.ctx, { shopId, fields: { key: 'k' } })
  await authorise()
  await manage.beginShop(bed.ctx, { shopId, historyDays: 3 })
}

test('a shop is connected in three steps, and each says what comes next', async () => {
  expect(await card()).toMatchObject({ state: 'new', words: '未完成连接', authorisation: { state: 'none' } })
  await expect(startAuthorisation(bed.ctx, shopId)).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    details: { problem: '请先填写应用密钥' },
  })
  expect(await manage.saveCredentials(bed.ctx, { shopId, fields: { key: 'k' } })).toEqual({ next: 'authorise' })
  expect(await testShop(bed.ctx, shopId)).toMatchObject({ ok: false, trouble: { code: 'CHANNEL_NOT_AUTHORISED' } })
  expect(await authorise()).toMatchObject({ shopId, name: '林记杂货', expiresAt: null })
  expect(await testShop(bed.ctx, shopId)).toMatchObject({ ok: true, shopName: '林记杂货', channelShopNo: '88001' })
  await manage.beginShop(bed.ctx, { shopId })
  expect(await card()).toMatchObject({ state: 'good', firstPull: { state: 'waiting', totalDays: 30, doneDays: 0 } })
  expect(await waitingJobs()).toEqual(expect.arrayContaining(['orders.history', 'orders.sweep', 'products.pull']))
})

test.each([
  { what: 'a field nobody asks for', fields: { evil: 'x' }, field: 'evil' },
  { what: 'a field that only authorisation brings', fields: { token: 'x' }, field: 'token' },
  { what: 'an empty field that is needed', fields: { key: ' ' }, field: '应用密钥' },
])('$what is refused by name', async ({ fields, field }) => {
  await expect(
    manage.saveCredentials(bed.ctx, { shopId, fields: fields as Record<string, string> }),
  ).rejects.toMatchObject({ code: 'INPUT_INVALID', details: { field } })
})

test('secrets are never given back, and lie sealed', async () => {
  await manage.saveCredentials(bed.ctx, { shopId, fields: { key: 'very-secret-key' } })
  const shop = await readShop(bed.ctx, shopId)
  expect(shop.typed).toEqual([{ name: 'key', value: null }])
  expect(JSON.stringify(shop)).not.toContain('very-secret-key')
  expect(await rows(`select position('very-secret-key'::bytea in credentials) as found from channels.shop`)).toEqual([
    { found: 0 },
  ])
  expect(JSON.stringify(await rows('select * from security.audit'))).not.toContain('very-secret-key')
})

test('an authorisation link is good for one use and a quarter of an hour', async () => {
  await manage.saveCredentials(bed.ctx, { shopId, fields: { key: 'k' } })
  const first = stateIn((await startAuthorisation(bed.ctx, shopId)).url)
  await finishAuthorisation(bed.ctx, { code: 'yes', state: first })
  await expect(finishAuthorisation(bed.ctx, { code: 'yes', state: first })).rejects.toMatchObject({
    code: 'AUTHORISATION_EXPIRED_LINK',
  })
  const second = stateIn((await startAuthorisation(bed.ctx, shopId)).url)
  bed.pass(15 * 60_000 + 1)
  await expect(finishAuthorisation(bed.ctx, { code: 'yes', state: second })).rejects.toMatchObject({
    code: 'AUTHORISATION_EXPIRED_LINK',
  })
  await expect(finishAuthorisation(bed.ctx, { code: 'yes', state: 'forged' })).rejects.toMatchObject({
    code: 'AUTHORISATION_EXPIRED_LINK',
  })
})

test('a merchant who declines, or confirms with the account of another shop, changes nothing', async () => {
  await connect()
  await expect(authorise('no')).rejects.toMatchObject({ code: 'CHANNEL_REFUSED' })
  await bed.database.pool.query(`update channels.shop set channel_shop_no = '99999'`)
  await expect(authorise()).rejects.toMatchObject({
    code: 'CHANNEL_REFUSED',
    details: { reason: expect.stringContaining('另一家店') as string },
  })
})

test('after authorising again the shop goes on where its cursor stood, and what was laid down is done', async () => {
  await connect()
  const begun = bed.ctx.now()
  fake.token = 'expired'
  fake.orders.set('A1', anOrder({ channelOrderNo: 'A1', createdAt: begun + 60_000 }))
  bed.pass(60 * 60_000)
  await expect(sweepOrders(bed.ctx, shopId)).rejects.toMatchObject({ code: 'CHANNEL_NOT_AUTHORISED' })
  expect(await card()).toMatchObject({
    state: 'stopped',
    authorisation: { state: 'expired' },
    duties: expect.arrayContaining([
      expect.objectContaining({
        duty: 'orders',
        trouble: expect.objectContaining({ code: 'CHANNEL_NOT_AUTHORISED' }) as unknown,
      }),
    ]) as unknown,
  })
  await bed.database.pool.query(`
    insert into platform.dead_letter (job, input, tried, code, details, because, laid_down_at)
    values ('orders.reveal', '{"shopId": ${shopId}}', 1, 'CHANNEL_NOT_AUTHORISED', '{}', 'after-authorising', now()), ('orders.reveal', '{"shopId": 999}', 1, 'CHANNEL_NOT_AUTHORISED', '{}', 'after-authorising', now())`)
  await authorise()
  expect(await rows('select settled_how from platform.dead_letter order by id')).toEqual([
    { settled_how: 'retried' },
    { settled_how: null },
  ])
  await sweepOrders(bed.ctx, shopId)
  expect(await rows('select channel_order_no as no from channels.seen')).toEqual([{ no: 'A1' }])
  expect(await card()).toMatchObject({ state: 'good' })
})

test('an authorisation is renewed ahead of its end', async () => {
  fake.expiresAt = bed.ctx.now() + 10 * day
  await connect()
  await refreshShop(bed.ctx, shopId)
  expect(fake.calls.get('auth.refresh')).toBeUndefined()
  bed.pass(7 * day + 1)
  fake.expiresAt = bed.ctx.now() + 10 * day
  await watchAuthorisations(bed.ctx)
  expect(await waitingJobs()).toContain('auth.refresh')
  await refreshShop(bed.ctx, shopId)
  await refreshShop(bed.ctx, shopId)
  expect(fake.calls.get('auth.refresh')).toBe(1)
})

test('one that nobody can renew is told of 7, 3 and 1 days ahead, each once', async () => {
  await connect()
  await bed.database.pool.query(
    `update channels.shop set expires_at = '${new Date(bed.ctx.now() + 8 * day).toISOString()}'`,
  )
  for (let i = 0; i < 8 * 4; i += 1) {
    await watchAuthorisations(bed.ctx)
    bed.pass(day / 4)
  }
  expect(
    await rows(
      `select data ->> 'days' as days from platform.event where name = 'channels.authorisation-expiring' order by id`,
    ),
  ).toEqual([{ days: '7' }, { days: '3' }, { days: '1' }])
})

test('a paused shop is left alone, and catches up when it is resumed', async () => {
  await connect()
  await manage.pauseShop(bed.ctx, shopId)
  fake.calls.clear()
  bed.pass(60_000)
  await sweepOrders(bed.ctx, shopId)
  expect(fake.calls.size).toBe(0)
  expect(await card()).toMatchObject({ state: 'paused' })
  await manage.resumeShop(bed.ctx, shopId)
  await sweepOrders(bed.ctx, shopId)
  expect((await card())?.dataAgeMs).toBe(5_000)
})

test('a shop is deleted only by its name; its secrets go, its orders stay, and its name is free again', async () => {
  await connect()
  fake.orders.set('A1', anOrder({ channelOrderNo: 'A1', createdAt: bed.ctx.now() }))
  bed.pass(60_000)
  await sweepOrders(bed.ctx, shopId)
  await bed.ctx.tx((ctx) =>
    reportShipments(ctx, [
      {
        shopId,
        orderId: 1,
        parcelId: 1,
        channelOrderNo: 'A1',
        carrier: 'zto',
        carrierName: '中通',
        waybillNo: '1',
        shippedAt: 0,
        lines: [],
        isWholeOrder: true,
      },
    ]),
  )
  await expect(manage.deleteShop(bed.ctx, { shopId, name: '别的店' })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  await manage.deleteShop(bed.ctx, { shopId, name: '林记杂货' })
  expect(await listShops(bed.ctx)).toEqual([])
  expect((await listUnsent(bed.ctx, {})).total).toBe(0)
  expect(await rows('select credentials from channels.shop')).toEqual([{ credentials: null }])
  expect(await rows('select channel_order_no as no from channels.seen')).toEqual([{ no: 'A1' }])
  await manage.createShop(bed.ctx, { channel: 'fake', name: '林记杂货', mode: 'api' })
  await expect(manage.createShop(bed.ctx, { channel: 'fake', name: '林记杂货', mode: 'api' })).rejects.toMatchObject({
    code: 'SHOP_NAME_TAKEN',
  })
})

test('the statements for all cards do not grow with the number of shops', async () => {
  const count = async () => {
    const before = bed.database.statements()
    await listShops(bed.ctx)
    return bed.database.statements() - before
  }
  const one = await count()
  for (let i = 0; i < 8; i += 1) await manage.createShop(bed.ctx, { channel: 'fake', name: `店 ${i}`, mode: 'api' })
  expect(await count()).toBe(one)
})

test('a shop that is not there, and one that lives by files, have their own refusals', async () => {
  await expect(manage.pauseShop(bed.ctx, 404)).rejects.toMatchObject({ code: 'SHOP_NOT_FOUND' })
  await expect(readShop(bed.ctx, 404)).rejects.toMatchObject({ code: 'SHOP_NOT_FOUND' })
  await expect(manage.createShop(bed.ctx, { channel: 'nobody', name: 'x', mode: 'api' })).rejects.toMatchObject({
    code: 'CHANNEL_UNKNOWN',
  })
  await expect(manage.createShop(bed.ctx, { channel: 'fake', name: 'x', mode: 'file' })).rejects.toMatchObject({
    code: 'CHANNEL_OPERATION_ABSENT',
  })
  fake.plug.operations['export.read'] = () => null
  const { shopId: fileShop } = await manage.createShop(bed.ctx, { channel: 'fake', name: '文件店', mode: 'file' })
  await expect(manage.syncShop(bed.ctx, fileShop)).rejects.toMatchObject({ code: 'SHOP_IN_FILE_MODE' })
  await expect(manage.saveCredentials(bed.ctx, { shopId: fileShop, fields: {} })).rejects.toMatchObject({
    code: 'SHOP_IN_FILE_MODE',
  })
})

test('what only a person can put right rests on the card instead of failing every few seconds, until somebody acts', async () => {
  await connect()
  fake.fail('orders.pull', 'CHANNEL_PERMISSION', { times: 9, details: { reason: '没有订单权限' } })
  bed.pass(60_000)
  for (let i = 0; i < 12; i += 1) {
    await sweepOrders(bed.ctx, shopId)
    bed.pass(5_000)
  }
  expect(fake.calls.get('orders.pull'), 'at 0, 5, 15 and 35 s of a minute').toBe(4)
  expect((await card())?.duties.find((duty) => duty.duty === 'orders')?.trouble).toEqual({
    code: 'CHANNEL_PERMISSION',
    zh: '假平台 应用缺少权限：没有订单权限',
  })
  fake.heal()
  await manage.syncShop(bed.ctx, shopId)
  await sweepOrders(bed.ctx, shopId)
  expect((await card())?.duties.find((duty) => duty.duty === 'orders')?.trouble).toBeNull()
})

test('trouble with old orders stands by itself, and new ones come in as before', async () => {
  await connect()
  fake.orders.set('new', anOrder({ channelOrderNo: 'new', createdAt: bed.ctx.now(), modifiedAt: bed.ctx.now() }))
  fake.fail('orders.pull', 'CHANNEL_PERMISSION')
  await pullHistory(bed.ctx, shopId)
  bed.pass(10_000)
  await sweepOrders(bed.ctx, shopId)
  const { duties } = (await readShop(bed.ctx, shopId)).shop
  const of = (name: string) => duties.find(({ duty }) => duty === name)
  expect(of('history')?.trouble).toMatchObject({ code: 'CHANNEL_PERMISSION' })
  expect(of('orders')).toMatchObject({ trouble: null, lastSuccessAt: isoText(bed.ctx.now()) })
})

test('a refusal that was said once by mistake costs seconds, not minutes', async () => {
  await connect()
  bed.pass(60_000)
  for (let times = 0; times < 3; times += 1) {
    fake.fail('orders.pull', 'CHANNEL_MISCONFIGURED', { times: 1, details: { reason: '签名' } })
    await sweepOrders(bed.ctx, shopId)
    expect(ordersTrouble(await card())?.code).toBe('CHANNEL_MISCONFIGURED')
    bed.pass(5_000)
    await sweepOrders(bed.ctx, shopId)
    expect(ordersTrouble(await card())).toBeNull()
    bed.pass(5_000)
  }
})

test('channels say what they offer', () => {
  expect(listChannels(bed.ctx)).toMatchObject([
    {
      channel: 'fake',
      takesOrders: true,
      authorisesInBrowser: true,
      fileMode: false,
      hookPath: '/hooks/fake/:connection',
    },
  ])
})

test('listings wait to be taken once; a changed one waits again, and one that is gone goes off sale', async () => {
  await connect()
  const listing = (sku: string, more = {}) => ({
    channelItemNo: 'i1',
    channelSkuNo: sku,
    merchantCode: sku,
    barcode: null,
    title: '杯',
    specification: '',
    imageUrl: null,
    priceFen: 100,
    quantity: 5,
    isOnSale: true,
    modifiedAt: null,
    ...more,
  })
  const take = () => bed.ctx.tx((ctx) => takeListings(ctx, 10))
  fake.listings.push(listing('a'), listing('b'))
  await pullListings(bed.ctx, shopId)
  expect((await take()).map((one) => one.listing.channelSkuNo)).toEqual(['a', 'b'])
  fake.listings.splice(0, 2, listing('a', { quantity: 1 }))
  bed.pass(1_000)
  await pullListings(bed.ctx, shopId)
  expect((await take()).map(({ listing: { channelSkuNo, isOnSale } }) => ({ channelSkuNo, isOnSale }))).toEqual([
    { channelSkuNo: 'b', isOnSale: false },
  ])
  fake.listings.splice(0, 1, listing('a', { title: '新杯' }))
  bed.pass(1_000)
  await pullListings(bed.ctx, shopId)
  expect((await take()).map((one) => one.listing.title)).toEqual(['新杯'])
})

test('a platform that wants minutes between two rounds is not asked before they are over', async () => {
  await connect()
  const { pulling } = fake.plug.manifest
  Object.assign(pulling, { everyMs: 5 * 60_000 })
  const tick = async () => {
    await bed.database.pool.query('delete from graphile_worker._private_jobs')
    await jobs.find((job) => job.name === 'channels.tick')?.run(bed.ctx, {})
    return (await waitingJobs()).includes('orders.sweep')
  }
  bed.pass(60_000)
  await sweepOrders(bed.ctx, shopId)
  bed.pass(4 * 60_000)
  expect(await tick()).toBe(false)
  bed.pass(60_000)
  expect(await tick()).toBe(true)
})

test('the clocks set each shop going, and forget what has had its time', async () => {
  await connect()
  await bed.database.pool.query(`delete from graphile_worker._private_jobs`)
  await bed.database.pool.query(`
    insert into platform.event (name, data, told_at) values ('old', '{}', now() - interval '400 days');
    insert into platform.call (shop_id, channel, operation, method, target, ms, waited_ms, at) values (1, 'fake', 'x', 'GET', 'h/p', 1, 0, now() - interval '400 days')`)
  for (const name of ['channels.tick', 'channels.each-minute', 'channels.each-hour'])
    await jobs.find((job) => job.name === name)?.run(bed.ctx, {})
  expect(await waitingJobs()).toEqual([
    'aftersales.sweep',
    'messages.pull',
    'orders.history',
    'orders.reconcile',
    'orders.sweep',
    'products.pull',
  ])
  expect(await rows(`select 1 from platform.event where name = 'old' union all select 1 from platform.call`)).toEqual(
    [],
  )
})

describe('a shop that takes no orders', () => {
  beforeEach(async () => {
    await bed.close()
    const beside = fakeChannel({ id: 'beside', leaveOut: ['orders.pull', 'orders.get'] })
    bed = await testBed({ channels: [fake.plug, beside.plug] })
    shopId = (await manage.createShop(bed.ctx, { channel: 'fake', name: '官网', mode: 'api' })).shopId
  })
  const create = (besideShopId?: number, channel = 'beside') =>
    manage.createShop(bed.ctx, { channel, name: `报送 ${channel}`, mode: 'api', besideShopId })

  test('stands beside one that does, and is good as soon as it was begun', async () => {
    const { shopId: besideId } = await create(shopId)
    const card = async () => (await readShop(bed.ctx, besideId)).shop
    expect(await card()).toMatchObject({ besideShopId: shopId, takesOrders: false, state: 'new' })
    await manage.saveCredentials(bed.ctx, { shopId: besideId, fields: { key: 'k' } })
    await manage.beginShop(bed.ctx, { shopId: besideId })
    bed.pass(3 * 3_600_000)
    expect(await card()).toMatchObject({ state: 'good', words: '正常' })
    // Whoever asks for everything at once asks it for nothing that it does not offer.
    await sweepOrders(bed.ctx, besideId)
    expect((await card()).duties.filter(({ trouble }) => trouble !== null)).toEqual([])
  })

  test.each([
    { when: 'beside none', of: () => create(), problem: /请选择为哪家店铺报送/ },
    { when: 'beside one that is not there', of: () => create(99), code: 'SHOP_NOT_FOUND' },
    {
      when: 'beside another of its kind',
      of: async () => create((await create(shopId)).shopId),
      problem: /没有自己的订单/,
    },
    { when: 'and a shop with orders beside another', of: () => create(shopId, 'fake'), problem: /自己有订单/ },
  ])('$when is refused', async ({ of, code = 'INPUT_INVALID', problem }) => {
    await expect(of()).rejects.toMatchObject({
      code,
      ...(problem && { details: { problem: expect.stringMatching(problem) } }),
    })
  })
})
