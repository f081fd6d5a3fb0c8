import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ListingState, Truth } from '../../simulator.ts'
import { type Caller, mugsAndCover, openCaller, orderOf } from './caller.ts'

let shop: Caller
let order: Truth
beforeEach(async () => {
  shop = await openCaller()
  order = (await shop.buy({ lines: mugsAndCover }))[0]!
})
afterEach(() => shop.close())

const mutation = `mutation R($input: RefundInput!) { refundCreate(input: $input) {
  refund { id note totalRefundedSet { shopMoney { amount } } refundLineItems(first: 5) { nodes { quantity restockType lineItem { id } } } }
  order { displayFinancialStatus } userErrors { field message } } }`

async function refund(input: object): Promise<unknown> {
  const { data, errors } = await shop.ask(mutation, { input: { orderId: order.orderNo, ...input } })
  expect(errors).toEqual([])
  return data.refundCreate
}
const transactions = (amount: string) => [{ amount, gateway: 'alipay', kind: 'REFUND', orderId: order.orderNo }]
const shelf = async () => (await shop.control<ListingState[]>('listings'))[0]!.quantity

test('pieces that have not left come off the order and go back on the shelf', async () => {
  const before = await shelf()
  const [mugs] = order.lines
  const refundLineItems = [{ lineItemId: mugs!.lineNo, quantity: 2, restockType: 'CANCEL' }]
  expect(await refund({ refundLineItems, transactions: transactions('50.00'), note: '少要两个' })).toMatchObject({
    refund: {
      note: '少要两个',
      totalRefundedSet: { shopMoney: { amount: '50.0' } },
      refundLineItems: { nodes: [{ quantity: 2, restockType: 'CANCEL', lineItem: { id: mugs!.lineNo } }] },
    },
    order: { displayFinancialStatus: 'PARTIALLY_REFUNDED' },
    userErrors: [],
  })
  expect(await shelf()).toBe(before + 2)
  expect((await orderOf(shop, order.orderNo)).fulfillmentOrders.nodes[0]!.lineItems.nodes[0]).toMatchObject({
    remainingQuantity: 1,
  })
  expect(await shop.truth(order.orderNo)).toMatchObject({
    refundState: 'partial',
    refundedFen: 5000,
    paidTotalFen: order.paidTotalFen,
    lines: [
      { refundedFen: 5000, refundState: 'success' },
      { refundedFen: 0, refundState: 'none' },
    ],
  })
})

test('money alone may go back, until all of it has', async () => {
  await refund({ transactions: transactions('1.00') })
  expect(await shop.truth(order.orderNo)).toMatchObject({
    refundState: 'partial',
    lines: [{ refundedFen: 0 }, { refundedFen: 0 }],
  })
  const rest = ((order.paidTotalFen - 100) / 100).toFixed(2)
  expect(await refund({ transactions: transactions(rest) })).toMatchObject({
    order: { displayFinancialStatus: 'REFUNDED' },
  })
  expect(await shop.truth(order.orderNo)).toMatchObject({ status: 'closed-refunded', refundState: 'full' })
})

test('what cannot be paid back is refused', async () => {
  const mugs = order.lines[0]!.lineNo
  const cases: readonly (readonly [field: readonly string[], input: object])[] = [
    [['transactions'], { transactions: transactions('99999.00') }],
    [['transactions'], { transactions: transactions('1.005') }],
    [['transactions'], { transactions: [{ ...transactions('1.00')[0], orderId: 'gid://shopify/Order/9' }] }],
    [['refundLineItems', '0', 'quantity'], { refundLineItems: [{ lineItemId: mugs, quantity: 4 }] }],
    [
      ['refundLineItems', '1', 'quantity'],
      {
        refundLineItems: [
          { lineItemId: mugs, quantity: 2 },
          { lineItemId: mugs, quantity: 2 },
        ],
      },
    ],
    [
      ['refundLineItems', '0', 'lineItemId'],
      { refundLineItems: [{ lineItemId: 'gid://shopify/LineItem/9', quantity: 1 }] },
    ],
    [['shipping'], { transactions: transactions('1.00'), shipping: { amount: '9999.00' } }],
    [['orderId'], { orderId: 'gid://shopify/Order/9' }],
    [[], {}],
  ]
  for (const [field, input] of cases)
    expect(await refund(input)).toMatchObject({ refund: null, userErrors: [{ field }] })
  expect(await shop.truth(order.orderNo)).toEqual(order)
})

test('sent pieces are not cancelled', async () => {
  await shop.act({ kind: 'ship-in-back-office', orderNos: [order.orderNo], waybillNo: 'YT1', carrierName: '圆通速递' })
  const pieces = (restockType: string) => [{ lineItemId: order.lines[0]!.lineNo, quantity: 1, restockType }]
  expect(await refund({ refundLineItems: pieces('CANCEL') })).toMatchObject({
    userErrors: [{ field: ['refundLineItems', '0', 'restockType'] }],
  })
  const before = await shelf()
  expect(await refund({ refundLineItems: pieces('RETURN') })).toMatchObject({ userErrors: [] })
  expect(await shelf()).toBe(before + 1)
})

test('a buyer who asks for money makes the merchant hold the goods back, until it is settled', async () => {
  const on = { orderNos: [order.orderNo], lineNo: order.lines[1]!.lineNo }
  await shop.act({ kind: 'refund', ...on })
  expect(await shop.act({ kind: 'refund', ...on })).toEqual([])
  expect(await shop.truth(order.orderNo)).toMatchObject({ status: 'on-hold', refundState: 'none' })
  expect((await orderOf(shop, order.orderNo)).fulfillmentOrders.nodes).toMatchObject([{ status: 'ON_HOLD' }])
  await shop.act({ kind: 'refund', orderNos: [order.orderNo], outcome: 'closed' })
  expect((await shop.truth(order.orderNo)).status).toBe('paid-wait-ship')

  await shop.act({ kind: 'refund', ...on })
  await shop.act({ kind: 'refund', orderNos: [order.orderNo], outcome: 'success' })
  expect(await shop.truth(order.orderNo)).toMatchObject({
    status: 'paid-wait-ship',
    refundState: 'partial',
    refundedFen: order.lines[1]!.paidFen,
    lines: [{ refundState: 'none' }, { refundState: 'success', refundedFen: order.lines[1]!.paidFen }],
  })
})

test('more than was paid is not given by the merchant either', async () => {
  const on = { kind: 'refund', orderNos: [order.orderNo], outcome: 'success' } as const
  expect(await shop.act({ ...on, amountFen: order.paidTotalFen + 1 })).toEqual([])
  expect(await shop.act({ ...on, lineNo: 'gid://shopify/LineItem/9' })).toEqual([])
  await shop.act(on)
  expect(await shop.act(on)).toEqual([])
})
