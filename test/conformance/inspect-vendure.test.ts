import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { answer, refusal } from './tongdan.ts'

/** The inspector over the sample of own-site.md 4, and over payloads that no sample shows, by the rules of 1 and 4. */
type Fields = Readonly<Record<string, unknown>>
const sample = JSON.parse(readFileSync(path.join(import.meta.dirname, 'samples/vendure/orders.json'), 'utf8'))
/** Two bags of tea 236.00, a bowl 58.00, freight 8.00, so 302.00, paid by Alipay. */
const usual = sample.response.data.orders.items[0] as Fields & Record<'lines' | 'payments', readonly Fields[]>
const [tea, bowl] = usual.lines as [Fields, Fields]
const [payment] = usual.payments as [Fields]

const inspect = (value: unknown) => answer<ChannelOrder[]>(['inspect', 'orders', 'vendure', '-'], value)
const order = async (fields: Fields = {}) => (await inspect({ ...usual, ...fields }))[0]
const refunds = (...rows: Fields[]) => ({ payments: [{ ...payment, refunds: rows }] })
const paid = { paidTotalFen: 30200, freightFen: 800 }

describe.concurrent('inspect orders', () => {
  test.each([
    ['a list', sample.response],
    ['a list without its envelope', sample.response.data],
    ['one order as it is asked for', { data: { order: usual } }],
    ['a bare order', usual],
    ['an array of them', [usual]],
  ])('%s', async (_, given) => {
    const [told, ...others] = await inspect(given)
    expect(others).toEqual([])
    expect(told).toMatchObject({
      channel: 'vendure',
      channelOrderNo: '31',
      channelStatus: 'PaymentSettled',
      status: 'paid-wait-ship',
      createdAt: '2026-10-20T01:15:02.000Z',
      modifiedAt: '2026-10-20T01:16:40.000Z',
      currency: 'CNY',
      ...paid,
      payableTotalFen: 30200,
      extraFen: 0,
      discountFen: 3000,
      refundedFen: 0,
      mayShipNow: true,
      receiver: {
        name: '林晓禾',
        phone: '13800000101',
        standard: { province: '浙江省', city: '杭州市', district: '西湖区' },
      },
      lines: [
        {
          channelLineNo: '51',
          channelSkuNo: '4103',
          merchantCode: 'LJ-TJ-250',
          quantity: 2,
          listFen: 25600,
          paidFen: 23600,
        },
        {
          channelLineNo: '52',
          channelSkuNo: '5221',
          merchantCode: 'GW-BC-01',
          quantity: 1,
          listFen: 6800,
          paidFen: 5800,
        },
      ],
      warnings: [],
    })
  })

  test('an empty list tells nothing, and a basket is no order', async () => {
    expect(await inspect({ data: { orders: { totalItems: 0, items: [] } } })).toEqual([])
    expect(await inspect({ ...usual, state: 'AddingItems', orderPlacedAt: null })).toEqual([])
  })

  // Source: own-site.md 4 [rule].
  test.each([
    ['ArrangingPayment', 'unpaid', 0],
    ['PaymentAuthorized', 'on-hold', 0],
    ['PaymentSettled', 'paid-wait-ship', 30200],
    ['PartiallyShipped', 'partially-shipped', 30200],
    ['Shipped', 'shipped', 30200],
    ['Delivered', 'completed', 30200],
    ['Modifying', 'on-hold', 30200],
    ['Cancelled', 'closed-refunded', 30200],
  ])('%s is %s', async (state, status, paidTotalFen) => {
    expect(await order({ state })).toMatchObject({ channelStatus: state, status, paidTotalFen })
  })

  test('cancelled before any payment was settled it was never paid', async () => {
    expect(await order({ state: 'Cancelled', payments: [{ ...payment, state: 'Declined' }] })).toMatchObject({
      status: 'closed-unpaid',
      paidTotalFen: 0,
      freightFen: 0,
      lines: [{ paidFen: 0 }, { paidFen: 0 }],
    })
  })

  test('a state nobody told us of stops the order, and a new field is named', async () => {
    expect(await order({ state: 'Teleported' })).toMatchObject({
      status: 'on-hold',
      mayShipNow: false,
      warnings: ['unknown-status:Teleported'],
    })
    expect(await order({ moonPhase: 'full' })).toMatchObject({ warnings: ['unknown-field:order.moonPhase'] })
  })

  test.each([
    ['Settled', 'success', 5800],
    ['Pending', 'requested', 0],
    ['Failed', 'closed', 0],
  ])('a %s refund of the bowl', async (state, refundState, refundedFen) => {
    const lines = [{ orderLineId: '52', quantity: 1 }]
    const told = await order(refunds({ id: '7', state, total: 5800, reason: '不想要了', lines }))
    expect(told).toMatchObject({ ...paid, refundedFen, lines: [{ refundState: 'none' }, { refundState, refundedFen }] })
  })

  test('a sum that names no goods is told of the order', async () => {
    expect(await order(refunds({ id: '7', state: 'Settled', total: 500, reason: '', lines: [] }))).toMatchObject({
      refundedFen: 500,
      orderRefundState: 'partial',
      warnings: ['refund-not-by-line'],
    })
  })

  test('a word of a refund that is new keeps the goods back', async () => {
    const lines = [{ orderLineId: '52', quantity: 1 }]
    const told = await order(refunds({ id: '7', state: 'Dreaming', total: 5800, reason: '', lines }))
    expect(told).toMatchObject({ lines: [{}, { refundState: 'requested' }] })
    expect(told!.warnings).toContain('unknown-refund-status:Dreaming')
  })

  test.each([
    ['Shipped', ['73512345678944'], [2, 0]],
    ['Pending', [], [0, 0]],
    ['Cancelled', [], [0, 0]],
  ])('a %s fulfilment of the tea', async (state, numbers, shipped) => {
    const parcel = {
      id: '1',
      state,
      method: '中通快递',
      trackingCode: '73512345678944',
      lines: [{ orderLineId: '51', quantity: 2 }],
    }
    const told = await order({ state: 'PartiallyShipped', fulfillments: [parcel] })
    expect(told!.shipments.map(({ waybillNo }) => waybillNo)).toEqual(numbers)
    expect(told!.lines.map(({ shippedQuantity }) => shippedQuantity)).toEqual(shipped)
  })

  test('sums that do not add up are kept and said', async () => {
    expect(await order({ lines: [tea, { ...bowl, proratedLinePriceWithTax: 5700 }] })).toMatchObject({
      paidTotalFen: 30200,
      lines: [{ paidFen: 23600 }, { paidFen: 5700 }],
      warnings: ['amount-mismatch'],
    })
  })

  test('a line that is cancelled cost what the payment holds beyond the rest, to the fen, and free freight stays free', async () => {
    const none = { quantity: 0, linePriceWithTax: 0, proratedLinePriceWithTax: 0 }
    const gone = { ...bowl, ...none, orderPlacedQuantity: 3, unitPriceWithTax: 4000, proratedUnitPriceWithTax: 3333 }
    const rest = { totalWithTax: 23600, shippingWithTax: 0, payments: [{ ...payment, amount: 33600 }] }
    expect(await order({ ...rest, lines: [tea, gone] })).toMatchObject({
      paidTotalFen: 33600,
      freightFen: 0,
      discountFen: 4000,
      lines: [{ paidFen: 23600 }, { quantity: 3, listFen: 12000, paidFen: 10000, unitPaidFen: [3334, 3333, 3333] }],
      remainingToShip: [{ channelSkuNo: '4103', quantity: 2 }],
      warnings: [],
    })
  })

  test('delivered in part it is shipped, unless goods are still here', async () => {
    const parcel = (...lines: Fields[]) => ({
      id: '1',
      state: 'Delivered',
      method: '中通快递',
      trackingCode: '7',
      lines,
    })
    const told = (...lines: Fields[]) => order({ state: 'PartiallyDelivered', fulfillments: [parcel(...lines)] })
    const all = { orderLineId: '51', quantity: 2 }
    expect(await told(all)).toMatchObject({ status: 'partially-shipped', mayShipNow: true })
    expect(await told(all, { orderLineId: '52', quantity: 1 })).toMatchObject({ status: 'shipped', mayShipNow: false })
  })

  test('another currency is kept, and ids of any length are text', async () => {
    expect(await order({ currencyCode: 'USD', id: '90071992547409931' })).toMatchObject({
      currency: 'USD',
      channelOrderNo: '90071992547409931',
      paidTotalFen: 30200,
    })
  })

  test.each([
    ['<html>', 'CHANNEL_NONSENSE'],
    [{ ...usual, totalWithTax: 'much' }, 'CHANNEL_NONSENSE'],
    [{ ...usual, lines: null }, 'CHANNEL_NONSENSE'],
    [{ errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }], data: null }, 'CHANNEL_MISCONFIGURED'],
  ])('of %j is refused', async (given, code) => {
    expect(await refusal(['inspect', 'orders', 'vendure', '-'], given)).toMatchObject({ code })
  })
})

const failureOf = (body: unknown, status = 200, headers = {}) =>
  answer(['inspect', 'failure', 'vendure', '-'], { status, headers, body })
const error = (code: string) => ({ errors: [{ message: 'no', extensions: { code } }], data: null })

describe.concurrent('inspect failure', () => {
  // Source: own-site.md 4 [sdk V], [assumed].
  test.each([
    ['FORBIDDEN', 'config', 'never'],
    ['ENTITY_NOT_FOUND', 'not-found', 'never'],
    ['USER_INPUT_ERROR', 'param', 'never'],
    ['INTERNAL_SERVER_ERROR', 'transient', 'later'],
    ['CHANNEL_NOT_FOUND', 'config', 'never'],
  ])('%s is %s', async (code, errorClass, retry) => {
    expect(await failureOf(error(code))).toEqual({ class: errorClass, code, retry, retryAfterMs: null })
  })

  test.each([
    ['ITEMS_ALREADY_FULFILLED_ERROR', 'already-done', 'after-checking'],
    ['INSUFFICIENT_STOCK_ON_HAND_ERROR', 'business-rejected', 'never'],
    ['SOMETHING_NEW_ERROR', 'business-rejected', 'never'],
  ])('a success with %s inside is %s', async (errorCode, errorClass, retry) => {
    const body = { data: { addFulfillmentToOrder: { __typename: 'X', errorCode, message: 'no' } } }
    expect(await failureOf(body)).toEqual({ class: errorClass, code: errorCode, retry, retryAfterMs: null })
  })

  test.each([
    ['<html>', 429, { 'retry-after': '7' }, 'rate-limit', 7_000],
    ['<html>', 429, { 'retry-after': '600' }, 'quota-exhausted', 600_000],
    ['<html>', 503, {}, 'transient', null],
    ['<html>', 200, {}, 'transient', null],
  ])('%j with %i %j is %s', async (body, status, headers, errorClass, retryAfterMs) => {
    expect(await failureOf(body, status, headers)).toMatchObject({ class: errorClass, retryAfterMs })
  })

  test('a page of orders is none', async () => {
    expect(await failureOf(sample.response)).toEqual({ class: null, code: null, retry: null, retryAfterMs: null })
  })
})

describe.concurrent('inspect signature and webhook', () => {
  const vectors = JSON.parse(
    readFileSync(path.join(import.meta.dirname, 'samples/generic/standard-webhooks.json'), 'utf8'),
  )
  test.each([...vectors.public, ...vectors.computed])('$id', async ({ secret, id, timestamp, body, signature }) => {
    const input = { kind: 'standard-webhooks', secret, id, timestamp, body }
    expect(await answer(['inspect', 'signature', 'vendure', '-'], input)).toEqual({ signature })
  })

  const push = (credentials: Fields, { headers, body, now }: Fields) => ({
    credentials: {
      address: 'https://shop.example',
      apiKey: 'k',
      channelToken: '',
      stockLocationId: '1',
      ...credentials,
    },
    method: 'POST',
    path: '/hooks/vendure/1',
    query: '',
    headers,
    body,
    now,
  })
  const said = (input: unknown) => answer(['inspect', 'webhook', 'vendure', '-'], input)

  test.each(vectors.verify_cases as Fields[])('$why', async ({ secret, valid, ...given }) => {
    expect(await said(push({ webhookSecret: secret }, given))).toEqual({
      accepted: valid,
      reason: valid ? null : expect.any(String),
      events: valid ? [{ type: 'order.paid', channelOrderNo: 'T-7301' }] : [],
    })
  })

  // Source: own-site.md 4 [rule]: an event only names what to read again.
  test.each([
    ['order.updated', { id: '31' }, '31'],
    ['order.cancelled', { id: 31, code: 'T3Q8ZKX1P0LM' }, '31'],
    ['refund.created', { id: '31' }, '31'],
    ['refund.created', { id: '7', orderId: '31' }, '31'],
    ['stock.updated', { sku: 'LJ-TJ-250' }, null],
  ])('a genuine %s about %j names %j', async (type, data, channelOrderNo) => {
    const [secret, id, timestamp] = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_1', '1792459001']
    const body = JSON.stringify({ type, timestamp: '2026-10-20T01:16:41Z', data })
    const vector = { kind: 'standard-webhooks', secret, id, timestamp, body }
    const { signature } = await answer<{ signature: string }>(['inspect', 'signature', 'vendure', '-'], vector)
    const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
    const given = { headers, body, now: Number(timestamp) }
    const events = [{ type, channelOrderNo }]
    expect(await said(push({ webhookSecret: secret }, given))).toEqual({ accepted: true, reason: null, events })
    const refused = { accepted: false, reason: expect.any(String), events: [] }
    expect(await said(push({ webhookSecret: secret }, { ...given, body: `${body} ` }))).toEqual(refused)
    expect(await said(push({ webhookSecret: '' }, given))).toEqual(refused)
  })
})
