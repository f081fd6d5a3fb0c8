import { beforeEach, expect, test } from 'vitest'
import type { Counts, Fault, ListingState, Truth } from '../../simulator.ts'
import { callerOf, type Params } from './caller.ts'
import { openStage, seconds } from './stage.ts'

const stage = openStage(81)
let order: Truth
beforeEach(async () => {
  order = (await stage.buyMany(6))[0]!
})

const break_ = (...faults: Fault[]) => stage.caller().control('faults', { seed: 3, faults })
const counts = () => stage.caller().control<Counts>('counts')
const detail = 'order.orderDetail'
const add = 'order.logisticsAdd'
const named = () => ({ shop_order_id: order.orderNo })
const parcel = () => ({ order_id: order.orderNo, logistics_code: 'ZT0000000001', company_code: 'zhongtong' })
const read = () => stage.call(detail, named())
const ship = () => stage.call(add, parcel())
const raw = (method: string, params: Params) => stage.caller().text(method, params, { at: stage.now() })
const list = (more: Params = {}) =>
  stage.call('order.searchList', {
    page: 0,
    size: 100,
    order_by: 'update_time',
    order_asc: true,
    update_time_start: seconds(stage.now()) - 60,
    update_time_end: seconds(stage.now()) + 1,
    ...more,
  })
const idsOf = async (more: Params = {}) =>
  (await list(more)).rows('data.shop_order_list').map((row) => String(row.at('order_id')))
const isShipped = async () => (await stage.caller().truth(order.orderNo)).status === 'shipped'

test.each([
  { kind: 'throttle', code: 60_000, words: '调用频率过高' },
  { kind: 'quota', code: 60_000, words: '今日调用次数已达上限，配额已用尽' },
  { kind: 'busy', code: 20_001, words: '系统繁忙，请稍后再试' },
] as const)('$kind: $code, once', async ({ kind, code, words }) => {
  await break_({ kind, rate: 1, times: 1 })
  const answer = await read()
  expect([answer.code, answer.at('sub_msg'), answer.at('data')]).toEqual([code, words, null])
  expect((await read()).code).toBe(10_000)
})

test('server-error: each way of trouble, and nothing is done', async () => {
  await break_({ kind: 'server-error', rate: 1 })
  const answers = new Set<string>()
  for (let turn = 0; turn < 12; turn++) {
    const { status, text } = await raw(add, parcel())
    answers.add(`${status} ${/"code":(\d+)/.exec(text)?.[1] ?? ''}`.trim())
  }
  expect(answers).toEqual(new Set(['200 20000', '502', '503']))
  expect(await isShipped()).toBe(false)
})

test('hang: no answer comes, and only to the named call', async () => {
  await break_({ kind: 'hang', rate: 1, operations: [detail] })
  const silence = new Promise((resolve) => setTimeout(resolve, 150, 'silence'))
  expect(await Promise.race([read().catch(() => 'broken'), silence])).toBe('silence')
  expect((await list()).code).toBe(10_000)
})

test('cut: a read breaks half way, a write breaks before it is done', async () => {
  await break_({ kind: 'cut', rate: 1 })
  await expect(read()).rejects.toThrow()
  await expect(ship()).rejects.toThrow()
  expect(await isShipped()).toBe(false)
})

test('drop-after-apply: the write is done, by a cut or by words that it failed', async () => {
  await break_({ kind: 'drop-after-apply', rate: 1 })
  const outcomes = new Set<unknown>()
  for (let turn = 0; turn < 10; turn++) {
    const remark = { order_id: order.orderNo, remark: `第${turn}次` }
    outcomes.add(
      await stage.call('order.addOrderRemark', remark).then(
        ({ code }) => code,
        () => 'cut',
      ),
    )
  }
  expect(outcomes).toEqual(new Set(['cut', 20_000]))
  expect((await stage.caller().truth(order.orderNo)).remark).toBe('第9次')
})

test('nonsense: never an answer that could pass for success', async () => {
  await break_({ kind: 'nonsense', rate: 1 })
  for (let turn = 0; turn < 20; turn++) {
    expect((await raw(detail, named())).text).not.toMatch(/^\{"code":10000.*\}$/)
  }
})

test('expire: the token ends in the middle, cannot be refreshed, and a new one works', async () => {
  await break_({ kind: 'expire', rate: 1, times: 2 })
  expect([(await read()).subCode, (await read()).subCode]).toEqual(Array(2).fill('isv.access-token-expired'))
  const { appKey, appSecret, refreshToken } = stage.caller().credentials
  expect([appKey, appSecret].every(Boolean)).toBe(true)
  const renewal = { grant_type: 'refresh_token', refresh_token: refreshToken! }
  expect((await stage.call('token.refresh', renewal)).code).toBe(50_001)
  const { credentials } = await stage.caller().control<{ credentials: Record<string, string> }>('authorise', {})
  const renewed = callerOf(stage.caller().address, credentials)
  expect((await renewed.call(detail, named(), { at: stage.now() })).code).toBe(10_000)
})

test('hide: orders are missing from the list and still counted', async () => {
  await break_({ kind: 'hide', rate: 0.5 })
  const truths = await stage.caller().control<Truth[]>('orders')
  const answer = await list()
  const shown = answer.rows('data.shop_order_list').map((row) => row.at('order_id'))
  expect(answer.at('data.total')).toBe(6)
  expect(new Set(shown)).toEqual(new Set(truths.filter(({ hidden }) => !hidden).map(({ orderNo }) => orderNo)))
  expect(shown.length).toBeLessThan(6)
  await break_()
  expect(await idsOf()).toHaveLength(6)
})

test('shift: an order of the list changes after a page has been read, and moves to the end', async () => {
  const before = await idsOf()
  await break_({ kind: 'shift', rate: 1, times: 1 })
  await idsOf({ size: 2 })
  const after = await idsOf()
  expect(after).not.toEqual(before)
  expect([...after].sort()).toEqual([...before].sort())
  expect(before.filter((id) => id !== after.at(-1))).toEqual(after.slice(0, -1))
  expect((await counts()).faultsPlayed).toEqual({ shift: 1 })
})

test('duplicate and reorder: a row comes twice, a page is mixed', async () => {
  const before = await idsOf()
  await break_({ kind: 'duplicate', rate: 1 }, { kind: 'reorder', rate: 1 })
  const after = await idsOf()
  expect(after).toHaveLength(before.length + 1)
  expect(new Set(after)).toEqual(new Set(before))
  expect(after).not.toEqual([...before, after.at(-1)])
})

test('lie: success is answered, nothing is done, and the number of the request stays free', async () => {
  await break_({ kind: 'lie', rate: 1 })
  const listings = await stage.caller().control<ListingState[]>('listings')
  const [first] = listings
  const shipped_order_info = order.lines.map((line) => ({ shipped_order_id: line.lineNo, shipped_num: line.quantity }))
  const { order_id, ...waybill } = parcel()
  const pack = { order_id_list: [order_id], shipped_order_info, ...waybill, request_id: 'r' }
  const stock = { sku_id: first!.skuNo, product_id: first!.itemNo, stock_num: 7, incremental: false }
  const lies = [
    await ship(),
    await stage.call('order.logisticsAddSinglePack', pack),
    await stage.call('sku.syncStock', stock),
    await stage.call('order.addOrderRemark', { order_id, remark: '加急' }),
  ]
  expect(lies.map(({ code }) => code)).toEqual([10_000, 10_000, 10_000, 10_000])
  expect(await isShipped()).toBe(false)
  expect(await stage.caller().control('shipments')).toEqual([])
  expect(await stage.caller().control('listings')).toEqual(listings)
  expect((await stage.caller().truth(order.orderNo)).remark).toBe('')
  expect((await counts()).faultsPlayed).toEqual({ lie: 4 })
  await break_()
  expect((await stage.call('order.logisticsAddSinglePack', pack)).code).toBe(10_000)
  expect(await isShipped()).toBe(true)
})

test('a fault unknown to the contract is not taken', async () => {
  await expect(stage.caller().control('faults', { faults: [{ kind: 'earthquake', rate: 1 }] })).rejects.toThrow(
    'earthquake',
  )
})
