import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Truth } from '../../simulator.ts'
import { type Caller, makeOut, move, mugsAndCover, openCaller, orderOf } from './caller.ts'
import sample from './samples/orders.json' with { type: 'json' }

let shop: Caller
let order: Truth
beforeEach(async () => {
  shop = await openCaller()
  order = (await shop.buy({ lines: mugsAndCover }))[0]!
})
afterEach(() => shop.close())

const mugs = () => order.lines[0]!.lineNo
const cover = () => order.lines[1]!.lineNo
const shipped = async () => (await shop.truth(order.orderNo)).lines.map(({ shippedQuantity }) => shippedQuantity)

test('the two calls of the sheet ship an order', async () => {
  const [add, ship] = sample.ship.steps
  const { i } = add!.variables as { readonly i: { readonly handler: object } }
  const lines = order.lines.map(({ lineNo, quantity }) => ({ orderLineId: lineNo, quantity }))
  const made = await shop.ask<{ addFulfillmentToOrder: { id: string } }>(add!.query, { i: { ...i, lines } })
  expect(made.data.addFulfillmentToOrder).toEqual({
    __typename: 'Fulfillment',
    id: expect.any(String),
    state: 'Pending',
    trackingCode: '73512345678944',
  })
  expect(await shipped()).toEqual([0, 0])
  expect(await shop.control('shipments')).toEqual([])
  expect((await orderOf(shop, order.orderNo)).state).toBe('PaymentSettled')

  const { id } = made.data.addFulfillmentToOrder
  const sent = await shop.ask(ship!.query, { id, s: 'Shipped' })
  expect(sent.data).toEqual({ transitionFulfillmentToState: { __typename: 'Fulfillment', id, state: 'Shipped' } })
  expect(await shipped()).toEqual([3, 1])
  expect(await shop.truth(order.orderNo)).toMatchObject({ status: 'shipped' })
  expect(await shop.control('shipments')).toMatchObject([
    {
      orderNo: order.orderNo,
      carrier: '中通快递',
      waybillNo: '73512345678944',
      times: 1,
      lines: [{}, { quantity: 1 }],
    },
  ])
})

test('pieces leave one after the other, and an order is delivered when all have arrived', async () => {
  const first = await makeOut(shop, [[mugs(), 1]])
  await move(shop, first.id!, 'Shipped')
  expect(await shop.truth(order.orderNo)).toMatchObject({ status: 'partially-shipped' })
  const rest = await makeOut(
    shop,
    [
      [mugs(), 1],
      [mugs(), 1],
      [cover(), 1],
    ],
    { number: 'ZT2' },
  )
  await move(shop, rest.id!, 'Shipped')
  expect(await shipped()).toEqual([3, 1])
  expect(await shop.control('states', { orderNos: [order.orderNo], state: 'PartiallyDelivered' })).toEqual({
    changed: [order.orderNo],
  })
  expect(await shop.truth(order.orderNo)).toMatchObject({ status: 'shipped' })
  await move(shop, rest.id!, 'Delivered')
  expect((await orderOf(shop, order.orderNo)).state).toBe('Delivered')
  expect(await shop.control('shipments')).toHaveLength(2)
})

test('delivered in part it is shipped in part, while goods are still here', async () => {
  const { id } = await makeOut(shop, [[mugs(), 1]])
  await move(shop, id!, 'Shipped')
  const step = { orderNos: [order.orderNo], state: 'PartiallyDelivered' }
  expect(await shop.control('states', step)).toEqual({ changed: step.orderNos })
  expect((await orderOf(shop, order.orderNo)).state).toBe('PartiallyDelivered')
  expect(await shop.truth(order.orderNo)).toMatchObject({ status: 'partially-shipped' })
  expect(await shop.control('states', step)).toEqual({ changed: [] })
})

test.each([
  { what: 'nothing', pieces: 0, expected: 'EMPTY_ORDER_LINE_SELECTION_ERROR' },
  { what: 'more than there is', pieces: 4, expected: 'ITEMS_ALREADY_FULFILLED_ERROR' },
  { what: 'less than a piece', pieces: -1, expected: 'CREATE_FULFILLMENT_ERROR' },
])('of $what no parcel is made: $expected', async ({ pieces, expected }) => {
  expect(await makeOut(shop, [[mugs(), pieces]])).toMatchObject({ errorCode: expected })
})

test('a parcel made out is not made out again, though it has not left', async () => {
  await makeOut(shop, [[mugs(), 3]])
  expect(await makeOut(shop, [[mugs(), 1]])).toMatchObject({
    __typename: 'ItemsAlreadyFulfilledError',
    errorCode: 'ITEMS_ALREADY_FULFILLED_ERROR',
  })
})

test('no other handler is known, two orders make no parcel, and a line that nobody has is an error', async () => {
  expect(await makeOut(shop, [[mugs(), 1]], { code: 'dhl' })).toMatchObject({
    errorCode: 'INVALID_FULFILLMENT_HANDLER_ERROR',
  })
  const [other] = await shop.buy({ lines: mugsAndCover })
  const lines = [mugs(), other!.lines[0]!.lineNo].map((line) => [line, 1] as const)
  expect(await makeOut(shop, lines)).toMatchObject({ errorCode: 'CREATE_FULFILLMENT_ERROR' })
  await expect(makeOut(shop, [['9', 1]])).rejects.toThrow('ENTITY_NOT_FOUND')
  await expect(move(shop, '9', 'Shipped')).rejects.toThrow('ENTITY_NOT_FOUND')
})

test.each(['ArrangingPayment', 'PaymentAuthorized', 'Modifying'])('what is %s is not sent', async (state) => {
  await shop.control('states', { orderNos: [order.orderNo], state })
  expect(await makeOut(shop, [[mugs(), 1]])).toMatchObject({ errorCode: 'FULFILLMENT_STATE_TRANSITION_ERROR' })
  expect(await shop.control('shipments')).toEqual([])
})

test('what is cancelled is not sent', async () => {
  await shop.act({ kind: 'close', orderNos: [order.orderNo] })
  expect(await makeOut(shop, [[mugs(), 1]])).toMatchObject({ errorCode: 'FULFILLMENT_STATE_TRANSITION_ERROR' })
})

test('what is not there is not sent', async () => {
  const [wanting] = await shop.buy({ lines: [{ merchantCode: 'MB-4002', quantity: 13 }], ignoreStock: true })
  expect(await makeOut(shop, [[wanting!.lines[0]!.lineNo, 13]])).toMatchObject({
    errorCode: 'INSUFFICIENT_STOCK_ON_HAND_ERROR',
  })
})

test('a parcel goes only where it may, and not twice', async () => {
  const { id } = await makeOut(shop, [[mugs(), 3]])
  expect(await move(shop, id!, 'Created')).toMatchObject({ fromState: 'Pending', toState: 'Created' })
  await move(shop, id!, 'Shipped')
  expect(await move(shop, id!, 'Shipped')).toMatchObject({ errorCode: 'FULFILLMENT_STATE_TRANSITION_ERROR' })
})

test('a parcel that is taken back was never reported, and its pieces are to be sent again', async () => {
  const { id } = await makeOut(shop, [[mugs(), 3]])
  await move(shop, id!, 'Shipped')
  await move(shop, id!, 'Cancelled')
  expect([await shipped(), await shop.control('shipments')]).toEqual([[0, 0], []])
  const again = await makeOut(shop, [[mugs(), 3]], { number: 'ZT2' })
  expect(again.state).toBe('Pending')
})

test('one number told twice of the same line is one parcel that was doubled', async () => {
  for (const pieces of [1, 2]) {
    const { id } = await makeOut(shop, [[mugs(), pieces]])
    await move(shop, id!, 'Shipped')
  }
  expect(await shop.control('shipments')).toMatchObject([{ waybillNo: 'ZT1', times: 2, lines: [{ quantity: 3 }] }])
})

test('the call names no order: lines of another order ship that one', async () => {
  const [other] = await shop.buy({ lines: mugsAndCover })
  const { id } = await makeOut(shop, [[other!.lines[0]!.lineNo, 3]])
  await move(shop, id!, 'Shipped')
  expect(await shipped()).toEqual([0, 0])
  expect(await shop.control('shipments')).toMatchObject([{ orderNo: other!.orderNo }])
})

test('the shop ships behind our back whatever is in no parcel yet, and that is no report', async () => {
  await makeOut(shop, [[mugs(), 3]])
  const act = {
    kind: 'ship-in-back-office',
    orderNos: [order.orderNo],
    waybillNo: 'YT1',
    carrierName: '圆通速递',
  } as const
  expect(await shop.act(act)).toEqual([order.orderNo])
  expect(await shop.act(act)).toEqual([])
  const { fulfillments } = await orderOf(shop, order.orderNo)
  expect(fulfillments.map(({ state, method, trackingCode }) => [state, method, trackingCode])).toEqual([
    ['Pending', '中通快递', 'ZT1'],
    ['Shipped', '圆通速递', 'YT1'],
  ])
  expect(await shop.control('shipments')).toEqual([])
})
