import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Counts, Fault, ListingState, Truth } from '../../simulator.ts'
import { minute, openStage, type Stage, today } from './stage.ts'

let stage: Stage
let orders: Truth[]
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(async () => {
  await stage.fresh()
  orders = await stage.buy({ count: 6 })
  await stage.pass(5 * minute)
})
afterAll(() => stage.close())

const break_ = (...faults: readonly Fault[]) => stage.control('faults', { seed: 3, faults })
const played = async () => (await stage.control<Counts>('counts')).faultsPlayed
const changed = 'pdd.order.number.list.increment.get'
const listParams = (page_size: number) => ({
  start_updated_at: today / 1000,
  end_updated_at: today / 1000 + 60,
  is_lucky_flag: 0,
  order_status: 5,
  refund_status: 5,
  page: 1,
  page_size,
})
const list = (size = 50) => stage.call(changed, listParams(size))
const shownIds = async () => (await list()).rows('order_sn_list').map((row) => row.order_sn)
const ids = () => orders.map(({ orderNo }) => orderNo)
const shipping = 'pdd.logistics.online.send'
const shipParams = () => ({ order_sn: orders[0]!.orderNo, logistics_id: 115, tracking_number: 'ZT1' })
const ship = () => stage.call(shipping, shipParams())
const isShipped = async () => (await stage.truth(orders[0]!.orderNo)).status === 'shipped'

test.each([
  ['throttle', 52_101],
  ['quota', 70_031],
  ['busy', 52_002],
] as const)('%s: %i, nothing is done, and it is over when healed', async (kind, code) => {
  await break_({ kind, rate: 1 })
  expect([(await list()).error, (await ship()).error]).toEqual([code, code])
  await break_()
  expect(await isShipped()).toBe(false)
  expect((await ship()).error).toBe(0)
})

test('server-error: each way of trouble, and nothing is done', async () => {
  await break_({ kind: 'server-error', rate: 1 })
  const answers = new Set<string>()
  for (let turn = 0; turn < 15; turn++) {
    const { status, text } = await stage.text(shipping, shipParams())
    answers.add(String(status === 200 ? JSON.parse(text).error_response.error_code : status))
  }
  expect(answers).toEqual(new Set(['50000', '502', '503']))
  expect(await isShipped()).toBe(false)
})

test('hang: no answer comes, and only to the named call', async () => {
  await break_({ kind: 'hang', rate: 1, operations: [shipping] })
  const silence = new Promise((resolve) => setTimeout(resolve, 150, 'silence'))
  expect(await Promise.race([ship().catch(() => 'broken'), silence])).toBe('silence')
  expect((await list()).error).toBe(0)
})

test('cut: a read breaks half way, a write breaks before it is done', async () => {
  await break_({ kind: 'cut', rate: 1 })
  await expect(list()).rejects.toThrow()
  await expect(ship()).rejects.toThrow()
  expect(await isShipped()).toBe(false)
})

test('drop-after-apply: the write is done, though the line breaks or a 502 comes', async () => {
  await break_({ kind: 'drop-after-apply', rate: 1 })
  const outcomes = new Set<string>()
  for (let turn = 0; turn < 10; turn++) {
    const answer = stage.text('pdd.order.note.update', { order_sn: orders[0]!.orderNo, note: `第${turn}次` })
    const said = ({ status }: { readonly status: number }) => String(status)
    outcomes.add(await answer.then(said, () => 'cut'))
  }
  expect(outcomes).toEqual(new Set(['cut', '502']))
  expect((await stage.truth(orders[0]!.orderNo)).remark).toBe('第9次')
})

test('nonsense: never an answer that could pass for a list', async () => {
  await break_({ kind: 'nonsense', rate: 1 })
  for (let turn = 0; turn < 20; turn++) {
    const { text } = await stage.text(changed, listParams(9))
    expect(text).not.toMatch(/^\{"order_sn_increment_get_response":\{.*order_sn_list.*\}\}$/)
  }
})

test('expire: the token ends in the middle, and a new one works', async () => {
  await break_({ kind: 'expire', rate: 1, times: 1 })
  expect([(await list()).error, (await list()).error]).toEqual([10_019, 10_019])
  const { credentials } = await stage.control<{ credentials: Record<string, string> }>('authorise', {})
  const also = { access_token: credentials.accessToken! }
  expect((await stage.call('pdd.logistics.companies.get', {}, { also })).error).toBe(0)
})

test('hide: orders are missing from the list and still counted', async () => {
  await break_({ kind: 'hide', rate: 0.5 })
  const answer = await list()
  const shown = answer.rows('order_sn_list').map((row) => row.order_sn)
  const truths = await stage.control<Truth[]>('orders')
  expect(answer.body.total_count).toBe(6)
  expect(shown).toEqual(truths.filter(({ hidden }) => !hidden).map(({ orderNo }) => orderNo))
  expect(shown.length).toBeLessThan(6)
  await break_()
  expect(await shownIds()).toEqual(ids())
})

test('shift: an order of the list changes after a page has been read, and only where more pages follow', async () => {
  await break_({ kind: 'shift', rate: 1 })
  await list(6)
  expect(await played()).toEqual({})
  await list(3)
  expect(await played()).toEqual({ shift: 1 })
  expect(await shownIds()).toHaveLength(5)
})

test('duplicate and reorder: a row twice, and rows in another order', async () => {
  await break_({ kind: 'duplicate', rate: 1 }, { kind: 'reorder', rate: 1 })
  const shown = await shownIds()
  expect(shown).toHaveLength(7)
  expect(new Set(shown)).toEqual(new Set(ids()))
  expect(shown.slice(0, 6)).not.toEqual(ids())
})

test('lie: success is answered, nothing is done', async () => {
  await break_({ kind: 'lie', rate: 1 })
  const before = await stage.control<ListingState[]>('listings')
  const { itemNo, skuNo } = before[0]!
  const stock = { goods_id: Number(itemNo), sku_id: Number(skuNo), quantity: 1, update_type: 1 }
  expect([(await ship()).error, (await stage.call('pdd.goods.quantity.update', stock)).error]).toEqual([0, 0])
  expect(await isShipped()).toBe(false)
  expect(await stage.control('shipments')).toEqual([])
  expect(await stage.control('listings')).toEqual(before)
})

test('there is no push to lose, and no fault unknown to the contract', async () => {
  await expect(break_({ kind: 'lose-push', rate: 1 })).rejects.toThrow('lose-push')
  const { catalogue } = await stage.control<{ catalogue: string[] }>('faults')
  expect(catalogue).toHaveLength(14)
})

test('the same seed gives the same day', async () => {
  const day = async () => {
    await stage.fresh()
    return stage.control<{ orders: Truth[] }>('buy', { count: 30 })
  }
  expect(await day()).toEqual(await day())
})
