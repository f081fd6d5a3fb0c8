import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Simulator, Truth } from '../../simulator.ts'
import { type Answer, type Caller, callerOf, type Params } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller

beforeAll(async () => {
  simulator = await start({ seed: 61 })
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
})
afterAll(() => simulator.close())

const permit = (params: Params = {}) => caller.call('taobao.tmc.user.permit', params)
async function consume(params: Params = {}, at = Date.now()): Promise<readonly Answer[]> {
  const answer = await caller.call('taobao.tmc.messages.consume', params, { session: null, at })
  expect(answer.error).toBe('')
  return answer.rows('messages.tmc_message')
}
const confirm = (messages: readonly Answer[]) =>
  caller.call('taobao.tmc.messages.confirm', { s_message_ids: ids(messages).join(',') }, { session: null })
const ids = (messages: readonly Answer[]) => messages.map((message) => String(message.at('id')))
const topics = (messages: readonly Answer[]) => messages.map((message) => String(message.at('topic')).split('_').at(-1))

async function buy(wish: object = {}): Promise<readonly Truth[]> {
  return (
    await caller.control<{ orders: Truth[] }>('buy', {
      count: 1,
      lines: [{ merchantCode: 'SCENT', quantity: 1 }],
      ...wish,
    })
  ).orders
}

test('nothing is kept before the shop has permitted messages', async () => {
  await buy()
  await permit()
  expect(await consume()).toEqual([])
})

test('every step of an order has its message', async () => {
  await permit()
  const [order] = await buy({ pay: 'unpaid', count: 1 })
  const orderNos = [order!.orderNo]
  const act = (kind: string, more: object = {}) => caller.control('act', { kind, orderNos, ...more })
  await act('pay')
  await act('note', { note: '请尽快' })
  await act('change-address', { address: '听泉路1号' })
  await caller.call('taobao.trade.memo.update', { tid: order!.orderNo, memo: '加急', flag: '1' })
  await caller.call('taobao.logistics.offline.send', {
    tid: order!.orderNo,
    out_sid: '75800000001',
    company_code: 'ZTO',
  })
  await act('refund', { amountFen: 100 })
  await act('refund', { outcome: 'success' })
  await act('finish')
  expect(topics(await consume())).toEqual([
    'TradeCreate',
    'TradeBuyerPay',
    'TradeChanged',
    'TradeLogisticsAddressChanged',
    'TradeMemoModified',
    'TradeSellerShip',
    'RefundCreated',
    'RefundSuccess',
    'TradePartlyRefund',
    'TradeSuccess',
  ])
})

test('the content of a message is JSON text with whole order numbers', async () => {
  await permit({ topics: 'taobao_trade_TradeBuyerPay' })
  const [order] = await buy()
  const [message] = await consume()
  const content = String(message?.at('content'))
  expect(content).toContain(`"tid":${order!.orderNo},"oid":${order!.orderNo},`)
  expect(JSON.parse(content)).toMatchObject({ status: 'WAIT_SELLER_SEND_GOODS', type: 'fixed' })
  expect(Number.isSafeInteger(Number(message?.at('id')))).toBe(false)
})

test('a later permission takes the place of an earlier one', async () => {
  await permit({ topics: 'taobao_trade_TradeCreate,taobao_trade_TradeBuyerPay' })
  await permit({ topics: 'taobao_trade_TradeBuyerPay' })
  await buy()
  expect(topics(await consume())).toEqual(['TradeBuyerPay'])
})

test('what is not confirmed comes again after ten minutes, what is confirmed does not', async () => {
  const begin = Date.now()
  const consumeAt = async (ms: number) => {
    await caller.control('clock', { now: begin + ms })
    return consume({}, begin + ms)
  }
  await caller.control('clock', { now: begin })
  await permit()
  await buy()
  const [first, second] = await consumeAt(0)
  await confirm([first!])
  expect(await consumeAt(0)).toEqual([])
  expect(await consumeAt(9 * 60_000)).toEqual([])
  expect(ids(await consumeAt(10 * 60_000))).toEqual(ids([second!]))
})

test('a call takes no more than it asked for, and may not ask for fewer than ten', async () => {
  await permit()
  await buy({ count: 8 })
  expect((await consume({ quantity: '10' })).length).toBe(10)
  expect((await consume({ quantity: '10' })).length).toBe(6)
  for (const quantity of ['9', '201'])
    expect((await caller.call('taobao.tmc.messages.consume', { quantity }, { session: null })).error).toBe('41')
})

test('duplicate: every message comes twice, even a confirmed one', async () => {
  await permit()
  await caller.control('faults', { faults: [{ kind: 'duplicate', rate: 1 }] })
  await buy()
  const first = await consume()
  await confirm(first)
  const second = await consume()
  await confirm(second)
  expect(ids(second)).toEqual(ids(first))
  expect(await consume()).toEqual([])
  expect(await caller.control('counts')).toMatchObject({ pushesSent: 4, faultsPlayed: { duplicate: 2 } })
})

test('reorder: messages come out of order, none is lost', async () => {
  await permit()
  await caller.control('faults', { faults: [{ kind: 'reorder', rate: 1 }] })
  await buy({ count: 10 })
  const got = ids(await consume())
  const sorted = [...got].sort()
  expect(got).not.toEqual(sorted)
  expect(new Set(got).size).toBe(20)
})

test('lose-push: the change is there, its message is not', async () => {
  await permit()
  await caller.control('faults', { faults: [{ kind: 'lose-push', rate: 1, times: 1 }] })
  await buy()
  expect(topics(await consume())).toEqual(['TradeBuyerPay'])
  expect(await caller.control('counts')).toMatchObject({ faultsPlayed: { 'lose-push': 1 } })
})

test('stock written from outside and stock sold out are announced', async () => {
  await permit({ topics: 'taobao_item_ItemStockChanged,taobao_item_ItemZeroStock' })
  const [listing] = await caller.control<{ itemNo: string }[]>('listings')
  await caller.call('taobao.item.quantity.update', { num_iid: listing!.itemNo, quantity: '1' })
  await buy()
  expect(topics(await consume())).toEqual(['ItemStockChanged', 'ItemZeroStock'])
})
