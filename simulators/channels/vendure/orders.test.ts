import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Truth } from '../../simulator.ts'
import { type Caller, mugsAndCover, openCaller, orderOf } from './caller.ts'
import sample from './samples/orders.json' with { type: 'json' }

let shop: Caller
beforeEach(async () => {
  shop = await openCaller()
  await shop.control('clock', { now: Date.parse('2026-10-20T01:15:02.125Z') })
})
afterEach(() => shop.close())

interface Listed {
  readonly orders: { readonly totalItems: number; readonly items: readonly { readonly id: string }[] }
}
const list = async (options: string) => {
  const { data, text } = await shop.ask<Listed>(`{ orders(options: ${options}) { totalItems items { id } } }`)
  if (!data?.orders) throw new Error(text)
  return { total: data.orders.totalItems, ids: data.orders.items.map(({ id }) => id) }
}

/** Names of fields all the way down, with the kind of each value; lists by their first row. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])]
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shapeOf(each)]))
}

test('the list of the sheet is answered in the shape of the sheet', async () => {
  await shop.control('settings', { declinedShare: 0 })
  const lines = [
    { merchantCode: 'MB-7001', quantity: 2 },
    { merchantCode: 'MB-6001', quantity: 1 },
  ]
  await shop.buy({ count: 12, seed: 5, lines })
  const { query, variables } = sample.request.body
  const { data } = await shop.ask<typeof sample.response.data>(query, variables)
  const withCoupon = data.orders.items.find(({ couponCodes }) => couponCodes.length > 0)!
  expect(shapeOf(withCoupon)).toEqual(shapeOf(sample.response.data.orders.items[0]))
  expect(withCoupon).toMatchObject({ orderPlacedAt: '2026-10-20T01:15:02.125Z', state: 'PaymentSettled' })
  expect(withCoupon.code).toMatch(/^[A-Z0-9]{12}$/)
})

describe('a list', () => {
  const minute = 60_000
  const start = Date.parse('2026-10-20T02:00:00.000Z')
  let orders: Truth[]
  beforeEach(async () => {
    orders = []
    for (const round of [0, 1, 2]) {
      await shop.control('clock', { now: start + round * minute })
      orders.push(...(await shop.buy({ count: 2, seed: round })))
    }
  })
  const idsAt = (...places: readonly number[]) => places.map((place) => orders[place]!.orderNo)
  const iso = (round: number) => new Date(start + round * minute).toISOString()

  test.each(['updatedAt', 'orderPlacedAt'])('leaves equal times of %s out, but not between', async (field) => {
    const found = async (filter: string) =>
      (await list(`{ sort: { ${field}: ASC }, filter: { ${field}: ${filter} } }`)).ids
    expect(await found(`{ after: "${iso(0)}" }`)).toEqual(idsAt(2, 3, 4, 5))
    expect(await found(`{ before: "${iso(1)}" }`)).toEqual(idsAt(0, 1))
    expect(await found(`{ after: "${iso(0)}", before: "${iso(2)}" }`)).toEqual(idsAt(2, 3))
    expect(await found(`{ between: { start: "${iso(1)}", end: "${iso(2)}" } }`)).toEqual(idsAt(2, 3, 4, 5))
    expect(await found(`{ eq: "${iso(1)}" }`)).toEqual(idsAt(2, 3))
  })

  test('bounds are the same where either of two conditions is enough', async () => {
    const either = `updatedAt: { after: "${iso(1)}" }, orderPlacedAt: { before: "${iso(1)}" }`
    expect((await list(`{ filterOperator: OR, filter: { ${either} } }`)).ids).toEqual(idsAt(0, 1, 4, 5))
  })

  test('counts everything and gives a page, ties in the order of ids', async () => {
    expect(await list('{ skip: 1, take: 2, sort: { updatedAt: DESC } }')).toEqual({ total: 6, ids: idsAt(5, 2) })
    expect(await list('{ take: 0 }')).toEqual({ total: 6, ids: [] })
    expect(await list('{ skip: 6 }')).toEqual({ total: 6, ids: [] })
  })

  test('moves an order that changed to its end', async () => {
    await shop.control('clock', { now: start + 9 * minute })
    await shop.act({ kind: 'change-address', orderNos: idsAt(0), address: '望湖路8号' })
    expect((await list('{ sort: { updatedAt: ASC } }')).ids).toEqual(idsAt(1, 2, 3, 4, 5, 0))
    expect((await list(`{ filter: { _and: [{ updatedAt: { after: "${iso(2)}" } }] } }`)).ids).toEqual(idsAt(0))
  })

  test('finds by id, by code and by state', async () => {
    const { code } = await orderOf(shop, idsAt(3)[0]!)
    expect((await list(`{ filter: { code: { eq: "${code}" } } }`)).ids).toEqual(idsAt(3))
    expect((await list(`{ filter: { id: { in: ["${idsAt(4)}", "9", "x"] } } }`)).ids).toEqual(idsAt(4))
    expect((await list('{ filter: { state: { eq: "Shipped" } } }')).ids).toEqual([])
    expect(await orderOf(shop, '9999')).toBeNull()
  })
})

test('carts are listed as active, and are no orders in truth', async () => {
  await shop.control('settings', { cartShare: 1 })
  const [order] = await shop.buy({ lines: mugsAndCover })
  expect((await list('{}')).total).toBe(2)
  expect((await list('{ filter: { active: { eq: false } } }')).ids).toEqual([order!.orderNo])
  expect(await shop.control<Truth[]>('orders')).toHaveLength(1)
  const { data } = await shop.ask(
    '{ orders(options: { filter: { active: { eq: true } } }) { items { state orderPlacedAt } } }',
  )
  expect(data).toEqual({ orders: { items: [{ state: 'AddingItems', orderPlacedAt: null }] } })
})

test('whom it goes to is one name, and a street that begins with the district', async () => {
  const buyer = {
    name: '林晓禾',
    phone: '13800000101',
    province: '浙江省',
    city: '杭州市',
    district: '西湖区',
    address: '示例路12号',
  }
  const orders = await shop.buy({ count: 4, buyer, note: '请放前台' })
  expect(orders[0]).toMatchObject({ note: '', receiver: { ...buyer, address: '西湖区示例路12号' } })
  const phones = await Promise.all(
    orders.map(async ({ orderNo }) => {
      const query = `{ order(id: ${orderNo}) { shippingAddress { fullName streetLine1 city province countryCode phoneNumber } } }`
      const { data } = await shop.ask<{ order: { shippingAddress: Record<string, string> } }>(query)
      const { phoneNumber, ...address } = data.order.shippingAddress
      expect(address).toEqual({
        fullName: '林晓禾',
        streetLine1: '西湖区示例路12号',
        city: '杭州市',
        province: '浙江省',
        countryCode: 'CN',
      })
      return phoneNumber
    }),
  )
  expect(new Set(phones)).toEqual(new Set(['+8613800000101', '13800000101']))
})

const statuses = [
  ['Created', 'unpaid'],
  ['Draft', 'unpaid'],
  ['AddingItems', 'unpaid'],
  ['ArrangingPayment', 'unpaid'],
  ['PaymentAuthorized', 'on-hold'],
  ['PaymentSettled', 'paid-wait-ship'],
  ['Modifying', 'on-hold'],
  ['ArrangingAdditionalPayment', 'on-hold'],
] as const

test.each(statuses)('%s is %s', async (state, status) => {
  const [order] = await shop.buy({ lines: mugsAndCover })
  const { orderNo } = order!
  await shop.control('states', { orderNos: [orderNo], state })
  expect((await orderOf(shop, orderNo)).state).toBe(state)
  const isUnpaid = status === 'unpaid' || state === 'PaymentAuthorized'
  expect(await shop.truth(orderNo)).toMatchObject({ status, paidTotalFen: isUnpaid ? 0 : order!.paidTotalFen })
})

test('a state that nobody knows is refused, and one that parcels stand against does not come', async () => {
  await expect(shop.control('states', { orderNos: [], state: 'Shipped' })).rejects.toThrow(/state takes/)
  const [order] = await shop.buy({ lines: mugsAndCover })
  const orderNos = [order!.orderNo]
  await shop.act({ kind: 'ship-in-back-office', orderNos, waybillNo: 'YT1', carrierName: '圆通速递' })
  expect(await shop.control('states', { orderNos, state: 'Draft' })).toEqual({ changed: [] })
})

test('the usual way: open, paid, sent, delivered, and its history', async () => {
  const [order] = await shop.buy({ lines: mugsAndCover, pay: 'unpaid' })
  const on = { orderNos: [order!.orderNo] }
  expect(order).toMatchObject({ status: 'unpaid', paidAt: null, paidTotalFen: 0, freightFen: 0 })
  expect(await shop.act({ kind: 'pay', ...on })).toEqual(on.orderNos)
  expect(await shop.act({ kind: 'pay', ...on })).toEqual([])
  expect(await shop.act({ kind: 'finish', ...on })).toEqual([])
  await shop.act({ kind: 'ship-in-back-office', ...on, waybillNo: 'YT1', carrierName: '圆通速递' })
  expect(await shop.truth(order!.orderNo)).toMatchObject({ status: 'shipped' })
  expect(await shop.act({ kind: 'close', ...on })).toEqual([])
  expect(await shop.act({ kind: 'finish', ...on })).toEqual(on.orderNos)
  expect(await shop.truth(order!.orderNo)).toMatchObject({ status: 'completed' })
  const filter = '{ filter: { type: { eq: "ORDER_STATE_TRANSITION" } }, sort: { id: ASC } }'
  const { data } = await shop.ask<{ order: { history: { items: { data: { to: string } }[] } } }>(
    `{ order(id: ${order!.orderNo}) { history(options: ${filter}) { items { data } } } }`,
  )
  expect(data.order.history.items.map(({ data: { to } }) => to)).toEqual(['PaymentSettled', 'Shipped', 'Delivered'])
})

test('an unpaid order that is closed was never paid, and its goods go on sale again', async () => {
  const before = await shop.control('listings')
  const [order] = await shop.buy({ lines: mugsAndCover, pay: 'unpaid' })
  await shop.act({ kind: 'close', orderNos: [order!.orderNo] })
  expect(await shop.truth(order!.orderNo)).toMatchObject({ status: 'closed-unpaid', refundState: 'none' })
  expect(await shop.control('listings')).toEqual(before)
})

test('deposits are refused, and so are goods that are not there', async () => {
  await expect(shop.buy({ pay: 'deposit' })).rejects.toThrow(/presale/)
  await expect(shop.buy({ lines: [{ merchantCode: 'NO', quantity: 1 }] })).rejects.toThrow(/no such listing/)
  expect(await shop.buy({ lines: [{ merchantCode: 'MB-4002', quantity: 13 }] })).toEqual([])
  expect(await shop.buy({ lines: [{ merchantCode: 'MB-4002', quantity: 13 }], ignoreStock: true })).toHaveLength(1)
})

test('twenty thousand orders are paged by the end of their span', async () => {
  await shop.control('listings', [
    { merchantCode: 'W', title: '碗', specification: '', product: '碗', priceFen: 900, quantity: 90_000 },
  ])
  await shop.buy({ count: 20_000, lines: [{ merchantCode: 'W', quantity: 1 }] })
  await shop.control('clock', { now: Date.parse('2026-10-20T03:00:00Z') })
  const [late] = await shop.buy({ lines: mugsAndCover })
  const found = await list('{ sort: { updatedAt: ASC }, filter: { updatedAt: { after: "2026-10-20T02:00:00Z" } } }')
  expect(found).toEqual({ total: 1, ids: [late!.orderNo] })
  expect((await list('{ sort: { updatedAt: ASC }, skip: 19990 }')).ids).toHaveLength(11)
})
