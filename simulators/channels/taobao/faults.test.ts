import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Counts, Fault, Simulator, Truth } from '../../simulator.ts'
import { type Caller, callerOf } from './caller.ts'
import { start } from './index.ts'
import { timeText } from './text.ts'

let simulator: Simulator
let caller: Caller
let order: Truth

beforeAll(async () => {
  simulator = await start({ seed: 81 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  const listing = {
    merchantCode: 'SCENT',
    title: '无火香薰',
    specification: '',
    product: '香薰',
    priceFen: 6880,
    quantity: 500,
  }
  await caller.control('listings', [listing])
  order = (await caller.control<{ orders: Truth[] }>('buy', { count: 6 })).orders[0]!
})
afterAll(() => simulator.close())

const break_ = (...faults: Fault[]) => caller.control('faults', { seed: 3, faults })
const counts = () => caller.control<Counts>('counts')
const read = () => caller.call('taobao.trade.get', { tid: order.orderNo, fields: 'status' })
const list = () =>
  caller.call('taobao.trades.sold.increment.get', {
    fields: 'tid',
    page_size: '3',
    start_modified: timeText(Date.now() - 60_000),
    end_modified: timeText(Date.now() + 60_000),
  })
const ship = () =>
  caller.call('taobao.logistics.offline.send', { tid: order.orderNo, out_sid: '75800000001', company_code: 'ZTO' })
const shipped = async () => (await caller.truth(order.orderNo)).status === 'shipped'

test('throttle: a ban of a second on one call, kept count of and over in time', async () => {
  await break_({ kind: 'throttle', rate: 1, times: 1 })
  const answer = await read()
  expect(answer.error).toBe('7 accesscontrol.limited-by-app-api-access-count')
  expect(answer.at('error_response.sub_msg')).toBe('This ban will last for 1 more seconds')
  expect((await list()).error).toBe('')
  const now = Date.now()
  await caller.control('clock', { now })
  await caller.control('clock', { now: now + 1000 })
  expect((await read()).error).toBe('')
  expect((await counts()).violations).toBe(0)
})

test('a call that does not wait for the end of a ban is a violation', async () => {
  await break_({ kind: 'throttle', rate: 1, times: 1 })
  await read()
  const now = Date.now()
  await caller.control('clock', { now })
  await caller.control('clock', { now: now + 400 })
  expect((await read()).error).toBe('7 accesscontrol.limited-by-app-api-access-count')
  expect((await counts()).violations).toBe(1)
})

test('quota: the app is banned until midnight in Beijing, and healing ends it', async () => {
  const now = Date.parse('2026-09-21T15:22:18+08:00')
  await caller.control('clock', { now })
  await break_({ kind: 'quota', rate: 1, times: 1 })
  const answer = await caller.call('taobao.time.get', {}, { at: now, session: null })
  expect(answer.error).toBe('7 accesscontrol.limited-by-app-access-count')
  expect(answer.at('error_response.sub_msg')).toBe('This ban will last for 31062 more seconds')
  expect((await caller.call('taobao.user.seller.get', { fields: 'nick' }, { at: now })).error).toMatch(/^7 /)
  await caller.control('clock', { now: now + 31_062_000 })
  expect((await caller.call('taobao.time.get', {}, { at: now + 31_062_000, session: null })).error).toBe('')

  await break_({ kind: 'quota', rate: 1, times: 1 })
  await caller.call('taobao.time.get', {}, { at: now + 31_062_000, session: null })
  await break_()
  expect((await caller.call('taobao.time.get', {}, { at: now + 31_062_000, session: null })).error).toBe('')
})

test('server-error: each way of trouble, and nothing is done', async () => {
  await break_({ kind: 'server-error', rate: 1 })
  const answers = new Set<string>()
  for (let turn = 0; turn < 12; turn++) {
    const { status, text } = await caller.text('taobao.logistics.offline.send', {
      tid: order.orderNo,
      out_sid: '75800000001',
      company_code: 'ZTO',
    })
    answers.add(
      status === 200
        ? /"(?:sub_code":"[^"]+|code":\d+)/.exec(text.replace(/.*error_response/, ''))![0]
        : String(status),
    )
  }
  expect(answers.size).toBe(3)
  expect(await shipped()).toBe(false)
})

test.each([
  { operation: 'taobao.trade.get', ask: read, error: '530 isp.system-busy' },
  { operation: 'taobao.logistics.offline.send', ask: ship, error: '15 isv.logistics-offline-service-error:B150' },
])('busy: $operation answers $error, once', async ({ ask, error }) => {
  await break_({ kind: 'busy', rate: 1, times: 1 })
  expect((await ask()).error).toBe(error)
  expect((await ask()).error).toBe('')
})

test('busy: the order list says in time that it is slow (520)', async () => {
  await break_({ kind: 'busy', rate: 1 })
  const answers = await Promise.all(Array.from({ length: 12 }, async () => (await list()).error))
  expect(new Set(answers)).toEqual(new Set(['520 isv.trade-service-rejection', '530 isp.system-busy']))
})

test('hang: no answer comes, and only to the named call', async () => {
  await break_({ kind: 'hang', rate: 1, operations: ['taobao.trade.get'] })
  const silence = new Promise((resolve) => setTimeout(resolve, 150, 'silence'))
  const outcome = await Promise.race([read().catch(() => 'broken'), silence])
  expect(outcome).toBe('silence')
  expect((await list()).error).toBe('')
})

test('cut: a read breaks half way, a write breaks before it is done', async () => {
  await break_({ kind: 'cut', rate: 1 })
  await expect(read()).rejects.toThrow()
  await expect(ship()).rejects.toThrow()
  expect(await shipped()).toBe(false)
})

test('drop-after-apply: the write is done, the caller does not hear of it', async () => {
  await break_({ kind: 'drop-after-apply', rate: 1, times: 1 })
  const outcome = await ship().then(
    ({ error }) => error,
    () => 'cut',
  )
  expect(['cut', '15 isp.remote-service-timeout']).toContain(outcome)
  expect(await shipped()).toBe(true)
  expect((await ship()).error).toBe('15 isv.logistics-offline-service-error:B04')
})

test('drop-after-apply: both the broken connection and the timeout of the platform occur', async () => {
  await break_({ kind: 'drop-after-apply', rate: 1 })
  const outcomes = new Set<string>()
  for (let turn = 0; turn < 10; turn++)
    outcomes.add(
      await caller.call('taobao.trade.memo.update', { tid: order.orderNo, memo: `第${turn}次` }).then(
        ({ error }) => error,
        () => 'cut',
      ),
    )
  expect(outcomes).toEqual(new Set(['cut', '15 isp.remote-service-timeout']))
  expect((await caller.truth(order.orderNo)).remark).toBe('第9次')
})

test('nonsense: never an answer that could pass for an empty list', async () => {
  await break_({ kind: 'nonsense', rate: 1 })
  for (let turn = 0; turn < 20; turn++) {
    const { text } = await caller.text('taobao.trades.sold.get', { fields: 'tid' })
    expect(text).not.toMatch(/^\{"trades_sold_get_response":\{.*\}\}$/)
  }
})

test('expire: the session ends in the middle, and a new one works', async () => {
  await break_({ kind: 'expire', rate: 1, times: 1 })
  expect([(await read()).error, (await read()).error]).toEqual(['27 session-expired', '27 session-expired'])
  const { credentials } = await caller.control<{ credentials: Record<string, string> }>('authorise', {})
  caller = callerOf(simulator.about.address, credentials)
  expect((await read()).error).toBe('')
})

test('hide: orders are missing from the list and still counted', async () => {
  await break_({ kind: 'hide', rate: 0.5 })
  const truths = await caller.control<Truth[]>('orders')
  const answer = await caller.call('taobao.trades.sold.get', { fields: 'tid' })
  const shown = answer.rows('trades.trade').map((row) => row.at('tid'))
  expect(answer.at('total_results')).toBe(6)
  expect(new Set(shown)).toEqual(new Set(truths.filter(({ hidden }) => !hidden).map(({ orderNo }) => orderNo)))
  expect(shown.length).toBeLessThan(6)
  await break_()
  expect((await caller.call('taobao.trades.sold.get', { fields: 'tid' })).rows('trades.trade')).toHaveLength(6)
})

test('shift: an order of the list changes after a page has been read', async () => {
  const latest = async () => (await caller.control<Truth[]>('orders')).map(({ modifiedAt }) => modifiedAt)
  const before = await latest()
  await caller.control('clock', { now: Date.now() + 5000 })
  await break_({ kind: 'shift', rate: 1, times: 1 })
  await list()
  const after = await latest()
  expect(after.filter((at, place) => at !== before[place])).toHaveLength(1)
  expect((await counts()).faultsPlayed).toEqual({ shift: 1 })
})

test('lie: success is answered, nothing is done', async () => {
  await break_({ kind: 'lie', rate: 1 })
  const [listing] = await caller.control<{ itemNo: string; quantity: number }[]>('listings')
  expect((await ship()).at('shipping.is_success')).toBe(true)
  const stock = await caller.call('taobao.item.quantity.update', { num_iid: listing!.itemNo, quantity: '1' })
  expect(stock.at('item.num')).toBe(1)
  expect((await caller.call('taobao.trade.memo.update', { tid: order.orderNo, memo: '加急' })).error).toBe('')
  expect(await shipped()).toBe(false)
  expect(await caller.control('shipments')).toEqual([])
  expect(await caller.control('listings')).toEqual([listing])
  expect((await caller.truth(order.orderNo)).remark).toBe('')
})

test('the published limits are counted, and enforced on request', async () => {
  const five = async () => {
    const errors = []
    for (let turn = 0; turn < 6; turn++) errors.push((await read()).error)
    return errors
  }
  expect(new Set(await five())).toEqual(new Set(['']))
  expect((await counts()).violations).toBeGreaterThan(0)
  await caller.control('reset', {})
  await caller.control('settings', { enforceLimits: true, dailyCalls: 1000 })
  expect(await five()).toContain('7 accesscontrol.limited-by-app-api-access-count')
})

test('one stock write an item a second is allowed, whatever the shop may do', async () => {
  await caller.control('settings', { limits: { app: 100, shopReads: 100, shopWrites: 100, stockWritesPerItem: 1 } })
  const [listing] = await caller.control<{ itemNo: string }[]>('listings')
  const write = () => caller.call('taobao.item.quantity.update', { num_iid: listing!.itemNo, quantity: '9' })
  await write()
  expect((await counts()).violations).toBe(0)
  await write()
  expect((await counts()).violations).toBe(1)
})

test('more calls than the day allows are a violation and end in a ban until midnight', async () => {
  await caller.control('settings', { dailyCalls: 1 })
  await read()
  expect((await read()).error).toBe('7 accesscontrol.limited-by-app-access-count')
  expect((await counts()).violations).toBe(1)
})

test('a fault unknown to the contract is not taken', async () => {
  await expect(caller.control('faults', { faults: [{ kind: 'earthquake', rate: 1 }] })).rejects.toThrow('earthquake')
})
