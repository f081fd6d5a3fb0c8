import { describe, expect, test } from 'vitest'
import { ChannelCase, Listing } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import type { PullInput } from '../../../kit/channel.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { shopify } from './index.ts'
import { Credentials, type ShopifyAccount } from './manifest.ts'
import failures from './samples/failures.json' with { type: 'json' }
import two from './samples/order-two-locations.json' with { type: 'json' }
import page from './samples/orders-page.json' with { type: 'json' }
import variants from './samples/variants-page.json' with { type: 'json' }

const address = 'https://tea-sample.myshopify.com'
const operations = shopify.operations as Required<typeof shopify.operations>

/** A shop that gives the answers one after the other. */
function shop(...answers: readonly object[]) {
  const requests: OutgoingRequest[] = []
  const account: ShopifyAccount = {
    credentials: Credentials.parse({ address, accessToken: 'shpat_invented' }),
    address,
    now: () => Date.parse('2026-10-20T09:00:00Z'),
    send: async (request) => {
      requests.push(request)
      const answer = answers[requests.length - 1]
      if (answer === undefined) throw new Error(`unexpected call ${request.body}`)
      return 'status' in answer ? (answer as Answer) : { status: 200, headers: {}, body: JSON.stringify(answer) }
    },
  }
  const asked = (place = 0) => JSON.parse(requests[place]?.body ?? '') as { query: string; variables: object }
  return { account, requests, asked }
}

async function refusal(call: Promise<unknown>): Promise<Failure> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  return error as Failure
}

const [plain] = page.data.orders.nodes
const orderNo = 'gid://shopify/Order/5550001'
const changedAt = (id: string, updatedAt: string, change: object = {}) => ({ ...plain, id, updatedAt, ...change })
const list = (nodes: readonly unknown[], endCursor: string | null = null) => ({
  data: { orders: { pageInfo: { hasNextPage: endCursor !== null, endCursor }, nodes } },
})
const pull = (change: Partial<PullInput> = {}): PullInput => ({
  span: { from: Date.parse('2026-10-20T01:00:00.400Z'), to: Date.parse('2026-10-20T02:00:00Z') },
  by: 'modified',
  cursor: null,
  ...change,
})

describe('the list of orders', () => {
  test('is asked for as the sheet shows, with the token and no more', async () => {
    const { account, requests, asked } = shop(page)
    const { rows, total, next } = await operations['orders.pull'](account, pull())
    expect(requests[0]).toMatchObject({
      operation: 'orders.pull',
      method: 'POST',
      url: `${address}/admin/api/2026-07/graphql.json`,
      headers: { 'x-shopify-access-token': 'shpat_invented', 'content-type': 'application/json' },
      isWrite: false,
    })
    const q = "updated_at:>='2026-10-20T01:00:00Z' AND updated_at:<'2026-10-20T02:00:00Z'"
    expect(asked().variables).toEqual({ first: 10, after: null, q })
    expect({ total, next }).toEqual({ total: null, next: null })
    expect(rows).toMatchObject([
      { channelOrderNo: orderNo, channelStatus: 'PAID/UNFULFILLED', modifiedAt: Date.parse('2026-10-20T01:20:00Z') },
    ])
    expect(JSON.parse(rows[0]?.full?.raw ?? '')).toEqual(plain)
    expect(shopify.inspect.orders(rows[0]!.full!.raw)).toEqual([rows[0]!.full!.order])
  })

  test('goes on where it ended', async () => {
    const { account, asked } = shop(list([plain], 'next-2'))
    expect((await operations['orders.pull'](account, pull({ cursor: 'next-1' }))).next).toBe('next-2')
    expect(asked().variables).toMatchObject({ after: 'next-1' })
  })

  test('that does not move on is nonsense, not an endless loop', async () => {
    const { account } = shop(list([plain], 'same'))
    expect((await refusal(operations['orders.pull'](account, pull({ cursor: 'same' })))).code).toBe('CHANNEL_NONSENSE')
  })

  test.each([
    ['01:59:59', '02:00:00'],
    ['02:00:01', '01:59:59'],
  ])('leaves what changed at the end of the span for the next, and reads on: %s, then %s', async (one, other) => {
    const nodes = [changedAt('A', `2026-10-20T${one}Z`), changedAt('B', `2026-10-20T${other}Z`)]
    const seen = await operations['orders.pull'](shop(list(nodes, 'more')).account, pull())
    expect(seen.rows.map(({ modifiedAt }) => modifiedAt)).toEqual([Date.parse('2026-10-20T01:59:59Z')])
    expect(seen.next).toBe('more')
  })

  test.each([
    ['breaks the contract', { currencyCode: '元' }],
    ['holds more lines than were asked for', { lineItems: { ...plain!.lineItems, pageInfo: { hasNextPage: true } } }],
    ['may hold more parcels than were asked for', { fulfillments: Array(5).fill({ id: 'f', status: 'SUCCESS' }) }],
    ['may hold more refunds than were asked for', { refunds: Array(4).fill({ id: 'r' }) }],
  ])('leaves an order that %s to be asked for alone', async (_, change) => {
    const nodes = [changedAt('A', '2026-10-20T01:20:00Z', change), changedAt('B', '2026-10-20T01:30:00Z')]
    const { rows } = await operations['orders.pull'](shop(list(nodes)).account, pull())
    expect(rows.map(({ channelOrderNo, full }) => [channelOrderNo, full === null])).toEqual([
      ['A', true],
      ['B', false],
    ])
  })

  test('leaves test orders out', async () => {
    const nodes = [changedAt('A', '2026-10-20T01:20:00Z', { test: true })]
    expect((await operations['orders.pull'](shop(list(nodes)).account, pull())).rows).toEqual([])
  })

  test('cannot be asked for by creation', async () => {
    const failure = await refusal(operations['orders.pull'](shop().account, pull({ by: 'created' })))
    expect(failure.code).toBe('CHANNEL_OPERATION_ABSENT')
  })
})

describe('one order', () => {
  const get = (no: string, ...answers: readonly object[]) => {
    const { account, asked, requests } = shop(...answers)
    return { seen: operations['orders.get'](account, no), asked, requests }
  }
  const one = (order: unknown) => ({ data: { order } })

  test('is read by its id', async () => {
    const { seen, asked } = get(orderNo, one(plain))
    expect((await seen).order.channelOrderNo).toBe(orderNo)
    expect(asked().variables).toEqual({ id: orderNo })
  })

  test('that holds a lot is asked for once more in depth', async () => {
    const cut = { ...plain, lineItems: { ...plain!.lineItems, pageInfo: { hasNextPage: true } } }
    const { seen, asked } = get(orderNo, one(cut), one(plain))
    expect((await seen).order.lines).toHaveLength(2)
    expect(asked(0).query).toContain('lineItems(first:20)')
    expect(asked(1).query).toContain('lineItems(first:100)')
    expect((await refusal(get(orderNo, one(cut), one(cut)).seen)).code).toBe('CHANNEL_NONSENSE')
  })

  test.each([
    ['nobody placed', orderNo, [one(null)], 'CHANNEL_NOT_FOUND'],
    ['of a name and not an id', '#2001', [], 'CHANNEL_NOT_FOUND'],
    ['made for a test', orderNo, [one({ ...plain, test: true })], 'CHANNEL_NOT_FOUND'],
    ['that is another', orderNo, [one({ ...plain, id: 'gid://shopify/Order/1' })], 'CHANNEL_NONSENSE'],
    ['without a currency', orderNo, [one({ ...plain, currencyCode: '' })], 'CHANNEL_NONSENSE'],
    ['that is a page', orderNo, [{ status: 200, headers: {}, body: '<html>' }], 'CHANNEL_NONSENSE'],
    ['asked for too soon', orderNo, [failures.throttled], 'CHANNEL_RATE_LIMITED'],
    ['with a wrong token', orderNo, [{ status: 401, headers: {}, body: '' }], 'CHANNEL_MISCONFIGURED'],
    ['without the right', orderNo, [failures.access_denied], 'CHANNEL_PERMISSION'],
  ])('%s is %s', async (_, no, answers, code) => {
    expect((await refusal(get(no, ...answers).seen)).code).toBe(code)
  })

  test('throttled says how long to wait', async () => {
    expect((await refusal(get(orderNo, failures.throttled).seen)).details).toMatchObject({ retryAfterMs: 2000 })
  })
})

describe('refunds', () => {
  const span = { from: Date.parse('2026-10-20T08:00:00Z'), to: Date.parse('2026-10-20T09:00:00Z') }
  const channelOrderNo = two.data.order.id
  const expected = {
    channelCaseNo: 'gid://shopify/Refund/601',
    channelOrderNo,
    channelLineNo: 'gid://shopify/LineItem/102',
    channelStatus: 'SUCCESS',
    state: 'success',
    kind: 'refund-only',
    refundFen: 6713,
    quantity: 1,
    reason: '拍多了',
    beforeShipping: true,
    returnWaybillNo: null,
    createdAt: '2026-10-20T08:29:58.000Z',
    modifiedAt: '2026-10-20T08:29:59.000Z',
  }

  test('come with the orders that changed', async () => {
    const { account, requests } = shop(list([two.data.order]))
    const { rows } = await operations['aftersales.pull'](account, { span, cursor: null })
    expect(requests[0]?.operation).toBe('aftersales.pull')
    expect(rows.map((row) => ChannelCase.parse(row.case))).toEqual([expected])
    expect(JSON.parse(rows[0]!.raw)).toEqual(two.data.order.refunds[0])
  })

  test('of goods that came back say so', async () => {
    const [refund] = two.data.order.refunds
    const nodes = refund!.refundLineItems.nodes.map((row) => ({ ...row, restockType: 'RETURN' }))
    const order = { ...two.data.order, refunds: [{ ...refund, refundLineItems: { nodes } }] }
    const { rows } = await operations['aftersales.pull'](shop(list([order])).account, { span, cursor: null })
    expect(rows[0]?.case).toMatchObject({ kind: 'return-and-refund', beforeShipping: false })
  })

  test('are found one by one', async () => {
    const get = (channelCaseNo: string) =>
      operations['aftersales.get'](shop(two).account, { channelCaseNo, channelOrderNo })
    expect((await get(expected.channelCaseNo)).case).toEqual(expected)
    expect((await refusal(get('gid://shopify/Refund/999'))).code).toBe('CHANNEL_NOT_FOUND')
  })
})

test('the shop says its name', async () => {
  const { account } = shop({ data: { shop: { name: '晓禾茶铺', myshopifyDomain: 'tea-sample.myshopify.com' } } })
  const expected = { channelShopNo: 'tea-sample.myshopify.com', name: '晓禾茶铺' }
  expect(await operations['shop.describe'](account)).toEqual(expected)
})

test('listings are variants, named as orders name their goods', async () => {
  const { account, asked } = shop(variants)
  const { rows, next } = await operations['products.pull'](account, null)
  expect(asked().variables).toEqual({ first: 50, after: null })
  expect(next).toBe('next-1')
  expect(rows.map((row) => Listing.parse(row))).toEqual([
    {
      channelItemNo: 'gid://shopify/Product/801',
      channelSkuNo: 'gid://shopify/ProductVariant/4103',
      merchantCode: 'V-4103',
      barcode: null,
      title: '龙井明前特级',
      specification: '颜色:绿;重量:250g',
      imageUrl: 'https://img.example/1.jpg',
      priceFen: 12800,
      quantity: 37,
      isOnSale: true,
      modifiedAt: '2026-10-19T00:00:00.000Z',
    },
    expect.objectContaining({ specification: '', priceFen: 6850, quantity: -1, isOnSale: false }),
  ])
})

describe('the credentials', () => {
  const fields = { address: `${address}/`, accessToken: ' shpat_invented ' }
  test.each([
    [{}, { address, accessToken: 'shpat_invented', webhookSecret: '', locationId: '' }],
    [{ locationId: '31' }, { locationId: 'gid://shopify/Location/31' }],
    [{ locationId: 'gid://shopify/Location/31' }, { locationId: 'gid://shopify/Location/31' }],
    [{ address: 'http://127.0.0.1:4101' }, { address: 'http://127.0.0.1:4101' }],
  ])('%o are read', (change, expected) => {
    expect(Credentials.parse({ ...fields, ...change })).toMatchObject(expected)
  })

  test.each([
    { address: 'http://tea-sample.myshopify.com' },
    { address: 'https://tea-sample.myshopify.com/admin' },
    { accessToken: '' },
    { locationId: '上海仓' },
  ])('%o are refused', (change) => {
    expect(Credentials.safeParse({ ...fields, ...change }).success).toBe(false)
  })
})
