import { describe, expect, test } from 'vitest'
import { ChannelCase, Listing } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { medusa } from './index.ts'
import { Credentials, type MedusaAccount, manifest } from './manifest.ts'
import { orderFields } from './orders.ts'
import inventory from './samples/inventory.json' with { type: 'json' }
import list from './samples/list.json' with { type: 'json' }
import sent from './samples/order.json' with { type: 'json' }
import returned from './samples/returned.json' with { type: 'json' }
import variants from './samples/variants.json' with { type: 'json' }

const address = 'https://shop.example'
const form = { address: `${address}/`, secretKey: 'sk_invented', stockLocationId: 'sloc_01' }
const credentials = Credentials.parse(form)
const operations = medusa.operations as Required<typeof medusa.operations>
const [fresh] = list.orders as [(typeof list.orders)[0]]

/** A shop that gives the answers one after the other, and what it was asked. */
function shop(...answers: readonly object[]) {
  const requests: OutgoingRequest[] = []
  const account: MedusaAccount = {
    credentials,
    address,
    now: () => Date.parse('2026-10-20T03:00:00Z'),
    send: async (request) => {
      expect(request.headers.authorization).toBe('Basic c2tfaW52ZW50ZWQ6')
      requests.push(request)
      const answer = answers[requests.length - 1]
      if (answer === undefined) throw new Error(`unexpected call ${request.method} ${request.url}`)
      const isWhole = 'body' in answer
      const body = isWhole ? {} : { body: JSON.stringify(answer) }
      return { status: 200, headers: {}, body: '', ...body, ...(isWhole ? (answer as Partial<Answer>) : {}) }
    },
  }
  const asked = () => requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`)
  return { account, requests, asked }
}

const page = (orders: readonly unknown[], count = orders.length) => ({ orders, count, offset: 0, limit: 50 })
const returnsOf = (returns: readonly unknown[]) => ({ returns, count: returns.length, offset: 0, limit: 100 })
const said = (status: number, type: string) => ({ status, body: JSON.stringify({ type, message: 'No.' }) })
const queryOf = (request: OutgoingRequest | undefined) => [...new URL(request?.url ?? '').searchParams]
const bodyOf = (request: OutgoingRequest | undefined) => JSON.parse(request?.body ?? 'null')
const failureOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  return error as Failure
}

const span = { from: Date.parse('2026-10-20T01:00:00Z'), to: Date.parse('2026-10-23T00:00:00Z') }
const pull = (cursor: string | null = null) => ({ span, by: 'modified', cursor }) as const

describe('a list of orders', () => {
  test('is asked by its own clock, the end left out, with every relation by name', async () => {
    const { account, requests } = shop(page([fresh]))
    await operations['orders.pull'](account, pull())
    expect(requests[0]).toMatchObject({ operation: 'orders.pull', method: 'GET', body: null, isWrite: false })
    expect(queryOf(requests[0])).toEqual([
      ['updated_at[$gte]', '2026-10-20T01:00:00.000Z'],
      ['updated_at[$lt]', '2026-10-23T00:00:00.000Z'],
      ['order', 'updated_at'],
      ['limit', '50'],
      ['offset', '0'],
      ['fields', orderFields],
    ])
  })

  test('by creation has another name for the same', async () => {
    const { account, requests } = shop(page([]))
    await operations['orders.pull'](account, { ...pull(), by: 'created' })
    expect(queryOf(requests[0]).map(([name]) => name)).toContain('created_at[$gte]')
    expect(Object.fromEntries(queryOf(requests[0])).order).toBe('created_at')
  })

  test('carries every order in full, but for one with returns', async () => {
    const { rows, total } = await operations['orders.pull'](shop(page([fresh, returned.order])).account, pull())
    expect(total).toBe(2)
    expect(rows).toMatchObject([
      {
        channelOrderNo: fresh.id,
        channelStatus: 'pending/captured/not_fulfilled',
        modifiedAt: Date.parse(fresh.updated_at),
        full: { order: { paidTotalFen: 30200 } },
      },
      { channelOrderNo: returned.order.id, full: null },
    ])
    expect(JSON.parse(rows[0]?.full?.raw ?? '')).toEqual(fresh)
  })

  test('is read from its last page to its first, so that what leaves it pushes nothing past us', async () => {
    const { account, requests } = shop(page([fresh], 101), page([sent.order], 101), page([fresh], 100))
    expect(await operations['orders.pull'](account, pull())).toMatchObject({ total: 101, next: '50' })
    expect(await operations['orders.pull'](account, pull('50'))).toMatchObject({ total: 100, next: '0' })
    expect(requests.map((request) => Object.fromEntries(queryOf(request)).offset)).toEqual(['0', '100', '50'])
  })

  test('leaves drafts out, and is not held up by an order that cannot be read', async () => {
    const draft = { ...fresh, status: 'draft' }
    const broken = { ...fresh, id: 'order_2', currency_code: '元' }
    const { rows } = await operations['orders.pull'](shop(page([draft, broken, fresh])).account, pull())
    expect(rows.map(({ channelOrderNo, full }) => [channelOrderNo, full !== null])).toEqual([
      ['order_2', false],
      [fresh.id, true],
    ])
  })

  test('counts with one row', async () => {
    const { account, requests } = shop(page([fresh], 17))
    expect(await operations['orders.count'](account, { span, by: 'modified' })).toBe(17)
    expect(Object.fromEntries(queryOf(requests[0])).limit).toBe('1')
  })

  test.each([{ orders: {} }, { orders: [] }, { orders: [{ id: 7 }], count: 1 }])('%j is nonsense', async (answer) => {
    const failure = await failureOf(operations['orders.pull'](shop(answer).account, pull()))
    expect(failure.code).toBe('CHANNEL_NONSENSE')
  })
})

describe('one order', () => {
  test('is asked alone, and with its returns where its lines tell of some', async () => {
    const alone = shop({ order: fresh })
    expect((await operations['orders.get'](alone.account, fresh.id)).order.channelOrderNo).toBe(fresh.id)
    expect(alone.asked()).toEqual([`GET /admin/orders/${fresh.id}`])

    const both = shop({ order: returned.order }, returnsOf(returned.returns))
    const { order, raw } = await operations['orders.get'](both.account, returned.order.id)
    expect(order.orderRefundState).toBe('in-progress')
    expect(medusa.inspect.orders(raw)).toEqual([order])
    expect(queryOf(both.requests[1])).toContainEqual(['order_id[]', returned.order.id])
  })

  test.each([
    { when: 'the shop does not know', answer: said(404, 'not_found'), code: 'CHANNEL_NOT_FOUND' },
    { when: 'is a draft', answer: { order: { ...fresh, status: 'draft' } }, code: 'CHANNEL_NOT_FOUND' },
    { when: 'is another', answer: { order: sent.order }, code: 'CHANNEL_NONSENSE' },
    { when: 'is a page', answer: { body: '<html>' }, code: 'CHANNEL_NONSENSE' },
    { when: 'may not be seen', answer: said(401, 'unauthorized'), code: 'CHANNEL_MISCONFIGURED' },
  ])('that $when is $code', async ({ answer, code }) => {
    expect(await failureOf(operations['orders.get'](shop(answer).account, fresh.id))).toMatchObject({ code })
  })
})

describe('a remark', () => {
  const input = { channelOrderNo: fresh.id, remark: '加急 😊', flag: '3' }

  test('is written under our own key', async () => {
    const { account, requests, asked } = shop({ order: fresh })
    await operations['orders.remark'](account, input)
    expect(asked()).toEqual([`POST /admin/orders/${fresh.id}`])
    expect(bodyOf(requests[0])).toEqual({ metadata: { oms_remark: '加急 😊' } })
  })

  test('too long is refused before it is sent; an answer about another order is unclear', async () => {
    const long = operations['orders.remark'](shop().account, { ...input, remark: '长'.repeat(1001) })
    expect(await failureOf(long)).toMatchObject({ code: 'INPUT_INVALID' })
    const other = operations['orders.remark'](shop({ order: sent.order }).account, input)
    expect(await failureOf(other)).toMatchObject({ code: 'CHANNEL_UNCLEAR' })
  })
})

describe('stock', () => {
  const item = (merchantCode: string | null, quantity: number) => ({
    channelItemNo: 'prod_1',
    channelSkuNo: `variant_${merchantCode}`,
    merchantCode,
    quantity,
  })
  const level = (inventory_item_id: string) => ({ id: 'x', inventory_item_id, location_id: 'sloc_01' })

  test('is what is for sale plus what is reserved at our location; a level that is not there is made', async () => {
    const { account, requests, asked } = shop(inventory, { created: [level('iitem_2')], updated: [level('iitem_1')] })
    const results = await operations['stock.push'](account, [item('GW-BC-01', 37), item('LJ-TJ-250', -2)])
    expect(asked()).toEqual(['GET /admin/inventory-items', 'POST /admin/inventory-items/location-levels/batch'])
    expect(queryOf(requests[0])).toEqual([
      ['sku[]', 'GW-BC-01'],
      ['sku[]', 'LJ-TJ-250'],
      ['fields', '*location_levels'],
      ['limit', '50'],
      ['offset', '0'],
    ])
    expect(bodyOf(requests[1])).toEqual({
      create: [{ inventory_item_id: 'iitem_2', location_id: 'sloc_01', stocked_quantity: 0 }],
      update: [{ inventory_item_id: 'iitem_1', location_id: 'sloc_01', stocked_quantity: 40 }],
      delete: [],
    })
    expect(results.map(({ ok, reason }) => [ok, reason])).toEqual([
      [true, null],
      [true, null],
    ])
  })

  test('of each item has its own outcome', async () => {
    const { account } = shop(inventory, { created: [], updated: [level('iitem_1')] })
    const items = [item('GW-BC-01', 1), item('LJ-TJ-250', 1), item('NO-SUCH', 1), item(null, 1)]
    const results = await operations['stock.push'](account, items)
    expect(results.map(({ ok }) => ok)).toEqual([true, false, false, false])
    expect(results.map(({ reason }) => reason)).toEqual([
      null,
      '网店没有回答这个商品',
      '网店没有 SKU 编码 NO-SUCH 的库存',
      expect.stringContaining('没有 SKU 编码'),
    ])
  })

  test('that nobody knows asks for nothing to be written', async () => {
    const unknown = shop({ inventory_items: [], count: 0 })
    expect(await operations['stock.push'](unknown.account, [item('NO-SUCH', 1)])).toMatchObject([{ ok: false }])
    expect(unknown.asked()).toHaveLength(1)
    const nameless = shop()
    expect(await operations['stock.push'](nameless.account, [item(null, 1)])).toMatchObject([{ ok: false }])
  })

  test.each([said(404, 'not_found'), said(400, 'not_allowed')])(
    'refused as a batch is refused for each',
    async (answer) => {
      const results = await operations['stock.push'](shop(inventory, answer).account, [item('GW-BC-01', 1)])
      expect(results).toMatchObject([{ ok: false, reason: expect.stringContaining('No.') }])
    },
  )

  test.each([
    { answers: [{ status: 500, body: '' }], code: 'CHANNEL_UNCLEAR' },
    { answers: [inventory, { status: 500, body: '' }], code: 'CHANNEL_UNCLEAR' },
    { answers: [inventory, { body: '[]' }], code: 'CHANNEL_UNCLEAR' },
    { answers: [inventory, said(401, 'unauthorized')], code: 'CHANNEL_MISCONFIGURED' },
  ])('in trouble stops the push: $code', async ({ answers, code }) => {
    const push = operations['stock.push'](shop(...answers).account, [item('GW-BC-01', 1)])
    expect(await failureOf(push)).toMatchObject({ code })
  })

  test('for too many at once is a mistake of ours', async () => {
    const items = Array.from({ length: manifest.stock.perCall + 1 }, (_, place) => item(`S-${place}`, 1))
    await expect(operations['stock.push'](shop().account, items)).rejects.toThrow(RangeError)
  })
})

test('listings are the variants, with their yuan price and what was to be chosen', async () => {
  const { account, requests } = shop(variants)
  const { rows, next } = await operations['products.pull'](account, null)
  expect(Object.fromEntries(queryOf(requests[0]))).toMatchObject({ order: 'id', offset: '0', limit: '50' })
  expect(next).toBeNull()
  for (const row of rows) expect(Listing.parse(row)).toEqual(row)
  expect(rows).toMatchObject([
    {
      channelItemNo: 'prod_01A',
      channelSkuNo: 'variant_01A',
      merchantCode: 'LJ-TJ-250',
      title: '龙井明前特级',
      specification: '重量:250g;颜色:白',
      imageUrl: 'https://shop.example/static/prod_01A.jpg',
      priceFen: 12800,
      quantity: 37,
      isOnSale: true,
      modifiedAt: '2026-10-20T01:00:00.000Z',
    },
    { channelSkuNo: 'variant_01B', specification: '', priceFen: 6850, quantity: 0, isOnSale: false },
  ])
  const more = shop({ ...variants, count: 130 })
  expect((await operations['products.pull'](more.account, '50')).next).toBe('52')
})

describe('after-sales', () => {
  const asked = { span, cursor: null }

  test('are the returns and the sums paid back of orders that changed', async () => {
    const { account, requests } = shop(page([sent.order, returned.order]), returnsOf(returned.returns))
    const { rows } = await operations['aftersales.pull'](account, asked)
    expect(queryOf(requests[1]).filter(([name]) => name === 'order_id[]')).toHaveLength(2)
    for (const row of rows) expect(ChannelCase.parse(row.case)).toEqual(row.case)
    expect(rows.map((row) => row.case)).toEqual([
      {
        channelCaseNo: 'ref_1',
        channelOrderNo: sent.order.id,
        channelLineNo: null,
        channelStatus: 'refunded',
        state: 'success',
        kind: 'refund-only',
        refundFen: 1050,
        quantity: null,
        reason: '补差价',
        beforeShipping: null,
        returnWaybillNo: null,
        createdAt: '2026-10-21T08:30:00.000Z',
        modifiedAt: '2026-10-21T08:30:00.000Z',
      },
      {
        channelCaseNo: 'return_01',
        channelOrderNo: returned.order.id,
        channelLineNo: 'ordli_3',
        channelStatus: 'requested',
        state: 'requested',
        kind: 'return-and-refund',
        refundFen: 11800,
        quantity: 1,
        reason: '味道不合',
        beforeShipping: false,
        returnWaybillNo: null,
        createdAt: '2026-10-22T02:59:00.000Z',
        modifiedAt: '2026-10-22T03:00:00.000Z',
      },
    ])
  })

  test('keep the shop’s own JSON, and need no more of an order than they are told by', async () => {
    const broken = { ...sent.order, currency_code: '元' }
    const { account } = shop(page([broken, returned.order]), returnsOf(returned.returns))
    const { rows } = await operations['aftersales.pull'](account, asked)
    expect(rows.map(({ raw }) => JSON.parse(raw))).toEqual([
      sent.order.payment_collections[0]?.payments[0]?.refunds[0],
      returned.returns[0],
    ])
  })

  test('of no order ask nothing more', async () => {
    const { account } = shop(page([]))
    expect(await operations['aftersales.pull'](account, asked)).toEqual({ rows: [], total: null, next: null })
  })

  test('are read on until all returns are there', async () => {
    const [record] = returned.returns
    const part = (id: string) => ({ ...returnsOf([{ ...record, id }]), count: 2 })
    const { account, requests } = shop(page([returned.order]), part('return_01'), part('return_02'))
    const { rows } = await operations['aftersales.pull'](account, asked)
    expect(rows.map((row) => row.case.channelCaseNo)).toEqual(['return_01', 'return_02'])
    expect(Object.fromEntries(queryOf(requests[2])).offset).toBe('1')
  })

  test('a return without a sum of its own is worth what its goods had cost', async () => {
    const [{ refund_amount: _, ...record }] = returned.returns as [(typeof returned.returns)[0]]
    const { account } = shop({ order: returned.order }, returnsOf([record]))
    const input = { channelOrderNo: returned.order.id, channelCaseNo: 'return_01' }
    expect((await operations['aftersales.get'](account, input)).case.refundFen).toBe(11800)
  })

  test('nobody opened are not found', async () => {
    const { account } = shop({ order: sent.order }, returnsOf([]))
    const input = { channelOrderNo: sent.order.id, channelCaseNo: 'ref_9' }
    expect(await failureOf(operations['aftersales.get'](account, input))).toMatchObject({ code: 'CHANNEL_NOT_FOUND' })
  })
})

describe('the shop', () => {
  test('says its number and name', async () => {
    const { account, asked } = shop({ stores: [{ id: 'store_01', name: '一叶茶铺' }], count: 1 })
    expect(await operations['shop.describe'](account)).toEqual({ channelShopNo: 'store_01', name: '一叶茶铺' })
    expect(asked()).toEqual(['GET /admin/stores'])
  })

  test('is typed in as it is: https, a secret key, a location', () => {
    expect(credentials).toEqual({ ...form, address, webhookSecret: '' })
    const wrong = [{ address: 'http://shop.example' }, { secretKey: 'pk_1' }, { stockLocationId: 'loc' }]
    for (const each of wrong) expect(Credentials.safeParse({ ...form, ...each }).success).toBe(false)
  })
})
