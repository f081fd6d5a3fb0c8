import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { answer, refusal } from './tongdan.ts'

/** The inspector over every payload of the samples of own-site.md 3, and over payloads that its rules decide. */
type Fields = Readonly<Record<string, unknown>>
const samples = path.join(import.meta.dirname, 'samples/shopify')
const read = (name: string) => JSON.parse(readFileSync(path.join(samples, `${name}.json`), 'utf8'))

const list = read('orders-query').response.body
const [tea] = list.data.orders.nodes
const event = read('webhook-orders-updated')
const money = (amount: string) => ({ shopMoney: { amount, currencyCode: 'CNY' } })

const inspect = (value: unknown) => answer<ChannelOrder[]>(['inspect', 'orders', 'shopify', '-'], value)
const only = async (change: Fields): Promise<ChannelOrder> => {
  const [order, ...others] = await inspect({ ...tea, ...change })
  expect(others).toEqual([])
  return order!
}

const figures = ({ channelOrderNo, status, paidTotalFen, freightFen, refundedFen, ...order }: ChannelOrder) =>
  [channelOrderNo, status, paidTotalFen, freightFen, order.lines.map((line) => line.paidFen), refundedFen] as const
// Source: own-site.md 1, O3: 236.00 + 58.00 + 8.00.
const expected = ['gid://shopify/Order/5550001', 'paid-wait-ship', 30200, 800, [23600, 5800], 0]

describe.concurrent('inspect orders', () => {
  test.each([
    ['a page of the list', list, [expected]],
    ['what stands below data', list.data, [expected]],
    ['one order', { data: { order: tea } }, [expected]],
    ['an order alone', tea, [expected]],
    ['an event', event.raw_body, [expected]],
    ['several answers at once', [list, tea, JSON.parse(event.raw_body)], [expected, expected, expected]],
    ['an empty page', { data: { orders: { pageInfo: { hasNextPage: false }, nodes: [] } } }, []],
    ['a test order', { ...tea, test: true }, []],
  ])('%s', async (_, given, all) => {
    const orders = await inspect(given)
    expect(orders.map(figures)).toEqual(all)
    expect(orders.flatMap(({ warnings }) => warnings)).toEqual([])
  })

  test('an order tells everything of the standard', async () => {
    expect(await only({})).toMatchObject({
      channel: 'shopify',
      channelStatus: 'PAID/UNFULFILLED',
      currency: 'CNY',
      createdAt: '2026-10-20T01:15:01.000Z',
      modifiedAt: '2026-10-20T01:20:00.000Z',
      payableTotalFen: 30200,
      extraFen: 0,
      discountFen: 3000,
      orderRefundState: 'none',
      mayShipNow: true,
      buyerNote: '请放前台',
      receiver: {
        name: '林晓禾',
        phone: '13800000101',
        raw: { province: 'Zhejiang', city: '杭州市', address: '西湖区示例路 12 号 3 幢 502' },
        standard: { province: '浙江省', city: '杭州市' },
        privacy: 'plain',
      },
      lines: [
        { merchantCode: 'LJ-TJ-250', quantity: 2, listFen: 25600, unitPaidFen: [11800, 11800] },
        { merchantCode: 'GW-BC-01', quantity: 1, listFen: 6800, unitPaidFen: [5800] },
      ],
      remainingToShip: [
        { channelSkuNo: 'gid://shopify/ProductVariant/4103', quantity: 2 },
        { channelSkuNo: 'gid://shopify/ProductVariant/5221', quantity: 1 },
      ],
    })
  })

  test('an event keeps its own numbers of lines and its own words', async () => {
    const [order] = await inspect(event.raw_body)
    expect(order).toMatchObject({
      channelStatus: 'PAID/UNFULFILLED',
      createdAt: '2026-10-20T01:15:02.000Z',
      modifiedAt: '2026-10-20T01:20:00.000Z',
      discountFen: 3000,
      buyerNote: '请放前台',
      lines: [
        { channelLineNo: '91', merchantCode: 'LJ-TJ-250', specification: '250g', listFen: 25600, paidFen: 23600 },
        { channelLineNo: '92', merchantCode: 'GW-BC-01', specification: '', listFen: 6800, paidFen: 5800 },
      ],
    })
  })

  test('an event tells parcels and money that went back', async () => {
    const parcel = { id: 7001, status: 'success', tracking_number: '735', line_items: [{ id: 92, quantity: 1 }] }
    const refund = {
      id: 601,
      transactions: [{ amount: '118.00', kind: 'refund', status: 'success' }],
      refund_line_items: [{ line_item_id: 91, quantity: 1, restock_type: 'cancel', subtotal: 118.0 }],
    }
    const told = { financial_status: 'partially_refunded', fulfillment_status: 'partial' }
    const raw = { ...JSON.parse(event.raw_body), ...told, fulfillments: [parcel], refunds: [refund] }
    expect((await inspect(raw))[0]).toMatchObject({
      status: 'partially-shipped',
      refundedFen: 11800,
      orderRefundState: 'partial',
      lines: [
        { refundedFen: 11800, refundedQuantity: 1 },
        { refundedFen: 0, shippedQuantity: 1 },
      ],
      shipments: [{ waybillNo: '735' }],
    })
  })
})

describe.concurrent('two words and what bears on them', () => {
  const held = { fulfillmentOrders: { nodes: [{ ...tea.fulfillmentOrders.nodes[0], status: 'ON_HOLD' }] } }
  const cancelled = { cancelledAt: '2026-10-20T03:00:00Z' }
  const closed = { closedAt: '2026-10-22T03:00:00Z' }
  test.each<[money: string, goods: string, change: Fields, status: string, paid: number]>([
    ['PENDING', 'UNFULFILLED', {}, 'unpaid', 0],
    ['AUTHORIZED', 'ON_HOLD', {}, 'unpaid', 0],
    ['EXPIRED', 'FULFILLED', {}, 'unpaid', 0],
    ['PARTIALLY_PAID', 'UNFULFILLED', {}, 'on-hold', 0],
    ['PAID', 'OPEN', {}, 'paid-wait-ship', 30200],
    ['PAID', 'SCHEDULED', {}, 'paid-wait-ship', 30200],
    ['PAID', 'ON_HOLD', held, 'on-hold', 30200],
    ['PAID', 'IN_PROGRESS', {}, 'partially-shipped', 30200],
    ['PARTIALLY_REFUNDED', 'PARTIALLY_FULFILLED', {}, 'partially-shipped', 30200],
    ['PAID', 'FULFILLED', {}, 'shipped', 30200],
    ['PAID', 'FULFILLED', closed, 'completed', 30200],
    ['REFUNDED', 'UNFULFILLED', {}, 'closed-refunded', 30200],
    ['VOIDED', 'UNFULFILLED', {}, 'closed-unpaid', 0],
    ['PENDING', 'UNFULFILLED', cancelled, 'closed-unpaid', 0],
    ['PAID', 'UNFULFILLED', cancelled, 'on-hold', 30200],
    ['REFUNDED', 'UNFULFILLED', cancelled, 'closed-refunded', 30200],
  ])('%s/%s with %j is %s', async (displayFinancialStatus, displayFulfillmentStatus, change, status, paid) => {
    const order = await only({ displayFinancialStatus, displayFulfillmentStatus, ...change })
    expect([order.status, order.paidTotalFen, order.payableTotalFen]).toEqual([status, paid, 30200])
    if (paid === 0) expect([order.freightFen, ...order.lines.map((line) => line.paidFen)]).toEqual([0, 0, 0])
  })

  test.each([
    [{ displayFinancialStatus: 'PAID_TWICE' }, 'unknown-status:PAID_TWICE'],
    [{ displayFulfillmentStatus: 'TELEPORTED' }, 'unknown-status:TELEPORTED'],
  ])('%j stops the order', async (change, warning) => {
    const order = await only(change)
    expect(order).toMatchObject({ status: 'on-hold', mayShipNow: false })
    expect(order.warnings).toContain(warning)
  })
})

describe.concurrent('what the samples do not show', () => {
  test('a field nobody knows is named and harms nothing', async () => {
    const order = await only({ giftWrap: true })
    expect([order.paidTotalFen, order.warnings]).toEqual([30200, ['unknown-field:order.giftWrap']])
  })

  test('numbers beyond 2^53 and texts beyond the alphabet keep every character', async () => {
    const id = 'gid://shopify/Order/90071992547409931234'
    expect(await only({ id, note: '🍵 请放前台' })).toMatchObject({ channelOrderNo: id, buyerNote: '🍵 请放前台' })
    const raw = event.raw_body.replaceAll('"id":91,', '"id":9007199254740993,')
    expect((await inspect(raw))[0]!.lines[0]!.channelLineNo).toBe('9007199254740993')
  })

  test('no address, note, code or variant is none', async () => {
    const [first] = tea.lineItems.nodes
    const lineItems = { nodes: [{ ...first, sku: null, variant: null }] }
    expect(await only({ note: '', shippingAddress: null, lineItems })).toMatchObject({
      buyerNote: null,
      receiver: { name: '', privacy: 'absent' },
      lines: [{ merchantCode: null, channelSkuNo: '' }],
      warnings: ['amount-mismatch'],
    })
  })

  test('a name in two parts is put together the Chinese way', async () => {
    const shippingAddress = { ...tea.shippingAddress, name: '晓禾 林', firstName: '晓禾', lastName: '林' }
    expect((await only({ shippingAddress })).receiver.name).toBe('林晓禾')
  })

  test('tax on top belongs to its line', async () => {
    const [first, second] = tea.lineItems.nodes
    const taxed = { ...first, taxLines: [{ priceSet: money('14.16') }] }
    const change = { taxesIncluded: false, totalPriceSet: money('316.16'), lineItems: { nodes: [taxed, second] } }
    const order = await only(change)
    expect([order.paidTotalFen, order.lines[0]!.paidFen, order.warnings]).toEqual([31616, 25016, []])
  })

  test.each([
    ['a part of a line', '118.0', [11800, 0], 'partial'],
    ['less than the goods had cost', '100.0', [10000, 0], 'partial'],
  ])('a refund of %s', async (_, sum, refunded, orderRefundState) => {
    const row = { quantity: 1, subtotalSet: money('118.0'), lineItem: { id: 'gid://shopify/LineItem/91' } }
    const refunds = [{ id: 'r', totalRefundedSet: money(sum), refundLineItems: { nodes: [row] } }]
    const order = await only({
      displayFinancialStatus: 'PARTIALLY_REFUNDED',
      totalRefundedSet: money(sum),
      refunds,
    })
    expect(order.lines.map(({ refundedFen }) => refundedFen)).toEqual(refunded)
    expect(order).toMatchObject({ orderRefundState, paidTotalFen: 30200 })
  })

  test('a refund that names no goods is the order’s', async () => {
    const change = { displayFinancialStatus: 'PARTIALLY_REFUNDED', totalRefundedSet: money('5.0') }
    const order = await only({ ...change, refunds: [{ id: 'r', totalRefundedSet: money('5.0') }] })
    expect(order).toMatchObject({ refundedFen: 500, orderRefundState: 'partial', warnings: ['refund-not-by-line'] })
  })

  test('another currency is kept in its own minor units', async () => {
    const [first] = tea.lineItems.nodes
    const yen = (amount: string) => ({ shopMoney: { amount, currencyCode: 'JPY' } })
    const sums = { totalPriceSet: yen('2368'), totalDiscountsSet: yen('0'), totalShippingPriceSet: yen('8') }
    const line = { ...first, originalTotalSet: yen('2560'), discountedTotalSet: yen('2360') }
    const order = await only({ currencyCode: 'JPY', ...sums, lineItems: { nodes: [line] } })
    expect(figures(order).slice(2, 5)).toEqual([2368, 8, [2360]])
  })

  test.each([
    ['<html>', ''],
    [{ ...tea, currencyCode: '元' }, 'currencyCode'],
    [{ ...tea, updatedAt: 'yesterday' }, 'updatedAt'],
    [{ ...tea, totalPriceSet: money('3O2') }, '3O2'],
    [{ ...JSON.parse(event.raw_body), total_price: null }, 'total_price'],
    [read('throttled').response.body, 'order'],
  ])('%j is refused', async (given, field) => {
    const said = await refusal(['inspect', 'orders', 'shopify', '-'], given)
    expect(said).toMatchObject({ code: 'CHANNEL_NONSENSE', zh: expect.stringContaining(field) })
  })
})
