import { describe, expect, test } from 'vitest'
import { Failure } from '../../../core/failures.ts'
import type { ShipmentReport } from '../../../kit/channel.ts'
import type { OutgoingRequest } from '../../../kit/plug.ts'
import { woocommerce } from './index.ts'
import { Credentials, type WooAccount } from './manifest.ts'
import orders from './samples/orders.json' with { type: 'json' }

const operations = woocommerce.operations as Required<typeof woocommerce.operations>
const credentials = Credentials.parse({ address: 'https://tea.example', consumerKey: 'ck_a', consumerSecret: 'cs_b' })
const tea = orders[0]!
type Fields = Readonly<Record<string, unknown>>

/** A shop with one order. `plugin` is the namespace of its tracking plugin; without one it keeps notes. */
interface Shop {
  readonly plugin: 'wc-shipment-tracking' | 'wc-ast' | null
  readonly order?: Fields
  readonly numbers?: readonly string[]
  readonly notes?: readonly string[]
  /** Answers in the place of the usual ones, by method and path. */
  readonly instead?: Readonly<Record<string, { readonly status: number; readonly body: string }>>
}

const noRoute = { status: 404, body: '{"code":"rest_no_route","message":"No route.","data":{"status":404}}' }
const good = (value: unknown) => ({ status: 200, body: JSON.stringify(value) })

function answerOf(shop: Shop, { method, body }: OutgoingRequest, path: string) {
  const own = shop.instead?.[`${method} ${path}`]
  if (own) return own
  if (path.endsWith('/notes'))
    return good(method === 'GET' ? (shop.notes ?? []).map((note) => ({ note })) : { id: 90011 })
  if (path.startsWith('/wc/v3/')) return good({ ...tea, ...shop.order })
  if (shop.plugin === null || !path.startsWith(`/${shop.plugin}/`)) return noRoute
  if (method === 'GET')
    return good((shop.numbers ?? []).map((no) => ({ tracking_id: `id-${no}`, tracking_number: no })))
  return good(method === 'POST' ? { tracking_id: 'new', ...JSON.parse(body ?? '{}') } : {})
}

function open(shop: Shop) {
  const requests: OutgoingRequest[] = []
  const pathOf = ({ url }: OutgoingRequest) => new URL(url).pathname.replace('/wp-json', '')
  const account: WooAccount = {
    credentials,
    address: credentials.address,
    now: () => 0,
    send: async (request) => {
      requests.push(request)
      return { headers: {}, ...answerOf(shop, request, pathOf(request)) }
    },
  }
  const written = () =>
    requests
      .filter(({ method }) => method !== 'GET')
      .map((request) => [`${request.method} ${pathOf(request)}`, JSON.parse(request.body ?? 'null')])
  return { account, requests, written }
}

const failureOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  return error as Failure
}

const line = (channelLineNo: string, quantity: number, isWholeLine: boolean) => ({
  channelLineNo,
  channelSkuNo: '',
  quantity,
  isWholeLine,
})
const parcel: ShipmentReport = {
  channelOrderNo: '7301',
  carrier: 'zto',
  carrierName: '中通快递',
  waybillNo: '73512345678944',
  shippedAt: Date.parse('2026-10-20T16:30:00Z'),
  lines: [line('1501', 2, true), line('1502', 1, true)],
  isWholeOrder: true,
}
const first = { ...parcel, waybillNo: 'ZT1', lines: [line('1501', 1, false)], isWholeOrder: false }
const rest = {
  ...parcel,
  waybillNo: 'ZT2',
  lines: [line('1501', 1, false), line('1502', 1, true)],
  isWholeOrder: false,
}
const note = ({ waybillNo, lines }: ShipmentReport) => ({
  carrier: 'zto',
  carrierName: '中通快递',
  waybillNo,
  lines: lines.map(({ channelLineNo, quantity }) => ({ id: channelLineNo, quantity })),
})
const notes = (...parcels: readonly ShipmentReport[]) => [{ key: '_tongdan_parcels', value: parcels.map(note) }]
const done = { status: 'completed' }
const order = 'PUT /wc/v3/orders/7301'
const post = (plugin: string) => `POST /${plugin}/v3/orders/7301/shipment-trackings`

describe('a parcel of everything', () => {
  test.each(['wc-shipment-tracking', 'wc-ast'] as const)('goes to %s, then closes the order', async (plugin) => {
    const { account, requests, written } = open({ plugin })
    await operations['shipments.report'](account, parcel)
    expect(written()).toEqual([
      [
        post(plugin),
        {
          custom_tracking_provider: '中通快递',
          custom_tracking_link: expect.stringContaining('%1$s'),
          tracking_number: '73512345678944',
          date_shipped: '2026-10-21',
        },
      ],
      [order, done],
    ])
    expect(requests.every(({ operation, isWrite }) => operation === 'shipments.report' && isWrite)).toBe(true)
  })

  test('without a plugin is a note to the buyer, and our own so that it can be found', async () => {
    const { account, written } = open({ plugin: null })
    await operations['shipments.report'](account, parcel)
    expect(written()).toEqual([
      ['POST /wc/v3/orders/7301/notes', { note: '已发货：中通快递 73512345678944', customer_note: true }],
      [order, { ...done, meta_data: notes(parcel) }],
    ])
  })

  test('of an order that somebody closed before us still tells its number', async () => {
    const { account, written } = open({ plugin: 'wc-ast', order: done })
    await operations['shipments.report'](account, parcel)
    expect(written().map(([call]) => call)).toEqual([post('wc-ast')])
  })
})

describe('a part of an order', () => {
  test('is noted with its lines and leaves the order open', async () => {
    const { account, written } = open({ plugin: 'wc-ast' })
    await operations['shipments.report'](account, first)
    expect(written().at(-1)).toEqual([order, { meta_data: notes(first) }])
  })

  test('that is the last closes the order', async () => {
    const { account, written } = open({ plugin: 'wc-ast', order: { meta_data: notes(first) }, numbers: ['ZT1'] })
    await operations['shipments.report'](account, rest)
    expect(written().at(-1)).toEqual([order, { ...done, meta_data: notes(first, rest) }])
  })

  test('that is the last beside a line paid back closes it too', async () => {
    const record = {
      id: 9,
      date_created_gmt: '2026-10-20T02:00:00',
      amount: '58.00',
      line_items: [{ product_id: 522, variation_id: 0, quantity: -1, total: '-58.00', total_tax: '0.00' }],
    }
    const { account, written } = open({
      plugin: 'wc-ast',
      order: { refunds: [{ id: 9, total: '-58.00' }] },
      instead: { 'GET /wc/v3/orders/7301/refunds': good([record]) },
    })
    await operations['shipments.report'](account, { ...parcel, lines: [line('1501', 2, true)], isWholeOrder: false })
    expect(written().at(-1)).toMatchObject([order, done])
  })
})

describe('a parcel told before', () => {
  test.each([
    { where: 'a plugin', shop: { plugin: 'wc-ast', order: done, numbers: ['7351 2345678944'] }, report: parcel },
    {
      where: 'a note',
      shop: {
        plugin: null,
        order: { ...done, meta_data: notes(parcel) },
        notes: ['已发货：中通快递 73512345678944'],
      },
      report: parcel,
    },
    {
      where: 'a plugin and our note',
      shop: { plugin: 'wc-ast', order: { meta_data: notes(first) }, numbers: ['ZT1'] },
      report: first,
    },
  ] as const)('is already done when it stands in $where', async ({ shop, report }) => {
    const { account, written } = open(shop)
    const failure = await failureOf(operations['shipments.report'](account, report))
    expect(failure).toMatchObject({ code: 'CHANNEL_ALREADY_DONE', retry: 'after-checking' })
    expect(written()).toEqual([])
  })

  test.each([
    { plugin: 'wc-ast', numbers: ['73512345678944'], body: done },
    { plugin: null, notes: ['已发货：中通快递 73512345678944'], body: { ...done, meta_data: notes(parcel) } },
  ] as const)('is finished, not told again, when the order stayed open: %o', async ({ body, ...shop }) => {
    const { account, written } = open(shop)
    await operations['shipments.report'](account, parcel)
    expect(written()).toEqual([[order, body]])
  })
})

test.each([
  { why: 'on-hold', shop: { order: { status: 'on-hold' } }, report: parcel },
  { why: 'cancelled', shop: { order: { status: 'cancelled' } }, report: parcel },
  { why: '商品行 9', shop: {}, report: { ...first, lines: [line('9', 1, true)] } },
  { why: '只有 2 件', shop: {}, report: { ...first, lines: [line('1501', 3, true)] } },
])('a parcel that cannot be is refused before anything is written: $why', async ({ why, shop, report }) => {
  const { account, written } = open({ plugin: 'wc-ast', ...shop })
  const failure = await failureOf(operations['shipments.report'](account, report))
  expect(failure).toMatchObject({ code: 'CHANNEL_REFUSED', details: { reason: expect.stringContaining(why) } })
  expect(written()).toEqual([])
})

test.each([
  { at: 'GET /wc/v3/orders/7301', answer: { status: 502, body: '<html>' }, code: 'CHANNEL_UNCLEAR' },
  { at: 'GET /wc/v3/orders/7301', answer: { status: 200, body: '{"id":7301}' }, code: 'CHANNEL_UNCLEAR' },
  { at: 'GET /wc/v3/orders/7301', answer: { status: 429, body: '' }, code: 'CHANNEL_RATE_LIMITED' },
  {
    at: 'GET /wc/v3/orders/7301',
    answer: { status: 404, body: '{"code":"woocommerce_rest_shop_order_invalid_id","message":"Invalid ID."}' },
    code: 'CHANNEL_NOT_FOUND',
  },
  { at: post('wc-ast').replace('POST', 'GET'), answer: { status: 404, body: '<html>' }, code: 'CHANNEL_MISCONFIGURED' },
  { at: post('wc-ast'), answer: { status: 502, body: '<html>' }, code: 'CHANNEL_UNCLEAR' },
  { at: post('wc-ast'), answer: { status: 201, body: '{}' }, code: 'CHANNEL_UNCLEAR' },
  { at: post('wc-ast'), answer: { status: 201, body: '{"tracking_number":"1"}' }, code: 'CHANNEL_UNCLEAR' },
  { at: order, answer: { status: 200, body: '[]' }, code: 'CHANNEL_UNCLEAR' },
])('trouble at $at answered $answer.status is $code', async ({ at, answer, code }) => {
  const { account } = open({ plugin: 'wc-ast', instead: { [at]: answer } })
  expect((await failureOf(operations['shipments.report'](account, parcel))).code).toBe(code)
})

test('a note about a longer number is about another parcel', async () => {
  const { account, written } = open({ plugin: null, notes: ['已发货：中通快递 735123456789441'] })
  await operations['shipments.report'](account, parcel)
  expect(written()).toHaveLength(2)
})

describe('another number', () => {
  const change = { ...parcel, formerWaybillNo: 'ZT1', formerCarrier: 'zto' }

  test('is told before the former one goes', async () => {
    const { account, written } = open({ plugin: 'wc-ast', order: done, numbers: ['ZT1'] })
    await operations['shipments.change'](account, change)
    expect(written().map(([call]) => call)).toEqual([
      post('wc-ast'),
      'DELETE /wc-ast/v3/orders/7301/shipment-trackings/id-ZT1',
    ])
  })

  test('takes the place of the former one in our note, with what is in the parcel', async () => {
    const { account, written } = open({
      plugin: null,
      order: { meta_data: notes(first) },
      notes: ['已发货：中通快递 ZT1'],
    })
    await operations['shipments.change'](account, change)
    expect(written()).toEqual([
      ['POST /wc/v3/orders/7301/notes', { note: '已发货：中通快递 73512345678944', customer_note: true }],
      [order, { meta_data: notes({ ...first, waybillNo: '73512345678944' }) }],
    ])
  })

  test('that was half done is finished', async () => {
    const { account, written } = open({ plugin: 'wc-ast', order: done, numbers: ['ZT1', '73512345678944'] })
    await operations['shipments.change'](account, change)
    expect(written().map(([call]) => call)).toEqual(['DELETE /wc-ast/v3/orders/7301/shipment-trackings/id-ZT1'])
  })

  test.each([
    { numbers: ['73512345678944'], code: 'CHANNEL_ALREADY_DONE' },
    { numbers: [], code: 'CHANNEL_REFUSED' },
  ])('where the shop holds $numbers is $code', async ({ numbers, code }) => {
    const { account, written } = open({ plugin: 'wc-ast', numbers })
    expect((await failureOf(operations['shipments.change'](account, change))).code).toBe(code)
    expect(written()).toEqual([])
  })
})
