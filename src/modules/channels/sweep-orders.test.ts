import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { type FakeChannel, type FakeOptions, fakeChannel } from '../../../test/aid/fake-channel.ts'
import { anOrder } from '../../../test/aid/orders.ts'
import { Failure } from '../../core/failures.ts'
import { isoText } from '../../core/time/instant.ts'
import * as missed from './store/missed.ts'
import * as shops from './store/shops.ts'
import * as spans from './store/spans.ts'
import { sweepOrders } from './sweep-orders.ts'

const noon = Date.parse('2026-11-11T04:00:00.000Z')
const minute = 60_000

let bed: TestBed
let fake: FakeChannel
let shopId: number

async function open(options: FakeOptions = {}) {
  fake = fakeChannel(options)
  bed = await testBed({ channels: [fake.plug], now: noon })
  shopId = await aShop('一号店')
}

async function aShop(name: string): Promise<number> {
  const { ctx } = bed
  const { id } = await shops.insertShop(ctx.db, {
    channel: 'fake',
    name,
    mode: 'api',
    besideShopId: null,
    connection: name,
    now: noon,
  })
  await shops.saveCredentials(ctx.db, id, {
    sealed: ctx.vault.seal(JSON.stringify({ key: 'k', token: 'good' })),
    appKey: 'k',
  })
  await shops.saveBegin(ctx.db, id, noon)
  return id
}

beforeEach(() => open())
afterEach(() => bed.close())

const shop = async (id = shopId) => (await shops.findShop(bed.ctx.db, id))!
const place = (no: string, at: number, more: object = {}) =>
  fake.orders.set(no, anOrder({ channelOrderNo: no, createdAt: at, modifiedAt: at, ...more }))
const change = (no: string, at: number, more: object = {}) =>
  fake.orders.set(no, { ...fake.orders.get(no)!, modifiedAt: isoText(at), ...more })
const stored = async () => {
  const { rows } = await bed.database.pool.query<{ channel_order_no: string }>(
    'select channel_order_no from channels.seen order by 1',
  )
  return rows.map((row) => row.channel_order_no)
}
const sweep = () => sweepOrders(bed.ctx, shopId)
const namedMissing = async () =>
  (await missed.listMissed(bed.ctx.db, shopId, { from: '2026-11-01', to: '2026-11-30' })).map(
    ({ channelOrderNo, noticedBy, healedBy }) => ({ channelOrderNo, noticedBy, healedBy }),
  )

test('orders are stored over several pages and windows, and the cursor stands at what may be read by now', async () => {
  for (let i = 0; i < 20; i += 1) place(`A${String(i).padStart(2, '0')}`, noon + i * 5 * minute)
  bed.pass(3 * 60 * minute)
  await sweep()
  expect(await stored()).toHaveLength(20)
  expect((await shop()).cursorAt).toBe(noon + 180 * minute - 5_000)
  const rows = await spans.listSpans(bed.ctx.db, shopId, { before: null, limit: 50 })
  expect(rows.every((row) => row.state === 'agreed' && row.channelCount === row.storedCount)).toBe(true)
})

test('an order that did not move is not fetched again, and one that did is', async () => {
  place('A1', noon + minute)
  place('A2', noon + minute)
  bed.pass(3 * minute)
  await sweep()
  change('A2', noon + 3 * minute)
  bed.pass(2 * minute)
  await sweep()
  expect(fake.calls.get('orders.get')).toBe(3)
})

test('an order that changes while the list is read is not lost, though all pages shift', async () => {
  for (let i = 0; i < 9; i += 1) place(`A${i}`, noon + i * 1_000)
  bed.pass(2 * minute)
  let pulls = 0
  fake.before = (operation) => {
    if (operation !== 'orders.pull') return
    pulls += 1
    if (pulls === 2) change('A0', noon + 119_000, { sellerRemark: '改了' })
  }
  await sweep()
  bed.pass(minute)
  await sweep()
  expect(await stored()).toHaveLength(9)
  expect((await shop()).cursorAt).toBe(noon + 175_000)
})

test('a hidden order that a push has brought is named by its number in the next cycle, and holds nothing up', async () => {
  place('A1', noon + minute)
  place('B2', noon + minute)
  fake.hidden.add('B2')
  const { storeSeen } = await import('./store-seen.ts')
  await storeSeen(bed.ctx, [{ order: fake.orders.get('B2')!, raw: '{}' }], { shopId, source: 'push' })
  bed.pass(3 * minute)
  await sweep()
  expect((await shop()).cursorAt).toBe(noon + 175_000)
  expect(await namedMissing()).toEqual([{ channelOrderNo: 'B2', noticedBy: 'push', healedBy: 'fetched' }])
})

test('an order hidden from one list is found by the list of creation times', async () => {
  place('A1', noon + minute)
  place('B2', noon + minute)
  const pull = fake.plug.operations['orders.pull']!
  fake.plug.operations['orders.pull'] = async (account, input) => {
    fake.hidden.clear()
    if (input.by === 'modified') fake.hidden.add('B2')
    return pull(account, input)
  }
  bed.pass(3 * minute)
  await sweep()
  expect(await stored()).toEqual(['A1', 'B2'])
  expect(await namedMissing()).toEqual([{ channelOrderNo: 'B2', noticedBy: 'created-list', healedBy: 'fetched' }])
})

test('an order hidden from all lists becomes a narrow gap: the cursor waits before it, what comes after it is stored all the same', async () => {
  place('A1', noon + minute)
  place('B2', noon + 20 * minute)
  place('C3', noon + 40 * minute)
  fake.hidden.add('B2')
  bed.pass(60 * minute)
  await sweep()
  expect(await stored()).toEqual(['A1', 'C3'])
  const { cursorAt, readToAt } = await shop()
  expect(cursorAt).toBeLessThanOrEqual(noon + 20 * minute)
  expect(cursorAt).toBeGreaterThan(noon + 18 * minute)
  expect(readToAt).toBe(noon + 60 * minute - 5_000)
  expect(await namedMissing()).toEqual([{ channelOrderNo: null, noticedBy: 'count', healedBy: null }])

  fake.hidden.clear()
  bed.pass(minute)
  await sweep()
  expect(await stored()).toEqual(['A1', 'B2', 'C3'])
  expect((await shop()).cursorAt).toBe(noon + 61 * minute - 5_000)
  expect(await namedMissing()).toEqual([{ channelOrderNo: null, noticedBy: 'count', healedBy: 'read-again' }])
})

test('an order whose payload cannot be read is named, and holds back neither its neighbours nor what comes after', async () => {
  place('A1', noon + minute)
  place('B2', noon + minute)
  const get = fake.plug.operations['orders.get']!
  fake.plug.operations['orders.get'] = async (account, no) => {
    if (no === 'B2') throw new Failure('CHANNEL_NONSENSE', { channel: 'fake', reason: '坏的' })
    return get(account, no)
  }
  bed.pass(10 * minute)
  await sweep()
  expect(await stored()).toEqual(['A1'])
  expect(await namedMissing()).toEqual([{ channelOrderNo: 'B2', noticedBy: 'count', healedBy: null }])
  expect((await shop()).readToAt).toBe(noon + 10 * minute - 5_000)

  fake.plug.operations['orders.get'] = get
  bed.pass(10 * minute)
  await sweep()
  expect(await stored()).toEqual(['A1', 'B2'])
  expect(await namedMissing()).toEqual([{ channelOrderNo: 'B2', noticedBy: 'count', healedBy: 'read-again' }])
})

test('when a fetch fails in the middle, what came is kept and the cursor does not move', async () => {
  for (let i = 0; i < 3; i += 1) place(`A${i}`, noon + minute)
  fake.fail('orders.get', 'CHANNEL_UNREACHABLE')
  bed.pass(3 * minute)
  await expect(sweep()).rejects.toMatchObject({ code: 'CHANNEL_UNREACHABLE' })
  expect(await stored()).toHaveLength(2)
  expect((await shop()).cursorAt).toBe(noon)
  await sweep()
  expect(fake.calls.get('orders.get')).toBe(4)
  expect(await stored()).toHaveLength(3)
})

test('a process that dies between storing and moving the cursor loses nothing and doubles nothing', async () => {
  for (let i = 0; i < 3; i += 1) place(`A${i}`, noon + minute)
  bed.pass(3 * minute)
  await bed.database.pool.query(`
    create function channels.die() returns trigger language plpgsql as 'begin raise exception ''killed''; end';
    create trigger die before insert on channels.span for each row execute function channels.die()`)
  await expect(sweep()).rejects.toThrow('killed')
  expect(await stored()).toHaveLength(3)
  expect((await shop()).cursorAt).toBe(noon)

  await bed.database.pool.query('drop trigger die on channels.span')
  await sweep()
  expect(await stored()).toHaveLength(3)
  expect(fake.calls.get('orders.get')).toBe(3)
  const { rows } = await bed.database.pool.query('select max(version) as version from channels.seen')
  expect(rows).toEqual([{ version: 1 }])
})

test('two processes that sweep one shop at once store each order once and agree on the cursor', async () => {
  for (let i = 0; i < 40; i += 1) place(`A${i}`, noon + i * 3 * minute)
  bed.pass(150 * minute)
  await Promise.all([sweep(), sweep(), sweep()])
  await sweep()
  expect(await stored()).toHaveLength(40)
  expect((await shop()).cursorAt).toBe(noon + 150 * minute - 5_000)
})

test('a channel that cannot answer for so long a span is asked for half of it, and later for the usual one again', async () => {
  bed.pass(120 * minute)
  fake.fail('orders.pull', 'CHANNEL_UNREACHABLE', {
    details: { retryAfterMs: 180_000, code: '520/isv.trade-service-rejection' },
  })
  await expect(sweep()).rejects.toMatchObject({ code: 'CHANNEL_UNREACHABLE' })
  expect((await shop()).spanMs).toBe(15 * minute)
  await sweep()
  expect((await shop()).spanMs).toBeNull()
  expect((await shop()).cursorAt).toBe(noon + 120 * minute - 5_000)
})

describe('a channel that gives no count and carries whole orders in its list', () => {
  beforeEach(async () => {
    await bed.close()
    await open({ by: ['modified'], inFull: true })
    fake.countsOrders = false
  })

  test('is swept without fetching orders one by one', async () => {
    for (let i = 0; i < 7; i += 1) place(`A${i}`, noon + minute)
    bed.pass(3 * minute)
    await sweep()
    expect(await stored()).toHaveLength(7)
    expect(fake.calls.get('orders.get')).toBeUndefined()
  })

  test('names an order that a push has brought and the list does not show', async () => {
    place('B2', noon + minute)
    fake.hidden.add('B2')
    const { storeSeen } = await import('./store-seen.ts')
    await storeSeen(bed.ctx, [{ order: fake.orders.get('B2')!, raw: '{}' }], { shopId, source: 'push' })
    bed.pass(3 * minute)
    await sweep()
    expect(await namedMissing()).toEqual([{ channelOrderNo: 'B2', noticedBy: 'push', healedBy: 'fetched' }])
  })
})

describe('an authorisation that has run out', () => {
  test('stops only its own shop, whose cursor stands still', async () => {
    const other = await aShop('二号店')
    place('A1', noon + minute)
    bed.pass(3 * minute)
    fake.before = (operation, account) => {
      if (operation === 'orders.pull' && account.credentials.token === 'good')
        throw new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'fake' })
    }
    await bed.ctx.tx((ctx) =>
      shops.saveCredentials(ctx.db, other, {
        sealed: ctx.vault.seal(JSON.stringify({ key: 'k', token: 'other' })),
        appKey: 'k',
      }),
    )
    await expect(sweep()).rejects.toMatchObject({ code: 'CHANNEL_NOT_AUTHORISED' })
    expect(await shop()).toMatchObject({
      cursorAt: noon,
      stoppedAt: noon + 3 * minute,
      stoppedBecause: '假平台 授权已失效，已停止该店。重新授权后会自动补抓',
    })

    fake.token = 'other'
    await sweepOrders(bed.ctx, other)
    expect((await shop(other)).cursorAt).toBe(noon + 175_000)
    await sweep()
    expect((await shop()).cursorAt).toBe(noon)
  })

  test('that is refused although it was just renewed stops the shop, instead of being renewed for ever', async () => {
    fake.expiresAt = noon + 60 * minute
    await bed.database.pool.query(
      `update channels.shop set expires_at = '${isoText(noon)}', refreshable_until = '${isoText(noon + 60 * minute)}'`,
    )
    fake.fail('orders.pull', 'CHANNEL_NOT_AUTHORISED', { times: 9 })
    bed.pass(3 * minute)
    await expect(sweep()).rejects.toMatchObject({ code: 'CHANNEL_NOT_AUTHORISED' })
    expect(fake.calls.get('auth.refresh')).toBe(1)
    expect((await shop()).stoppedAt).toBe(noon + 3 * minute)
  })

  test('is renewed once where the channel allows it, however many calls fail at once', async () => {
    for (let i = 0; i < 3; i += 1) place(`A${i}`, noon + minute)
    fake.expiresAt = noon + 60 * minute
    await bed.ctx.tx((ctx) =>
      shops.saveAuthorisation(ctx.db, shopId, {
        sealed: ctx.vault.seal(JSON.stringify({ key: 'k', token: 'good' })),
        appKey: 'k',
        channelShopNo: '88001',
        expiresAt: noon,
        refreshableUntil: noon + 60 * minute,
        now: noon,
      }),
    )
    fake.token = 'changed'
    bed.pass(3 * minute)
    await sweep()
    expect(fake.calls.get('auth.refresh')).toBe(1)
    expect(await stored()).toHaveLength(3)
    expect((await shop()).expiresAt).toBe(noon + 60 * minute)
  })
})
