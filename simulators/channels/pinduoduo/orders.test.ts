import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Truth } from '../../simulator.ts'
import { minute, openStage, type Stage, twoKinds } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(() => stage.fresh())
afterAll(() => stage.close())

const changed = 'pdd.order.number.list.increment.get'
const all = { is_lucky_flag: 0, order_status: 5, refund_status: 5 }
const window = (from: number, to: number) => ({ start_updated_at: from / 1000, end_updated_at: to / 1000 })
const act = (kind: string, { orderNo }: Truth, more: object = {}) =>
  stage.control('act', { kind, orderNos: [orderNo], ...more })

test('lists are paged oldest first, both ends of the window included', async () => {
  const from = stage.now()
  const expected: string[] = []
  for (let turn = 0; turn < 3; turn++) {
    expected.push(...(await stage.buy({ count: 3, seed: turn })).map(({ orderNo }) => orderNo))
    await stage.pass(1000)
  }
  const to = from + 2000
  await stage.buy({ count: 2 })
  await stage.pass(4 * minute)
  const page = (number: number) => stage.call(changed, { ...all, ...window(from, to), page: number, page_size: 4 })
  const pages = [await page(1), await page(2), await page(3)]
  expect(pages.flatMap((each) => each.rows('order_sn_list').map((row) => row.order_sn))).toEqual(expected)
  expect(pages.map(({ body }) => [body.total_count, body.has_next])).toEqual([
    [9, true],
    [9, true],
    [9, false],
  ])
})

test.each([
  { when: 'it is longer than 30 minutes', params: { start: -40, end: -9 }, error: 21_002 },
  { when: 'it ends within the last three minutes', params: { start: -20, end: -2 }, error: 21_002 },
  { when: 'it ends three minutes ago', params: { start: -33, end: -3 }, error: 0 },
  { when: 'it ends before it begins', params: { start: -5, end: -9 }, error: 21_002 },
])('a window of changes is answered $error when $when', async ({ params, error }) => {
  const given = window(stage.now() + params.start * minute, stage.now() + params.end * minute)
  expect((await stage.call(changed, { ...all, ...given })).error).toBe(error)
})

test.each([{ page_size: 101 }, { page: 0 }, { order_status: 4 }, { refund_status: 6 }, { is_lucky_flag: 9 }])(
  '%o is refused',
  async (wrong) => {
    const given = window(stage.now() - 20 * minute, stage.now() - 10 * minute)
    expect((await stage.call(changed, { ...all, ...given, ...wrong })).error).toBe(21_002)
  },
)

test('a missing status is said to be missing', async () => {
  const given = window(stage.now() - 20 * minute, stage.now() - 10 * minute)
  expect(await stage.call(changed, { ...given, is_lucky_flag: 0, order_status: 5 })).toMatchObject({ error: 21_001 })
})

test('orders are found by their confirmation and by their statuses; the unpaid have none', async () => {
  const [one, two] = await stage.buy({ count: 2 })
  await stage.buy({ pay: 'unpaid', seed: 8 })
  await act('ship-in-back-office', one!, { waybillNo: 'YT1', carrierName: '圆通速递' })
  await act('refund', two!)
  const at = stage.now() / 1000
  const list = async (more: object) =>
    stage.call('pdd.order.list.get', { ...all, start_confirm_at: at - 86_000, end_confirm_at: at, ...more })
  const found = async (more: object) => (await list(more)).rows('order_list').map((row) => row.order_sn)
  expect(await found({})).toEqual([one!.orderNo, two!.orderNo])
  expect(await found({ order_status: 2 })).toEqual([one!.orderNo])
  expect(await found({ refund_status: 2 })).toEqual([two!.orderNo])
  expect((await list({ start_confirm_at: at - 86_401 })).error).toBe(21_002)
  expect((await list({ start_confirm_at: at - 91 * 86_400, end_confirm_at: at - 90.5 * 86_400 })).error).toBe(21_002)
})

test('an order nobody placed is not there', async () => {
  const answer = await stage.call('pdd.order.information.get', { order_sn: '999999-999999999999999' })
  expect(answer).toMatchObject({ error: 50_001, words: '订单不存在' })
})

const fen = (value: unknown) => Math.round(Number(value) * 100)

test('money adds up as the sheet says, and is what is true to the fen', async () => {
  const truths = await stage.buy({ count: 60 })
  expect(truths.some(({ lines }) => lines.some(({ isGift }) => isGift))).toBe(true)
  for (const truth of truths) {
    const order = await stage.order(truth.orderNo)
    const items = order.item_list as readonly Record<string, unknown>[]
    const worth = items.reduce((sum, item) => sum + fen(item.goods_price) * Number(item.goods_count), 0)
    expect(fen(order.goods_amount)).toBe(worth - fen(order.order_change_amount))
    expect(fen(order.discount_amount)).toBe(
      fen(order.platform_discount) + fen(order.seller_discount) + fen(order.capital_free_discount),
    )
    expect(fen(order.pay_amount)).toBe(fen(order.goods_amount) - fen(order.discount_amount) + fen(order.postage))
    expect(truth.paidTotalFen).toBe(fen(order.pay_amount))
    expect(truth.lines.reduce((sum, { paidFen }) => sum + paidFen, truth.freightFen)).toBe(truth.paidTotalFen)
    expect(items.length + (order.gift_list as unknown[]).length).toBe(truth.lines.length)
  }
})

test('what was never paid cost nothing', async () => {
  const open = await stage.buyOne({ pay: 'unpaid' })
  expect(open).toMatchObject({ status: 'unpaid', paidTotalFen: 0, freightFen: 0, paidAt: null })
  expect(await stage.order(open.orderNo)).toMatchObject({ confirm_status: 0, pay_time: '', confirm_time: '' })
  await act('close', open)
  expect(await stage.truth(open.orderNo)).toMatchObject({ status: 'closed-unpaid' })
  expect(await stage.order(open.orderNo)).toMatchObject({ confirm_status: 2, pay_time: '' })
})

const change = (what: string, { orderNo }: Truth) =>
  stage.control<{ changed: string[] }>('change', { orderNos: [orderNo], change: what })

test('a group gathers, is complete or fails; risk and a hold keep the goods back', async () => {
  await stage.control('settings', { gatheringShare: 1 })
  const [one, two] = await stage.buy({ count: 2 })
  expect(one).toMatchObject({ status: 'on-hold' })
  expect(await stage.order(one!.orderNo)).toMatchObject({ confirm_status: 0, group_status: 0 })
  await change('group', one!)
  expect(await stage.truth(one!.orderNo)).toMatchObject({ status: 'paid-wait-ship' })
  await change('group-fails', two!)
  const { paidTotalFen } = two!
  expect(await stage.truth(two!.orderNo)).toMatchObject({
    status: 'closed-refunded',
    refundState: 'full',
    refundedFen: paidTotalFen,
  })
  expect(await stage.order(two!.orderNo)).toMatchObject({ group_status: 2, refund_status: 4 })

  await change('risk', one!)
  expect(await stage.order(one!.orderNo)).toMatchObject({ risk_control_status: 1, receiver_name: '', address: '' })
  expect(await stage.truth(one!.orderNo)).toMatchObject({ status: 'on-hold' })
  await change('no-risk', one!)
  await change('hold', one!)
  expect(await stage.order(one!.orderNo)).toMatchObject({ order_tag_list: [{ name: 'ship_hold', value: 1 }] })
  expect(await stage.truth(one!.orderNo)).toMatchObject({ status: 'on-hold' })
})

test('ciphertexts open to the receiver, for their own order alone', async () => {
  const [mine, other] = await stage.buy({ count: 2 })
  const { receiver_name, receiver_phone, receiver_address, receiver_phone_mask } = await stage.order(mine!.orderNo)
  const row = (data_tag: string, encrypted_data: unknown) => ({ data_tag, encrypted_data })
  const open = async (method: string, list: object[]) =>
    (await stage.call(method, { data_list: list })).rows('data_decrypt_list')
  const { name, phone, address } = mine!.receiver
  const texts = [receiver_name, receiver_phone, receiver_address].map((text) => row(mine!.orderNo, text))
  expect(await open('pdd.open.decrypt.batch', texts)).toMatchObject([
    { decrypted_data: name, data_type: 5, error_code: 0 },
    { decrypted_data: phone, data_type: 6, error_code: 0 },
    { decrypted_data: address, data_type: 8, error_code: 0 },
  ])
  expect(await open('pdd.open.decrypt.mask.batch', texts)).toMatchObject([
    {},
    { decrypted_data: receiver_phone_mask },
    {},
  ])
  expect(
    await open('pdd.open.decrypt.batch', [row(other!.orderNo, receiver_name), row(mine!.orderNo, 'x')]),
  ).toMatchObject([
    { decrypted_data: '', error_code: 21_002 },
    { decrypted_data: '', error_code: 21_002 },
  ])
  const many = Array.from({ length: 101 }, () => texts[0]!)
  expect((await stage.call('pdd.open.decrypt.batch', { data_list: many })).error).toBe(21_002)
  await act('ship-in-back-office', mine!, { waybillNo: 'YT1', carrierName: '圆通速递' })
  expect(await stage.order(mine!.orderNo)).toMatchObject({
    receiver_name: '',
    receiver_phone: '',
    receiver_address: '',
  })
})

test('a place a province governs directly stands where the district does', async () => {
  const buyer = {
    name: '林小禾',
    phone: '13800000001',
    province: '河南省',
    city: '济源市',
    district: '',
    address: '沁园街道1号',
  }
  const { orderNo } = await stage.buyOne({ buyer })
  expect(await stage.order(orderNo)).toMatchObject({ city: '省直辖县级行政区划', town: '济源市' })
  expect((await stage.truth(orderNo)).receiver).toEqual(buyer)
})

test('a note is written with its tag, and both stay within their lengths', async () => {
  const { orderNo } = await stage.buyOne()
  const write = (more: object) => stage.call('pdd.order.note.update', { order_sn: orderNo, ...more })
  expect((await write({ note: '发顺丰', tag: 1, tag_name: '急' })).error).toBe(0)
  expect(await stage.order(orderNo)).toMatchObject({ remark: '发顺丰', remark_tag: 1, remark_tag_name: '急' })
  expect((await write({ note: '' })).error).toBe(0)
  expect(await stage.order(orderNo)).toMatchObject({ remark: '', remark_tag: 1, remark_tag_name: '急' })
  expect((await write({ note: '长'.repeat(301) })).error).toBe(21_002)
  expect((await write({ note: '急', tag: 1, tag_name: '非常着急' })).error).toBe(21_002)
  expect((await write({ note: '急', tag: 6 })).error).toBe(21_002)
  expect((await write({})).error).toBe(21_001)
})

test('a deposit cannot be paid, and a bare shelf sells nothing', async () => {
  await expect(stage.buy({ pay: 'deposit' })).rejects.toThrow('deposit')
  expect(await stage.buy({ lines: [{ merchantCode: 'SCENT', quantity: 901 }] })).toEqual([])
  expect(await stage.buy({ lines: twoKinds })).toHaveLength(1)
})
