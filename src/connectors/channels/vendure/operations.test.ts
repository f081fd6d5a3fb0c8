import { describe, expect, test } from 'vitest'
import { ChannelCase, Listing } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import type { PullInput } from '../../../kit/channel.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { vendure } from './index.ts'
import { Credentials, type VendureAccount } from './manifest.ts'
import failures from './samples/failures.json' with { type: 'json' }
import inParts from './samples/order-in-parts.json' with { type: 'json' }
import page from './samples/orders-page.json' with { type: 'json' }
import variants from './samples/variants-page.json' with { type: 'json' }

const address = 'https://shop.example'
const operations = vendure.operations as Required<typeof vendure.operations>

/** A shop that gives the answers one after the other. */
function shop(answers: readonly object[], channelToken = 'tea-token') {
  const requests: OutgoingRequest[] = []
  const account: VendureAccount = {
    credentials: Credentials.parse({ address, apiKey: 'key-invented', channelToken, stockLocationId: '1' }),
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

const [plain] = page.data.orders.items
const listOf = (items: readonly unknown[], totalItems = items.length) => ({ data: { orders: { totalItems, items } } })
const pull = (change: Partial<PullInput> = {}): PullInput => ({
  span: { from: Date.parse('2026-10-20T01:00:00.000Z'), to: Date.parse('2026-10-20T02:00:00Z') },
  by: 'modified',
  cursor: null,
  ...change,
})
const filter = {
  updatedAt: { after: '2026-10-20T00:59:59.999Z', before: '2026-10-20T02:00:00.000Z' },
  active: { eq: false },
  orderPlacedAt: { isNull: false },
}

describe('the list of orders', () => {
  test('is asked for with key, channel and a span whose ends the filter leaves out', async () => {
    const { account, requests, asked } = shop([page])
    const { rows, total, next } = await operations['orders.pull'](account, pull())
    expect(requests[0]).toMatchObject({
      operation: 'orders.pull',
      method: 'POST',
      url: `${address}/admin-api`,
      headers: {
        'vendure-api-key': 'key-invented',
        'vendure-token': 'tea-token',
        'content-type': 'application/json',
      },
      isWrite: false,
    })
    expect(asked().variables).toEqual({ o: { skip: 0, take: 50, sort: { updatedAt: 'ASC', id: 'ASC' }, filter } })
    expect({ total, next }).toEqual({ total: 1, next: null })
    expect(rows).toMatchObject([
      { channelOrderNo: '31', channelStatus: 'PaymentSettled', modifiedAt: Date.parse('2026-10-20T01:16:40Z') },
    ])
    expect(vendure.inspect.orders(rows[0]!.full!.raw)).toEqual([rows[0]!.full!.order])
  })

  test('of the default channel names none', async () => {
    const { account, requests } = shop([page], '')
    await operations['orders.pull'](account, pull())
    expect(requests[0]?.headers).not.toHaveProperty('vendure-token')
  })

  test('is read from its last page to its first', async () => {
    const { account, asked } = shop([listOf([plain], 101), listOf([plain], 101), listOf([plain], 100), listOf([], 50)])
    const last = await operations['orders.pull'](account, pull())
    expect([last.total, last.next]).toEqual([101, '1'])
    const middle = await operations['orders.pull'](account, pull({ cursor: last.next }))
    const first = await operations['orders.pull'](account, pull({ cursor: middle.next }))
    expect([middle.next, first.next]).toEqual(['0', null])
    const skips = [0, 1, 2, 3].map((place) => (asked(place).variables as { o: { skip: number } }).o.skip)
    expect(skips).toEqual([0, 100, 50, 0])
  })

  test('leaves an order that breaks the contract to be asked for alone', async () => {
    const { account } = shop([listOf([{ ...plain, currencyCode: '元' }, plain])])
    const { rows } = await operations['orders.pull'](account, pull())
    expect(rows.map(({ full }) => full === null)).toEqual([true, false])
  })

  test('that does not say which order it tells of is nonsense', async () => {
    const { account } = shop([listOf([{ ...plain, id: null }])])
    expect((await refusal(operations['orders.pull'](account, pull()))).code).toBe('CHANNEL_NONSENSE')
  })

  test('is counted by the same filter', async () => {
    const { account, asked } = shop([{ data: { orders: { totalItems: 73 } } }])
    expect(await operations['orders.count'](account, pull())).toBe(73)
    expect(asked().variables).toEqual({ o: { skip: 0, take: 1, filter } })
  })

  test('cannot be asked for by creation', async () => {
    for (const name of ['orders.pull', 'orders.count'] as const) {
      const failure = await refusal(operations[name](shop([]).account, pull({ by: 'created' })))
      expect(failure.code).toBe('CHANNEL_OPERATION_ABSENT')
    }
  })
})

describe('one order', () => {
  const get = (no: string, answer: object) => operations['orders.get'](shop([answer]).account, no)
  const one = (order: unknown) => ({ data: { order } })

  test('is read by its id', async () => {
    const { account, asked } = shop([inParts])
    expect((await operations['orders.get'](account, '32')).order.channelOrderNo).toBe('32')
    expect(asked().variables).toEqual({ id: '32' })
  })

  const page502 = { status: 502, headers: {}, body: '<html>' }
  const throttled = { status: 429, headers: { 'retry-after': '2' }, body: '<html>' }
  test.each([
    ['nobody placed', one(null), 'CHANNEL_NOT_FOUND'],
    ['the shop says it has not', failures.no_entity, 'CHANNEL_NOT_FOUND'],
    ['that is still a basket', one({ ...plain, orderPlacedAt: null }), 'CHANNEL_NOT_FOUND'],
    ['that is another', one({ ...plain, id: '77' }), 'CHANNEL_NONSENSE'],
    ['without a currency', one({ ...plain, currencyCode: '' }), 'CHANNEL_NONSENSE'],
    ['that is a page', { status: 200, headers: {}, body: '<html>' }, 'CHANNEL_NONSENSE'],
    ['of a shop in trouble', page502, 'CHANNEL_UNREACHABLE'],
    ['asked for too soon', throttled, 'CHANNEL_RATE_LIMITED'],
    ['of a key that is refused', failures.forbidden, 'CHANNEL_MISCONFIGURED'],
    ['of a key that the host refuses', { status: 401, headers: {}, body: '' }, 'CHANNEL_MISCONFIGURED'],
    ['of a channel that is none', failures.no_channel, 'CHANNEL_MISCONFIGURED'],
  ])('%s is a failure of its own', async (_, answer, code) => {
    expect((await refusal(get('31', answer))).code).toBe(code)
  })

  test('throttled says how long to wait', async () => {
    expect((await refusal(get('31', throttled))).details).toMatchObject({ retryAfterMs: 2000 })
  })
})

describe('refunds', () => {
  const expected = {
    channelCaseNo: '5',
    channelOrderNo: '32',
    channelLineNo: '61',
    channelStatus: 'Settled',
    state: 'success',
    kind: 'refund-only',
    refundFen: 4500,
    quantity: 1,
    reason: '拍多了',
    beforeShipping: null,
    returnWaybillNo: null,
    createdAt: '2026-10-20T08:29:58.000Z',
    modifiedAt: '2026-10-20T08:29:59.000Z',
  }
  const { order } = inParts.data

  test('come with the orders that changed', async () => {
    const { account, requests } = shop([listOf([order])])
    const { rows } = await operations['aftersales.pull'](account, { span: pull().span, cursor: null })
    expect(requests[0]?.operation).toBe('aftersales.pull')
    expect(rows.map((row) => ChannelCase.parse(row.case))).toEqual([expected])
    expect(JSON.parse(rows[0]!.raw)).toEqual(order.payments[1]?.refunds[0])
  })

  test('of an order of which nothing ever left were asked for before', async () => {
    const { account } = shop([listOf([{ ...order, fulfillments: [] }])])
    const { rows } = await operations['aftersales.pull'](account, { span: pull().span, cursor: null })
    expect(rows[0]?.case.beforeShipping).toBe(true)
  })

  test('are found one by one', async () => {
    const get = (channelCaseNo: string) =>
      operations['aftersales.get'](shop([inParts]).account, { channelCaseNo, channelOrderNo: '32' })
    expect((await get('5')).case).toEqual(expected)
    expect((await refusal(get('999'))).code).toBe('CHANNEL_NOT_FOUND')
  })
})

test.each([
  ['__default_channel__', 'shop.example'],
  ['tea', 'tea'],
])('the shop %s is called %s', async (code, name) => {
  const { account } = shop([{ data: { activeChannel: { id: '1', code } } }])
  expect(await operations['shop.describe'](account)).toEqual({ channelShopNo: 'shop.example/1', name })
})

test('listings are variants, named as orders name their goods, with what our location has for sale', async () => {
  const { account, asked } = shop([variants, variants])
  const { rows, total, next } = await operations['products.pull'](account, null)
  expect(asked().variables).toEqual({ o: { skip: 0, take: 100, sort: { id: 'ASC' } } })
  expect({ total, next }).toEqual({ total: 103, next: '3' })
  expect(rows.map((row) => Listing.parse(row))).toEqual([
    {
      channelItemNo: '801',
      channelSkuNo: '4101',
      merchantCode: 'TB-01-W',
      barcode: null,
      title: '陶杯',
      specification: '颜色:白',
      imageUrl: 'https://shop.example/assets/4101.jpg',
      priceFen: 5000,
      quantity: 37,
      isOnSale: true,
      modifiedAt: '2026-10-19T00:00:00.000Z',
    },
    expect.objectContaining({ channelSkuNo: '5221', specification: '', quantity: 3, isOnSale: false }),
    expect.objectContaining({ merchantCode: null, imageUrl: null, quantity: -2, isOnSale: false }),
  ])
  expect((await operations['products.pull'](account, '100')).next).toBeNull()
  expect(asked(1).variables).toMatchObject({ o: { skip: 100 } })
})

describe('the credentials', () => {
  const fields = { address: `${address}/`, apiKey: ' key-invented ', stockLocationId: '1' }
  test.each([
    [{}, { address, apiKey: 'key-invented', channelToken: '', stockLocationId: '1', webhookSecret: '' }],
    [{ address: 'http://127.0.0.1:4101' }, { address: 'http://127.0.0.1:4101' }],
    [{ address: 'https://shop.example/vendure/' }, { address: 'https://shop.example/vendure' }],
  ])('%o are read', (change, expected) => {
    expect(Credentials.parse({ ...fields, ...change })).toMatchObject(expected)
  })

  test.each([
    { address: 'http://shop.example' },
    { address: 'https://shop.example/?a=1' },
    { apiKey: '' },
    { channelToken: 'two words' },
    { stockLocationId: '' },
    { webhookSecret: 'whsec_密' },
  ])('%o are refused', (change) => {
    expect(Credentials.safeParse({ ...fields, ...change }).success).toBe(false)
  })
})
