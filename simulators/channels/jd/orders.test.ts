import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { allFields, openStage, type Stage, today, twoKinds } from './stage.ts'
import { readTime, timeText } from './text.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(() => stage.fresh())
afterAll(() => stage.close())

const dayMs = 86_400_000
const list = 'searchorderinfo_result.orderInfoList'

function search(params: object = {}) {
  return stage.call('jingdong.pop.order.search', {
    start_date: timeText(stage.now() - dayMs),
    end_date: timeText(stage.now()),
    order_state: 'ALL',
    optional_fields: 'orderId,modified,orderState',
    page: '1',
    page_size: 50,
    ...params,
  })
}

const idsOf = async (params: object = {}) => (await search(params)).rows(list).map((row) => row.at('orderId'))

test('pages follow each other by the time of the change, both ends of the window included', async () => {
  const bought: string[] = []
  for (let second = 0; second < 5; second++) {
    bought.push(...(await stage.buy({ count: 2, seed: second })).map(({ orderNo }) => orderNo))
    await stage.pass(1000)
  }
  const span = { start_date: timeText(today + 1000), end_date: timeText(today + 3000), page_size: 4 }
  const pages = [await search(span), await search({ ...span, page: 2 }), await search({ ...span, page: 3 })]
  expect(pages.map((page) => page.rows(list).length)).toEqual([4, 2, 0])
  expect(pages.map((page) => page.at('searchorderinfo_result.orderTotal'))).toEqual([6, 6, 6])
  const seen = pages.flatMap((page) => page.rows(list).map((row) => row.at('orderId')))
  expect(seen).toEqual(bought.slice(2, 8))
  expect(await idsOf({ sortType: '1' })).toEqual([...bought].reverse())
})

test('by created time an old order is found though it changed since', async () => {
  const order = await stage.buyOne()
  await stage.pass(3_600_000)
  await stage.control('act', { kind: 'note', orderNos: [order.orderNo], note: '送人' })
  const atPurchase = { start_date: timeText(today), end_date: timeText(today + 1000) }
  expect(await idsOf({ ...atPurchase, dateType: '1' })).toEqual([order.orderNo])
  expect(await idsOf(atPurchase)).toEqual([])
})

test.each([
  { what: 'no end', params: { end_date: '' }, error: '不能为空' },
  { what: 'the end before the start', params: { end_date: timeText(today - 2 * dayMs) }, error: '不能大于' },
  { what: 'more than a month', params: { start_date: timeText(today - 32 * dayMs) }, error: '不得超过1个月' },
  { what: 'a page of 101', params: { page_size: '101' }, error: 'page_size' },
  { what: 'page 0', params: { page: 0 }, error: 'page' },
  { what: 'no fields', params: { optional_fields: '' }, error: 'optional_fields' },
  { what: 'an unheard state', params: { order_state: 'SHIPPED' }, error: 'order_state' },
  { what: 'unpaid orders by their state', params: { order_state: 'NOT_PAY' }, error: 'order_state' },
  { what: 'another form of time', params: { start_date: '2026-09-22' }, error: 'start_date' },
])('refuses $what as the business does', async ({ params, error }) => {
  const answer = await search(params)
  expect(answer.error).toContain(error)
  expect(answer.at('code')).toBe('0')
})

test('what is to be shipped can be asked for without dates, anything else cannot', async () => {
  const [paid] = await stage.buy({ pay: 'paid' })
  await stage.buy({ pay: 'unpaid', seed: 6 })
  const open = { start_date: '', end_date: '' }
  expect(await idsOf({ ...open, order_state: 'WAIT_SELLER_STOCK_OUT' })).toEqual([paid!.orderNo])
  expect((await search({ ...open, order_state: 'WAIT_SELLER_STOCK_OUT,LOCKED' })).error).toContain('不能为空')
})

test('only the fields asked for come, and unknown orders are refused', async () => {
  const { orderNo } = await stage.buyOne()
  const answer = await stage.order(orderNo, 'orderId,scDT')
  expect(answer.at('orderDetailInfo.orderInfo')).toEqual({ orderId: orderNo, scDT: '0001-01-01 00:00:00' })
  expect((await stage.order('999999999999')).error).toBe('订单不存在')
})

test.each(['WAIT_SELLER_DELIVERY', 'WAIT_SEND_CODE', 'PAUSE', 'POP_ORDER_PAUSE', 'LOCKED'])(
  'the platform may put an order into %s',
  async (state) => {
    const { orderNo } = await stage.buyOne()
    await stage.control('state', { orderNos: [orderNo], state })
    expect((await stage.order(orderNo)).at('orderDetailInfo.orderInfo.orderState')).toBe(state)
    const expected = state.startsWith('WAIT') ? 'paid-wait-ship' : 'on-hold'
    expect((await stage.truth(orderNo)).status).toBe(expected)
  },
)

test('a life from order to confirmation shows its states and times', async () => {
  const { orderNo } = await stage.buyOne({ pay: 'unpaid' })
  const orderNos = [orderNo]
  const states: unknown[] = []
  const look = async () => {
    const order = await stage.order(orderNo)
    expect(readTime(String(order.at('orderDetailInfo.orderInfo.modified')))).toBe(stage.now())
    states.push(order.at('orderDetailInfo.orderInfo.orderState'))
    return order
  }
  expect((await look()).at('orderDetailInfo.orderInfo.paymentConfirmTime')).toBe('0001-01-01 00:00:00')
  const ship = { kind: 'ship-in-back-office', orderNos, waybillNo: 'YT1', carrierName: '圆通速递' }
  for (const deed of [{ kind: 'pay', orderNos }, ship, { kind: 'finish', orderNos }]) {
    await stage.pass(1000)
    expect(await stage.control('act', deed)).toEqual({ changed: orderNos })
    await look()
  }
  expect(states).toEqual(['NOT_PAY', 'WAIT_SELLER_STOCK_OUT', 'WAIT_GOODS_RECEIVE_CONFIRM', 'FINISHED_L'])
  const info = (await stage.order(orderNo)).at('orderDetailInfo.orderInfo') as Record<string, string>
  expect(info).toMatchObject({ waybill: 'YT1', logisticsId: '463', paymentConfirmTime: timeText(today + 1000) })
  expect(info.orderEndTime).toBe(timeText(today + 3000))
  expect(await stage.control('act', { kind: 'pay', orderNos })).toEqual({ changed: [] })
})

test('a memo comes back signed, keeps its flag, and may be 500 characters long', async () => {
  const { orderNo } = await stage.buyOne()
  const write = (params: object) =>
    stage.call('jingdong.pop.order.modifyVenderRemark', { order_id: orderNo, ...params })
  const shown = async () => {
    const order = await stage.order(orderNo)
    return ['venderRemark', 'venderRemarkFlagAlias'].map((name) => order.at(`orderDetailInfo.orderInfo.${name}`))
  }
  await write({ remark: '加急😊 a=b', flag: '3' })
  expect(await shown()).toEqual(['加急😊 a=b【客服小禾 2026.09.23 10:00:00】', '3'])
  expect((await stage.truth(orderNo)).remark).toBe('加急😊 a=b')
  await write({ remark: '' })
  expect(await shown()).toEqual(['', '3'])
  expect((await write({ remark: '长'.repeat(501) })).error).toContain('500')
  expect((await write({ remark: '好', flag: 6 })).error).toContain('flag')
})

test('the phone is masked, a municipality’s district is the city, and a new door has a new code', async () => {
  const buyer = { name: '林小禾', phone: '13800004471', province: '北京市', city: '北京市', district: '朝阳区' }
  const order = await stage.buyOne({ buyer: { ...buyer, address: '望京路8号' } })
  const info = async () => (await stage.order(order.orderNo)).at('orderDetailInfo.orderInfo.consigneeInfo')
  const before = (await info()) as Record<string, string>
  expect(before).toMatchObject({ province: '北京', city: '朝阳区', county: '三环到四环之间', town: '', townId: '0' })
  expect(before).toMatchObject({ provinceId: '1', fullname: '林小禾', mobile: '138****4471' })
  expect(before.fullAddress).toBe('北京朝阳区三环到四环之间望京路8号')
  const move = { kind: 'change-address', orderNos: [order.orderNo], address: '听泉路1号' }
  expect(await stage.control('act', move)).toEqual({ changed: [order.orderNo] })
  const after = (await info()) as Record<string, string>
  expect(after.fullAddress).toBe('北京朝阳区三环到四环之间听泉路1号')
  expect(after.oaid).not.toBe(before.oaid)
})

test('a deposit cannot be paid: JD shows no presale', async () => {
  await expect(stage.buy({ pay: 'deposit' })).rejects.toThrow('presale')
})

test('20,000 orders are held, and a page of them is cut out of the right place', async () => {
  const lines = [{ merchantCode: 'SCENT', quantity: 1 }]
  const all = await stage.buy({ count: 20_000, seed: 3, ignoreStock: true, lines })
  const page = await search({ page: 400, optional_fields: allFields })
  expect(page.at('searchorderinfo_result.orderTotal')).toBe(20_000)
  expect(page.rows(list).map((row) => row.at('orderId'))).toEqual(all.slice(-50).map(({ orderNo }) => orderNo))
})

test('a split leaves a parent worth nothing and two children that point to it', async () => {
  await stage.control('settings', { splitShare: 1 })
  const [parent, ...children] = await stage.buy({ lines: twoKinds })
  expect(parent).toMatchObject({ status: 'split-parent', paidTotalFen: 0, freightFen: 0 })
  expect(parent!.lines.map(({ paidFen }) => paidFen)).toEqual([0, 0])
  expect(children.map(({ lines }) => lines.map(({ merchantCode }) => merchantCode))).toEqual([['PILLOW'], ['SCENT']])
  const shown = (await stage.order(parent!.orderNo)).at('orderDetailInfo.orderInfo')
  expect(shown).toMatchObject({ orderState: 'PARENT_TRADE_CANCELED', orderTotalPrice: '0.00', couponDetailList: [] })
  for (const { orderNo } of children)
    expect((await stage.order(orderNo)).at('orderDetailInfo.orderInfo.parentOrderId')).toBe(parent!.orderNo)
})
