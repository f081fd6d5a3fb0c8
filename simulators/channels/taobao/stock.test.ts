import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ListingSeed, ListingState, Simulator, Truth } from '../../simulator.ts'
import { type Caller, callerOf, type Params } from './caller.ts'
import { start } from './index.ts'

let simulator: Simulator
let caller: Caller
let mug: ListingState
let green: ListingState
let scent: ListingState

beforeAll(async () => {
  simulator = await start({ seed: 41 })
})
beforeEach(async () => {
  caller = callerOf(simulator.about.address, simulator.about.credentials)
  await caller.control('reset', {})
  await caller.control('listings', listings)
  ;[mug, green, scent] = (await caller.control<[ListingState, ListingState, ListingState]>('listings')) as [
    ListingState,
    ListingState,
    ListingState,
  ]
})
afterAll(() => simulator.close())

const listings: readonly ListingSeed[] = [
  {
    merchantCode: 'MUG-W',
    title: '粗陶马克杯',
    specification: '颜色:米白;容量:350ml',
    product: '马克杯',
    priceFen: 4900,
    quantity: 10,
  },
  {
    merchantCode: 'MUG-G',
    title: '粗陶马克杯',
    specification: '颜色:苔绿;容量:350ml',
    product: '马克杯',
    priceFen: 5200,
    quantity: 10,
  },
  { merchantCode: 'SCENT', title: '无火香薰', specification: '', product: '香薰', priceFen: 6880, quantity: 10 },
]
const left = async () => (await caller.control<ListingState[]>('listings')).map(({ quantity }) => quantity)
const buy = (wish: object) => caller.control<{ orders: Truth[] }>('buy', { count: 1, ...wish })
const ofMugs = (quantity: number) => ({ lines: [{ merchantCode: 'MUG-W', quantity }] })

interface Write {
  readonly when: string
  readonly params: () => Params
  readonly error?: string
  readonly quantities: readonly number[]
}

test.each<Write>([
  {
    when: 'a SKU is set',
    params: () => ({ num_iid: mug.itemNo, sku_id: mug.skuNo, quantity: '7' }),
    quantities: [7, 10, 10],
  },
  {
    when: 'an item without SKUs is set',
    params: () => ({ num_iid: scent.itemNo, quantity: '0' }),
    quantities: [10, 10, 0],
  },
  {
    when: 'the SKU wins over the merchant code',
    params: () => ({ num_iid: mug.itemNo, sku_id: mug.skuNo, outer_id: 'MUG-G', quantity: '3' }),
    quantities: [3, 10, 10],
  },
  {
    when: 'a merchant code is set',
    params: () => ({ num_iid: mug.itemNo, outer_id: 'MUG-G', quantity: '3' }),
    quantities: [10, 3, 10],
  },
  {
    when: 'an increment is taken off',
    params: () => ({ num_iid: scent.itemNo, quantity: '-4', type: '2' }),
    quantities: [10, 10, 6],
  },
  {
    when: 'an increment would go below nothing',
    params: () => ({ num_iid: scent.itemNo, quantity: '-11', type: '2' }),
    error: '41 isv.invalid-parameter:quantity',
    quantities: [10, 10, 10],
  },
  {
    when: 'the full quantity is negative',
    params: () => ({ num_iid: scent.itemNo, quantity: '-1' }),
    error: '41 isv.invalid-parameter:quantity',
    quantities: [10, 10, 10],
  },
  {
    when: 'a SKU is not named',
    params: () => ({ num_iid: mug.itemNo, quantity: '1' }),
    error: '40',
    quantities: [10, 10, 10],
  },
  {
    when: 'the item is unknown',
    params: () => ({ num_iid: '700000000000', quantity: '1' }),
    error: '15 isv.item-is-delete:invalid-numIid',
    quantities: [10, 10, 10],
  },
])('item.quantity.update, when $when', async ({ params, error = '', quantities }) => {
  expect((await caller.call('taobao.item.quantity.update', params())).error).toBe(error)
  expect(await left()).toEqual(quantities)
})

test.each<Write>([
  {
    when: 'two SKUs are set at once',
    params: () => ({ num_iid: mug.itemNo, skuid_quantities: `${mug.skuNo}:4;${green.skuNo}:5` }),
    quantities: [4, 5, 10],
  },
  {
    when: 'merchant codes count only without SKUs',
    params: () => ({ num_iid: mug.itemNo, skuid_quantities: `${mug.skuNo}:4`, outerid_quantities: 'MUG-G:9' }),
    quantities: [4, 10, 10],
  },
  {
    when: 'only merchant codes come',
    params: () => ({ num_iid: mug.itemNo, outerid_quantities: 'MUG-G:9' }),
    quantities: [10, 9, 10],
  },
  {
    when: 'an increment below nothing ends at nothing',
    params: () => ({ num_iid: mug.itemNo, skuid_quantities: `${mug.skuNo}:-99`, type: '2' }),
    quantities: [0, 10, 10],
  },
  {
    when: 'one full quantity is negative',
    params: () => ({ num_iid: mug.itemNo, skuid_quantities: `${mug.skuNo}:4;${green.skuNo}:-1` }),
    error: '41 isv.invalid-parameter:quantity',
    quantities: [10, 10, 10],
  },
  {
    when: 'there are more than twenty',
    params: () => ({ num_iid: mug.itemNo, skuid_quantities: Array(21).fill(`${mug.skuNo}:1`).join(';') }),
    error: '41',
    quantities: [10, 10, 10],
  },
])('skus.quantity.update, when $when', async ({ params, error = '', quantities }) => {
  expect((await caller.call('taobao.skus.quantity.update', params())).error).toBe(error)
  expect(await left()).toEqual(quantities)
})

test('the answer tells what holds after the change', async () => {
  const params = { num_iid: mug.itemNo, skuid_quantities: `${mug.skuNo}:4` }
  const answer = await caller.call('taobao.skus.quantity.update', params)
  expect(answer.at('item.num')).toBe(14)
  expect(answer.rows('item.skus.sku').map((row) => [row.at('sku_id'), row.at('quantity')])).toEqual([
    [Number(mug.skuNo), 4],
  ])
  const [state] = await caller.control<ListingState[]>('listings')
  expect(state).toMatchObject({ pushes: 1, pushedAt: expect.any(Number) })
})

test.each([
  { reduceStock: 'on-order', afterOrder: 7, afterPayment: 7 },
  { reduceStock: 'on-payment', afterOrder: 10, afterPayment: 7 },
])('stock is taken $reduceStock', async ({ reduceStock, afterOrder, afterPayment }) => {
  await caller.control('settings', { reduceStock })
  const { orders } = await buy({ ...ofMugs(3), pay: 'unpaid' })
  expect((await left())[0]).toBe(afterOrder)
  await caller.control('act', { kind: 'pay', orderNos: [orders[0]!.orderNo] })
  expect((await left())[0]).toBe(afterPayment)
})

test('an order closed unpaid gives its pieces back', async () => {
  const { orders } = await buy({ ...ofMugs(3), pay: 'unpaid' })
  await caller.control('act', { kind: 'close', orderNos: [orders[0]!.orderNo] })
  expect((await left())[0]).toBe(10)
})

test('a shelf too bare sells nothing, unless two buyers press at once', async () => {
  expect((await buy({ ...ofMugs(4), count: 4 })).orders).toHaveLength(2)
  const { orders } = await buy({ ...ofMugs(4), ignoreStock: true })
  expect((await left())[0]).toBe(0)
  const trade = await caller.call('taobao.trade.fullinfo.get', { tid: orders[0]!.orderNo, fields: 'orders' })
  expect(trade.at('trade.orders.order.0.is_oversold')).toBe(true)
})

test('what is sold out leaves the shop for the warehouse and comes back with its stock', async () => {
  const find = async (method: string, params: Params = {}) =>
    (await caller.call(method, { fields: 'num_iid,num,approve_status', ...params }))
      .rows('items.item')
      .map((row) => String(row.at('num_iid')))
  const soldOut = () => find('taobao.items.inventory.get', { banner: 'sold_out' })
  const setTo = (quantity: string) => caller.call('taobao.item.quantity.update', { num_iid: scent.itemNo, quantity })
  expect((await find('taobao.items.onsale.get')).sort()).toEqual([mug.itemNo, scent.itemNo].sort())
  await setTo('0')
  expect([await find('taobao.items.onsale.get'), await soldOut()]).toEqual([[mug.itemNo], [scent.itemNo]])
  await setTo('5')
  expect([(await find('taobao.items.onsale.get')).length, await soldOut()]).toEqual([2, []])
})

test('SKUs carry merchant code, price and named properties; an item without SKUs has none', async () => {
  const fields = 'sku_id,num_iid,properties_name,quantity,price,outer_id'
  const answer = await caller.call('taobao.item.skus.get', { fields, num_iids: `${mug.itemNo},${scent.itemNo}` })
  const [first, second, ...none] = answer.rows('skus.sku')
  expect([first?.at('outer_id'), first?.at('price'), second?.at('outer_id'), none.length]).toEqual([
    'MUG-W',
    '49.00',
    'MUG-G',
    0,
  ])
  expect(first?.at('properties_name')).toMatch(/^\d+:\d+:颜色:米白;\d+:\d+:容量:350ml$/)
})

test('a listing seeded again keeps its numbers and takes the new price and stock', async () => {
  await caller.control('listings', [{ ...listings[0], priceFen: 4500, quantity: 3 }])
  const states = await caller.control<ListingState[]>('listings')
  expect(states[0]).toEqual({ ...mug, priceFen: 4500, quantity: 3 })
})
