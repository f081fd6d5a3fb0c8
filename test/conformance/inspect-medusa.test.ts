import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { answer, refusal } from './tongdan.ts'

/** The inspector over the sample of own-site.md 5, and over payloads that no sample shows, by the rules of 1 and 5. */
type Fields = Readonly<Record<string, unknown>>
const text = readFileSync(path.join(import.meta.dirname, 'samples/medusa/orders.json'), 'utf8')
const sample = JSON.parse(text)
/** Two bags of tea 236.00, a bowl 58.00, freight 8.00, so 302.00. */
const usual = sample.response.orders[0] as Fields & { readonly items: readonly Fields[] }
const [tea, bowl] = usual.items as [Fields, Fields]

const inspect = (value: unknown) => answer<ChannelOrder[]>(['inspect', 'orders', 'medusa', '-'], value)
const order = async (fields: Fields = {}) => (await inspect({ ...usual, ...fields }))[0]
const words = (status: string, payment_status: string, fulfillment_status: string) => ({
  status,
  payment_status,
  fulfillment_status,
})

describe.concurrent('inspect orders', () => {
  test.each([
    ['a list', sample.response],
    ['one order as it is asked for', { order: usual }],
    ['a bare order', usual],
    ['an array of them', [usual]],
  ])('%s', async (_, given) => {
    const [told, ...others] = await inspect(given)
    expect(others).toEqual([])
    expect(told).toMatchObject({
      channel: 'medusa',
      channelOrderNo: 'order_01JAVW2E8M',
      channelStatus: 'pending/captured/not_fulfilled',
      status: 'paid-wait-ship',
      createdAt: '2026-10-20T01:15:02.000Z',
      modifiedAt: '2026-10-20T01:16:40.000Z',
      currency: 'CNY',
      paidTotalFen: 30200,
      payableTotalFen: 30200,
      freightFen: 800,
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
        { channelLineNo: 'ordli_1', merchantCode: 'LJ-TJ-250', quantity: 2, listFen: 25600, paidFen: 23600 },
        { channelLineNo: 'ordli_2', merchantCode: 'GW-BC-01', quantity: 1, listFen: 6800, paidFen: 5800 },
      ],
      warnings: [],
    })
  })

  test('an empty list tells nothing, and a draft is no order', async () => {
    expect(await inspect({ orders: [], count: 0, offset: 0, limit: 50 })).toEqual([])
    expect(await inspect({ ...usual, status: 'draft' })).toEqual([])
  })

  // Source: own-site.md 5.2 [rule].
  test.each([
    ['pending', 'not_paid', 'not_fulfilled', 'unpaid', 0],
    ['pending', 'awaiting', 'not_fulfilled', 'unpaid', 0],
    ['pending', 'partially_authorized', 'not_fulfilled', 'unpaid', 0],
    ['pending', 'canceled', 'not_fulfilled', 'unpaid', 0],
    ['pending', 'requires_action', 'not_fulfilled', 'on-hold', 0],
    ['pending', 'authorized', 'not_fulfilled', 'on-hold', 0],
    ['pending', 'partially_captured', 'not_fulfilled', 'on-hold', 0],
    ['requires_action', 'captured', 'not_fulfilled', 'on-hold', 30200],
    ['pending', 'captured', 'partially_fulfilled', 'paid-wait-ship', 30200],
    ['pending', 'captured', 'fulfilled', 'paid-wait-ship', 30200],
    ['pending', 'captured', 'canceled', 'paid-wait-ship', 30200],
    ['pending', 'partially_refunded', 'shipped', 'shipped', 30200],
    ['pending', 'refunded', 'shipped', 'closed-refunded', 30200],
    ['pending', 'captured', 'partially_shipped', 'partially-shipped', 30200],
    ['pending', 'captured', 'shipped', 'shipped', 30200],
    ['pending', 'captured', 'partially_delivered', 'shipped', 30200],
    ['archived', 'captured', 'delivered', 'completed', 30200],
    ['completed', 'captured', 'shipped', 'completed', 30200],
    ['canceled', 'not_paid', 'not_fulfilled', 'closed-unpaid', 0],
    ['canceled', 'authorized', 'not_fulfilled', 'closed-unpaid', 0],
    ['canceled', 'captured', 'not_fulfilled', 'on-hold', 30200],
    ['canceled', 'refunded', 'not_fulfilled', 'closed-refunded', 30200],
  ])('%s/%s/%s is %s', async (status, payment, goods, ours, paidTotalFen) => {
    expect(await order(words(status, payment, goods))).toMatchObject({
      channelStatus: `${status}/${payment}/${goods}`,
      status: ours,
      paidTotalFen,
    })
  })

  test.each([
    [words('dreaming', 'captured', 'not_fulfilled'), 'dreaming'],
    [words('pending', 'bartered', 'not_fulfilled'), 'bartered'],
    [words('pending', 'captured', 'teleported'), 'teleported'],
  ])('a word nobody told us of stops the order: %j', async (given, word) => {
    expect(await order(given)).toMatchObject({
      status: 'on-hold',
      mayShipNow: false,
      warnings: expect.arrayContaining([`unknown-status:${word}`]),
    })
  })

  test('a new field is named', async () => {
    expect(await order({ moonPhase: 'full' })).toMatchObject({ warnings: ['unknown-field:order.moonPhase'] })
  })

  test('amounts are read as they are written, without a float between', async () => {
    const given = text
      .replace('"total": 302,', '"total": 302.10,')
      .replace('"shipping_total": 8,', '"shipping_total": 8.10,')
    const [told] = await inspect(JSON.stringify(JSON.parse(given).response.orders[0]))
    expect(told).toMatchObject({ paidTotalFen: 30210, freightFen: 810, warnings: [] })
  })

  test('sums that do not add up are kept and said', async () => {
    expect(await order({ items: [tea, { ...bowl, total: 57 }] })).toMatchObject({
      paidTotalFen: 30200,
      lines: [{ paidFen: 23600 }, { paidFen: 5700 }],
      warnings: ['amount-mismatch'],
    })
  })

  test.each([
    ['9999999999999.99', 999_999_999_999_999],
    ['"90071992547409.91"', 9_007_199_254_740_991],
  ])('an amount of %s is told to the fen', async (total, paidTotalFen) => {
    const [told] = await inspect(JSON.stringify(usual).replace('"total":302,', `"total":${total},`))
    expect(told).toMatchObject({ paidTotalFen, warnings: ['amount-mismatch'] })
  })

  test.each(['90071992547409.91', '"90071992547409.92"'])('an amount of %s is too big for that', async (total) => {
    const given = JSON.stringify(usual).replace('"total":302,', `"total":${total},`)
    expect(await refusal(['inspect', 'orders', 'medusa', '-'], given)).toMatchObject({ code: 'CHANNEL_NONSENSE' })
  })

  test('what is empty or null is as good as not there', async () => {
    const nothing = { shipping_address: null, metadata: null, fulfillments: null, summary: null, discount_total: null }
    expect(await order(nothing)).toMatchObject({
      status: 'paid-wait-ship',
      discountFen: 0,
      buyerNote: null,
      shipments: [],
      receiver: { name: '', phone: '', privacy: 'absent' },
      warnings: [],
    })
    expect(await order({ items: [{ ...tea, variant_sku: '' }, bowl] })).toMatchObject({
      lines: [{ merchantCode: null }, { merchantCode: 'GW-BC-01' }],
    })
  })

  test.each([
    ['handed over', { shipped_at: '2026-10-21T01:00:00.000Z' }, ['73512345678944'], 2],
    ['packed', { shipped_at: null }, [], 0],
    ['taken back', { shipped_at: null, canceled_at: '2026-10-21T01:00:00.000Z' }, [], 0],
  ])('a fulfilment of the tea, %s', async (_, times, numbers, shipped) => {
    const parcel = {
      id: 'ful_1',
      delivered_at: null,
      canceled_at: null,
      items: [{ line_item_id: 'ordli_1', quantity: 2 }],
      labels: [{ tracking_number: '73512345678944', tracking_url: '', label_url: '' }],
      ...times,
    }
    const told = await order({ ...words('pending', 'captured', 'partially_shipped'), fulfillments: [parcel] })
    expect(told!.shipments.map(({ waybillNo }) => waybillNo)).toEqual(numbers)
    expect(told!.lines[0]).toMatchObject({ shippedQuantity: shipped })
  })

  test.each([
    ['林', '晓禾', '林晓禾'],
    ['', '林晓禾', '林晓禾'],
    ['Lin', 'Xiaohe', 'Xiaohe Lin'],
  ])('family name %j and first name %j are %s', async (last_name, first_name, name) => {
    const shipping_address = { ...(usual.shipping_address as Fields), last_name, first_name, phone: '+8613800000101' }
    expect(await order({ shipping_address })).toMatchObject({ receiver: { name, phone: '13800000101' } })
  })

  test.each([
    ['<html>', ''],
    [{ ...usual, total: 'much' }, 'total'],
    [{ ...usual, items: null }, 'items'],
    [{ orders: [{ id: 'order_1' }] }, 'status'],
  ])('of %j is refused', async (given, field) => {
    expect(await refusal(['inspect', 'orders', 'medusa', '-'], given)).toMatchObject({
      code: 'CHANNEL_NONSENSE',
      zh: expect.stringContaining(field),
    })
  })
})

/** An order of which money went back: its word, its account and its list of refunds. */
function paidBack(word: string, account: number | null, refunds: readonly number[]) {
  const listed = refunds.map((amount, place) => ({
    id: `ref_${place}`,
    amount,
    created_at: '2026-10-20T03:00:00.000Z',
    note: '',
    refund_reason: null,
  }))
  const payment = { id: 'pay_1', amount: 302, captured_at: '2026-10-20T01:16:38.000Z', refunds: listed }
  return {
    ...words('pending', word, 'not_fulfilled'),
    summary: account === null ? null : { paid_total: 302, refunded_total: account },
    payment_collections: [{ id: 'pay_col_1', payments: [payment] }],
  }
}

// Source: own-site.md 1 O5, 5.2, 5.3 [rule].
describe.concurrent('inspect orders of which money or goods go back', () => {
  const unnamed = ['refund-not-by-line']
  test.each([
    ['partially_refunded', 58, [58], 5800, 'partial', unnamed],
    ['partially_refunded', 58.01, [58, 0.01], 5801, 'partial', unnamed],
    ['partially_refunded', 301.99, [301.99], 30199, 'partial', unnamed],
    ['refunded', 302, [244, 58], 30200, 'full', []],
    ['refunded', null, [], 30200, 'full', []],
    ['partially_refunded', 58, [], 5800, 'partial', [...unnamed, 'amount-mismatch']],
    ['partially_refunded', 0, [58], 5800, 'partial', [...unnamed, 'amount-mismatch']],
    ['partially_refunded', null, [], 0, 'partial', [...unnamed, 'amount-mismatch']],
    ['captured', 58, [58], 5800, 'partial', [...unnamed, 'amount-mismatch']],
    ['refunded', 58, [58], 5800, 'full', ['amount-mismatch']],
  ] as const)('%s, %j of %j', async (word, account, refunds, refundedFen, orderRefundState, warnings) => {
    expect(await order(paidBack(word, account, refunds))).toMatchObject({
      paidAt: '2026-10-20T01:16:38.000Z',
      paidTotalFen: 30200,
      refundedFen,
      orderRefundState,
      warnings,
    })
  })

  test('the sum of an order’s only line is that line’s', async () => {
    const told = await order({ ...paidBack('partially_refunded', 58, [58]), items: [tea], total: 244 })
    expect(told).toMatchObject({ lines: [{ refundState: 'success', refundedFen: 5800 }], warnings: [] })
  })

  const returned = (status: string, received_quantity: number) => ({
    order: usual,
    returns: [
      {
        id: 'return_1',
        order_id: usual.id,
        status,
        created_at: '2026-10-20T03:00:00.000Z',
        items: [{ id: 'ri_1', item_id: 'ordli_1', quantity: 2, received_quantity }],
      },
    ],
  })
  test.each([
    ['open', 0, 'requested', 2, 0, 'in-progress'],
    ['requested', 0, 'requested', 2, 0, 'in-progress'],
    ['partially_received', 1, 'wait-receive-return', 1, 1, 'in-progress'],
    ['received', 2, 'success', 0, 2, 'partial'],
    ['canceled', 0, 'closed', 0, 0, 'none'],
    ['levitating', 0, 'requested', 2, 0, 'in-progress'],
  ] as const)(
    'a return %s, %i of 2 back',
    async (word, back, refundState, refundingQuantity, refundedQuantity, all) => {
      const [told] = await inspect(returned(word, back))
      expect(told).toMatchObject({
        orderRefundState: all,
        ...(all === 'in-progress' ? { mayShipNow: false } : {}),
        lines: [{ refundState, refundingQuantity, refundedQuantity }, { refundState: 'none' }],
        warnings: word === 'levitating' ? ['unknown-refund-status:levitating'] : [],
      })
    },
  )
})

const failureOf = (body: unknown, status: number, headers = {}) =>
  answer(['inspect', 'failure', 'medusa', '-'], { status, headers, body })

describe.concurrent('inspect failure', () => {
  // Source: own-site.md 5.4 [assumed].
  test.each([
    [400, 'invalid_data', 'param', 'never'],
    [400, 'not_allowed', 'business-rejected', 'never'],
    [401, 'unauthorized', 'config', 'never'],
    [404, 'not_found', 'not-found', 'never'],
    [409, 'conflict', 'transient', 'later'],
    [422, 'duplicate_error', 'business-rejected', 'never'],
    [500, 'unknown_error', 'transient', 'later'],
  ])('%i %s is %s', async (status, type, errorClass, retry) => {
    expect(await failureOf({ type, message: 'no' }, status)).toEqual({
      class: errorClass,
      code: `${status}/${type}`,
      retry,
      retryAfterMs: null,
    })
  })

  test.each([
    ['<html>', 429, { 'retry-after': '7' }, 'rate-limit', 7_000],
    ['<html>', 429, { 'retry-after': '600' }, 'quota-exhausted', 600_000],
    ['<html>', 503, {}, 'transient', null],
    ['<html>', 200, {}, 'transient', null],
    ['<html>', 404, {}, 'config', null],
  ])('%j with %i %j is %s', async (body, status, headers, errorClass, retryAfterMs) => {
    expect(await failureOf(body, status, headers)).toMatchObject({ class: errorClass, retryAfterMs })
  })

  test('a page of orders is none', async () => {
    expect(await failureOf(sample.response, 200)).toEqual({ class: null, code: null, retry: null, retryAfterMs: null })
  })
})

describe.concurrent('inspect signature and webhook', () => {
  const vectors = JSON.parse(
    readFileSync(path.join(import.meta.dirname, 'samples/generic/standard-webhooks.json'), 'utf8'),
  )
  test.each([...vectors.public, ...vectors.computed])('$id', async ({ secret, id, timestamp, body, signature }) => {
    const input = { kind: 'standard-webhooks', secret, id, timestamp, body }
    expect(await answer(['inspect', 'signature', 'medusa', '-'], input)).toEqual({ signature })
  })

  test('a signed event names the order to read again, one that was changed on the way is refused', async () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const event = { type: 'order.placed', timestamp: '2026-10-20T01:16:41Z', data: { id: 'order_01JAVW2E8M' } }
    const body = JSON.stringify(event)
    const [id, timestamp] = ['msg_1', '1792459001']
    const vector = { kind: 'standard-webhooks', secret, id, timestamp, body }
    const { signature } = await answer<{ signature: string }>(['inspect', 'signature', 'medusa', '-'], vector)
    const push = (sent: string) => ({
      credentials: {
        address: 'https://shop.example',
        secretKey: 'sk_invented',
        stockLocationId: 'sloc_1',
        webhookSecret: secret,
      },
      method: 'POST',
      path: '/hooks/medusa/1',
      query: '',
      headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature },
      body: sent,
      now: Number(timestamp),
    })
    expect(await answer(['inspect', 'webhook', 'medusa', '-'], push(body))).toMatchObject({
      accepted: true,
      events: [{ type: 'order.placed', channelOrderNo: 'order_01JAVW2E8M' }],
    })
    expect(await answer(['inspect', 'webhook', 'medusa', '-'], push(body.replace('8M', '9M')))).toMatchObject({
      accepted: false,
    })
  })
})
