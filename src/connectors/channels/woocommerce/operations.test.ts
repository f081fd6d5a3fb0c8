import { describe, expect, test } from 'vitest'
import { Failure } from '../../../core/failures.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { woocommerce } from './index.ts'
import { Credentials, type WooAccount } from './manifest.ts'
import orders from './samples/orders.json' with { type: 'json' }
import products from './samples/products.json' with { type: 'json' }
import refund from './samples/refund.json' with { type: 'json' }
import stock from './samples/stock.json' with { type: 'json' }
import variations from './samples/variations.json' with { type: 'json' }

const address = 'https://tea.example'
const credentials = Credentials.parse({
  address: `${address}/`,
  consumerKey: 'ck_demo_key',
  consumerSecret: 'cs_demo_secret',
})
const operations = woocommerce.operations as Required<typeof woocommerce.operations>
const [tea, transfer, done] = orders as [(typeof orders)[0], (typeof orders)[0], (typeof orders)[0]]

type Given = Partial<Answer> | readonly unknown[] | object

/** A shop that gives the answers one after the other, and what it was asked. */
function shop(...answers: readonly Given[]) {
  const requests: OutgoingRequest[] = []
  const account: WooAccount = {
    credentials,
    address,
    now: () => Date.parse('2026-10-20T03:00:00Z'),
    send: async (request) => {
      expect(request.headers.authorization).toBe('Basic Y2tfZGVtb19rZXk6Y3NfZGVtb19zZWNyZXQ=')
      requests.push(request)
      const answer = answers[requests.length - 1]
      if (answer === undefined) throw new Error(`unexpected call ${request.method} ${request.url}`)
      return 'body' in answer ? { status: 200, headers: {}, body: '', ...(answer as Partial<Answer>) } : json(answer)
    },
  }
  const asked = () =>
    requests.map(({ method, url }) => `${method} ${url.slice(`${address}/wp-json`.length).split('?')[0]}`)
  return { account, requests, asked }
}

const json = (value: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 200,
  headers,
  body: JSON.stringify(value),
})
const page = (rows: readonly unknown[], total = rows.length, pages = 1) =>
  json(rows, { 'x-wp-total': String(total), 'x-wp-totalpages': String(pages) })
const refusedWith = (status: number, code: string) => ({
  status,
  body: JSON.stringify({ code, message: 'No.', data: {} }),
})
const queryOf = (request: OutgoingRequest | undefined) => Object.fromEntries(new URL(request?.url ?? '').searchParams)
const bodyOf = (request: OutgoingRequest | undefined) => JSON.parse(request?.body ?? 'null')
const failureOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  return error as Failure
}

const span = { from: Date.parse('2026-10-20T01:00:00Z'), to: Date.parse('2026-10-20T03:00:00Z') }
const pull = (cursor: string | null = null) => ({ span, by: 'modified', cursor }) as const

describe('a list of orders', () => {
  test('is asked by its own clock, with an end on either side, in full cents', async () => {
    const { account, requests } = shop(page([tea]))
    await operations['orders.pull'](account, pull())
    expect(requests[0]).toMatchObject({ operation: 'orders.pull', method: 'GET', body: null, isWrite: false })
    expect(queryOf(requests[0])).toEqual({
      modified_after: '2026-10-20T00:59:59',
      modified_before: '2026-10-20T03:00:00',
      dates_are_gmt: 'true',
      orderby: 'modified',
      order: 'asc',
      per_page: '100',
      page: '1',
      status: 'any',
      dp: '2',
    })
  })

  test('by creation has other names for the same', async () => {
    const { account, requests } = shop(page([]))
    await operations['orders.pull'](account, { ...pull(), by: 'created' })
    expect(queryOf(requests[0])).toMatchObject({
      after: '2026-10-20T00:59:59',
      before: '2026-10-20T03:00:00',
      orderby: 'date',
    })
  })

  test('carries every order in full, but for one with refunds', async () => {
    const found = await operations['orders.pull'](shop(page(orders)).account, pull())
    expect(found).toMatchObject({ total: 3, next: null })
    expect(
      found.rows.map(({ channelOrderNo, channelStatus, full }) => [channelOrderNo, channelStatus, full !== null]),
    ).toEqual([
      ['7301', 'processing', true],
      ['7302', 'on-hold', true],
      ['7288', 'completed', false],
    ])
    expect(found.rows[0]).toMatchObject({
      modifiedAt: Date.parse('2026-10-20T01:16:40Z'),
      full: { order: { paidTotalFen: 30200 } },
    })
    expect(JSON.parse(found.rows[0]?.full?.raw ?? '')).toEqual(tea)
  })

  test('is read from its last page to its first, so that what leaves it pushes nothing past us', async () => {
    const { account, requests } = shop(page([tea], 201, 3), page([done], 201, 3), page([transfer], 200, 2))
    const last = await operations['orders.pull'](account, pull())
    expect(last).toMatchObject({ total: 201, next: '2', rows: [{ channelOrderNo: '7288' }] })
    expect(await operations['orders.pull'](account, pull('2'))).toMatchObject({ total: 200, next: '1' })
    expect(requests.map((request) => queryOf(request).page)).toEqual(['1', '3', '2'])
  })

  test('leaves out what lies outside the span', async () => {
    const early = { ...transfer, date_modified_gmt: '2026-10-20T00:59:59' }
    const late = { ...transfer, date_modified_gmt: '2026-10-20T03:00:00' }
    const { rows } = await operations['orders.pull'](shop(page([early, tea, late])).account, pull())
    expect(rows.map(({ channelOrderNo }) => channelOrderNo)).toEqual(['7301'])
  })

  test('of a span without a whole second is none, and nobody is asked', async () => {
    const { account, requests } = shop()
    const empty = { from: span.from + 1, to: span.from + 999 }
    expect(await operations['orders.pull'](account, { ...pull(), span: empty })).toEqual({
      rows: [],
      total: 0,
      next: null,
    })
    expect(requests).toEqual([])
  })

  test('is not held up by an order that cannot be read', async () => {
    const broken = { ...transfer, currency: '元' }
    const { rows } = await operations['orders.pull'](shop(page([tea, broken])).account, pull())
    expect(rows.map(({ full }) => full !== null)).toEqual([true, false])
    const failure = await failureOf(operations['orders.get'](shop(broken).account, '7302'))
    expect(failure).toMatchObject({
      code: 'CHANNEL_NONSENSE',
      details: { reason: expect.stringContaining('order.currency') },
    })
  })

  test.each([
    { what: 'counts', answer: json([tea]) },
    { what: 'a number', answer: page([{ status: 'processing' }]) },
    { what: 'rows', answer: json({ orders: [] }) },
  ])('without $what is nonsense', async ({ answer }) => {
    expect((await failureOf(operations['orders.pull'](shop(answer).account, pull()))).code).toBe('CHANNEL_NONSENSE')
  })

  test('is counted by one row', async () => {
    const { account, requests } = shop(page([tea], 4711, 4711))
    expect(await operations['orders.count'](account, { span, by: 'created' })).toBe(4711)
    expect(queryOf(requests[0]).per_page).toBe('1')
  })
})

describe('an order', () => {
  test('is the same, listed or fetched', async () => {
    const { account, asked } = shop(page([tea]), tea)
    const { rows } = await operations['orders.pull'](account, pull())
    expect(await operations['orders.get'](account, '7301')).toEqual(rows[0]?.full)
    expect(asked()[1]).toBe('GET /wc/v3/orders/7301')
  })

  test('with refunds is fetched with their records, and the inspector reads what is kept', async () => {
    const { account, asked } = shop(done, [refund])
    const { order, raw } = await operations['orders.get'](account, '7288')
    expect(asked()).toEqual(['GET /wc/v3/orders/7288', 'GET /wc/v3/orders/7288/refunds'])
    expect(order.lines).toMatchObject([{ refundState: 'success', refundedQuantity: 1, refundedFen: 3900 }])
    expect(woocommerce.inspect.orders(raw)).toEqual([order])
  })

  test('that is not there is not found, and another one is nonsense', async () => {
    const missing = shop(refusedWith(404, 'woocommerce_rest_shop_order_invalid_id')).account
    expect(await failureOf(operations['orders.get'](missing, '9999'))).toMatchObject({
      code: 'CHANNEL_NOT_FOUND',
      retry: 'never',
    })
    expect((await failureOf(operations['orders.get'](shop(tea).account, '9999'))).code).toBe('CHANNEL_NONSENSE')
  })
})

describe('refunds', () => {
  const asked = { channelOrderNo: '7288', channelCaseNo: '7310' }

  test('are found in the orders that changed, with the time of their own', async () => {
    const { account, asked: calls } = shop(page(orders), [refund])
    const found = await operations['aftersales.pull'](account, { span, cursor: null })
    expect(found).toMatchObject({ total: null, next: null })
    expect(found.rows.map((row) => row.case)).toEqual([
      {
        ...asked,
        channelLineNo: '1490',
        channelStatus: 'refunded',
        state: 'success',
        kind: 'refund-only',
        refundFen: 3900,
        quantity: 1,
        reason: '破损一罐',
        beforeShipping: false,
        returnWaybillNo: null,
        createdAt: '2026-10-20T02:30:05.000Z',
        modifiedAt: '2026-10-20T02:30:05.000Z',
      },
    ])
    expect(JSON.parse(found.rows[0]?.raw ?? '')).toEqual(refund)
    expect(calls()).toEqual(['GET /wc/v3/orders', 'GET /wc/v3/orders/7288/refunds'])
  })

  test('are read one by one from their order', async () => {
    expect((await operations['aftersales.get'](shop(done, [refund]).account, asked)).case).toMatchObject(asked)
    const other = operations['aftersales.get'](shop(done, [refund]).account, { ...asked, channelCaseNo: '9999' })
    expect((await failureOf(other)).code).toBe('CHANNEL_NOT_FOUND')
  })

  test('of bare sums name no line and no piece', async () => {
    const bare = { ...refund, line_items: [], amount: '10.00' }
    const open = { ...tea, refunds: [{ id: 7310, reason: '', total: '-10.00' }] }
    const found = await operations['aftersales.get'](shop(open, [bare]).account, { ...asked, channelOrderNo: '7301' })
    expect(found.case).toMatchObject({ channelLineNo: null, quantity: null, refundFen: 1000, beforeShipping: true })
  })

  test('of an order sent in parts may be of goods that left', async () => {
    const meta_data = [{ key: '_wc_shipment_tracking_items', value: [{ tracking_number: 'ZT1' }] }]
    const parts = { ...tea, meta_data, refunds: [{ id: 7310, reason: '', total: '-10.00' }] }
    const found = await operations['aftersales.get'](shop(parts, [refund]).account, {
      ...asked,
      channelOrderNo: '7301',
    })
    expect(found.case.beforeShipping).toBeNull()
  })

  test('are not asked for and not answered at this platform', () => {
    expect(woocommerce.operations['aftersales.answer']).toBeUndefined()
  })
})

describe('a remark', () => {
  const remark = (text: string) => ({ channelOrderNo: '7301', remark: text, flag: '3' })

  test.each(['加急，发顺丰 😊', ''])('"%s" goes into the order’s meta data', async (text) => {
    const { account, requests, asked } = shop({ id: 7301 })
    await operations['orders.remark'](account, remark(text))
    expect(asked()).toEqual(['PUT /wc/v3/orders/7301'])
    expect(requests[0]?.isWrite).toBe(true)
    expect(bodyOf(requests[0])).toEqual({ meta_data: [{ key: '_tongdan_remark', value: text }] })
  })

  test('that is too long is not sent', async () => {
    const { account, requests } = shop()
    expect((await failureOf(operations['orders.remark'](account, remark('长'.repeat(1_001))))).code).toBe(
      'INPUT_INVALID',
    )
    expect(requests).toEqual([])
  })

  test('that is answered with nonsense may have been taken', async () => {
    for (const answer of [json({}), { body: '<html>' }]) {
      expect((await failureOf(operations['orders.remark'](shop(answer).account, remark('x')))).code).toBe(
        'CHANNEL_UNCLEAR',
      )
    }
  })
})

describe('stock', () => {
  const item = (channelItemNo: string, channelSkuNo: string, quantity: number) => ({
    channelItemNo,
    channelSkuNo,
    merchantCode: null,
    quantity,
  })

  test('of a product without variations is set by itself', async () => {
    const { account, requests, asked } = shop(stock.product)
    expect(await operations['stock.push'](account, [item('522', '', 37)])).toEqual([
      { channelItemNo: '522', channelSkuNo: '', ok: true, reason: null },
    ])
    expect(asked()).toEqual(['PUT /wc/v3/products/522'])
    expect(bodyOf(requests[0])).toEqual({ manage_stock: true, stock_quantity: 37 })
  })

  test('of variations goes in one batch, and each has its own outcome', async () => {
    const { account, requests, asked } = shop(stock.variations)
    const items = [item('410', '4103', -2), item('410', '4999', 5), item('410', '4107', 1)]
    expect(await operations['stock.push'](account, items)).toEqual([
      { channelItemNo: '410', channelSkuNo: '4103', ok: true, reason: null },
      { channelItemNo: '410', channelSkuNo: '4999', ok: false, reason: expect.stringContaining('invalid_id') },
      { channelItemNo: '410', channelSkuNo: '4107', ok: false, reason: '网店没有回答这个商品' },
    ])
    expect(asked()).toEqual(['POST /wc/v3/products/410/variations/batch'])
    expect(bodyOf(requests[0])).toEqual({
      update: [
        { id: 4103, manage_stock: true, stock_quantity: 0 },
        { id: 4999, manage_stock: true, stock_quantity: 5 },
        { id: 4107, manage_stock: true, stock_quantity: 1 },
      ],
    })
  })

  test('of a product nobody knows is a bad result and no failure', async () => {
    const { account } = shop(refusedWith(404, 'woocommerce_rest_product_invalid_id'))
    expect(await operations['stock.push'](account, [item('9', '', 1)])).toMatchObject([
      { ok: false, reason: expect.stringContaining('没有这个编号') },
    ])
  })

  test('of what is no number is not sent', async () => {
    const { account, requests } = shop()
    expect(await operations['stock.push'](account, [item('410/x', '', 1)])).toMatchObject([{ ok: false }])
    expect(requests).toEqual([])
  })

  test.each([
    { answer: { status: 502, body: '<html>' }, code: 'CHANNEL_UNCLEAR' },
    { answer: json({ update: 'ok' }), code: 'CHANNEL_UNCLEAR' },
    { answer: refusedWith(401, 'woocommerce_rest_cannot_edit'), code: 'CHANNEL_MISCONFIGURED' },
  ])('stops with $code', async ({ answer, code }) => {
    expect((await failureOf(operations['stock.push'](shop(answer).account, [item('410', '4103', 1)]))).code).toBe(code)
  })

  test('of more than a hundred things is a mistake of the caller', async () => {
    const many = Array.from({ length: 101 }, (_, i) => item('410', String(i), 1))
    await expect(operations['stock.push'](shop().account, many)).rejects.toThrow(RangeError)
  })
})

test('listings are products without variations and variations, as orders name them', async () => {
  const { account, requests, asked } = shop(page(products, 50, 3), page(variations))
  const found = await operations['products.pull'](account, null)
  expect(asked()).toEqual(['GET /wc/v3/products', 'GET /wc/v3/products/410/variations'])
  expect(queryOf(requests[0])).toEqual({ page: '1', per_page: '20', orderby: 'id', order: 'asc' })
  expect(found).toMatchObject({ total: null, next: '2' })
  expect(found.rows).toMatchObject([
    {
      channelItemNo: '522',
      channelSkuNo: '',
      merchantCode: 'GW-BC-01',
      title: '白瓷盖碗',
      specification: '',
      imageUrl: 'https://tea.example/gw.jpg',
      priceFen: 6800,
      quantity: 37,
      isOnSale: true,
      modifiedAt: '2026-10-19T02:00:00.000Z',
    },
    {
      channelItemNo: '410',
      channelSkuNo: '4103',
      merchantCode: 'LJ-TJ-250',
      title: '龙井明前特级',
      specification: '重量:250g',
      imageUrl: 'https://tea.example/lj250.jpg',
      priceFen: 12800,
      quantity: 12,
      isOnSale: true,
      modifiedAt: '2026-10-18T02:00:00.000Z',
    },
    { channelSkuNo: '4104', imageUrl: 'https://tea.example/lj.jpg', quantity: 0, isOnSale: false },
  ])
  expect((await operations['products.pull'](shop(page([], 50, 3)).account, '3')).next).toBeNull()
})

test('more variations than a page holds are read to the end', async () => {
  const { account, requests } = shop(page([products[1]]), page(variations, 101, 2), page(variations, 101, 2))
  expect((await operations['products.pull'](account, null)).rows).toHaveLength(4)
  expect(requests.map((request) => queryOf(request).page)).toEqual(['1', '1', '2'])
})

describe('the connection test', () => {
  test('tries the key and tells the name', async () => {
    const { account, asked } = shop([], { name: '青山茶铺', namespaces: ['wc/v3'] })
    expect(await operations['shop.describe'](account)).toEqual({ channelShopNo: 'tea.example', name: '青山茶铺' })
    expect(asked()).toEqual(['GET /wc/v3/orders', 'GET /'])
  })

  test('of a site without a name tells its host, and below a path it is another shop', async () => {
    const { account } = shop([], {})
    expect(await operations['shop.describe']({ ...account, address: `${address}/green` })).toEqual({
      channelShopNo: 'tea.example/green',
      name: 'tea.example',
    })
  })

  test.each([
    { answer: refusedWith(401, 'woocommerce_rest_cannot_view'), words: '密钥' },
    { answer: refusedWith(404, 'rest_no_route'), words: '固定链接' },
    { answer: { status: 404, body: '<html>' }, words: '核对网店地址' },
  ])('says what to set right: $words', async ({ answer, words }) => {
    expect(await failureOf(operations['shop.describe'](shop(answer).account))).toMatchObject({
      code: 'CHANNEL_MISCONFIGURED',
      details: { reason: expect.stringContaining(words) },
    })
  })
})

test.each([
  { address: 'http://shop.example' },
  { address: 'https://shop.example/?x=1' },
  { consumerKey: 'cs_x' },
  { consumerSecret: 'ck_x' },
])('what cannot be right is refused when it is typed in: %o', (wrong) => {
  expect(Credentials.safeParse({ ...credentials, ...wrong }).success).toBe(false)
})

test('a loopback address may do without TLS, and an event’s secret may be missing', () => {
  const read = Credentials.parse({ ...credentials, address: 'http://127.0.0.1:4010', webhookSecret: undefined })
  expect(read).toMatchObject({ address: 'http://127.0.0.1:4010', webhookSecret: '' })
})
