import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestBed, testBed } from '../../../test/aid/ctx.ts'
import { anOrder, seenOrder } from '../../../test/aid/orders.ts'
import { insertShop } from './store/shops.ts'
import { storeSeen } from './store-seen.ts'
import { countSeenWaiting, markTaken, readPayloads, takeSeen } from './take-seen.ts'

let bed: TestBed
let shopId: number
const noon = Date.parse('2026-11-11T04:00:00.000Z')

beforeAll(async () => {
  bed = await testBed({ now: noon })
  shopId = (
    await insertShop(bed.ctx.db, {
      channel: 'fake',
      name: '一号店',
      mode: 'api',
      besideShopId: null,
      connection: 'c1',
      now: noon,
    })
  ).id
})
afterAll(() => bed.close())

const order = (no: string, more: Partial<Parameters<typeof anOrder>[0]> = {}) =>
  seenOrder(anOrder({ channelOrderNo: no, createdAt: noon, ...more }))
const store = (...orders: ReturnType<typeof order>[]) => {
  bed.pass(1)
  return storeSeen(bed.ctx, orders, { shopId, source: 'sweep' })
}
const takeAll = () =>
  bed.ctx.tx(async (ctx) => {
    const taken = await takeSeen(ctx, 100)
    await markTaken(
      ctx,
      taken.map((row) => row.seenId),
      'new',
    )
    return taken
  })

test('an order is taken in once, as it was stored', async () => {
  await store(order('A1'))
  const taken = await takeAll()
  expect(taken.map((row) => row.order)).toEqual([order('A1').order])
  expect(await takeAll()).toEqual([])
})

test('an echo of the same content, though changed later at the channel, makes no new version', async () => {
  const again = await store(order('A1', { modifiedAt: noon + 60_000 }))
  expect(again.isNew).toEqual([])
  expect(await countSeenWaiting(bed.ctx)).toBe(0)
})

test('a change makes a new version, and an older one that comes late changes nothing', async () => {
  expect((await store(order('A1', { modifiedAt: noon + 120_000, sellerRemark: '发顺丰' }))).isNew).toEqual(['A1'])
  expect((await store(order('A1', { modifiedAt: noon + 90_000, sellerRemark: '旧' }))).isNew).toEqual([])
  const [taken] = await takeAll()
  expect(taken).toMatchObject({ version: 2, order: { sellerRemark: '发顺丰' } })
})

test('the raw payload of each version is kept and comes back as it was', async () => {
  const payloads = await readPayloads(bed.ctx, { shopId, channelOrderNo: 'A1' })
  expect(payloads.map((payload) => payload.version)).toEqual([2, 1])
  expect(payloads[1]?.raw).toBe(order('A1').raw)
})

test('a change that comes while it is being taken in waits again', async () => {
  await store(order('B1'))
  let later: Promise<unknown> = Promise.resolve()
  await bed.ctx.tx(async (ctx) => {
    const taken = await takeSeen(ctx, 100)
    later = store(order('B1', { modifiedAt: noon + 5_000, sellerRemark: '加急' }))
    await markTaken(
      ctx,
      taken.map((row) => row.seenId),
      'new',
    )
  })
  await later
  expect((await takeAll()).map((row) => row.order.sellerRemark)).toEqual(['加急'])
})

test('two workers never hold the same order', async () => {
  await store(...Array.from({ length: 40 }, (_, i) => order(`C${i}`)))
  const both = await Promise.all(
    [1, 2].map(() =>
      bed.ctx.tx(async (ctx) => {
        const taken = await takeSeen(ctx, 30)
        await new Promise((resolve) => setTimeout(resolve, 50))
        await markTaken(
          ctx,
          taken.map((row) => row.seenId),
          'new',
        )
        return taken.map((row) => row.channelOrderNo)
      }),
    ),
  )
  expect(new Set(both.flat()).size).toBe(40)
  expect(both.flat()).toHaveLength(40)
})

test('statements do not grow with the number of orders', async () => {
  const count = async (work: () => Promise<unknown>) => {
    const before = bed.database.statements()
    await work()
    return bed.database.statements() - before
  }
  const one = await count(() => store(order('D0')))
  const many = await count(() => store(...Array.from({ length: 300 }, (_, i) => order(`E${i}`))))
  expect(many).toBe(one)
  expect(await count(takeAll)).toBe(2)
})

test('neither the order nor its payload lies in the clear', async () => {
  await store(order('F1'))
  const { rows } = await bed.database.pool.query(`
    select position('13800004471'::bytea in s.order_sealed) + position('13800004471'::bytea in p.raw_sealed) as found
      from channels.seen s join channels.payload p using (shop_id, channel_order_no)
     where channel_order_no = 'F1'`)
  expect(rows).toEqual([{ found: 0 }])
})
