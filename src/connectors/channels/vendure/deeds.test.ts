import { describe, expect, test } from 'vitest'
import { Failure } from '../../../core/failures.ts'
import type { ReportedLine, ShipmentReport, StockItem } from '../../../kit/channel.ts'
import type { Answer, OutgoingRequest } from '../../../kit/plug.ts'
import { vendure } from './index.ts'
import { Credentials, type VendureAccount } from './manifest.ts'
import failures from './samples/failures.json' with { type: 'json' }
import page from './samples/orders-page.json' with { type: 'json' }

const address = 'https://shop.example'
const operations = vendure.operations as Required<typeof vendure.operations>

interface Sent {
  readonly query: string
  readonly variables: { readonly i?: unknown; readonly id?: string; readonly s?: string; readonly o?: unknown }
}

/** A shop that gives the answers one after the other. Every call of an operation that writes counts as a write. */
function shop(answers: readonly object[]) {
  const requests: OutgoingRequest[] = []
  const account: VendureAccount = {
    credentials: Credentials.parse({ address, apiKey: 'key-invented', stockLocationId: '1' }),
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
  const sent = () => requests.map(({ body }) => JSON.parse(body ?? '') as Sent)
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

const silent = { status: 502, headers: {}, body: '' }
const throttled = { status: 429, headers: { 'retry-after': '2' }, body: '' }
const html = { status: 200, headers: {}, body: '<html>' }
const [plain] = page.data.orders.items
const order = (change: object = {}) => ({ data: { order: { ...plain, ...change } } })

describe('a parcel', () => {
  const added = (state = 'Pending') => ({
    data: { addFulfillmentToOrder: { __typename: 'Fulfillment', id: '1', state } },
  })
  const moved = (state = 'Shipped') => ({
    data: { transitionFulfillmentToState: { __typename: 'Fulfillment', id: '1', state } },
  })
  const lineOf = (channelLineNo: string, quantity: number): ReportedLine => ({
    channelLineNo,
    channelSkuNo: '',
    quantity,
    isWholeLine: false,
  })
  const all = [lineOf('51', 2), lineOf('52', 1)]
  const report = (change: Partial<ShipmentReport>, ...answers: readonly object[]) => {
    const { account, sent } = shop(answers)
    const parcel: ShipmentReport = {
      channelOrderNo: '31',
      carrier: 'zto',
      carrierName: '中通快递',
      waybillNo: '73512345678944',
      shippedAt: Date.parse('2026-10-20T08:00:00Z'),
      lines: all,
      isWholeOrder: true,
      ...change,
    }
    return { done: operations['shipments.report'](account, parcel), sent }
  }
  const told = (state: string, ...pieces: readonly (readonly [string, number])[]) => ({
    id: '9',
    state,
    method: '中通快递',
    trackingCode: '7351 2345678944',
    lines: pieces.map(([orderLineId, quantity]) => ({ orderLineId, quantity })),
  })
  const whole = [
    ['51', 2],
    ['52', 1],
  ] as const

  test('is prepared as the sheet shows, then handed over', async () => {
    const { done, sent } = report({}, order(), added(), moved())
    await done
    expect(sent()[1]?.query).toContain('addFulfillmentToOrder(input:$i)')
    expect(sent()[1]?.variables).toEqual({
      i: {
        lines: [
          { orderLineId: '51', quantity: 2 },
          { orderLineId: '52', quantity: 1 },
        ],
        handler: {
          code: 'manual-fulfillment',
          arguments: [
            { name: 'method', value: '中通快递' },
            { name: 'trackingCode', value: '73512345678944' },
          ],
        },
      },
    })
    expect(sent()[2]?.variables).toEqual({ id: '1', s: 'Shipped' })
  })

  test('that is only created is made pending on its way', async () => {
    const { done, sent } = report({}, order(), added('Created'), moved('Pending'), moved())
    await done
    expect(
      sent()
        .slice(2)
        .map(({ variables }) => variables.s),
    ).toEqual(['Pending', 'Shipped'])
  })

  test('that was cut between the steps takes the second alone', async () => {
    const { done, sent } = report({}, order({ fulfillments: [told('Pending', ...whole)] }), moved())
    await done
    expect(sent()).toHaveLength(2)
    expect(sent()[1]?.variables).toEqual({ id: '9', s: 'Shipped' })
  })

  test.each([['Shipped'], ['Delivered']])('that stands there %s is not told again', async (state) => {
    expect(await codeOf(report({}, order({ fulfillments: [told(state, ...whole)] })).done)).toBe('CHANNEL_ALREADY_DONE')
  })

  test('of which a part left under its number is told for the rest', async () => {
    const { done, sent } = report({}, order({ fulfillments: [told('Shipped', ['51', 2])] }), added(), moved())
    await done
    expect(sent()[1]?.variables.i).toMatchObject({ lines: [{ orderLineId: '52', quantity: 1 }] })
  })

  test('that was cancelled under its number is told anew', async () => {
    const { done, sent } = report({}, order({ fulfillments: [told('Cancelled', ...whole)] }), added(), moved())
    await done
    expect(sent()).toHaveLength(3)
  })

  test.each<[what: string, change: Partial<ShipmentReport>, answers: readonly object[], code: string]>([
    ['of an open order', {}, [order({ state: 'ArrangingPayment', payments: [] })], 'CHANNEL_REFUSED'],
    ['of an order that is only authorised', {}, [order({ state: 'PaymentAuthorized' })], 'CHANNEL_REFUSED'],
    ['of another order’s line', { lines: [lineOf('77', 1)] }, [order()], 'CHANNEL_REFUSED'],
    ['of no order', {}, [{ data: { order: null } }], 'CHANNEL_NOT_FOUND'],
    ['whose goods stand in another', {}, [order(), failures.already_fulfilled], 'CHANNEL_ALREADY_DONE'],
    ['of goods that are not on hand', {}, [order(), failures.short_of_stock], 'CHANNEL_REFUSED'],
    ['that cannot be handed over', {}, [order(), added(), failures.cannot_move], 'CHANNEL_REFUSED'],
    ['that did not move', {}, [order(), added(), moved('Pending')], 'CHANNEL_UNCLEAR'],
    ['with a success that says nothing', {}, [order(), { data: { addFulfillmentToOrder: null } }], 'CHANNEL_UNCLEAR'],
    ['answered with a page', {}, [order(), html], 'CHANNEL_UNCLEAR'],
    ['in trouble', {}, [order(), silent], 'CHANNEL_UNCLEAR'],
    ['in trouble before it was told', {}, [silent], 'CHANNEL_UNCLEAR'],
    ['in trouble between its steps', {}, [order(), added(), silent], 'CHANNEL_UNCLEAR'],
    ['with errors beside its data', {}, [order(), failures.internal], 'CHANNEL_UNCLEAR'],
    ['throttled', {}, [order(), throttled], 'CHANNEL_RATE_LIMITED'],
    ['with a key that is refused', {}, [failures.forbidden], 'CHANNEL_MISCONFIGURED'],
  ])('%s is a failure of its own', async (_, change, answers, code) => {
    expect(await codeOf(report(change, ...answers).done)).toBe(code)
  })
})

describe('stock', () => {
  const item = (channelSkuNo: string, quantity: number): StockItem => ({
    channelItemNo: '801',
    channelSkuNo,
    merchantCode: null,
    quantity,
  })
  const variant = (id: string, change: object = {}) => ({
    id,
    outOfStockThreshold: 9,
    useGlobalOutOfStockThreshold: true,
    stockLevels: [
      { stockLocationId: '2', stockOnHand: 500, stockAllocated: 50 },
      { stockLocationId: '1', stockOnHand: 10, stockAllocated: 3 },
    ],
    ...change,
  })
  const levels = (outOfStockThreshold: number, ...items: readonly object[]) => ({
    data: { globalSettings: { outOfStockThreshold }, productVariants: { items } },
  })
  const set = (...ids: readonly (string | null)[]) => ({
    data: { updateProductVariants: ids.map((id) => (id === null ? null : { id })) },
  })
  const push = (items: readonly StockItem[], ...answers: readonly object[]) => {
    const { account, sent } = shop(answers)
    return { results: operations['stock.push'](account, items), sent }
  }
  const onHand = (id: string, stockOnHand: number) => ({ id, stockLevels: [{ stockLocationId: '1', stockOnHand }] })
  const reasons = (results: readonly { readonly reason: string | null }[]) => results.map(({ reason }) => reason)

  test('is what is allocated and kept back at our location on top of what is for sale', async () => {
    const own = variant('5221', { useGlobalOutOfStockThreshold: false })
    const nowhere = variant('5222', { stockLevels: [] })
    const items = [item('4101', 37), item('5221', 5), item('5222', 4), item('4102', -2)]
    const answers = [levels(2, variant('4101'), own, nowhere, variant('4102')), set('4101', '5221', '5222', '4102')]
    const { results, sent } = push(items, ...answers)
    expect(reasons(await results)).toEqual([null, null, null, null])
    const ids = ['4101', '5221', '5222', '4102']
    expect(sent()[0]?.variables).toEqual({ o: { take: 4, filter: { id: { in: ids } } } })
    expect(sent()[1]?.variables).toEqual({
      i: [onHand('4101', 42), onHand('5221', 17), onHand('5222', 6), onHand('4102', 5)],
    })
  })

  test('below nothing is set to nothing, and says that the shop goes on selling', async () => {
    const { results, sent } = push([item('4101', 0)], levels(-10, variant('4101')), set('4101'))
    expect(await results).toMatchObject([{ ok: false, reason: expect.stringContaining('仍会再卖 7 件') }])
    expect(sent()[1]?.variables).toEqual({ i: [onHand('4101', 0)] })
  })

  test('of a variant nobody knows is one bad result', async () => {
    const answers = [levels(0, variant('4101'), variant('4102')), set('4101', null)]
    const { results, sent } = push([item('4101', 37), item('5999999999999', 1), item('4102', 1)], ...answers)
    expect(reasons(await results)).toEqual([null, '店铺里没有这个规格', '店铺里没有这个规格'])
    expect(sent()[1]?.variables.i).toHaveLength(2)
  })

  test('of nothing that is known is not written', async () => {
    const { results, sent } = push([item('77', 1)], levels(0))
    expect(reasons(await results)).toEqual(['店铺里没有这个规格'])
    expect(sent()).toHaveLength(1)
    expect(reasons(await push([item('', 1)]).results)).toEqual(['店铺里没有这个规格'])
  })

  test.each([
    ['in trouble', [levels(0, variant('4101')), silent], 'CHANNEL_UNCLEAR'],
    ['in trouble before it was set', [silent], 'CHANNEL_UNCLEAR'],
    ['answered with nonsense', [levels(0, variant('4101')), { data: {} }], 'CHANNEL_UNCLEAR'],
    ['refused as a whole', [levels(0, variant('4101')), failures.bad_input], 'CHANNEL_REFUSED'],
    ['throttled', [levels(0, variant('4101')), throttled], 'CHANNEL_RATE_LIMITED'],
    ['with a key that is refused', [failures.forbidden], 'CHANNEL_MISCONFIGURED'],
  ])('%s is a failure of its own', async (_, answers, code) => {
    expect(await codeOf(push([item('4101', 37)], ...answers).results)).toBe(code)
  })

  test('of more than a call holds is a fault of ours', async () => {
    const many = Array.from({ length: 51 }, (_, place) => item(String(place + 1), 1))
    await expect(push(many).results).rejects.toThrow(RangeError)
  })
})

describe('a remark', () => {
  const note = (id: string, createdAt: string, text: string, isPublic = false) => ({
    id,
    type: 'ORDER_NOTE',
    isPublic,
    createdAt: `2026-10-20T${createdAt}Z`,
    data: { note: text },
  })
  const notes = (...items: readonly object[]) => ({ data: { order: { id: '31', history: { items } } } })
  const noted = notes(
    note('202', '04:00:00', '加急'),
    note('201', '03:00:00', '先电联'),
    note('203', '05:00:00', '给您', true),
  )
  const write = (remark: string, ...answers: readonly object[]) => {
    const { account, sent } = shop(answers)
    return { done: operations['orders.remark'](account, { channelOrderNo: '31', remark, flag: '3' }), sent }
  }

  test.each([
    [
      'is added where there is none',
      '加急',
      notes(),
      { data: { addNoteToOrder: { id: '31' } } },
      { i: { id: '31', note: '加急', isPublic: false } },
    ],
    [
      'changes the newest inner note',
      '已加急',
      noted,
      { data: { updateOrderNote: { id: '202' } } },
      { i: { noteId: '202', note: '已加急', isPublic: false } },
    ],
    ['that is empty takes it away', '', noted, { data: { deleteOrderNote: { result: 'DELETED' } } }, { id: '202' }],
  ])('%s', async (_, remark, look, answer, variables) => {
    const { done, sent } = write(remark, look, answer)
    await done
    expect(sent()[0]?.variables).toEqual({ id: '31' })
    expect(sent()[1]?.variables).toEqual(variables)
  })

  test('that stands there is not written again', async () => {
    await write('加急', noted).done
    await write('', notes()).done
  })

  test.each([
    ['too long', '长'.repeat(1001), [], 'INPUT_INVALID'],
    ['of no order', '加急', [{ data: { order: null } }], 'CHANNEL_NOT_FOUND'],
    [
      'that may not be taken away',
      '',
      [noted, { data: { deleteOrderNote: { result: 'NOT_DELETED' } } }],
      'CHANNEL_REFUSED',
    ],
    ['in trouble', '加急', [notes(), silent], 'CHANNEL_UNCLEAR'],
    ['answered with nonsense', '加急', [notes(), { data: {} }], 'CHANNEL_UNCLEAR'],
  ])('%s is a failure of its own', async (_, remark, answers, code) => {
    expect(await codeOf(write(remark, ...answers).done)).toBe(code)
  })
})
