import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { answer, refusal } from './tongdan.ts'

/** Payloads that no sample shows, made from the rules of own-site.md 1 and 2, with what the rules make of them; all in one go. */
type Fields = Readonly<Record<string, unknown>>
interface Case {
  readonly what: string
  readonly given: Fields
  /** The records of its refunds. */
  readonly records?: readonly Fields[]
  /** What the order must say; lists are compared item by item. */
  readonly says: Fields
}

const sample = path.join(import.meta.dirname, 'samples/woocommerce/orders-list.json')
/** Two bags of tea 236.00, a bowl 58.00, freight 8.00, so 302.00. */
const usual = JSON.parse(readFileSync(sample, 'utf8')).pages[0].body[0]
const [tea, bowl] = usual.line_items as [Fields, Fields]
const order = (fields: Fields = {}): Fields => ({ ...usual, ...fields })
/** One line of 1.00 yuan and nothing else. */
const single = (fields: Fields = {}, line: Fields = {}): Fields =>
  order({
    total: '1.00',
    shipping_total: '0.00',
    discount_total: '0.00',
    coupon_lines: [],
    line_items: [{ ...bowl, subtotal: '1.00', total: '1.00', ...line }],
    ...fields,
  })

const paid = { paidTotalFen: 30200, freightFen: 800, lines: [{ paidFen: 23600 }, { paidFen: 5800 }] }
const owed = { paidTotalFen: 0, freightFen: 0, payableTotalFen: 30200, lines: [{ paidFen: 0 }, { paidFen: 0 }] }
const stays = { mayShipNow: false, remainingToShip: [] }

const states: Case[] = (
  [
    ['pending', 'unpaid', 'unpaid'],
    ['failed', 'unpaid', 'unpaid'],
    ['checkout-draft', 'unpaid', 'unpaid'],
    ['on-hold', 'unpaid', 'on-hold'],
    ['completed', 'completed', 'completed'],
    ['cancelled', 'closed-unpaid', 'closed-refunded'],
    ['trash', 'closed-unpaid', 'closed-refunded'],
    ['refunded', 'closed-refunded', 'closed-refunded'],
  ] as const
).flatMap(([word, before, after]) => [
  {
    what: `${word} before payment is ${before}`,
    given: order({ status: word, date_paid_gmt: null }),
    says: { status: before, paidAt: null, ...(/unpaid/.test(before) ? owed : paid), ...stays, warnings: [] },
  },
  {
    what: `${word} after payment is ${after}`,
    given: order({ status: word }),
    says: { status: after, ...(/unpaid/.test(after) ? owed : paid), ...stays, warnings: [] },
  },
])

const words: Case[] = [
  {
    what: 'processing is to be sent',
    given: order(),
    says: { status: 'paid-wait-ship', ...paid, mayShipNow: true, warnings: [] },
  },
  {
    what: 'a status of the shop’s own stops it, paid',
    given: order({ status: 'awaiting-pickup' }),
    says: { status: 'on-hold', ...paid, ...stays, warnings: ['unknown-status:awaiting-pickup'] },
  },
  {
    what: 'a status of the shop’s own stops it, not yet paid',
    given: order({ status: 'awaiting-pickup', date_paid_gmt: null }),
    says: { status: 'on-hold', ...owed, ...stays, warnings: ['unknown-status:awaiting-pickup'] },
  },
  {
    what: 'a field nobody told us about',
    given: order({ moonPhase: 'full', line_items: [tea, { ...bowl, glaze: 'white' }] }),
    says: { mayShipNow: true, warnings: ['unknown-field:order.line_items.glaze', 'unknown-field:order.moonPhase'] },
  },
  {
    what: 'a number that plugins made is only shown',
    given: order({ number: 'WEB-2026-0007' }),
    says: { ...paid, warnings: [] },
  },
  {
    what: 'empty texts are none',
    given: order({
      customer_note: '',
      customer_id: 0,
      payment_method: null,
      coupon_lines: null,
      fee_lines: null,
      meta_data: null,
      line_items: [tea, { ...bowl, sku: '', variation_id: null, meta_data: null, image: { id: '', src: '' } }],
    }),
    says: {
      ...paid,
      buyer: { channelBuyerNo: null },
      buyerNote: null,
      sellerRemark: null,
      isCod: false,
      promotions: [],
      lines: [{}, { merchantCode: null, channelSkuNo: '', imageUrl: null, specification: '' }],
      warnings: [],
    },
  },
  {
    what: 'cash at the door, with our remark',
    given: order({
      payment_method: 'cod',
      meta_data: [
        { id: 1, key: '_tongdan_remark', value: '旧的' },
        { id: 2, key: '_tongdan_remark', value: '发顺丰 😊' },
      ],
    }),
    says: { isCod: true, sellerRemark: '发顺丰 😊' },
  },
]

const amounts: Case[] = [
  {
    what: 'fen that do not divide fall on the first pieces, whatever the rounded price says',
    given: single({}, { quantity: 3, price: 0.33 }),
    says: { paidTotalFen: 100, lines: [{ paidFen: 100, unitPaidFen: [34, 33, 33] }], warnings: [] },
  },
  {
    what: 'tax comes on top of lines, freight and fees, in prices with tax as well',
    given: order({
      prices_include_tax: true,
      total: '339.26',
      total_tax: '35.26',
      shipping_tax: '1.04',
      fee_lines: [{ id: 9, name: '包装', total: '2.00', total_tax: '0.26' }],
      line_items: [
        { ...tea, total_tax: '30.68' },
        { ...bowl, total_tax: '3.28' },
      ],
    }),
    says: {
      paidTotalFen: 33926,
      freightFen: 904,
      extraFen: 226,
      lines: [{ paidFen: 26668 }, { paidFen: 6128 }],
      warnings: [],
    },
  },
  {
    what: 'a fee below zero takes something off',
    given: order({ total: '297.00', fee_lines: [{ id: 9, name: '老客户', total: '-5.00', total_tax: '0.00' }] }),
    says: { paidTotalFen: 29700, extraFen: -500, warnings: [] },
  },
  {
    what: 'shares that do not add up',
    given: order({ total: '302.01' }),
    says: { ...paid, paidTotalFen: 30201, warnings: ['amount-mismatch'] },
  },
  {
    what: 'whole yuan and more decimals than two',
    given: single({ total: '1' }, { subtotal: '1.5000', total: '1.0000' }),
    says: { paidTotalFen: 100, lines: [{ listFen: 150, paidFen: 100 }], warnings: [] },
  },
  {
    what: 'nothing to pay',
    given: single({ total: '0.00' }, { total: '0.00' }),
    says: { status: 'paid-wait-ship', paidTotalFen: 0, lines: [{ listFen: 100, paidFen: 0 }], warnings: [] },
  },
  {
    what: 'another currency is kept',
    given: single({ currency: 'usd' }),
    says: { currency: 'USD', paidTotalFen: 100 },
  },
  {
    what: 'a large amount',
    given: single({ total: '90071992547409.91' }, { total: '90071992547409.91' }),
    says: { paidTotalFen: 9_007_199_254_740_991, warnings: [] },
  },
]

const refundOf = (id: number, total: string) => ({ id, reason: '', total })
const record = (id: number, amount: string, ...line_items: Fields[]): Fields => ({
  id,
  parent_id: 7301,
  date_created_gmt: '2026-10-21T01:00:00',
  amount,
  reason: '',
  line_items,
})
const back = (total: string, fields: Fields = {}) => ({
  id: 1600,
  product_id: 410,
  variation_id: 4103,
  quantity: 0,
  total,
  total_tax: '0.00',
  ...fields,
})
const none = { refundState: 'none', refundedFen: 0, refundedQuantity: 0 }

const refunds: Case[] = [
  {
    what: 'one of two pieces',
    given: order({ refunds: [refundOf(1, '-118.00')] }),
    records: [record(1, '118.00', back('-118.00', { quantity: -1 }))],
    says: {
      ...paid,
      refundedFen: 11800,
      orderRefundState: 'partial',
      mayShipNow: true,
      lines: [{ refundState: 'success', refundedFen: 11800, refundedQuantity: 1, paidFen: 23600 }, none],
      remainingToShip: [
        { channelSkuNo: '4103', quantity: 1 },
        { channelSkuNo: '', quantity: 1 },
      ],
      warnings: [],
    },
  },
  {
    what: 'several of one line are one sum, with their tax',
    given: order({ refunds: [refundOf(1, '-0.08'), refundOf(2, '-1.10')] }),
    records: [record(2, '1.10', back('-1.00', { total_tax: '-0.10' })), record(1, '0.08', back('-0.08'))],
    says: { refundedFen: 118, lines: [{ refundState: 'success', refundedFen: 118, refundedQuantity: 0 }, none] },
  },
  {
    what: 'a line with the freight',
    given: order({ refunds: [refundOf(1, '-66.00')] }),
    records: [record(1, '66.00', back('-58.00', { product_id: 522, variation_id: 0, quantity: -1 }))],
    says: { refundedFen: 6600, lines: [none, { refundedFen: 5800, refundedQuantity: 1 }], warnings: [] },
  },
  {
    what: 'a bare sum is of no line',
    given: order({ refunds: [refundOf(1, '-10.00')] }),
    records: [record(1, '10.00')],
    says: {
      refundedFen: 1000,
      orderRefundState: 'partial',
      lines: [none, none],
      warnings: ['refund-not-by-line'],
    },
  },
  {
    what: 'a bare sum of the only line is its own',
    given: single({ refunds: [refundOf(1, '-0.40')] }),
    says: { refundedFen: 40, lines: [{ refundState: 'success', refundedFen: 40, refundedQuantity: 0 }], warnings: [] },
  },
  {
    what: 'the last fen makes it full, though the shop still waits',
    given: order({ refunds: [refundOf(1, '-301.99'), refundOf(2, '-0.01')] }),
    says: {
      ...paid,
      status: 'paid-wait-ship',
      refundedFen: 30200,
      orderRefundState: 'full',
      ...stays,
      lines: [
        { refundedFen: 23600, refundedQuantity: 2 },
        { refundedFen: 5800, refundedQuantity: 1 },
      ],
      warnings: [],
    },
  },
  {
    what: 'one fen less does not',
    given: order({ refunds: [refundOf(1, '-301.99')] }),
    says: { refundedFen: 30199, orderRefundState: 'partial', warnings: ['refund-not-by-line'] },
  },
  {
    what: 'set by hand it lists nothing and is of everything',
    given: order({ status: 'refunded' }),
    says: { status: 'closed-refunded', refundedFen: 30200, orderRefundState: 'full' },
  },
  {
    what: 'after shipping the goods had left all the same',
    given: order({ status: 'refunded', date_completed_gmt: '2026-10-21T00:00:00', refunds: [refundOf(1, '-302.00')] }),
    says: { status: 'closed-refunded', lines: [{ shippedQuantity: 2 }, { shippedQuantity: 1 }] },
  },
]

const tracked = (...numbers: readonly string[]) => ({
  id: 9000,
  key: '_wc_shipment_tracking_items',
  value: numbers.map((tracking_number) => ({
    tracking_provider: '',
    custom_tracking_provider: '中通快递',
    tracking_number,
    date_shipped: '1792195200',
    tracking_id: 'aa11',
  })),
})
const noted = (waybillNo: string, ...lines: readonly (readonly [id: string, quantity: number])[]) => ({
  id: 9001,
  key: '_tongdan_parcels',
  value: [
    { carrier: 'zto', carrierName: '中通快递', waybillNo, lines: lines.map(([id, quantity]) => ({ id, quantity })) },
  ],
})
const zto = { carrierName: '中通快递', waybillNo: 'ZT7300000001' }

const parcels: Case[] = [
  {
    what: 'completed it left with its number, which names no goods',
    given: order({ status: 'completed', meta_data: [tracked('ZT7300000001')] }),
    says: {
      status: 'completed',
      ...stays,
      shipments: [{ ...zto, lines: [] }],
      lines: [{ shippedQuantity: 2 }, { shippedQuantity: 1 }],
      warnings: [],
    },
  },
  {
    what: 'a number whose goods we noted leaves the rest',
    given: order({ meta_data: [tracked('ZT7300000001'), noted('ZT7300000001', ['1501', 1])] }),
    says: {
      status: 'partially-shipped',
      mayShipNow: true,
      shipments: [{ ...zto, lines: [{ channelSkuNo: '4103', quantity: 1 }] }],
      remainingToShip: [
        { channelSkuNo: '4103', quantity: 1 },
        { channelSkuNo: '', quantity: 1 },
      ],
      warnings: [],
    },
  },
  {
    what: 'a number that nobody noted may hold everything',
    given: order({ meta_data: [tracked('ZT7300000001')] }),
    says: { status: 'partially-shipped', mayShipNow: false, warnings: ['shipped-lines-unknown'] },
  },
  {
    what: 'what is not in the parcel was paid back',
    given: order({ refunds: [refundOf(1, '-58.00')], meta_data: [noted('ZT7300000001', ['1501', 2])] }),
    records: [record(1, '58.00', back('-58.00', { product_id: 522, variation_id: 0, quantity: -1 }))],
    says: { status: 'shipped', ...stays, lines: [{ shippedQuantity: 2 }, { shippedQuantity: 0 }] },
  },
  {
    what: 'a place that somebody else wrote over',
    given: order({ meta_data: [{ id: 1, key: '_wc_shipment_tracking_items', value: 'a:1:{}' }] }),
    says: { status: 'paid-wait-ship', shipments: [], mayShipNow: true },
  },
]

const to = (fields: Fields) => order({ shipping: { ...usual.shipping, ...fields } })
const receivers: Case[] = [
  {
    what: 'names apart are joined, family first, and the country goes from the telephone',
    given: to({ first_name: '晓禾', last_name: '林', phone: '+8613800000101' }),
    says: { receiver: { name: '林晓禾', phone: '13800000101', privacy: 'plain' } },
  },
  {
    what: 'a province by its code',
    given: to({ state: 'CN30' }),
    says: { receiver: { standard: { province: '澳门特别行政区' } } },
  },
  {
    what: 'no address of its own is that of the bill',
    given: order({ shipping: { first_name: '', address_1: '' } }),
    says: { receiver: { name: '林晓禾', standard: { district: '西湖区' } } },
  },
  {
    what: 'nobody at all',
    given: order({ shipping: null, billing: null }),
    says: { receiver: { name: '', phone: '', privacy: 'absent' } },
  },
]

const all = [...states, ...words, ...amounts, ...refunds, ...parcels, ...receivers].map((each, place) => ({
  ...each,
  place,
  no: String(8_000 + place),
}))
const payload = all.map(({ given, records = [], no }) => ({ order: { ...given, id: Number(no) }, refunds: records }))

describe('woocommerce', () => {
  let orders: readonly ChannelOrder[]
  beforeAll(async () => {
    orders = await answer<ChannelOrder[]>(['inspect', 'orders', 'woocommerce', '-'], payload)
  })

  test.each(all)('$what', ({ says, place, no }) => {
    expect(orders[place]).toMatchObject({ channelOrderNo: no, ...says })
  })

  test('money adds up wherever nothing is said about it', () => {
    for (const { paidTotalFen, freightFen, extraFen, lines, warnings } of orders) {
      const sum = lines.reduce((sofar, line) => sofar + line.paidFen, freightFen + extraFen)
      if (!warnings.includes('amount-mismatch')) expect(sum).toBe(paidTotalFen)
    }
  })

  test('numbers that are too long keep their digits', async () => {
    const text = JSON.stringify(order())
      .replace('"id":7301', '"id":90071992547409931')
      .replace('"id":1501', '"id":90071992547409933')
    const [long] = await answer<ChannelOrder[]>(['inspect', 'orders', 'woocommerce', '-'], text)
    expect(long).toMatchObject({
      channelOrderNo: '90071992547409931',
      lines: [{ channelLineNo: '90071992547409933' }, {}],
    })
  })

  test.each([
    ['a fraction of a fen', single({ total: '1.005' }), 'order.total'],
    ['an amount in words', single({ total: '一元' }), 'order.total'],
    ['more than can be counted', single({ total: '90071992547409.92' }), 'order.total'],
    ['parts that add up to more', single({ shipping_total: '0.01' }, { total: '90071992547409.91' }), 'order.total'],
    ['half a piece', single({}, { quantity: 0.5 }), 'order.line_items.0.quantity'],
    ['no time of its change', single({ date_modified_gmt: null }), 'order.date_modified_gmt'],
    ['no number', single({ id: null }), 'order.id'],
  ])('an order with %s is none', async (_, given, field) => {
    const said = await refusal(['inspect', 'orders', 'woocommerce', '-'], given)
    expect(said).toMatchObject({ code: 'CHANNEL_NONSENSE', zh: expect.stringContaining(field) })
  })
})
