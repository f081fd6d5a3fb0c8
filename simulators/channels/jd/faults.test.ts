import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Counts, Fault, Truth } from '../../simulator.ts'
import { openStage, type Stage, today } from './stage.ts'
import { timeText } from './text.ts'

let stage: Stage
let orders: Truth[]
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(async () => {
  await stage.fresh()
  orders = await stage.buy({ count: 6 })
})
afterAll(() => stage.close())

const break_ = (...faults: readonly Fault[]) => stage.control('faults', { seed: 3, faults })
const played = async () => (await stage.control<Counts>('counts')).faultsPlayed
const rows = 'searchorderinfo_result.orderInfoList'
const searchParams = {
  start_date: timeText(today - 60_000),
  end_date: timeText(today + 60_000),
  order_state: 'ALL',
  optional_fields: 'orderId',
  page: 1,
}
const list = (size = 50) => stage.call('jingdong.pop.order.search', { ...searchParams, page_size: size })
const shownIds = async (size?: number) => (await list(size)).rows(rows).map((row) => row.at('orderId'))
const ids = () => orders.map(({ orderNo }) => orderNo)
const shipParams = () => ({ orderId: orders[0]!.orderNo, logiCoprId: '1499', logiNo: 'ZT1' })
const ship = () => stage.call('jingdong.pop.order.shipment', shipParams())
const isShipped = async () => (await stage.truth(orders[0]!.orderNo)).status === 'shipped'

test.each(['throttle', 'quota'] as const)('%s: code 2, in its own words, and over when healed', async (kind) => {
  await break_({ kind, rate: 1 })
  const answer = await list()
  expect(answer.error).toBe('2')
  expect(answer.at('zh_desc')).toMatch(kind === 'quota' ? /今日/ : /限制时间内/)
  expect((await ship()).error).toBe('2')
  await break_()
  expect(await isShipped()).toBe(false)
  expect((await ship()).error).toBe('')
})

test('server-error: each way of trouble, and nothing is done', async () => {
  await break_({ kind: 'server-error', rate: 1 })
  const answers = new Set<string>()
  for (let turn = 0; turn < 15; turn++) {
    const { status, text } = await stage.text('jingdong.pop.order.shipment', shipParams())
    answers.add(status === 200 ? JSON.parse(text).error_response.code : String(status))
  }
  expect(answers).toEqual(new Set(['50', '502', '503']))
  expect(await isShipped()).toBe(false)
})

test('busy: the business says so where it can, the gateway where it cannot, and nothing is done', async () => {
  await break_({ kind: 'busy', rate: 1 })
  expect((await list()).error).toContain('繁忙')
  expect((await ship()).error).toContain('繁忙')
  expect((await stage.call('jingdong.vender.shop.query')).error).toBe('51')
  expect(await isShipped()).toBe(false)
})

test('hang: no answer comes, and only to the named call', async () => {
  await break_({ kind: 'hang', rate: 1, operations: ['jingdong.pop.order.shipment'] })
  const silence = new Promise((resolve) => setTimeout(resolve, 150, 'silence'))
  expect(await Promise.race([ship().catch(() => 'broken'), silence])).toBe('silence')
  expect((await list()).error).toBe('')
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
    const params = { order_id: orders[0]!.orderNo, remark: `第${turn}次` }
    const answer = stage.text('jingdong.pop.order.modifyVenderRemark', params)
    outcomes.add(
      await answer.then(
        ({ status }) => String(status),
        () => 'cut',
      ),
    )
  }
  expect(outcomes).toEqual(new Set(['cut', '502']))
  expect((await stage.truth(orders[0]!.orderNo)).remark).toBe('第9次')
})

test('nonsense: never an answer that could pass for an empty list', async () => {
  await break_({ kind: 'nonsense', rate: 1 })
  for (let turn = 0; turn < 20; turn++) {
    const { text } = await stage.text('jingdong.pop.order.search', { ...searchParams, page_size: 9 })
    expect(text).not.toMatch(/^\{"jingdong_pop_order_search_responce":\{.*orderInfoList.*\}\}$/)
  }
})

test('expire: the token ends in the middle, and a new one works', async () => {
  await break_({ kind: 'expire', rate: 1, times: 1 })
  expect([(await list()).error, (await list()).error]).toEqual(['19', '19'])
  const { credentials } = await stage.control<{ credentials: Record<string, string> }>('authorise', {})
  const token = credentials.accessToken!
  expect((await stage.call('jingdong.vender.shop.query', {}, { token })).error).toBe('')
})

test('hide: orders are missing from the list and still counted', async () => {
  await break_({ kind: 'hide', rate: 0.5 })
  const answer = await list()
  const shown = answer.rows(rows).map((row) => row.at('orderId'))
  const truths = await stage.control<Truth[]>('orders')
  expect(answer.at('searchorderinfo_result.orderTotal')).toBe(6)
  expect(shown).toEqual(truths.filter(({ hidden }) => !hidden).map(({ orderNo }) => orderNo))
  expect(shown.length).toBeLessThan(6)
  await break_()
  expect(await shownIds()).toEqual(ids())
})

test('shift: an order of the list changes after a page has been read, and only where more pages follow', async () => {
  await stage.pass(5000)
  await break_({ kind: 'shift', rate: 1 })
  await list(6)
  expect(await played()).toEqual({})
  await list(3)
  expect(await played()).toEqual({ shift: 1 })
  const changed = (await stage.control<Truth[]>('orders')).filter(({ modifiedAt }) => modifiedAt === today + 5000)
  expect(changed).toHaveLength(1)
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
  const before = await stage.control<{ skuNo: string }[]>('listings')
  expect((await ship()).error).toBe('')
  const skuStocks = [{ skuId: before[0]!.skuNo, stockNum: 1 }]
  const req = { updateModel: 'fullStockIn', stockRfId: 'a', skuStocks }
  expect((await stage.call('jingdong.ware.stock.sku.set', { req })).error).toBe('')
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
