import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { ListingState, ReportedShipment, Simulator, Truth } from '../../simulator.ts'
import { type Caller, createCaller } from './caller.ts'
import { start } from './index.ts'
import sample from './samples/orders.json' with { type: 'json' }

let simulator: Simulator
let oms: Caller
let bought: Truth

const lines = [
  { merchantCode: 'MB-1001', quantity: 3 },
  { merchantCode: 'MB-2001', quantity: 1 },
]

beforeEach(async () => {
  simulator = await start({ seed: 3 })
  oms = createCaller(simulator.about.address, simulator.about.credentials)
  await oms.control('listings', demoCatalogue)
  bought = await buyOne({})
})
afterEach(() => simulator.close())

async function buyOne(more: object): Promise<Truth> {
  return (await oms.control<{ orders: [Truth] }>('buy', { count: 1, seed: 1, lines, ...more })).orders[0]
}

interface WireFulfilment {
  readonly id: string
  readonly shipped_at: string | null
  readonly labels: readonly { readonly tracking_number: string }[]
}
interface WireOrder {
  readonly fulfillment_status: string
  readonly fulfillments: readonly WireFulfilment[]
}

const at = (rest: string, { orderNo } = bought) => `/admin/orders/${orderNo}/${rest}`
const post = (path: string, body: object = {}) => oms.call('POST', path, { body })
const orderIn = (answer: { json: <T>() => T }) => answer.json<{ order: WireOrder }>().order
const truth = async () => (await oms.control<Truth[]>('orders')).find(({ orderNo }) => orderNo === bought.orderNo)!
const shipments = () => oms.control<ReportedShipment[]>('shipments')
const itemsOf = (quantities: readonly number[]) =>
  bought.lines.flatMap(({ lineNo: id }, place) =>
    quantities[place]! > 0 ? [{ id, quantity: quantities[place]! }] : [],
  )
const { location_id: _, ...packing } = sample.ship[0]!.body
const labels = sample.ship[1]!.body.labels!

async function pack(quantities: readonly number[], more: object = {}): Promise<string> {
  const location_id = simulator.about.credentials['stockLocationId']
  const answer = await post(at('fulfillments'), { ...packing, location_id, items: itemsOf(quantities), ...more })
  expect(answer.status).toBe(200)
  return orderIn(answer).fulfillments.at(-1)!.id
}
const ship = (id: string, quantities: readonly number[]) =>
  post(at(`fulfillments/${id}/shipments`), { items: itemsOf(quantities), labels })

describe('a shipment takes two calls', () => {
  test('packed is not handed over', async () => {
    await pack([3, 1])
    expect(await truth()).toMatchObject({
      status: 'paid-wait-ship',
      lines: [{ shippedQuantity: 0 }, { shippedQuantity: 0 }],
    })
    expect(await shipments()).toEqual([])
  })

  test('then it is on its way under the label’s number', async () => {
    const id = await pack([3, 1], { metadata: { carrier: 'zto' } })
    const order = orderIn(await ship(id, [3, 1]))
    expect(order).toMatchObject({ fulfillment_status: 'shipped', fulfillments: [{ id, labels }] })
    expect(order.fulfillments[0]!.shipped_at).not.toBeNull()
    expect(await truth()).toMatchObject({ status: 'shipped', lines: [{ shippedQuantity: 3 }, { shippedQuantity: 1 }] })
    expect(await shipments()).toMatchObject([
      { orderNo: bought.orderNo, carrier: 'zto', waybillNo: '73512345678944', times: 1, lines: [{ quantity: 3 }, {}] },
    ])
  })

  test('by parts, and a number told twice is there twice', async () => {
    await ship(await pack([1, 0]), [1, 0])
    expect(await truth()).toMatchObject({ status: 'partially-shipped', lines: [{ shippedQuantity: 1 }, {}] })
    await ship(await pack([2, 1]), [2, 1])
    expect(await truth()).toMatchObject({ status: 'shipped' })
    expect(await shipments()).toMatchObject([{ times: 2 }])
  })

  test('and some time it arrives', async () => {
    const id = await pack([3, 1])
    expect((await post(at(`fulfillments/${id}/mark-as-delivered`))).status).toBe(400)
    await ship(id, [3, 1])
    expect(orderIn(await post(at(`fulfillments/${id}/mark-as-delivered`)))).toMatchObject({
      fulfillment_status: 'delivered',
    })
    expect(await truth()).toMatchObject({ status: 'completed' })
  })

  test('what has arrived in part is under way, unless pieces are still here', async () => {
    const first = await pack([1, 0])
    await ship(first, [1, 0])
    const second = await pack([2, 1])
    expect(orderIn(await post(at(`fulfillments/${first}/mark-as-delivered`)))).toMatchObject({
      fulfillment_status: 'partially_delivered',
    })
    expect(await truth()).toMatchObject({ status: 'partially-shipped' })
    await ship(second, [2, 1])
    expect(await truth()).toMatchObject({ status: 'shipped' })
  })

  test('a fulfilment that is cancelled leaves its pieces to be packed again', async () => {
    const id = await pack([3, 1])
    expect(orderIn(await post(at(`fulfillments/${id}/cancel`)))).toMatchObject({ fulfillment_status: 'canceled' })
    expect((await ship(id, [3, 1])).status).toBe(400)
    await ship(await pack([3, 1]), [3, 1])
    expect(await truth()).toMatchObject({ status: 'shipped' })
  })

  test('nobody asks whether the order is paid', async () => {
    bought = await buyOne({ pay: 'unpaid' })
    await pack([3, 1])
    expect(await truth()).toMatchObject({ status: 'unpaid' })
  })
})

describe('packing is refused', () => {
  const item = (place: number, quantity: number) => ({ id: bought.lines[place]!.lineNo, quantity })
  test.each([
    { why: 'without items', body: () => ({ items: [] }), type: 'invalid_data' },
    { why: 'for none of a line', body: () => ({ items: [item(0, 0)] }), type: 'invalid_data' },
    { why: 'for more than was bought', body: () => ({ items: [item(0, 4)] }), type: 'invalid_data' },
    { why: 'for a line named twice', body: () => ({ items: [item(0, 1), item(0, 1)] }), type: 'invalid_data' },
    {
      why: 'for a line of nobody',
      body: () => ({ items: [{ id: 'ordli_nobody', quantity: 1 }] }),
      type: 'invalid_data',
    },
    { why: 'with a field nobody knows', body: () => ({ items: [item(0, 1)], carrier: 'zto' }), type: 'invalid_data' },
    { why: 'at a place nobody knows', body: () => ({ items: [item(0, 1)], location_id: 'sloc_1' }), type: 'not_found' },
  ])('$why', async ({ body, type }) => {
    const answer = await post(at('fulfillments'), body())
    expect(answer.json()).toMatchObject({ type, message: expect.stringMatching(/./) })
    expect(answer.status).toBe(type === 'not_found' ? 404 : 400)
  })

  test('for an order that was cancelled, or is not there', async () => {
    await oms.control('act', { kind: 'close', orderNos: [bought.orderNo] })
    expect((await post(at('fulfillments'), { items: itemsOf([1, 0]) })).status).toBe(400)
    expect((await post('/admin/orders/order_nobody/fulfillments', { items: itemsOf([1, 0]) })).status).toBe(404)
  })
})

describe('handing over is refused', () => {
  test('a second time', async () => {
    const id = await pack([3, 1])
    await ship(id, [3, 1])
    const again = await ship(id, [3, 1])
    expect([again.status, again.json<{ type: string }>().type]).toEqual([400, 'not_allowed'])
    expect(await shipments()).toMatchObject([{ times: 1 }])
  })

  test('for pieces that are not inside, a fulfilment of nobody, and a label without its texts', async () => {
    const id = await pack([1, 0])
    expect((await ship(id, [2, 0])).status).toBe(400)
    expect((await ship(id, [0, 1])).status).toBe(400)
    expect((await ship('ful_nobody', [1, 0])).status).toBe(404)
    const half = { items: itemsOf([1, 0]), labels: [{ tracking_number: '73512345678944' }] }
    expect((await post(at(`fulfillments/${id}/shipments`), half)).status).toBe(400)
    expect(await shipments()).toEqual([])
  })
})

describe('the back office', () => {
  const act = async (kind: string, more: object = {}) =>
    (await oms.control<{ changed: string[] }>('act', { kind, orderNos: [bought.orderNo], ...more })).changed.length

  test('ships what is here, packed or not, and none of it counts as a report', async () => {
    await pack([1, 0])
    expect(await act('ship-in-back-office', { waybillNo: 'YT7300000001', carrierName: '圆通速递' })).toBe(1)
    expect(await truth()).toMatchObject({ status: 'shipped' })
    expect(await shipments()).toEqual([])
    expect(await act('ship-in-back-office', { waybillNo: 'YT7300000002', carrierName: '圆通速递' })).toBe(0)
  })

  test('an order that is packed can no longer be cancelled, nor go elsewhere', async () => {
    await pack([1, 0])
    expect([await act('close'), await act('change-address', { address: '望湖路8号' })]).toEqual([0, 0])
    expect((await post(at('cancel'))).json()).toMatchObject({ type: 'not_allowed' })
  })

  test('one on its way ends, by delivery or by hand, once', async () => {
    expect(await act('finish')).toBe(0)
    await ship(await pack([3, 1]), [3, 1])
    expect([await act('finish'), await act('finish')]).toEqual([1, 0])
    expect(await truth()).toMatchObject({ status: 'completed' })
  })

  test('completes and archives through the API as well', async () => {
    expect((await post(at('archive'))).status).toBe(400)
    expect((await post(at('complete'))).json()).toMatchObject({ order: { status: 'completed' } })
    expect((await post(at('archive'))).json()).toMatchObject({ order: { status: 'archived' } })
  })
})

test('stock leaves with the packing, so that what may be bought stays the same', async () => {
  const mug = async () =>
    (await oms.control<ListingState[]>('listings')).find(({ merchantCode }) => merchantCode === 'MB-1001')!.quantity
  const level = async () => {
    const target = '/admin/inventory-items?sku[]=MB-1001&fields=*location_levels'
    const { inventory_items } = (await oms.call('GET', target)).json<{
      inventory_items: { location_levels: object[] }[]
    }>()
    return inventory_items[0]!.location_levels[0]
  }
  const quantity = await mug()
  expect(await level()).toMatchObject({
    stocked_quantity: quantity + 3,
    reserved_quantity: 3,
    available_quantity: quantity,
  })
  const id = await pack([3, 0])
  expect(await level()).toMatchObject({ stocked_quantity: quantity, reserved_quantity: 0 })
  await post(at(`fulfillments/${id}/cancel`))
  expect(await level()).toMatchObject({ stocked_quantity: quantity + 3, reserved_quantity: 3 })
  expect(await mug()).toBe(quantity)
})
