import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import { inspectOrders } from './inspect.ts'
import { orderOf } from './orders.ts'
import list from './samples/list.json' with { type: 'json' }
import sent from './samples/order.json' with { type: 'json' }
import returned from './samples/returned.json' with { type: 'json' }

type Fields = Readonly<Record<string, unknown>>
const [fresh] = list.orders as [(typeof list.orders)[0]]
const [tea, bowl] = sent.order.items as [(typeof sent.order.items)[0], (typeof sent.order.items)[0]]

/** An order by its JSON, kept to the letter of the standard. */
function read(value: unknown, returns: readonly unknown[] = []) {
  const order = orderOf(value, returns)
  expect(ChannelOrder.parse(order)).toEqual(order)
  return order
}
const part = (changes: Fields) => read({ ...sent.order, ...changes })
const counted = (line: typeof tea, counts: Fields) => ({ ...line, detail: { ...line.detail, ...counts } })

test('the sheet’s own order says what the sheet expects', () => {
  expect(read(fresh)).toMatchObject({
    channel: 'medusa',
    channelOrderNo: 'order_01JAVW2E8M',
    channelStatus: 'pending/captured/not_fulfilled',
    status: 'paid-wait-ship',
    createdAt: '2026-10-20T01:15:02.000Z',
    paidAt: '2026-10-20T01:15:02.000Z',
    modifiedAt: '2026-10-20T01:16:40.000Z',
    currency: 'CNY',
    paidTotalFen: 30200,
    payableTotalFen: 30200,
    freightFen: 800,
    extraFen: 0,
    discountFen: 3000,
    refundedFen: 0,
    orderRefundState: 'none',
    mayShipNow: true,
    receiver: {
      name: '林晓禾',
      phone: '13800000101',
      raw: { province: '浙江省', city: '杭州市', district: '', address: '西湖区示例路 12 号 3 幢 502' },
      standard: { province: '浙江省', city: '杭州市', district: '西湖区' },
      privacy: 'plain',
      addressKey: null,
    },
    lines: [
      { channelLineNo: 'ordli_1', merchantCode: 'LJ-TJ-250', quantity: 2, listFen: 25600, paidFen: 23600 },
      { channelLineNo: 'ordli_2', merchantCode: 'GW-BC-01', quantity: 1, listFen: 6800, paidFen: 5800 },
    ],
    shipments: [],
    warnings: [],
  })
})

test('an order sent in part with a sum paid back', () => {
  const order = read(sent.order)
  expect(order).toMatchObject({
    status: 'partially-shipped',
    paidAt: '2026-10-20T02:01:30.000Z',
    refundedFen: 1050,
    orderRefundState: 'partial',
    mayShipNow: true,
    buyer: { channelBuyerNo: 'cus_01JAVW001' },
    buyerNote: '请用环保包装',
    sellerRemark: '加急',
    remainingToShip: [
      { channelSkuNo: 'variant_01A', quantity: 1 },
      { channelSkuNo: 'variant_01B', quantity: 1 },
    ],
    warnings: ['refund-not-by-line'],
  })
  expect(order.shipments).toEqual([
    {
      carrierNo: 'zto',
      carrierName: '中通快递',
      waybillNo: 'ZT7300000001',
      lines: [{ channelSkuNo: 'variant_01A', quantity: 1 }],
    },
  ])
  expect(order.lines).toMatchObject([
    {
      channelItemNo: 'prod_01A',
      channelSkuNo: 'variant_01A',
      title: '龙井明前特级',
      specification: '重量:250g;颜色:白',
      imageUrl: 'https://shop.example/static/lj-tj-250.jpg',
      unitPaidFen: [11800, 11800],
      shippedQuantity: 1,
      mayShipNow: true,
    },
    { title: '白瓷盖碗', specification: '', shippedQuantity: 0, shipments: [], mayShipNow: true },
  ])
})

const listing = (refunds: readonly unknown[]) => [{ id: 'pay_col_1', payments: [{ id: 'pay_1', refunds }] }]
const all = {
  summary: { refunded_total: 302 },
  payment_collections: listing([{ id: 'ref_1', amount: 302, created_at: '2026-10-21T08:00:00.000Z' }]),
}

describe('money', () => {
  test('is 0 everywhere until the order is paid', () => {
    const order = part({
      payment_status: 'not_paid',
      fulfillment_status: 'not_fulfilled',
      payment_collections: [],
      summary: null,
    })
    expect(order).toMatchObject({ paidAt: null, paidTotalFen: 0, payableTotalFen: 30200, freightFen: 0, warnings: [] })
    expect(order.lines.map(({ paidFen }) => paidFen)).toEqual([0, 0])
  })

  test('that does not add up is kept and named', () => {
    expect(read({ ...fresh, total: 303 })).toMatchObject({ paidTotalFen: 30300, warnings: ['amount-mismatch'] })
  })

  test('taken off by credit was due all the same', () => {
    expect(read({ ...fresh, total: 0, credit_line_total: 302 })).toMatchObject({ paidTotalFen: 30200, warnings: [] })
  })

  test('of another currency is kept', () => {
    expect(read({ ...fresh, currency_code: 'usd' })).toMatchObject({ currency: 'USD', paidTotalFen: 30200 })
  })

  test.each([
    { when: 'account and list', changes: { summary: { refunded_total: 20 } }, refundedFen: 2000 },
    { when: 'account and an empty list', changes: { payment_collections: listing([]) }, refundedFen: 1050 },
    { when: 'the word of all and the sums', changes: { payment_status: 'refunded' }, refundedFen: 1050 },
    { when: 'the word of nothing and the sums', changes: { payment_status: 'captured' }, refundedFen: 1050 },
    { when: 'the word of a part and all of it', changes: all, refundedFen: 30200 },
  ])('paid back is told as it stands and named where $when disagree', ({ changes, refundedFen }) => {
    const order = part(changes)
    expect(order.refundedFen).toBe(refundedFen)
    expect(order.warnings).toContain('amount-mismatch')
  })

  test('paid back in part that nobody puts a sum to is a part all the same', () => {
    expect(read({ ...fresh, payment_status: 'partially_refunded' })).toMatchObject({
      refundedFen: 0,
      orderRefundState: 'partial',
      warnings: ['refund-not-by-line', 'amount-mismatch'],
    })
  })

  test('paid back is not said to disagree where only the account tells', () => {
    const told = part({ payment_collections: [{ payments: [{ captured_at: '2026-10-20T02:01:30.000Z' }] }] })
    expect(told).toMatchObject({ refundedFen: 1050, warnings: ['refund-not-by-line'] })
  })

  test('paid back without a book of it is all of it by the word alone', () => {
    const order = read({ ...fresh, payment_status: 'refunded' })
    expect(order).toMatchObject({
      status: 'closed-refunded',
      refundedFen: 30200,
      orderRefundState: 'full',
      warnings: [],
    })
    expect(order.lines).toMatchObject([
      { refundState: 'success', refundedQuantity: 2, refundedFen: 23600, mayShipNow: false },
      { refundState: 'success', refundedQuantity: 1, refundedFen: 5800, mayShipNow: false },
    ])
  })

  test('paid back on an order of one line is that line’s', () => {
    const order = part({ items: [tea], total: 244 })
    expect(order.lines).toMatchObject([{ refundState: 'success', refundedQuantity: 0, refundedFen: 1050 }])
    expect(order.warnings).toEqual([])
  })
})

describe('goods', () => {
  test('that are packed have not left', () => {
    const packed = [{ ...sent.order.fulfillments[1], labels: [{ tracking_number: 'ZT9' }] }]
    const items = [counted(tea, { fulfilled_quantity: 2, shipped_quantity: 0 }), bowl]
    const order = part({ fulfillment_status: 'partially_fulfilled', fulfillments: packed, items })
    expect(order).toMatchObject({ status: 'paid-wait-ship', shipments: [], mayShipNow: true })
    expect(order.remainingToShip[0]).toEqual({ channelSkuNo: 'variant_01A', quantity: 2 })
  })

  test('of a parcel that was cancelled have not left', () => {
    const fulfillments = [{ ...sent.order.fulfillments[0], canceled_at: '2026-10-20T07:00:00.000Z' }]
    expect(part({ fulfillments }).shipments).toEqual([])
  })

  test('are not told apart where a parcel has two numbers', () => {
    const labels = ['ZT1', 'ZT2'].map((tracking_number) => ({ tracking_number }))
    const { shipments } = part({ fulfillments: [{ ...sent.order.fulfillments[0], labels }] })
    expect(shipments).toMatchObject([
      { waybillNo: 'ZT1', lines: [] },
      { waybillNo: 'ZT2', lines: [] },
    ])
  })

  test('that came back or were written off are not sent again', () => {
    const items = [
      counted(tea, { shipped_quantity: 1, return_received_quantity: 1 }),
      counted(bowl, { written_off_quantity: 1 }),
    ]
    expect(part({ items }).remainingToShip).toEqual([{ channelSkuNo: 'variant_01A', quantity: 1 }])
  })

  test('of a line that nobody wants any more are no line', () => {
    expect(part({ items: [tea, { ...bowl, quantity: 0, total: 0 }] }).lines).toHaveLength(1)
  })

  test('without counts are those of the parcels', () => {
    const items = [tea, bowl].map(({ detail: _, ...line }) => line)
    expect(part({ items }).lines.map(({ shippedQuantity }) => shippedQuantity)).toEqual([1, 0])
  })

  test('that are known to be here are still to be sent though others have arrived', () => {
    expect(part({ fulfillment_status: 'partially_delivered' }).status).toBe('partially-shipped')
    expect(read({ ...fresh, fulfillment_status: 'partially_delivered' })).toMatchObject({
      status: 'shipped',
      mayShipNow: false,
      warnings: ['shipped-lines-unknown'],
    })
  })

  test('nobody counts stop the order once some have left', () => {
    const items = [tea, bowl].map(({ detail: _, ...line }) => line)
    const order = part({ items, fulfillments: [{ ...sent.order.fulfillments[0], items: [] }] })
    expect(order).toMatchObject({ mayShipNow: false, lines: [{ mayShipNow: false }, { mayShipNow: false }] })
    expect(order.warnings).toContain('shipped-lines-unknown')
  })
})

test('an order cancelled while its money is here waits until that went back', () => {
  const cancelled = { ...returned.order, status: 'canceled' }
  expect(read(cancelled)).toMatchObject({ status: 'on-hold', cancelRequested: true, mayShipNow: false })
  expect(read({ ...cancelled, payment_status: 'refunded' })).toMatchObject({
    status: 'closed-refunded',
    cancelRequested: false,
  })
})

describe('a return', () => {
  const [record] = returned.returns as [(typeof returned.returns)[0]]
  const open = { ...returned.order, payment_status: 'captured', fulfillment_status: 'not_fulfilled', fulfillments: [] }
  const unsent = open.items.map((line) => ({ ...line, detail: { ...line.detail, shipped_quantity: 0 } }))

  test('under way is told on its line', () => {
    const order = read(returned.order, returned.returns)
    expect(order).toMatchObject({ status: 'shipped', orderRefundState: 'in-progress', refundedFen: 0, warnings: [] })
    expect(order.lines).toMatchObject([
      { refundState: 'requested', refundingQuantity: 1, refundedQuantity: 0, shippedQuantity: 2 },
      { refundState: 'none', refundingQuantity: 0 },
    ])
  })

  test('is seen by the line’s own counts where its record is not at hand', () => {
    expect(read(returned.order).lines[0]).toMatchObject({ refundState: 'requested', refundingQuantity: 1 })
  })

  test('keeps goods back that have not left', () => {
    const order = read({ ...open, items: unsent }, returned.returns)
    expect(order).toMatchObject({
      status: 'paid-wait-ship',
      mayShipNow: false,
      lines: [{ mayShipNow: false }, { mayShipNow: true }],
    })
  })

  test('that names no goods keeps all of them back', () => {
    const vague = [{ ...record, items: [] }]
    const items = unsent.map((line) => ({ ...line, detail: { ...line.detail, return_requested_quantity: 0 } }))
    expect(read({ ...open, items }, vague).lines.map(({ mayShipNow }) => mayShipNow)).toEqual([false, false])
  })

  test('of an unknown word is under way and named', () => {
    const order = read({ ...open, items: unsent }, [{ ...record, status: 'pondering' }])
    expect(order).toMatchObject({ orderRefundState: 'in-progress', mayShipNow: false })
    expect(order.warnings).toContain('unknown-refund-status:pondering')
  })

  test('that came back damaged came back all the same', () => {
    const counts = { return_requested_quantity: 0, return_received_quantity: 0, return_dismissed_quantity: 1 }
    const items = returned.order.items.map((line, place) =>
      place === 0 ? { ...line, detail: { ...line.detail, ...counts } } : line,
    )
    const back = { ...record, status: 'received', items: [{ ...record.items[0], damaged_quantity: 1 }] }
    for (const returns of [[back], []]) {
      expect(read({ ...returned.order, items }, returns).lines[0]).toMatchObject({
        refundState: 'success',
        refundingQuantity: 0,
        refundedQuantity: 1,
      })
    }
  })

  test('with a field that nobody knows names it', () => {
    const strange = { ...record, colour: 'red', items: [{ ...record.items[0], smell: 'good' }] }
    expect(read(returned.order, [strange]).warnings.toSorted()).toEqual([
      'unknown-field:return.colour',
      'unknown-field:return.items.smell',
    ])
  })

  test('that came back is done for the goods, whatever becomes of the money', () => {
    const items = returned.order.items.map((line, place) => ({
      ...line,
      detail: { ...line.detail, return_requested_quantity: 0, return_received_quantity: place === 0 ? 1 : 0 },
    }))
    const order = read({ ...returned.order, items }, [{ ...record, status: 'received' }])
    expect(order).toMatchObject({ orderRefundState: 'partial', refundedFen: 0 })
    expect(order.lines[0]).toMatchObject({ refundState: 'success', refundingQuantity: 0, refundedQuantity: 1 })
  })
})

test('a word or a field that nobody knows is named', () => {
  const order = read({
    ...fresh,
    status: 'pondering',
    colour: 'red',
    items: fresh.items.map((line) => ({ ...line, smell: 1 })),
  })
  expect(order).toMatchObject({ status: 'on-hold', mayShipNow: false, paidTotalFen: 30200 })
  expect(order.warnings).toEqual([
    'unknown-status:pondering',
    'unknown-field:order.items.smell',
    'unknown-field:order.colour',
  ])
})

describe('the receiver', () => {
  const receiverOf = (address: Fields | null) =>
    read({ ...fresh, shipping_address: address === null ? null : { ...fresh.shipping_address, ...address } }).receiver

  test.each([
    { address: { last_name: '', first_name: '林晓禾' }, name: '林晓禾' },
    { address: { last_name: 'Lin', first_name: 'Xiaohe' }, name: 'Xiaohe Lin' },
  ])('is called $name', ({ address, name }) => {
    expect(receiverOf(address).name).toBe(name)
  })

  test('has a street of two lines and a number without +86', () => {
    const receiver = receiverOf({ phone: '+86 13800000101', address_2: '门口' })
    expect(receiver).toMatchObject({ phone: '13800000101', raw: { address: '西湖区示例路 12 号 3 幢 502 门口' } })
  })

  test.each([
    { address: { phone: '138****0101' }, privacy: 'masked' },
    { address: null, privacy: 'absent' },
  ])('is $privacy', ({ address, privacy }) => {
    expect(receiverOf(address).privacy).toBe(privacy)
  })
})

describe('the inspector', () => {
  const numbers = (value: unknown) => inspectOrders(JSON.stringify(value)).map(({ channelOrderNo }) => channelOrderNo)

  test('reads a list, one order in its envelope or bare, and several of these', () => {
    expect(numbers(list)).toEqual([fresh.id])
    expect(numbers(sent)).toEqual([sent.order.id])
    expect(numbers(sent.order)).toEqual([sent.order.id])
    expect(numbers([sent, list])).toEqual([sent.order.id, fresh.id])
  })

  test('reads an order with its returns, kept or as both calls answer', () => {
    const kept = inspectOrders(JSON.stringify(returned))
    const answers = { order: { order: returned.order }, returns: { returns: returned.returns, count: 1 } }
    expect(kept).toEqual([orderOf(returned.order, returned.returns)])
    expect(inspectOrders(JSON.stringify(answers))).toEqual(kept)
  })

  test('leaves drafts out', () => {
    expect(numbers({ ...fresh, status: 'draft' })).toEqual([])
  })

  test.each([
    { text: '<html>', names: '不是 JSON' },
    { text: '7', names: 'order' },
    { text: JSON.stringify({ ...fresh, total: '三百' }), names: 'order.total' },
    { text: JSON.stringify({ ...fresh, updated_at: 'yesterday' }), names: 'order.updated_at' },
    { text: JSON.stringify({ ...fresh, total: 1e13 }), names: 'order.total' },
    { text: JSON.stringify({ ...fresh, total: '9e13', credit_line_total: '9e13' }), names: 'order.total' },
  ])('names what is wrong: $names', ({ text, names }) => {
    expect(() => inspectOrders(text)).toThrow(Failure)
    try {
      inspectOrders(text)
    } catch (error) {
      expect(error).toMatchObject({ code: 'CHANNEL_NONSENSE', details: { reason: expect.stringContaining(names) } })
    }
  })
})
