import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ListingSeed, Purchase, Simulator, Truth } from '../../simulator.ts'
import { type Answer, type Caller, callerOf } from './caller.ts'
import { start } from './index.ts'
import { allocate } from './money.ts'
import { readTime, timeText } from './text.ts'

let simulator: Simulator
let caller: Caller
/** 2026-09-21 22:13:20 in Beijing. */
const today = 1_790_000_000_000
const hourMs = 3_600_000

beforeAll(async () => {
  simulator = await start({ seed: 21 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  await setClock(today)
  await caller.control('listings', listings)
})
afterAll(() => simulator.close())

const listings: readonly ListingSeed[] = [
  {
    merchantCode: 'MUG-W',
    title: '粗陶马克杯',
    specification: '颜色:米白',
    product: '马克杯',
    priceFen: 4900,
    quantity: 5000,
  },
  {
    merchantCode: 'MUG-G',
    title: '粗陶马克杯',
    specification: '颜色:苔绿',
    product: '马克杯',
    priceFen: 5233,
    quantity: 5000,
  },
  { merchantCode: 'SCENT', title: '无火香薰', specification: '', product: '香薰', priceFen: 6880, quantity: 5000 },
]
const everything =
  'tid,tid_str,status,type,created,pay_time,modified,end_time,payment,total_fee,discount_fee,adjust_fee,post_fee,buyer_message,' +
  'seller_memo,seller_flag,has_buyer_message,step_trade_status,step_paid_fee,receiver_name,receiver_state,receiver_city,' +
  'receiver_district,receiver_address,receiver_mobile,receiver_phone,oaid,num,orders,promotion_details,step_pay_details'

async function setClock(now: number): Promise<void> {
  await caller.control('clock', { now })
}

async function buy(purchase: Partial<Purchase> = {}): Promise<readonly Truth[]> {
  return (await caller.control<{ orders: Truth[] }>('buy', { count: 1, seed: 1, ...purchase })).orders
}

async function call(method: string, params: Readonly<Record<string, string>>): Promise<Answer> {
  return caller.call(method, params, { at: (await caller.control<{ now: number }>('clock', { now: clockAt })).now })
}
let clockAt = today

async function turnClock(ms: number): Promise<void> {
  clockAt += ms
  await setClock(clockAt)
}
beforeEach(() => {
  clockAt = today
})

const span = (from: number, to: number) => ({ start_modified: timeText(from), end_modified: timeText(to) })
const changed = (params: Readonly<Record<string, string>>) =>
  call('taobao.trades.sold.increment.get', {
    fields: 'tid,status,modified',
    ...span(today - hourMs, today + hourMs),
    ...params,
  })
const tids = (answer: Answer) => answer.rows('trades.trade').map((row) => row.at('tid'))
const fullinfo = (tid: string) => call('taobao.trade.fullinfo.get', { tid, fields: everything })
const fen = (text: unknown) => Math.round(Number(text ?? 0) * 100)

test('a list of nothing has no list at all', async () => {
  const answer = await changed({})
  expect(answer.at('total_results')).toBe(0)
  expect(answer.at('trades')).toBeUndefined()
})

test('the latest change comes first, page by page, every order once', async () => {
  const bought = []
  for (let turn = 0; turn < 7; turn++) {
    bought.push(...(await buy({ seed: turn })))
    await turnClock(1000)
  }
  const pages = await Promise.all(['1', '2', '3', '4'].map((page_no) => changed({ page_no, page_size: '3' })))
  expect(pages.map((page) => tids(page).length)).toEqual([3, 3, 1, 0])
  expect(pages.flatMap(tids)).toEqual(bought.map(({ orderNo }) => orderNo).reverse())
})

test('with use_has_next the count is left out', async () => {
  await buy({ count: 3 })
  const [first, last] = [
    await changed({ page_size: '2', use_has_next: 'true' }),
    await changed({ page_size: '2', page_no: '2', use_has_next: 'true' }),
  ]
  expect([first.at('has_next'), last.at('has_next')]).toEqual([true, false])
  expect(first.at('total_results')).toBeUndefined()
})

test.each([
  { how: 'forward', pages: [1, 2], lost: 1 },
  { how: 'from the last page to the first', pages: [2, 1], lost: 0 },
])(
  'read $how, $lost of a closed span of four is lost when its latest order changes between the pages',
  async ({ pages, lost }) => {
    const bought = await buy({ count: 4 })
    const [, , , latest] = bought.map(({ orderNo }) => orderNo)
    await turnClock(10_000)
    const page = async (page_no: number) =>
      tids(await changed({ ...span(today, today), page_no: String(page_no), page_size: '2' }))

    const seen = await page(pages[0]!)
    await caller.control('act', { kind: 'note', orderNos: [latest], note: '请尽快' })
    seen.push(...(await page(pages[1]!)))

    expect(bought.filter(({ orderNo }) => orderNo !== latest && !seen.includes(orderNo))).toHaveLength(lost)
    expect(tids(await changed(span(today + 1000, today + hourMs)))).toEqual([latest])
  },
)

test.each([
  {
    when: 'a span of a day and a second',
    from: today - 24 * hourMs - 1000,
    to: today,
    error: '41 isv.invalid-parameter:start_modified',
  },
  { when: 'a span of a day', from: today - 24 * hourMs, to: today, error: '' },
  {
    when: 'a span that ends before it begins',
    from: today,
    to: today - 1000,
    error: '41 isv.invalid-parameter:start_modified',
  },
])('$when is answered with "$error"', async ({ from, to, error }) => {
  expect((await changed(span(from, to))).error).toBe(error)
})

test('the ends of a span are within it', async () => {
  await buy()
  expect(tids(await changed(span(today, today)))).toHaveLength(1)
  expect(tids(await changed(span(today + 1000, today + 2000)))).toHaveLength(0)
  expect(tids(await changed(span(today - 2000, today - 1000)))).toHaveLength(0)
})

test('lists reach back three months', async () => {
  await buy()
  await turnClock(93 * 24 * hourMs)
  expect((await call('taobao.trades.sold.get', { fields: 'tid' })).at('total_results')).toBe(0)
})

test('the list by creation keeps its place when an order changes', async () => {
  const [first] = await buy({ seed: 1 })
  await turnClock(1000)
  const [second] = await buy({ seed: 2 })
  await turnClock(1000)
  await caller.control('act', { kind: 'note', orderNos: [first!.orderNo], note: '请尽快' })
  const answer = await call('taobao.trades.sold.get', { fields: 'tid', start_created: timeText(today) })
  expect(tids(answer)).toEqual([second!.orderNo, first!.orderNo])
})

test.each([
  { filter: { status: 'WAIT_SELLER_SEND_GOODS' }, found: 2 },
  { filter: { status: 'ALL_WAIT_PAY' }, found: 1 },
  { filter: { status: 'ALL_CLOSED' }, found: 1 },
  { filter: { type: 'step' }, found: 1 },
  { filter: { type: 'fixed' }, found: 3 },
  { filter: { type: 'guarantee_trade,auto_delivery,ec,cod,step' }, found: 4 },
])('the filter $filter finds $found', async ({ filter, found }) => {
  const bought = await buy({ count: 3 })
  await buy({ pay: 'deposit' })
  await caller.control('act', { kind: 'refund', orderNos: [bought[0]!.orderNo], outcome: 'success' })
  expect((await changed(filter)).at('total_results')).toBe(found)
})

test('a filter the simulator does not have is refused, not ignored', async () => {
  expect((await changed({ tag: 'time_card' })).error).toBe('41 isv.invalid-parameter:tag')
})

test('a row holds what was asked for, and never what only the detail has', async () => {
  const [order] = await buy({ note: '工作日送', lines: [{ merchantCode: 'MUG-W', quantity: 1 }] })
  const [row] = (
    await changed({ fields: 'tid,orders.oid,orders.status,buyer_message,has_buyer_message,oaid,promotion_details' })
  ).rows('trades.trade')
  expect(row?.at('has_buyer_message')).toBe(true)
  expect([row?.at('buyer_message'), row?.at('oaid'), row?.at('promotion_details'), row?.at('created')]).toEqual(
    Array(4).fill(undefined),
  )
  expect(row?.at('orders.order.0')).toEqual({ oid: order!.orderNo, status: 'WAIT_SELLER_SEND_GOODS' })
})

test('the receiver is masked, and the address code comes only beside the fields it belongs to', async () => {
  const [order] = await buy()
  const { receiver, orderNo } = order!
  const trade = await fullinfo(orderNo)
  expect(trade.at('trade.receiver_name')).toBe(`${receiver.name[0]}**`)
  expect(trade.at('trade.receiver_mobile')).toBe(`*******${receiver.phone.slice(-4)}`)
  expect(trade.at('trade.receiver_address')).not.toContain(receiver.address.slice(2, 8))
  expect(trade.at('trade.oaid')).toHaveLength(64)
  expect(
    (await call('taobao.trade.fullinfo.get', { tid: orderNo, fields: 'tid,oaid' })).at('trade.oaid'),
  ).toBeUndefined()
})

test.each([
  {
    province: '北京市',
    city: '北京市',
    district: '朝阳区',
    shown: { state: '北京', city: '北京市', district: '朝阳区' },
  },
  { province: '河南省', city: '济源市', district: '', shown: { state: '河南省', city: undefined, district: '济源市' } },
  { province: '广东省', city: '东莞市', district: '', shown: { state: '广东省', city: '东莞市', district: undefined } },
])('$province $city is named as the platform names it', async ({ province, city, district, shown }) => {
  const buyer = { name: '林小禾', phone: '13800012345', province, city, district, address: '书院路8号' }
  const trade = await fullinfo((await buy({ buyer }))[0]!.orderNo)
  const [state, cityShown, districtShown] = ['state', 'city', 'district'].map((part) =>
    trade.at(`trade.receiver_${part}`),
  )
  expect({ state, city: cityShown, district: districtShown }).toEqual(shown)
})

test.each(['observed', 'documented', 'bare'])('money written the %s way adds up to the truth', async (moneyStyle) => {
  await caller.control('settings', { moneyStyle })
  const bought = await buy({ count: 60 })
  expect(bought.some(({ lines }) => lines.length > 1)).toBe(true)
  for (const order of bought) {
    const trade = await fullinfo(order.orderNo)
    const paid = linesPaid(trade)
    expect(fen(trade.at('trade.payment'))).toBe(order.paidTotalFen)
    expect(paid).toEqual(order.lines.map(({ paidFen }) => paidFen))
    expect(paid.reduce((all, line) => all + line, 0) + order.freightFen).toBe(order.paidTotalFen)
  }
})

/** What each line cost, by taobao.md 8.4 T3, read from the answer alone. */
function linesPaid(trade: Answer): number[] {
  const rows = trade.rows('trade.orders.order')
  const goods = fen(trade.at('trade.payment')) - fen(trade.at('trade.post_fee'))
  if (rows.length === 1) return [goods]
  if (rows.every((row) => row.at('is_free_gift') === true || row.at('divide_order_fee') !== undefined))
    return rows.map((row) => fen(row.at('divide_order_fee')))
  const base = rows.map(
    (row) =>
      fen(row.at('price')) * Number(row.at('num')) +
      fen(row.at('adjust_fee')) -
      fen(row.at('discount_fee')) -
      fen(row.at('part_mjz_discount')),
  )
  const off = allocate(base.reduce((all, one) => all + one, 0) - goods, base)
  return base.map((one, place) => one - off[place]!)
}

test('five yuan off two lines is shared out as in the example of the platform', () => {
  expect(allocate(500, [7900, 11_900])).toEqual([199, 301])
  expect(allocate(5000, [29_900, 20_000, 5990])).toEqual([2675, 1789, 536])
})

test('among many orders there are gifts, promised gifts, discounts, price changes and both kinds of single line', async () => {
  const bought = await buy({ count: 150 })
  const trades = await Promise.all(bought.map(({ orderNo }) => fullinfo(orderNo)))
  const rows = trades.flatMap((trade) => trade.rows('trade.orders.order'))
  expect(rows.some((row) => row.at('is_free_gift') === true && row.at('payment') === '0.00')).toBe(true)
  expect(
    trades.some((trade) =>
      trade.rows('trade.promotion_details.promotion_detail').some((one) => one.at('gift_item_id') !== undefined),
    ),
  ).toBe(true)
  expect(rows.some((row) => fen(row.at('adjust_fee')) < 0)).toBe(true)
  const single = trades.filter((trade) => trade.rows('trade.orders.order').length === 1)
  expect(new Set(single.map((trade) => trade.at('trade.orders.order.0.divide_order_fee') === undefined))).toEqual(
    new Set([true, false]),
  )
  expect(single.every((trade) => trade.at('trade.orders.order.0.oid') === trade.at('trade.tid'))).toBe(true)
})

test('a presale goes from deposit to final payment, or forfeits', async () => {
  const [kept, lost] = await buy({ count: 2, pay: 'deposit' })
  const before = await fullinfo(kept!.orderNo)
  expect([before.at('trade.status'), before.at('trade.step_trade_status')]).toEqual([
    'WAIT_BUYER_PAY',
    'FRONT_PAID_FINAL_NOPAID',
  ])
  expect(fen(before.at('trade.step_paid_fee'))).toBe(kept!.paidTotalFen)
  expect(kept).toMatchObject({ status: 'deposit-paid', lines: [{ paidFen: 0 }] })

  await caller.control('act', { kind: 'pay', orderNos: [kept!.orderNo] })
  await caller.control('act', { kind: 'close', orderNos: [lost!.orderNo] })
  expect((await fullinfo(kept!.orderNo)).at('trade.step_pay_details.step_pay_detail.1.pay_status')).toBe(2)
  expect(await caller.truth(kept!.orderNo)).toMatchObject({ status: 'paid-wait-ship' })
  expect((await fullinfo(lost!.orderNo)).at('trade.step_trade_status')).toBe('FRONT_PAID_FRONT_FORFEITED')
  expect(await caller.truth(lost!.orderNo)).toMatchObject({ status: 'closed-unpaid', paidTotalFen: lost!.paidTotalFen })
})

test('an order of a group that is not full waits, and may be shipped when it is', async () => {
  await caller.control('settings', { groupBuyShare: 1 })
  const [order] = await buy()
  expect(order).toMatchObject({ status: 'on-hold' })
  const send = () =>
    call('taobao.logistics.offline.send', { tid: order!.orderNo, out_sid: '75800000001', company_code: 'ZTO' })
  expect((await send()).error).toBe('15 isv.logistics-offline-service-error:B55')
  await caller.control('act', { kind: 'pay', orderNos: [order!.orderNo] })
  expect((await send()).at('shipping.is_success')).toBe(true)
})

test('unpaid orders show every way of not having paid', async () => {
  const bought = await buy({ count: 80, pay: 'unpaid' })
  const found = await Promise.all(
    bought.map(({ orderNo }) => call('taobao.trade.get', { tid: orderNo, fields: 'status,pay_time' })),
  )
  expect(new Set(found.map((trade) => trade.at('trade.status')))).toEqual(
    new Set(['WAIT_BUYER_PAY', 'TRADE_NO_CREATE_PAY', 'PAY_PENDING', 'WAIT_PRE_AUTH_CONFIRM']),
  )
  expect(bought.every(({ paidTotalFen, paidAt }) => paidTotalFen === 0 && paidAt === null)).toBe(true)
})

test('a life from order to confirmation leaves its times and bumps the change each time', async () => {
  const [order] = await buy({ pay: 'unpaid', lines: [{ merchantCode: 'SCENT', quantity: 1 }] })
  const orderNos = [order!.orderNo]
  for (const deed of [
    { kind: 'pay', orderNos },
    { kind: 'note', orderNos, note: '放门口' },
    { kind: 'ship-in-back-office', orderNos, waybillNo: '75800000009', carrierName: '中通快递' },
    { kind: 'finish', orderNos },
  ]) {
    await turnClock(1000)
    expect(await caller.control('act', deed)).toEqual({ changed: orderNos })
    expect((await caller.truth(order!.orderNo)).modifiedAt).toBe(clockAt)
  }
  const trade = await fullinfo(order!.orderNo)
  expect(trade.at('trade.status')).toBe('TRADE_FINISHED')
  expect(readTime(String(trade.at('trade.pay_time')))).toBe(today + 1000)
  expect(trade.at('trade.orders.order.0.invoice_no')).toBe('75800000009')
  expect(await caller.control('act', { kind: 'pay', orderNos })).toEqual({ changed: [] })
})

test('a changed address brings a new address code, and the old one no longer opens', async () => {
  const [order] = await buy()
  const decrypt = async (oaid: unknown) =>
    (
      await call('taobao.top.oaid.decrypt', {
        query_list: JSON.stringify([{ oaid, tid: order!.orderNo, scene: '1001' }]),
      })
    ).rows('receiver_list.receiver')[0]
  const before = (await fullinfo(order!.orderNo)).at('trade.oaid')
  expect((await decrypt(before))?.at('mobile')).toBe(order!.receiver.phone)

  await caller.control('act', { kind: 'change-address', orderNos: [order!.orderNo], address: '听泉路1号' })
  expect((await decrypt(before))?.at('matched')).toBe(false)
  const after = (await fullinfo(order!.orderNo)).at('trade.oaid')
  expect((await decrypt(after))?.at('address_detail')).toBe('听泉路1号')
})

test('trades of one buyer to one door may be merged', async () => {
  const buyer = {
    name: '林小禾',
    phone: '13800012345',
    province: '浙江省',
    city: '嘉兴市',
    district: '南湖区',
    address: '书院路8号',
  }
  const bought = [...(await buy({ buyer, count: 2 })), ...(await buy())]
  const pairs = await Promise.all(
    bought.map(async ({ orderNo }) => ({ tid: orderNo, oaid: (await fullinfo(orderNo)).at('trade.oaid') })),
  )
  const answer = await call('taobao.top.oaid.merge', { merge_list: JSON.stringify(pairs) })
  expect(answer.at('tid_list.string')).toEqual([`${bought[0]!.orderNo},${bought[1]!.orderNo}`, bought[2]!.orderNo])
})

test('a memo without a flag clears the flag, and reset clears the memo', async () => {
  const [order] = await buy()
  const tid = order!.orderNo
  const memo = (params: Readonly<Record<string, string>>) => call('taobao.trade.memo.update', { tid, ...params })
  const now = async () => [(await fullinfo(tid)).at('trade.seller_memo'), (await fullinfo(tid)).at('trade.seller_flag')]
  await memo({ memo: '发顺丰', flag: '3' })
  expect(await now()).toEqual(['发顺丰', 3])
  await memo({ memo: '' })
  expect(await now()).toEqual(['发顺丰', 0])
  await memo({ memo: '发中通', reset: 'true' })
  expect(await now()).toEqual([undefined, 0])
  expect((await memo({ memo: '长'.repeat(334) })).error).toBe('41')
  expect((await memo({ memo: '好', flag: '6' })).error).toBe('41')
})
