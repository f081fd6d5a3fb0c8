import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { demoCatalogue } from '../../demo-catalogue.ts'
import type { Counts, ListingState, ReportedShipment, Simulator, Truth } from '../../simulator.ts'
import { type Caller, createCaller } from './caller.ts'
import { start } from './index.ts'
import refundSample from './samples/refund-create.json' with { type: 'json' }
import shipSample from './samples/ship-and-complete.json' with { type: 'json' }
import stockSample from './samples/stock-write.json' with { type: 'json' }

const base = '/wp-json/wc/v3'
const trackings = (orderNo: string, namespace = 'wc-shipment-tracking') =>
  `/wp-json/${namespace}/v3/orders/${orderNo}/shipment-trackings`
const bowl = {
  merchantCode: 'BOWL',
  title: '白瓷盖碗',
  specification: '',
  product: '盖碗',
  priceFen: 6800,
  quantity: 40,
}
const twoMugsAndBowl = [
  { merchantCode: 'MB-1001', quantity: 2 },
  { merchantCode: 'BOWL', quantity: 1 },
]

let simulator: Simulator
let oms: Caller
let order: Truth

beforeEach(async () => {
  simulator = await start({ seed: 7 })
  oms = createCaller(simulator.about.address, simulator.about.credentials)
  await oms.control('clock', { now: Date.parse('2026-10-20T01:00:00Z') })
  await oms.control('listings', [...demoCatalogue, bowl])
  order = (await buy({ count: 1, seed: 4, lines: twoMugsAndBowl }))[0]!
})
afterEach(() => simulator.close())

const buy = async (purchase: object) => (await oms.control<{ orders: Truth[] }>('buy', purchase)).orders
const truthNow = async () => (await oms.control<Truth[]>('orders')).find(({ orderNo }) => orderNo === order.orderNo)!
const listing = async (code: string) =>
  (await oms.control<ListingState[]>('listings')).find(({ merchantCode }) => merchantCode === code)!
const parcels = () => oms.control<ReportedShipment[]>('shipments')
const custom = (number: string) => ({ custom_tracking_provider: '中通快递', tracking_number: number })
const codeOf = (called: { json: <T>() => T }) => called.json<{ code: string }>().code
const namesOf = (value: object) => Object.keys(value).sort()

describe('a shipment', () => {
  test('is written down and the order completed as in the sheet', async () => {
    const [track, complete] = shipSample.calls
    const written = await oms.call('POST', trackings(order.orderNo), { body: track!.request.body })
    expect(written.status).toBe(201)
    expect(written.json()).toEqual({ ...track!.response.body, tracking_id: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect(await truthNow()).toMatchObject({ status: 'partially-shipped', lines: [{ shippedQuantity: 0 }, {}] })

    const done = await oms.call('PUT', `${base}/orders/${order.orderNo}`, { body: complete!.request.body })
    expect(done.json()).toMatchObject({
      status: 'completed',
      date_completed_gmt: '2026-10-20T01:00:00',
      meta_data: [
        {
          key: '_wc_shipment_tracking_items',
          value: [
            {
              tracking_provider: '',
              custom_tracking_provider: '中通快递',
              custom_tracking_link: 'https://track.example/%1$s',
              tracking_number: '73512345678944',
              date_shipped: String(Date.parse('2026-10-21T00:00:00Z') / 1000),
            },
          ],
        },
      ],
    })
    expect(await truthNow()).toMatchObject({
      status: 'completed',
      lines: [{ shippedQuantity: 2 }, { shippedQuantity: 1 }],
    })
    expect(await parcels()).toMatchObject([
      { orderNo: order.orderNo, carrier: '中通快递', waybillNo: '73512345678944', times: 1, lines: [] },
    ])
  })

  test('told twice is there twice', async () => {
    await oms.call('POST', trackings(order.orderNo), { body: custom('ZT1') })
    await oms.call('POST', trackings(order.orderNo), { body: custom('ZT1') })
    expect((await oms.call('GET', trackings(order.orderNo))).json()).toHaveLength(2)
    expect(await parcels()).toMatchObject([{ waybillNo: 'ZT1', times: 2 }])
  })

  test('gets another number by writing a new one and dropping the old', async () => {
    const { tracking_id } = (await oms.call('POST', trackings(order.orderNo), { body: custom('ZT1') })).json<{
      tracking_id: string
    }>()
    await oms.call('POST', trackings(order.orderNo), { body: custom('ZT2') })
    expect((await oms.call('DELETE', `${trackings(order.orderNo)}/${tracking_id}`)).status).toBe(200)
    expect(await parcels()).toMatchObject([{ waybillNo: 'ZT2' }])
    expect((await oms.call('GET', `${trackings(order.orderNo)}/${tracking_id}`)).status).toBe(404)
  })

  test.each([
    { when: 'no number', body: { custom_tracking_provider: '中通快递' }, code: 'rest_missing_callback_param' },
    { when: 'no carrier', body: { tracking_number: 'ZT1' }, code: 'rest_missing_callback_param' },
    {
      when: 'a carrier that is not listed',
      body: { tracking_number: 'ZT1', tracking_provider: '中通快递' },
      code: 'rest_invalid_param',
    },
    { when: 'a day that is none', body: { ...custom('ZT1'), date_shipped: '21.10.2026' }, code: 'rest_invalid_param' },
  ])('with $when is refused', async ({ body, code }) => {
    const answer = await oms.call('POST', trackings(order.orderNo), { body })
    expect([answer.status, codeOf(answer)]).toEqual([400, code])
    expect(await parcels()).toEqual([])
  })

  test('of an unknown order is refused', async () => {
    const answer = await oms.call('POST', trackings('999999'), { body: custom('ZT1') })
    expect([answer.status, codeOf(answer)]).toEqual([404, 'woocommerce_rest_shop_order_invalid_id'])
  })

  test('by a carrier of the list has its link', async () => {
    const body = { tracking_provider: 'UPS', tracking_number: '1Z9' }
    const written = await oms.call('POST', trackings(order.orderNo), { body })
    expect(written.json()).toMatchObject({
      tracking_provider: 'UPS',
      tracking_link: 'https://track.example/ups/1Z9',
      date_shipped: '2026-10-20',
    })
  })

  test('from the back office is in the order and is no report', async () => {
    const act = { kind: 'ship-in-back-office', orderNos: [order.orderNo], waybillNo: 'YT1', carrierName: '圆通速递' }
    expect(await oms.control('act', act)).toEqual({ changed: [order.orderNo] })
    expect((await oms.call('GET', trackings(order.orderNo))).json()).toMatchObject([
      { tracking_provider: '圆通速递', tracking_number: 'YT1' },
    ])
    expect([(await truthNow()).status, await parcels()]).toEqual(['completed', []])
  })
})

test('the extensions are told by their routes and namespaces', async () => {
  const providers = (namespace: string) => oms.call('GET', `${trackings(order.orderNo, namespace)}/providers`)
  const namespaces = async () =>
    (await oms.call('GET', '/wp-json/', { headers: {} })).json<{ namespaces: string[] }>().namespaces
  expect([(await providers('wc-shipment-tracking')).status, (await providers('wc-ast')).status]).toEqual([200, 404])
  expect(await namespaces()).not.toContain('wc-ast/v3')

  await oms.control('plugins', { tracking: 'ast' })
  expect([(await providers('wc-shipment-tracking')).status, (await providers('wc-ast')).status]).toEqual([404, 200])
  expect(await namespaces()).toContain('wc-ast/v3')

  await oms.control('plugins', { tracking: 'none' })
  const gone = await providers('wc-ast')
  expect([gone.status, codeOf(gone)]).toEqual([404, 'rest_no_route'])
  await expect(oms.control('plugins', { tracking: 'magic' })).rejects.toThrow('tracking is one of')
})

test('Advanced Shipment Tracking completes and replaces in one call', async () => {
  await oms.control('plugins', { tracking: 'ast' })
  const way = trackings(order.orderNo, 'wc-ast')
  await oms.call('POST', way, { body: custom('ZT1') })
  await oms.call('POST', way, { body: { ...custom('ZT2'), status_shipped: 1, replace_tracking: 1 } })
  expect((await oms.call('GET', way)).json()).toMatchObject([{ tracking_number: 'ZT2' }])
  expect((await truthNow()).status).toBe('completed')
})

describe('stock', () => {
  test('of a simple product and of variations is set as in the sheet', async () => {
    const mug = await listing('MB-1001')
    const { itemNo } = await listing('BOWL')
    const [simple, batch] = stockSample.calls
    const set = (await oms.call('PUT', `${base}/products/${itemNo}`, { body: simple!.request.body })).json<object>()
    const known = { ...simple!.response.body, id: Number(itemNo), sku: 'BOWL' }
    expect(set).toMatchObject(known)

    const wanted = { manage_stock: true, stock_quantity: 0 }
    const body = {
      update: [
        { id: Number(mug.skuNo), ...wanted },
        { id: 4999, ...wanted },
      ],
    }
    const answer = await oms.call('POST', `${base}/products/${mug.itemNo}/variations/batch`, { body })
    const [good, bad] = batch!.response.body.update!
    expect(answer.status).toBe(200)
    expect(answer.json()).toMatchObject({ update: [{ ...good, id: Number(mug.skuNo), sku: 'MB-1001' }, bad] })
    expect(await listing('MB-1001')).toMatchObject({
      quantity: 0,
      pushes: 1,
      pushedAt: Date.parse('2026-10-20T01:00:00Z'),
    })
    expect(await listing('BOWL')).toMatchObject({ quantity: 37, pushes: 1 })
  })

  test('follows its own rules: back orders, management off, text for a number', async () => {
    const { itemNo } = await listing('BOWL')
    const set = async (body: object) => (await oms.call('PUT', `${base}/products/${itemNo}`, { body })).json<object>()
    expect(await set({ stock_quantity: '0', backorders: 'notify' })).toMatchObject({
      stock_quantity: 0,
      stock_status: 'onbackorder',
    })
    expect(await set({ manage_stock: false })).toMatchObject({
      manage_stock: false,
      stock_quantity: null,
      stock_status: 'instock',
    })
    expect(await set({ stock_quantity: 9 })).toMatchObject({ stock_quantity: null })
    expect(await set({ stock_quantity: 1.5, manage_stock: true })).toMatchObject({ code: 'rest_invalid_param' })
  })

  test.each([
    { way: (mug: ListingState) => `/products/${mug.skuNo}`, code: 'woocommerce_rest_invalid_product_id' },
    { way: () => '/products/999999', code: 'woocommerce_rest_product_invalid_id' },
    {
      way: (mug: ListingState) => `/products/${mug.itemNo}/variations/999999`,
      code: 'woocommerce_rest_product_variation_invalid_id',
    },
  ])('by a wrong way is refused with $code', async ({ way, code }) => {
    const answer = await oms.call('PUT', base + way(await listing('MB-1001')), { body: { stock_quantity: 1 } })
    expect([answer.status, codeOf(answer)]).toEqual([404, code])
  })

  test('of more than a hundred at once breaks a limit', async () => {
    const body = { update: Array.from({ length: 101 }, (_, id) => ({ id, stock_quantity: 1 })) }
    const answer = await oms.call('POST', `${base}/products/batch`, { body })
    expect([answer.status, codeOf(answer)]).toEqual([413, 'woocommerce_rest_request_entity_too_large'])
    expect((await oms.control<Counts>('counts')).violations).toBe(1)
  })
})

test('products list their variations, and a SKU finds either', async () => {
  const answer = await oms.call('GET', `${base}/products?per_page=100&orderby=id&order=asc`)
  const products = answer.json<{ id: number; type: string; sku: string; variations: number[] }[]>()
  const shown = await oms.control<ListingState[]>('listings')
  expect(products.map(({ id }) => String(id))).toEqual([...new Set(shown.map(({ itemNo }) => itemNo))])
  const mugs = products.find(({ variations }) => variations.length === 3)!
  expect(mugs).toMatchObject({ type: 'variable', sku: '', manage_stock: false })
  const variations = await oms.call('GET', `${base}/products/${mugs.id}/variations?per_page=2`)
  expect(variations.headers.get('x-wp-total')).toBe('3')
  expect(variations.json()).toMatchObject([{ attributes: [{ name: '颜色', option: '米白' }] }, {}])

  const found = (await oms.call('GET', `${base}/products?sku=MB-1001,BOWL,NO-SUCH`)).json()
  const { itemNo, skuNo } = await listing('MB-1001')
  expect(found).toMatchObject([
    { id: Number(skuNo), parent_id: Number(itemNo), type: 'variation', price: '49.00' },
    { sku: 'BOWL', parent_id: 0, type: 'simple', stock_quantity: 39 },
  ])
})

describe('a refund', () => {
  const refund = (body: object) => oms.call('POST', `${base}/orders/${order.orderNo}/refunds`, { body })
  const lineOf = (place: number) => order.lines[place]!

  test('of one line answers as in the sheet, and what was paid stays', async () => {
    const line = lineOf(1)
    const body = {
      ...refundSample.request.body,
      line_items: [{ id: Number(line.lineNo), quantity: 1, refund_total: 39 }],
    }
    const answer = await refund(body)
    const theirs = refundSample.response.body
    expect(answer.status).toBe(201)
    const ours = answer.json<typeof theirs>()
    expect(namesOf(ours)).toEqual(expect.arrayContaining(namesOf(theirs)))
    expect(namesOf(ours.line_items[0]!)).toEqual(expect.arrayContaining(namesOf(theirs.line_items[0]!)))
    expect(ours).toMatchObject({
      amount: '39.00',
      refunded_payment: false,
      line_items: [{ quantity: -1, total: '-39.00' }],
    })

    const after = await truthNow()
    expect(after).toMatchObject({ refundState: 'partial', refundedFen: 3900, paidTotalFen: order.paidTotalFen })
    expect(after.lines.map(({ refundedFen }) => refundedFen)).toEqual([0, 3900])
    const shown = await oms.call('GET', `${base}/orders/${order.orderNo}`)
    expect(shown.json()).toMatchObject({ refunds: [{ id: ours.id, reason: '破损一罐', total: '-39.00' }] })
    expect((await oms.call('GET', `${base}/orders/${order.orderNo}/refunds/${ours.id}`)).json()).toEqual(ours)
  })

  test('puts pieces back only where it says so', async () => {
    const { quantity } = await listing('BOWL')
    const line_items = [{ id: Number(lineOf(1).lineNo), quantity: 1, refund_total: '1.00' }]
    await refund({ amount: '1.00', line_items, api_restock: false, api_refund: false })
    expect((await listing('BOWL')).quantity).toBe(quantity)
    await refund({ amount: '1.00', line_items })
    expect((await listing('BOWL')).quantity).toBe(quantity + 1)
  })

  test('of the last fen makes the order refunded', async () => {
    const amount = (order.paidTotalFen / 100).toFixed(2)
    await refund({ amount })
    expect(await truthNow()).toMatchObject({
      status: 'closed-refunded',
      refundState: 'full',
      refundedFen: order.paidTotalFen,
    })
  })

  test.each([
    { when: 'no amount', body: {}, status: 400, code: 'rest_missing_callback_param' },
    { when: 'an amount of nothing', body: { amount: '0' }, status: 400, code: 'woocommerce_rest_invalid_order_refund' },
    { when: 'parts of a fen', body: { amount: '1.001' }, status: 400, code: 'woocommerce_rest_invalid_order_refund' },
    {
      when: 'more than was paid',
      body: { amount: '99999' },
      status: 500,
      code: 'woocommerce_rest_cannot_create_order_refund',
    },
    {
      when: 'a line of another',
      body: { amount: '1', line_items: [{ id: 1 }] },
      status: 400,
      code: 'woocommerce_rest_invalid_item_id',
    },
  ])('with $when is refused', async ({ body, status, code }) => {
    const answer = await refund(body)
    expect([answer.status, codeOf(answer)]).toEqual([status, code])
    expect((await truthNow()).refundedFen).toBe(0)
  })

  test('through a bank has no gateway', async () => {
    const open = await buy({ count: 9, seed: 2, pay: 'unpaid' })
    const orderNos = open.map(({ orderNo }) => orderNo)
    await oms.control('act', { kind: 'pay', orderNos })
    const answers = await Promise.all(
      orderNos.map((no) => oms.call('POST', `${base}/orders/${no}/refunds`, { body: { amount: '1' } })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 500]))
  })
})

test('a buyer who asks money back puts the order on hold; the answer takes it further', async () => {
  const lineNo = order.lines[0]!.lineNo
  const act = (more: object) =>
    oms.control<{ changed: string[] }>('act', { kind: 'refund', orderNos: [order.orderNo], ...more })
  expect((await act({ lineNo, amountFen: 500 })).changed).toEqual([order.orderNo])
  expect(await truthNow()).toMatchObject({ status: 'on-hold', refundState: 'none', refundedFen: 0 })
  expect((await act({ amountFen: 1 })).changed).toEqual([])
  await act({ outcome: 'closed' })
  expect((await truthNow()).status).toBe('paid-wait-ship')

  await act({ lineNo, amountFen: 500 })
  await act({ outcome: 'success' })
  expect(await truthNow()).toMatchObject({
    status: 'paid-wait-ship',
    refundState: 'partial',
    refundedFen: 500,
    lines: [{ refundedFen: 500 }, {}],
  })
  expect((await act({ outcome: 'success', amountFen: 10_000_000 })).changed).toEqual([])
  await act({ outcome: 'success' })
  const after = await truthNow()
  expect(after).toMatchObject({ status: 'closed-refunded', refundState: 'full', refundedFen: order.paidTotalFen })
  expect(after.lines.map(({ refundedFen }) => refundedFen)).toEqual(after.lines.map(({ paidFen }) => paidFen))
})

test('orders are changed and trashed in a batch, each for itself', async () => {
  const [other] = await buy({ count: 1, seed: 5 })
  const body = {
    update: [
      { id: Number(order.orderNo), status: 'completed' },
      { id: 1, status: 'completed' },
    ],
    delete: [Number(other!.orderNo)],
  }
  const answer = await oms.call('POST', `${base}/orders/batch`, { body })
  expect(answer.json()).toMatchObject({
    update: [{ status: 'completed' }, { id: 1, error: { code: 'woocommerce_rest_shop_order_invalid_id' } }],
    delete: [{ id: Number(other!.orderNo) }],
  })
})

test('what is not JSON, or not called so, is not read as JSON', async () => {
  const send = (body: string, type: string) =>
    fetch(`${simulator.about.address}${base}/orders/${order.orderNo}`, {
      method: 'PUT',
      headers: {
        authorization: `Basic ${btoa(`${simulator.about.credentials['consumerKey']}:${simulator.about.credentials['consumerSecret']}`)}`,
        'content-type': type,
      },
      body,
    })
  expect((await send('{"status":', 'application/json')).status).toBe(400)
  expect(await (await send('{"status":"completed"}', 'text/plain')).json()).toMatchObject({ status: 'processing' })
  expect(await (await send('status=completed', 'application/x-www-form-urlencoded')).json()).toMatchObject({
    status: 'completed',
  })
})
