import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ReportedShipment } from '../../simulator.ts'
import { type Caller, mugsAndCover, openCaller, orderOf } from './caller.ts'
import sample from './samples/fulfillment-create.json' with { type: 'json' }

let shop: Caller
beforeEach(async () => {
  shop = await openCaller()
})
afterEach(() => shop.close())

interface Payload {
  readonly fulfillment: {
    readonly id: string
    readonly status: string
    readonly trackingInfo: readonly object[]
  } | null
  readonly userErrors: readonly { readonly field: readonly string[]; readonly message: string }[]
}

const trackingInfo = { company: 'ZTO Express', number: '73512345678944', url: 'https://track.example/73512345678944' }

/** Sends pieces of fulfilment orders, by the mutation of the sheet. */
async function send(parts: readonly object[], tracking: object = trackingInfo): Promise<Payload> {
  const fulfillment = { lineItemsByFulfillmentOrder: parts, notifyCustomer: true, trackingInfo: tracking }
  const { data, errors } = await shop.ask<{ fulfillmentCreate: Payload }>(sample.request.body.query, { fulfillment })
  expect(errors).toEqual([])
  return data.fulfillmentCreate
}
const partOf = (fulfillmentOrderId: string, lines: readonly (readonly [id: string, quantity: number])[] = []) => ({
  fulfillmentOrderId,
  fulfillmentOrderLineItems: lines.map(([id, quantity]) => ({ id, quantity })),
})
const reported = () => shop.control<ReportedShipment[]>('shipments')

async function bought(lines: readonly object[] = mugsAndCover) {
  const [truth] = await shop.buy({ lines: lines as typeof mugsAndCover })
  const { fulfillmentOrders } = await orderOf(shop, truth!.orderNo)
  const [first] = fulfillmentOrders.nodes
  return {
    orderNo: truth!.orderNo,
    lineNos: truth!.lines.map(({ lineNo }) => lineNo),
    order: first!,
    all: fulfillmentOrders.nodes,
  }
}

test('a parcel with everything is answered as in the sheet, and closes what was to be sent', async () => {
  const { orderNo, lineNos, order } = await bought()
  const payload = await send([
    partOf(
      order.id,
      order.lineItems.nodes.map((line) => [line.id, line.remainingQuantity]),
    ),
  ])
  const [accepted] = sample.responses
  expect(payload).toEqual({ ...accepted!.body.data.fulfillmentCreate })
  expect(await orderOf(shop, orderNo)).toMatchObject({
    displayFulfillmentStatus: 'FULFILLED',
    fulfillmentOrders: { nodes: [{ status: 'CLOSED' }] },
    fulfillments: [{ trackingInfo: [trackingInfo] }],
  })
  expect(await shop.truth(orderNo)).toMatchObject({
    status: 'shipped',
    lines: [{ shippedQuantity: 3 }, { shippedQuantity: 1 }],
  })
  expect(await reported()).toMatchObject([
    {
      orderNo,
      carrier: 'ZTO Express',
      waybillNo: '73512345678944',
      lines: [
        { lineNo: lineNos[0], quantity: 3 },
        { lineNo: lineNos[1], quantity: 1 },
      ],
      times: 1,
    },
  ])
})

test('told again it is refused in the words of the sheet, and leaves once', async () => {
  const { order } = await bought()
  await send([partOf(order.id)])
  const { fulfillment, userErrors } = await send([partOf(order.id)])
  const [, refused] = sample.responses
  expect(fulfillment).toBeNull()
  expect(userErrors).toEqual(refused!.body.data.fulfillmentCreate.userErrors)
  expect(await reported()).toHaveLength(1)
})

test('a part of a line goes first, the rest follows', async () => {
  const { orderNo, order } = await bought()
  const [mugs, cover] = order.lineItems.nodes
  await send([partOf(order.id, [[mugs!.id, 1]])], { number: 'ZT1', company: 'ZTO Express' })
  expect(await orderOf(shop, orderNo)).toMatchObject({
    displayFulfillmentStatus: 'PARTIALLY_FULFILLED',
    fulfillmentOrders: {
      nodes: [{ status: 'IN_PROGRESS', lineItems: { nodes: [{ remainingQuantity: 2 }, { remainingQuantity: 1 }] } }],
    },
  })
  expect((await shop.truth(orderNo)).status).toBe('partially-shipped')
  await send(
    [
      partOf(order.id, [
        [mugs!.id, 2],
        [cover!.id, 1],
      ]),
    ],
    { number: 'ZT2', company: 'ZTO Express' },
  )
  expect((await shop.truth(orderNo)).status).toBe('shipped')
  expect((await reported()).map(({ waybillNo, times }) => [waybillNo, times])).toEqual([
    ['ZT1', 1],
    ['ZT2', 1],
  ])
})

test('a parcel told twice with another part of the same line shows as doubled', async () => {
  const { order } = await bought()
  const [mugs] = order.lineItems.nodes
  for (const _ of [1, 2]) await send([partOf(order.id, [[mugs!.id, 1]])])
  expect(await reported()).toMatchObject([{ times: 2, lines: [{ quantity: 2 }] }])
})

test('what cannot be sent is refused, and nothing leaves', async () => {
  const mine = await bought()
  const other = await bought()
  const [mugs] = mine.order.lineItems.nodes
  const [open] = await shop.buy({ pay: 'unpaid' })
  const openNo = (await orderOf(shop, open!.orderNo)).fulfillmentOrders.nodes[0]!.id
  const foreign = other.order.lineItems.nodes[0]!.id
  const cases: readonly (readonly [message: RegExp, parts: readonly object[]])[] = [
    [/does not exist/, [partOf('gid://shopify/FulfillmentOrder/99')]],
    [/does not exist/, [partOf(mine.order.id, [[foreign, 1]])]],
    [/quantity requested/, [partOf(mine.order.id, [[mugs!.id, 4]])]],
    [
      /quantity requested/,
      [
        partOf(mine.order.id, [
          [mugs!.id, 2],
          [mugs!.id, 2],
        ]),
      ],
    ],
    [/quantity requested/, [partOf(mine.order.id, [[mugs!.id, 0]])]],
    [/same order/, [partOf(mine.order.id), partOf(other.order.id)]],
    [/status= on_hold/, [partOf(openNo)]],
    [/At least one/, []],
  ]
  for (const [message, parts] of cases) {
    const { fulfillment, userErrors } = await send(parts)
    expect(fulfillment).toBeNull()
    expect(userErrors).toMatchObject([{ field: ['fulfillment'], message: expect.stringMatching(message) }])
  }
  expect(await reported()).toEqual([])
})

test('goods at two locations need a call each, and are one parcel', async () => {
  await shop.control('settings', { splitShare: 1 })
  const { orderNo, all } = await bought()
  expect(all).toHaveLength(2)
  const both = await send(all.map(({ id }) => partOf(id)))
  expect(both.userErrors[0]!.message).toMatch(/same location/)
  for (const { id } of all) await send([partOf(id)])
  expect((await shop.truth(orderNo)).status).toBe('shipped')
  expect(await reported()).toMatchObject([{ times: 1, lines: [{ quantity: 3 }, { quantity: 1 }] }])
})

test('a parcel gets another number', async () => {
  const { orderNo, order } = await bought()
  const { fulfillment } = await send([partOf(order.id)])
  const query = `mutation U($id: ID!, $info: FulfillmentTrackingInput!) {
    fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $info, notifyCustomer: false) {
      fulfillment { trackingInfo { number } } userErrors { field message } } }`
  const info = { number: 'SF2', company: 'SF Express' }
  const { data } = await shop.ask(query, { id: fulfillment!.id, info })
  expect(data.fulfillmentTrackingInfoUpdate).toEqual({
    fulfillment: { trackingInfo: [{ number: 'SF2' }] },
    userErrors: [],
  })
  expect(await orderOf(shop, orderNo)).toMatchObject({ fulfillments: [{ trackingInfo: [{ ...info, url: null }] }] })
  expect(await reported()).toMatchObject([{ waybillNo: 'SF2', carrier: 'SF Express', times: 1 }])
  const nobody = await shop.ask(query, { id: 'gid://shopify/Fulfillment/9', info })
  expect(nobody.data.fulfillmentTrackingInfoUpdate).toMatchObject({
    fulfillment: null,
    userErrors: [{ field: ['fulfillmentId'] }],
  })
})

test('the back office ships behind our back, and reports nothing', async () => {
  const { orderNo } = await bought()
  const ship = { kind: 'ship-in-back-office', orderNos: [orderNo], waybillNo: 'YT1', carrierName: '圆通速递' } as const
  expect(await shop.act(ship)).toEqual([orderNo])
  expect(await shop.act(ship)).toEqual([])
  expect((await orderOf(shop, orderNo)).fulfillments).toMatchObject([
    { trackingInfo: [{ number: 'YT1', company: '圆通速递' }] },
  ])
  expect(await reported()).toEqual([])
})

test('a note is written over what the buyer wrote, and a memo has a place of its own', async () => {
  const [order] = await shop.buy({ note: '请放前台' })
  const query = `mutation N($input: OrderInput!) { orderUpdate(input: $input) {
    order { note customAttributes { key value } metafield(namespace: "oms", key: "memo") { value } } userErrors { field message } } }`
  const write = async (input: object) =>
    (await shop.ask(query, { input: { id: order!.orderNo, ...input } })).data.orderUpdate
  expect(await write({ note: '加急' })).toMatchObject({ order: { note: '加急' }, userErrors: [] })
  expect(await shop.truth(order!.orderNo)).toMatchObject({ note: '加急', remark: '' })
  await write({ metafields: [{ namespace: 'oms', key: 'memo', type: 'multi_line_text_field', value: '附贺卡' }] })
  expect(await shop.truth(order!.orderNo)).toMatchObject({ note: '加急', remark: '附贺卡' })
  expect(await write({ customAttributes: [{ key: 'colour', value: '红' }] })).toMatchObject({
    order: { customAttributes: [{ key: 'colour', value: '红' }], metafield: { value: '附贺卡' } },
  })
  expect(await write({ note: '长'.repeat(5001) })).toMatchObject({ order: null, userErrors: [{ field: ['note'] }] })
  expect(await write({ id: 'gid://shopify/Order/9' })).toMatchObject({ order: null, userErrors: [{ field: ['id'] }] })
})
