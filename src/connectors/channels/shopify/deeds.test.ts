import { describe, expect, test } from 'vitest'
import { Failure } from '../../../core/failures.ts'
import type { ReportedLine, ShipmentReport, StockItem } from '../../../kit/channel.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { shopify } from './index.ts'
import { Credentials, type ShopifyAccount } from './manifest.ts'
import failures from './samples/failures.json' with { type: 'json' }
import two from './samples/order-two-locations.json' with { type: 'json' }
import page from './samples/orders-page.json' with { type: 'json' }

const address = 'https://tea-sample.myshopify.com'
const operations = shopify.operations as Required<typeof shopify.operations>

interface Variables {
  readonly ids?: readonly string[]
  readonly key?: string
  readonly input?: { readonly referenceDocumentUri: string; readonly quantities: readonly object[] }
  readonly fulfillment?: object
}

/** A shop that gives the answers one after the other. Every call of an operation that writes counts as a write. */
function shop(answers: readonly object[], locationId = 'gid://shopify/Location/31') {
  const requests: OutgoingRequest[] = []
  const account: ShopifyAccount = {
    credentials: Credentials.parse({ address, accessToken: 'shpat_invented', locationId }),
    address,
    now: () => Date.parse('2026-10-20T09:00:00Z'),
    send: async (request) => {
      requests.push(request)
      const answer = answers[requests.length - 1]
      if (answer === undefined) throw new Error(`unexpected call ${request.body}`)
      expect(request.isWrite).toBe(true)
      return 'status' in answer ? (answer as Answer) : { status: 200, headers: {}, body: JSON.stringify(answer) }
    },
  }
  const sent = () => requests.map(({ body }) => JSON.parse(body ?? '') as { query: string; variables: Variables })
  return { account, sent }
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  return (error as Failure).code
}

const [plain] = page.data.orders.nodes
const order = (change: object = {}) => ({ data: { order: { ...plain, ...change } } })
const created = {
  data: { fulfillmentCreate: { fulfillment: { id: 'gid://shopify/Fulfillment/7001' }, userErrors: [] } },
}
const lineOf = (number: number, quantity: number): ReportedLine => ({
  channelLineNo: `gid://shopify/LineItem/${number}`,
  channelSkuNo: '',
  quantity,
  isWholeLine: false,
})
const parcel = (change: Partial<ShipmentReport> = {}): ShipmentReport => ({
  channelOrderNo: plain!.id,
  carrier: 'zto',
  carrierName: '中通快递',
  waybillNo: '73512345678944',
  shippedAt: Date.parse('2026-10-20T08:00:00Z'),
  lines: [lineOf(91, 2), lineOf(92, 1)],
  isWholeOrder: true,
  ...change,
})
const silent = { status: 502, headers: {}, body: '' }

describe('a parcel', () => {
  const report = (change: Partial<ShipmentReport>, ...answers: readonly object[]) => {
    const { account, sent } = shop(answers)
    return { done: operations['shipments.report'](account, parcel(change)), sent }
  }

  test('is told as the sheet shows', async () => {
    const { done, sent } = report({}, order(), created)
    await done
    expect(sent()[1]?.query).toContain('fulfillmentCreate(fulfillment:$fulfillment)')
    expect(sent()[1]?.variables.fulfillment).toEqual({
      lineItemsByFulfillmentOrder: [
        {
          fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/801',
          fulfillmentOrderLineItems: [
            { id: 'gid://shopify/FulfillmentOrderLineItem/811', quantity: 2 },
            { id: 'gid://shopify/FulfillmentOrderLineItem/812', quantity: 1 },
          ],
        },
      ],
      notifyCustomer: true,
      trackingInfo: { company: 'ZTO Express', number: '73512345678944' },
    })
  })

  test('of a carrier Shopify does not list goes by its Chinese name', async () => {
    const { done, sent } = report({ carrier: 'deppon', carrierName: '德邦快递' }, order(), created)
    await done
    expect(sent()[1]?.variables.fulfillment).toMatchObject({ trackingInfo: { company: '德邦快递' } })
  })

  test('from two locations takes a call for each, and only what is left', async () => {
    const change = { channelOrderNo: two.data.order.id, waybillNo: '73512345678951', lines: [lineOf(102, 2)] }
    const { done, sent } = report(change, two, created, created)
    await done
    const told = sent()
      .slice(1)
      .map(({ variables }) => variables.fulfillment)
    const part = (orderNo: number, rowNo: number) => ({
      lineItemsByFulfillmentOrder: [
        {
          fulfillmentOrderId: `gid://shopify/FulfillmentOrder/${orderNo}`,
          fulfillmentOrderLineItems: [{ id: `gid://shopify/FulfillmentOrderLineItem/${rowNo}`, quantity: 1 }],
        },
      ],
    })
    expect(told).toMatchObject([part(902, 912), part(903, 913)])
  })

  const told = (rows: readonly object[] | null) => ({
    fulfillments: [
      {
        id: 'f',
        status: 'SUCCESS',
        trackingInfo: [{ number: '7351 2345678944' }],
        ...(rows === null ? {} : { fulfillmentLineItems: { nodes: rows } }),
      },
    ],
  })
  const pieces = (number: number, quantity: number) => ({
    quantity,
    lineItem: { id: `gid://shopify/LineItem/${number}` },
  })

  test.each([
    ['all of it', [pieces(91, 2), pieces(92, 1)]],
    ['it does not say what', null],
  ])('that already stands there is not told again: %s', async (_, rows) => {
    expect(await codeOf(report({}, order(told(rows))).done)).toBe('CHANNEL_ALREADY_DONE')
  })

  test('of which a part stands there is told for the rest', async () => {
    const { done, sent } = report({}, order(told([pieces(91, 2)])), created)
    await done
    expect(sent()[1]?.variables.fulfillment).toMatchObject({
      lineItemsByFulfillmentOrder: [{ fulfillmentOrderLineItems: [{ quantity: 1 }] }],
    })
  })

  const [open] = plain!.fulfillmentOrders.nodes
  test.each<[what: string, change: Partial<ShipmentReport>, answers: readonly object[], code: string]>([
    ['of an open order', {}, [order({ displayFinancialStatus: 'PENDING' })], 'CHANNEL_REFUSED'],
    ['of another order’s line', { lines: [lineOf(77, 1)] }, [order()], 'CHANNEL_REFUSED'],
    ['of too many pieces', { lines: [lineOf(91, 3)] }, [order()], 'CHANNEL_REFUSED'],
    ['on hold', {}, [order({ fulfillmentOrders: { nodes: [{ ...open, status: 'ON_HOLD' }] } })], 'CHANNEL_REFUSED'],
    ['whose order may not be seen', {}, [order({ fulfillmentOrders: { nodes: [] } })], 'CHANNEL_REFUSED'],
    ['of no order', {}, [{ data: { order: null } }], 'CHANNEL_NOT_FOUND'],
    ['that Shopify refuses', {}, [order(), failures.closed_fulfilment_order], 'CHANNEL_REFUSED'],
    [
      'with a success that says nothing',
      {},
      [order(), { data: { fulfillmentCreate: { fulfillment: null, userErrors: [] } } }],
      'CHANNEL_UNCLEAR',
    ],
    ['answered with nonsense', {}, [order(), { data: {} }], 'CHANNEL_UNCLEAR'],
    ['answered with a page', {}, [order(), { status: 200, headers: {}, body: '<html>' }], 'CHANNEL_UNCLEAR'],
    ['in trouble', {}, [order(), silent], 'CHANNEL_UNCLEAR'],
    ['in trouble before it was told', {}, [silent], 'CHANNEL_UNCLEAR'],
    ['throttled', {}, [order(), failures.throttled], 'CHANNEL_RATE_LIMITED'],
  ])('%s is a failure of its own', async (_, change, answers, code) => {
    expect(await codeOf(report(change, ...answers).done)).toBe(code)
  })
})

describe('another number', () => {
  const updated = {
    data: { fulfillmentTrackingInfoUpdate: { fulfillment: { id: 'gid://shopify/Fulfillment/7102' }, userErrors: [] } },
  }
  const change = (former: string, ...answers: readonly object[]) => {
    const { account, sent } = shop(answers)
    const given = { ...parcel({ channelOrderNo: two.data.order.id, waybillNo: 'SF1300000000017', carrier: 'sf' }) }
    return {
      done: operations['shipments.change'](account, { ...given, formerWaybillNo: former, formerCarrier: 'zto' }),
      sent,
    }
  }

  test('takes the place of the former', async () => {
    const { done, sent } = change('73512345678944', two, updated)
    await done
    expect(sent()[1]?.variables).toEqual({
      id: 'gid://shopify/Fulfillment/7102',
      tracking: { company: 'SF Express', number: 'SF1300000000017' },
      notify: true,
    })
  })

  const with17 = {
    ...two.data.order,
    fulfillments: [{ id: 'f', status: 'SUCCESS', trackingInfo: [{ number: 'SF1300000000017' }] }],
  }
  test.each([
    ['for one nobody told', 'ZT999', [two], 'CHANNEL_REFUSED'],
    ['for one on a cancelled parcel', 'SF0000000000', [two], 'CHANNEL_REFUSED'],
    ['that stands there', '73512345678944', [{ data: { order: with17 } }], 'CHANNEL_ALREADY_DONE'],
    ['in trouble', '73512345678944', [two, silent], 'CHANNEL_UNCLEAR'],
    [
      'with a success that says nothing',
      '73512345678944',
      [two, { data: { fulfillmentTrackingInfoUpdate: { fulfillment: null, userErrors: [] } } }],
      'CHANNEL_UNCLEAR',
    ],
  ])('%s is a failure of its own', async (_, former, answers, code) => {
    expect(await codeOf(change(former, ...answers).done)).toBe(code)
  })
})

describe('stock', () => {
  const item = (number: number, quantity: number): StockItem => ({
    channelItemNo: 'gid://shopify/Product/801',
    channelSkuNo: `gid://shopify/ProductVariant/${number}`,
    merchantCode: `V-${number}`,
    quantity,
  })
  const found = (...numbers: readonly number[]) => ({
    data: {
      nodes: numbers.map((number) =>
        number === 0
          ? null
          : {
              id: `gid://shopify/ProductVariant/${number}`,
              inventoryItem: { id: `gid://shopify/InventoryItem/${number}` },
            },
      ),
    },
  })
  const set = (...userErrors: readonly object[]) => ({
    data: { inventorySetQuantities: { inventoryAdjustmentGroup: null, userErrors } },
  })
  const rowError = (index: number, field = 'locationId') => ({
    code: 'ITEM_NOT_STOCKED_AT_LOCATION',
    field: ['input', 'quantities', String(index), field],
    message: 'not stocked here',
  })
  const push = (items: readonly StockItem[], answers: readonly object[], locationId?: string) => {
    const { account, sent } = shop(answers, locationId)
    return { results: operations['stock.push'](account, items), sent }
  }
  const reasons = (results: readonly { readonly reason: string | null }[]) => results.map(({ reason }) => reason)

  test('is set by inventory item, at the location typed in', async () => {
    const { results, sent } = push([item(4103, 37), item(5221, -2)], [found(4103, 5221), set()])
    expect(reasons(await results)).toEqual([null, null])
    const [look, write] = sent()
    expect(look?.variables.ids).toEqual(['gid://shopify/ProductVariant/4103', 'gid://shopify/ProductVariant/5221'])
    expect(write?.query).toContain('@idempotent(key:$key)')
    const { key, input } = write!.variables
    const where = { locationId: 'gid://shopify/Location/31', changeFromQuantity: null }
    expect(key).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/)
    expect(input).toEqual({
      name: 'available',
      reason: 'correction',
      referenceDocumentUri: `gid://tongdan/StockPush/${key}`,
      quantities: [
        { inventoryItemId: 'gid://shopify/InventoryItem/4103', quantity: 37, ...where },
        { inventoryItemId: 'gid://shopify/InventoryItem/5221', quantity: 0, ...where },
      ],
    })
  })

  test('has another key for other numbers', async () => {
    const keys = [36, 37].map(async (quantity) => {
      const { results, sent } = push([item(4103, quantity)], [found(4103), set()])
      await results
      return sent()[1]?.variables.key
    })
    expect(new Set(await Promise.all(keys)).size).toBe(2)
  })

  test.each([
    [
      [
        { id: 'gid://shopify/Location/9', isActive: false },
        { id: 'gid://shopify/Location/32', isActive: true },
      ],
    ],
    [[{ id: 'gid://shopify/Location/32' }]],
  ])('without a location goes to the first active one', async (nodes) => {
    const { results, sent } = push([item(4103, 37)], [found(4103), { data: { locations: { nodes } } }, set()], '')
    await results
    expect(sent()[2]?.variables.input?.quantities).toMatchObject([{ locationId: 'gid://shopify/Location/32' }])
  })

  test('without any location says so', async () => {
    const { results } = push([item(4103, 37)], [found(4103), { data: { locations: { nodes: [] } } }], '')
    expect(await codeOf(results)).toBe('CHANNEL_MISCONFIGURED')
  })

  test('of a variant nobody knows is one bad result', async () => {
    const stranger = { ...item(4103, 1), channelSkuNo: '5999999999999' }
    const { results, sent } = push([item(4103, 37), item(77, 1), stranger], [found(4103, 0), set()])
    expect(reasons(await results)).toEqual([null, '店铺里没有这个规格', '店铺里没有这个规格'])
    expect(sent()[1]?.variables.input?.quantities).toHaveLength(1)
  })

  test('that is not the shop’s at all needs no call', async () => {
    const { results, sent } = push([{ ...item(1, 1), channelSkuNo: '5999' }], [])
    expect(reasons(await results)).toEqual(['店铺里没有这个规格'])
    expect(sent()).toEqual([])
  })

  test('refused in a row is set for the others', async () => {
    const answers = [found(4103, 5221, 6001), set(rowError(1)), set()]
    const { results, sent } = push([item(4103, 37), item(5221, 1), item(6001, 2)], answers)
    expect(reasons(await results)).toEqual([null, 'not stocked here（ITEM_NOT_STOCKED_AT_LOCATION）', null])
    expect(sent()[2]?.variables.input?.quantities).toMatchObject([{ quantity: 37 }, { quantity: 2 }])
    expect(sent()[2]?.variables.key).not.toBe(sent()[1]?.variables.key)
  })

  test('refused as a whole, or once more, is refused for every row', async () => {
    const whole = { code: 'INVALID_NAME', field: ['input', 'name'], message: 'no' }
    const both = [item(4103, 37), item(5221, 1)]
    expect(reasons(await push(both, [found(4103, 5221), set(whole)]).results)).toEqual([
      'no（INVALID_NAME）',
      'no（INVALID_NAME）',
    ])
    const twice = push(both, [found(4103, 5221), set(rowError(0)), set(rowError(0))])
    expect(reasons(await twice.results)).toEqual(Array(2).fill('not stocked here（ITEM_NOT_STOCKED_AT_LOCATION）'))
  })

  test.each([
    ['in trouble', [found(4103), silent], 'CHANNEL_UNCLEAR'],
    ['in trouble before it was set', [silent], 'CHANNEL_UNCLEAR'],
    ['answered with nonsense', [found(4103), { data: {} }], 'CHANNEL_UNCLEAR'],
    ['throttled', [found(4103), failures.throttled], 'CHANNEL_RATE_LIMITED'],
    ['with a wrong token', [{ status: 401, headers: {}, body: '{"errors":"no"}' }], 'CHANNEL_MISCONFIGURED'],
  ])('%s is a failure of its own', async (_, answers, code) => {
    expect(await codeOf(push([item(4103, 37)], answers).results)).toBe(code)
  })

  test('of more than a call holds is a fault of ours', async () => {
    const many = Array.from({ length: 51 }, (_, place) => item(place + 1, 1))
    await expect(push(many, []).results).rejects.toThrow(RangeError)
  })
})
