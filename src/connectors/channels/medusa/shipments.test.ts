import { describe, expect, test } from 'vitest'
import { Failure } from '../../../core/failures.ts'
import type { ShipmentReport } from '../../../kit/channel.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { medusa } from './index.ts'
import { Credentials, type MedusaAccount } from './manifest.ts'
import sample from './samples/order.json' with { type: 'json' }

const operations = medusa.operations as Required<typeof medusa.operations>
const credentials = Credentials.parse({
  address: 'https://shop.example',
  secretKey: 'sk_invented',
  stockLocationId: 'sloc_01',
})
type Fields = Readonly<Record<string, unknown>>
const uncounted = { shipped_quantity: 0, fulfilled_quantity: 0 }
const items = sample.order.items.map((line) => ({ ...line, detail: { ...line.detail, ...uncounted } }))
const paid: Fields = {
  ...sample.order,
  payment_status: 'captured',
  fulfillment_status: 'not_fulfilled',
  payment_collections: [],
  summary: null,
  fulfillments: [],
  items,
}

const line = (channelLineNo: string, quantity: number) => ({
  channelLineNo,
  channelSkuNo: '',
  quantity,
  isWholeLine: true,
})
const parcel: ShipmentReport = {
  channelOrderNo: sample.order.id,
  carrier: 'zto',
  carrierName: '中通快递',
  waybillNo: 'ZT7300000001',
  shippedAt: Date.parse('2026-10-20T16:30:00Z'),
  lines: [line('ordli_3', 2), line('ordli_4', 1)],
  isWholeOrder: true,
}
const held = [
  { line_item_id: 'ordli_4', quantity: 1 },
  { line_item_id: 'ordli_3', quantity: 2 },
]
const sentItems = [
  { id: 'ordli_3', quantity: 2 },
  { id: 'ordli_4', quantity: 1 },
]

/** A shop with one order; `instead` answers in the place of the usual, by the end of the path. */
function open(order: Fields, instead: Readonly<Record<string, Partial<Answer>>> = {}) {
  const requests: OutgoingRequest[] = []
  const account: MedusaAccount = {
    credentials,
    address: credentials.address,
    now: () => 0,
    send: async (request) => {
      requests.push(request)
      const end = request.method === 'GET' ? 'order' : (new URL(request.url).pathname.split('/').at(-1) ?? '')
      const made = { id: 'ful_new', items: held, metadata: {}, labels: [] }
      const packed = { ...order, fulfillments: [...(order.fulfillments as readonly unknown[]), made] }
      const body = JSON.stringify({ order: end === 'fulfillments' ? packed : order })
      return { status: 200, headers: {}, body, ...instead[end] }
    },
  }
  const written = () =>
    requests
      .filter(({ method }) => method !== 'GET')
      .map(({ url, body }) => [new URL(url).pathname, JSON.parse(body ?? 'null')] as const)
  return { account, requests, written, report: () => operations['shipments.report'](account, parcel) }
}

const failureOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  return error as Failure
}

const path = `/admin/orders/${sample.order.id}/fulfillments`
const handedOver = (id: string) => [
  `${path}/${id}/shipments`,
  {
    items: sentItems,
    labels: [
      {
        tracking_number: 'ZT7300000001',
        tracking_url: 'https://www.kuaidi100.com/chaxun?nu=ZT7300000001',
        label_url: '',
      },
    ],
  },
]

test('a parcel is packed with its number noted, then handed over', async () => {
  const shop = open(paid)
  await shop.report()
  expect(shop.written()).toEqual([
    [
      path,
      {
        items: sentItems,
        location_id: 'sloc_01',
        no_notification: false,
        metadata: { tracking_number: 'ZT7300000001', carrier: 'zto', carrier_name: '中通快递' },
      },
    ],
    handedOver('ful_new'),
  ])
  expect(shop.requests.every(({ isWrite }) => isWrite)).toBe(true)
})

describe('what was packed before', () => {
  const waiting = { id: 'ful_7', items: held, labels: [], metadata: {} }

  test.each([
    { when: 'under the same number', packed: { ...waiting, items: [], metadata: { tracking_number: 'zt7300000001' } } },
    { when: 'with the same goods and no number', packed: waiting },
  ])('$when is only handed over', async ({ packed }) => {
    const shop = open({ ...paid, fulfillments: [packed] })
    await shop.report()
    expect(shop.written()).toEqual([handedOver('ful_7')])
  })

  test.each([
    { when: 'has another number', packed: { ...waiting, metadata: { tracking_number: 'ZT9' } } },
    { when: 'has other goods', packed: { ...waiting, items: held.slice(0, 1) } },
    { when: 'has a label', packed: { ...waiting, labels: [{ tracking_number: 'ZT9' }] } },
    { when: 'was cancelled', packed: { ...waiting, canceled_at: '2026-10-20T07:00:00.000Z' } },
    { when: 'has left', packed: { ...waiting, shipped_at: '2026-10-20T07:00:00.000Z' } },
  ])('is somebody else’s when it $when', async ({ packed }) => {
    const shop = open({ ...paid, fulfillments: [packed] })
    await shop.report()
    expect(shop.written().map(([called]) => called)).toEqual([path, `${path}/ful_new/shipments`])
  })
})

test('a number that is there is not told again', async () => {
  const shop = open({ ...sample.order })
  expect(await failureOf(shop.report())).toMatchObject({ code: 'CHANNEL_ALREADY_DONE' })
  expect(shop.written()).toEqual([])
})

test.each([
  { when: 'is not paid', order: { ...paid, payment_status: 'not_paid' }, names: '不能发货' },
  { when: 'is cancelled', order: { ...paid, status: 'canceled' }, names: '不能发货' },
  { when: 'has left', order: { ...paid, fulfillment_status: 'shipped' }, names: '不能发货' },
  { when: 'has another line', order: { ...paid, items: items.slice(0, 1) }, names: '没有商品行 ordli_4' },
  {
    when: 'has too few left',
    order: { ...paid, items: [{ ...items[0], detail: { shipped_quantity: 1 } }, items[1]] },
    names: '只剩 1 件',
  },
])('an order that $when takes no parcel', async ({ order, names }) => {
  const shop = open(order)
  const failure = await failureOf(shop.report())
  expect(failure).toMatchObject({ code: 'CHANNEL_REFUSED', details: { reason: expect.stringContaining(names) } })
  expect(shop.written()).toEqual([])
})

test('an order paid back in full takes no parcel', async () => {
  const shop = open({ ...paid, payment_status: 'refunded' })
  expect(await failureOf(shop.report())).toMatchObject({ code: 'CHANNEL_REFUSED' })
})

test.each([
  { when: 'the first call fails', instead: { fulfillments: { status: 502, body: '<html>' } }, calls: 1 },
  { when: 'the second call fails', instead: { shipments: { status: 500, body: '' } }, calls: 2 },
  { when: 'reading fails', instead: { order: { status: 503, body: '' } }, calls: 0 },
  {
    when: 'the shop says yes and names nothing packed',
    instead: { fulfillments: { body: JSON.stringify({ order: paid }) } },
    calls: 1,
  },
  {
    when: 'the shop answers about another order',
    instead: { shipments: { body: JSON.stringify({ order: { id: 'order_9' } }) } },
    calls: 2,
  },
])('it is unclear when $when', async ({ instead, calls }) => {
  const shop = open(paid, instead)
  expect(await failureOf(shop.report())).toMatchObject({ code: 'CHANNEL_UNCLEAR', retry: 'after-checking' })
  expect(shop.written()).toHaveLength(calls)
})

test('what the shop refuses is refused', async () => {
  const body = JSON.stringify({ type: 'not_allowed', message: 'No stock.' })
  const shop = open(paid, { fulfillments: { status: 400, body } })
  expect(await failureOf(shop.report())).toMatchObject({
    code: 'CHANNEL_REFUSED',
    details: { code: '400/not_allowed' },
  })
})
