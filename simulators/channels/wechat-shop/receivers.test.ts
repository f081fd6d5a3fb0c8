import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Simulator, Truth } from '../../simulator.ts'
import { type Caller, callerOf, shelf, type Tree } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller
const today = 1_790_000_000_000

beforeAll(async () => {
  simulator = await start({ seed: 31 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  await caller.control('clock', { now: today })
  await caller.control('listings', shelf)
})
afterAll(() => simulator.close())

const buyer = {
  name: '林小满',
  phone: '13800001234',
  province: '浙江省',
  city: '杭州市',
  district: '西湖区',
  address: '翠苑街道虚构路1号2幢301室',
}
const delivery = async ({ orderNo }: Truth) =>
  (await caller.call('order/get', { order_id: orderNo })).at<Tree>('order.order_detail.delivery_info')
const address = async (order: Truth) => (await delivery(order)).address_info as Tree
const happen = async (what: Tree) => (await caller.control<{ changed: string[] }>('happen', what)).changed
const ask = async (name: string, body: Tree) => (await caller.call(name, body)).errcode

test('a receiver is masked, but not the places', async () => {
  const [order] = await caller.buy({ buyer })
  expect(await address(order!)).toMatchObject({
    user_name: '林**',
    tel_number: '138****1234',
    detail_info: '****',
    province_name: '浙江省',
    city_name: '杭州市',
    county_name: '西湖区',
    tel_number_ext_info: null,
    use_tel_number: 0,
    hash_code: expect.stringMatching(/^[0-9a-f]{32}$/),
  })
})

test('one receiver has one mark, and another when the address changes', async () => {
  const [first] = await caller.buy({ buyer })
  const [second] = await caller.buy({ buyer, seed: 2 })
  const [stranger] = await caller.buy({ seed: 3 })
  const marks = async () =>
    Promise.all([first, second, stranger].map(async (order) => (await address(order!)).hash_code))
  const [a, b, c] = await marks()
  expect([a === b, a === c]).toEqual([true, false])
  await caller.act({ kind: 'change-address', orderNos: [second!.orderNo], address: '云栖路18号' })
  expect((await marks())[1]).not.toBe(b)
})

test.each([
  { city: '济源市', province: '河南省', says: ['', '省直辖县级行政区划'] },
  { city: '石河子市', province: '新疆维吾尔自治区', says: ['', '自治区直辖县级行政区划'] },
])('$city has no prefecture, or a word for one', async ({ city, province, says }) => {
  const orders = await caller.buy({ count: 12, buyer: { ...buyer, province, city, district: '' } })
  const told = await Promise.all(orders.map(address))
  expect(told.every(({ county_name }) => county_name === city)).toBe(true)
  expect(new Set(told.map(({ city_name }) => city_name))).toEqual(new Set(says))
})

test('a receiver is read in plain text thirty times a day', async () => {
  const [order] = await caller.buy({ buyer })
  const decode = () => caller.call('order/sensitiveinfo/decode', { order_id: order!.orderNo })
  expect((await decode()).at('address_info')).toMatchObject({
    user_name: buyer.name,
    tel_number: buyer.phone,
    detail_info: buyer.address,
  })
  for (let time = 1; time < 30; time += 1) expect((await decode()).errcode).toBe(0)
  expect((await decode()).errcode).toBe(45009)
  await caller.control('clock', { now: today + 86_400_000 })
  caller.forgetToken()
  expect((await decode()).errcode).toBe(0)
})

test('behind a virtual number the phone stays masked, and the number lasts longer when asked', async () => {
  await caller.control('settings', { virtualNumberShare: 1 })
  const [order] = await caller.buy({ buyer })
  expect(await address(order!)).toMatchObject({
    use_tel_number: 1,
    tel_number_ext_info: { real_tel_number: '138****1234', virtual_tel_number: '1321234xxxx-1234' },
  })
  const order_id = order!.orderNo
  const plain = await caller.call('order/sensitiveinfo/decode', { order_id })
  expect([plain.at('address_info.tel_number'), plain.at('address_info.user_name')]).toEqual(['138****1234', '林小满'])
  expect(plain.at('virtual_number_info')).toMatchObject({
    virtual_number: expect.any(String),
    extension: expect.any(String),
  })
  const longer = await caller.call('order/virtualnumber/delay', { order_id, has_delay_times: 0 })
  expect(longer.at<number>('expiration')).toBe(plain.at<number>('virtual_number_info.expiration') + 7 * 86_400)
  expect(await ask('order/virtualnumber/delay', { order_id, has_delay_times: 0 })).toBe(101100)
  expect((await caller.call('order/virtualtelnumber/get', { order_id })).at('extension')).toEqual(expect.any(String))
  expect(await ask('order/realnumber/apply', { order_id, apply_type: 1, apply_reason: '快递要真号' })).toBe(0)
})

test.each([
  { agree: 'accept', moves: true },
  { agree: 'reject', moves: false },
])('a wish for another address is answered: $agree', async ({ agree, moves }) => {
  const [order] = await caller.buy({ buyer })
  const order_id = order!.orderNo
  expect(await ask(`order/addressmodify/${agree}`, { order_id })).toBe(101100)
  expect(await happen({ kind: 'ask-address', orderNos: [order_id], address: '云栖路18号' })).toEqual([order_id])
  expect(await delivery(order!)).toMatchObject({ address_under_review: true, address_apply_time: today / 1000 })
  expect(await ask(`order/addressmodify/${agree}`, { order_id })).toBe(0)
  expect((await caller.truth(order_id)).receiver.address).toBe(moves ? '云栖路18号' : buyer.address)
  expect(await delivery(order!)).not.toHaveProperty('address_under_review')
})

test('an address the merchant proposes holds when the buyer agrees', async () => {
  const [order] = await caller.buy({ buyer })
  const user_address = {
    user_name: '林小满',
    tel_number: '13800001234',
    province_name: '浙江省',
    city_name: '杭州市',
    county_name: '余杭区',
    detail_info: '望湖路2号',
  }
  expect(await ask('order/address/update', { order_id: order!.orderNo, user_address })).toBe(0)
  expect((await caller.truth(order!.orderNo)).receiver.district).toBe('西湖区')
  await happen({ kind: 'answer-address', orderNos: [order!.orderNo], agrees: true })
  expect((await caller.truth(order!.orderNo)).receiver).toMatchObject({ district: '余杭区', address: '望湖路2号' })
})

test('a wish for another SKU holds the order until it is answered', async () => {
  const [order] = await caller.buy({ lines: [{ merchantCode: 'MUG-W', quantity: 1 }] })
  const order_id = order!.orderNo
  await happen({ kind: 'ask-sku', orderNos: [order_id], merchantCode: 'MUG-G' })
  const [line] = order!.lines
  const parcel = {
    delivery_id: 'SF',
    waybill_id: 'SF1',
    deliver_type: 1,
    product_infos: [{ product_id: line!.itemNo, sku_id: line!.skuNo, product_cnt: 1 }],
  }
  expect(await ask('order/delivery/send', { order_id, delivery_list: [parcel] })).toBe(101100)
  const asked = await caller.call('order/preshipmentchangesku/get', { order_id })
  expect(asked.at('change_sku_info')).toMatchObject({ preshipment_change_sku_state: 3, old_sku_id: line!.skuNo })
  expect(await ask('order/preshipmentchangesku/approve', { order_id })).toBe(0)
  const changed = (await caller.truth(order_id)).lines[0]!
  expect([changed.merchantCode, changed.paidFen]).toEqual(['MUG-G', line!.paidFen])
  expect(await ask('order/preshipmentchangesku/reject', { order_id })).toBe(101100)
})
