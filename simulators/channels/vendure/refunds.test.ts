import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Truth } from '../../simulator.ts'
import { type Caller, makeOut, move, mugsAndCover, type Outcome, openCaller, orderOf } from './caller.ts'

let shop: Caller
let order: Truth
let on: { readonly orderNos: readonly string[] }
beforeEach(async () => {
  shop = await openCaller()
  order = (await shop.buy({ lines: mugsAndCover }))[0]!
  on = { orderNos: [order.orderNo] }
})
afterEach(() => shop.close())

const now = () => shop.truth(order.orderNo)
const refundsOf = async () => (await orderOf(shop, order.orderNo)).payments.flatMap(({ refunds }) => refunds)
const paymentId = async () => (await orderOf(shop, order.orderNo)).payments.find(({ state }) => state === 'Settled')!.id

/** A mutation that answers an order, or a refund, or a refusal. */
async function mutate(name: 'cancelOrder' | 'refundOrder' | 'settleRefund', input: string): Promise<Outcome> {
  const thing = name === 'cancelOrder' ? 'Order' : 'Refund'
  const query = `mutation { ${name}(input: { ${input} }) {
    __typename ... on ${thing} { id state } ... on ErrorResult { errorCode } } }`
  const { data, text } = await shop.ask<Partial<Record<typeof name, Outcome>>>(query)
  const outcome = data[name]
  if (outcome === undefined) throw new Error(text)
  return outcome
}

test('a refund that is asked for holds the order, and neither pays nor is told', async () => {
  expect(await shop.act({ kind: 'refund', ...on })).toEqual(on.orderNos)
  expect(await now()).toMatchObject({ status: 'on-hold', refundState: 'none', refundedFen: 0 })
  expect((await orderOf(shop, order.orderNo)).state).toBe('Modifying')
  expect(await shop.act({ kind: 'refund', ...on })).toEqual([])
  await shop.act({ kind: 'refund', ...on, outcome: 'closed' })
  expect(await now()).toMatchObject({ status: 'paid-wait-ship' })
  expect(await shop.act({ kind: 'refund', ...on, outcome: 'closed' })).toEqual([])
})

test('a sum names no goods and cancels none', async () => {
  const [line] = order.lines
  await shop.act({ kind: 'refund', ...on, lineNo: line!.lineNo, amountFen: 101, outcome: 'success' })
  expect(await refundsOf()).toMatchObject([{ state: 'Settled', total: 101, items: 0, adjustment: 101, lines: [] }])
  expect(await now()).toMatchObject({ status: 'paid-wait-ship', refundState: 'partial', refundedFen: 101 })
  expect((await now()).lines[0]).toMatchObject({ refundedFen: 101, refundState: 'success' })
})

test('a whole line names its pieces, and those that have not left are cancelled and on sale again', async () => {
  const shelf = async () => (await shop.control<{ quantity: number }[]>('listings')).map(({ quantity }) => quantity)
  const before = await shelf()
  const { lineNo, paidFen } = order.lines[0]!
  await shop.act({ kind: 'refund', ...on, lineNo, outcome: 'success' })
  expect(await refundsOf()).toMatchObject([
    { total: paidFen, items: paidFen, lines: [{ orderLineId: lineNo, quantity: 3 }] },
  ])
  const { lines, totalWithTax } = await orderOf(shop, order.orderNo)
  expect(lines.map(({ quantity, orderPlacedQuantity }) => [quantity, orderPlacedQuantity])).toEqual([
    [0, 3],
    [1, 1],
  ])
  expect(totalWithTax).toBe(order.paidTotalFen - paidFen)
  expect(await now()).toMatchObject({ paidTotalFen: order.paidTotalFen, refundState: 'partial' })
  expect((await shelf())[0]).toBe(before[0]! + 3)
})

test('pieces that have left stay on the order when they are paid back', async () => {
  const { lineNo } = order.lines[0]!
  const { id } = await makeOut(shop, [[lineNo, 2]])
  await move(shop, id!, 'Shipped')
  await shop.act({ kind: 'refund', ...on, lineNo, outcome: 'success' })
  expect((await orderOf(shop, order.orderNo)).lines[0]).toMatchObject({ quantity: 2, orderPlacedQuantity: 3 })
  expect(await refundsOf()).toMatchObject([{ lines: [{ quantity: 3 }] }])
})

test('everything paid back before it left is a cancelled order, freight and all', async () => {
  await shop.act({ kind: 'refund', ...on, amountFen: 100, outcome: 'success' })
  await shop.act({ kind: 'refund', ...on, outcome: 'success' })
  const { state, totalWithTax, shippingWithTax } = await orderOf(shop, order.orderNo)
  expect([state, totalWithTax]).toEqual(['Cancelled', shippingWithTax])
  expect((await refundsOf()).at(-1)).toMatchObject({ shipping: order.freightFen, adjustment: -100 })
  expect(await now()).toMatchObject({
    status: 'closed-refunded',
    refundState: 'full',
    paidTotalFen: order.paidTotalFen,
    refundedFen: order.paidTotalFen,
    lines: order.lines.map(({ paidFen }) => ({ paidFen, refundedFen: paidFen })),
  })
  expect(await shop.act({ kind: 'close', ...on })).toEqual([])
})

test('everything paid back after it left stays as it was sent', async () => {
  await shop.act({ kind: 'ship-in-back-office', ...on, waybillNo: 'YT1', carrierName: '圆通速递' })
  await shop.act({ kind: 'refund', ...on, outcome: 'success' })
  expect(await now()).toMatchObject({ status: 'shipped', refundState: 'full' })
})

test('a parcel that was only made out is taken back when its goods are cancelled', async () => {
  await makeOut(shop, [[order.lines[0]!.lineNo, 3]])
  await shop.act({ kind: 'close', ...on })
  const { fulfillments, state } = await orderOf(shop, order.orderNo)
  expect([state, fulfillments.map((each) => each.state)]).toEqual(['Cancelled', ['Cancelled']])
})

test('a refund under way is in progress until it is settled, and one that failed is none', async () => {
  const everyLineIs = (refundState: string) => order.lines.map(() => ({ refundState, refundedFen: 0 }))
  await shop.control('refunds', { ...on, state: 'Pending' })
  expect(await now()).toMatchObject({ refundState: 'in-progress', refundedFen: 0, lines: everyLineIs('requested') })
  await shop.control('refunds', { ...on, state: 'Failed' })
  expect(await now()).toMatchObject({ refundState: 'none', refundedFen: 0, lines: everyLineIs('closed') })
  await shop.control('refunds', { ...on, state: 'Pending' })
  const [, { id } = { id: '' }] = await refundsOf()
  expect(await mutate('settleRefund', `id: "${id}", transactionId: "T1"`)).toMatchObject({ state: 'Settled' })
  expect(await mutate('settleRefund', `id: "${id}", transactionId: "T1"`)).toMatchObject({
    errorCode: 'REFUND_STATE_TRANSITION_ERROR',
  })
  expect(await now()).toMatchObject({ refundState: 'full', refundedFen: order.paidTotalFen })
})

test('refundOrder pays a sum, or what pieces cost, and never more than was paid', async () => {
  const payment = `paymentId: "${await paymentId()}"`
  const [mugs] = order.lines
  const lines = `lines: [{ orderLineId: "${mugs!.lineNo}", quantity: 1 }]`
  expect(await mutate('refundOrder', `${payment}, amount: 100`)).toMatchObject({ state: 'Settled' })
  expect(await mutate('refundOrder', `${payment}, ${lines}, reason: "碎了"`)).toMatchObject({ state: 'Settled' })
  expect(await now()).toMatchObject({ refundedFen: 100 + mugs!.paidFen / 3 })
  expect(await mutate('refundOrder', `${payment}, amount: ${order.paidTotalFen}`)).toMatchObject({
    errorCode: 'REFUND_AMOUNT_ERROR',
  })
  expect(await mutate('refundOrder', `${payment}, amount: 0`)).toMatchObject({ errorCode: 'NOTHING_TO_REFUND_ERROR' })
  expect(await mutate('refundOrder', `${payment}, ${lines.replace('quantity: 1', 'quantity: 3')}`)).toMatchObject({
    errorCode: 'QUANTITY_TOO_GREAT_ERROR',
  })
  const [other] = await shop.buy({ lines: mugsAndCover })
  expect(
    await mutate('refundOrder', `${payment}, ${lines.replace(mugs!.lineNo, other!.lines[0]!.lineNo)}`),
  ).toMatchObject({
    errorCode: 'PAYMENT_ORDER_MISMATCH_ERROR',
  })
})

test('cancelOrder takes pieces off and pays nothing back; freight goes where that is wished', async () => {
  const [mugs] = order.lines
  const piece = (quantity: number) =>
    `orderId: "${order.orderNo}", lines: [{ orderLineId: "${mugs!.lineNo}", quantity: ${quantity} }]`
  expect(await mutate('cancelOrder', piece(1))).toMatchObject({ state: 'PaymentSettled' })
  expect(await mutate('cancelOrder', piece(3))).toMatchObject({ errorCode: 'QUANTITY_TOO_GREAT_ERROR' })
  expect(await mutate('cancelOrder', piece(0))).toMatchObject({ errorCode: 'EMPTY_ORDER_LINE_SELECTION_ERROR' })
  expect(await now()).toMatchObject({ refundedFen: 0, paidTotalFen: order.paidTotalFen })
  expect(await mutate('cancelOrder', `orderId: "${order.orderNo}", cancelShipping: true`)).toMatchObject({
    state: 'Cancelled',
  })
  expect((await orderOf(shop, order.orderNo)).totalWithTax).toBe(0)
  expect(await now()).toMatchObject({ status: 'closed-refunded', freightFen: order.freightFen })
})
