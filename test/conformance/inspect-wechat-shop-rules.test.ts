import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { answer, refusal } from './tongdan.ts'

/** Payloads that no sample shows, made from wechat-shop.md's rules, with what the rules make of them; all in one go. */
type Fields = Readonly<Record<string, unknown>>
interface Case {
  readonly what: string
  readonly given: Fields
  readonly cases?: readonly Fields[]
  /** What the order must say; lists are compared item by item. */
  readonly says: Fields
}

const sample = path.join(import.meta.dirname, 'samples/wechat-shop/order-get.awaiting-shipment.multi-line.json')
/** Tea 233.00 yuan for two, a cup 54.00, three of another tea 89.99, a gift; freight 8.00, so 384.99. */
const { order: usual } = JSON.parse(readFileSync(sample, 'utf8'))
const { order_detail: usualDetail } = usual
const [tea, cup, puer, gift] = usualDetail.product_infos as [Fields, Fields, Fields, Fields]
const goodsOf = ({ product_id, sku_id }: Fields, product_cnt: number) => ({ product_id, sku_id, product_cnt })

interface Blocks {
  readonly products?: unknown
  readonly pay?: Fields
  readonly price?: Fields
  readonly delivery?: Fields
  readonly notes?: Fields
}
/** The usual order with some of its fields, or fields of its blocks, changed. */
const order = (fields: Fields, { products, pay, price, delivery, notes }: Blocks = {}): Fields => ({
  ...usual,
  ...fields,
  order_detail: {
    ...usualDetail,
    ...(products === undefined ? {} : { product_infos: products }),
    ...(pay === undefined ? {} : { pay_info: pay }),
    price_info: { ...usualDetail.price_info, ...price },
    delivery_info: { ...usualDetail.delivery_info, ...delivery },
    ext_info: { ...usualDetail.ext_info, ...notes },
  },
})
/** One line of 1.00 yuan and no freight. */
const single = (line: Fields, { price, ...blocks }: Blocks = {}, fields: Fields = {}): Fields =>
  order(fields, {
    ...blocks,
    products: [{ ...cup, sku_cnt: 1, sale_price: 100, real_price: 100, estimate_price: undefined, ...line }],
    price: { order_price: 100, freight: 0, ...price },
  })
const unpaidYet = { prepay_id: 'up_wx_INVENTED_0001', prepay_time: 1767196982 }
const paid = { paidTotalFen: 38499, freightFen: 800, warnings: [] }
const unpaid = { paidTotalFen: 0, freightFen: 0, paidAt: null, payableTotalFen: 38499, mayShipNow: false, warnings: [] }
const parcel = (waybill_id: string, ...product_infos: Fields[]) => ({
  waybill_id,
  delivery_id: 'SF',
  delivery_name: '顺丰速运',
  deliver_type: 1,
  product_infos,
})
const sentWhole = [parcel('SF1', goodsOf(tea, 2), goodsOf(cup, 1), goodsOf(puer, 3), goodsOf(gift, 1))]

const states: Case[] = [
  {
    what: '10 is unpaid, though it shows what is due',
    given: order({ status: 10 }, { pay: unpaidYet }),
    says: { status: 'unpaid', refundedFen: 0, remainingToShip: [], ...unpaid },
  },
  {
    what: '12 is a present that nobody accepted yet',
    given: order({ status: 12, is_present: true }),
    says: { status: 'on-hold', mayShipNow: false, remainingToShip: [], ...paid },
  },
  {
    what: '13 is a group that is not full',
    given: order({ status: 13 }),
    says: { status: 'on-hold', mayShipNow: false, ...paid },
  },
  { what: '20 waits', given: order({}), says: { status: 'paid-wait-ship', mayShipNow: true, ...paid } },
  {
    what: '30 is sent',
    given: order({ status: 30 }, { delivery: { delivery_product_info: sentWhole } }),
    says: {
      status: 'shipped',
      mayShipNow: false,
      remainingToShip: [],
      shipments: [{ carrierNo: 'SF', waybillNo: 'SF1' }],
      lines: [{ shippedQuantity: 2 }, { shippedQuantity: 1 }, { shippedQuantity: 3 }, { shippedQuantity: 1 }],
      ...paid,
    },
  },
  {
    what: '100 is done',
    given: order({ status: 100 }, { delivery: { delivery_product_info: sentWhole } }),
    says: { status: 'completed', refundedFen: 0, orderRefundState: 'none', ...paid },
  },
  ...[190, 200, 250].map((status) => ({
    what: `${status} after payment, without any record of it`,
    given: order({ status }),
    says: { status: 'closed-refunded', mayShipNow: false, refundedFen: 38499, orderRefundState: 'full', ...paid },
  })),
  ...[190, 250].map((status) => ({
    what: `${status} before payment`,
    given: order({ status }, { pay: unpaidYet }),
    says: { status: 'closed-unpaid', refundedFen: 0, orderRefundState: 'none', ...unpaid },
  })),
  {
    what: 'a status nobody told us about',
    given: order({ status: 77 }),
    says: { status: 'on-hold', channelStatus: '77', mayShipNow: false, warnings: ['unknown-status:77'] },
  },
  {
    what: 'a status in quotes is the same',
    given: order({ status: '20' }),
    says: { status: 'paid-wait-ship', channelStatus: '20', ...paid },
  },
]

const shipping: Case[] = [
  {
    what: '21 has sent a piece of one line',
    given: order({ status: 21 }, { delivery: { delivery_product_info: [parcel('SF1', goodsOf(puer, 1))] } }),
    says: {
      status: 'partially-shipped',
      mayShipNow: true,
      lines: [{ shippedQuantity: 0 }, { shippedQuantity: 0 }, { shippedQuantity: 1, mayShipNow: true }, {}],
      remainingToShip: [
        { channelSkuNo: tea.sku_id, quantity: 2 },
        { channelSkuNo: cup.sku_id, quantity: 1 },
        { channelSkuNo: puer.sku_id, quantity: 2 },
        { channelSkuNo: gift.sku_id, quantity: 1 },
      ],
    },
  },
  {
    what: 'one line in two parcels',
    given: single(
      { sku_cnt: 3 },
      { delivery: { delivery_product_info: [parcel('SF1', goodsOf(cup, 1)), parcel('SF2', goodsOf(cup, 2))] } },
      { status: 30 },
    ),
    says: { lines: [{ shippedQuantity: 3, shipments: [{ waybillNo: 'SF1' }, { waybillNo: 'SF2' }] }] },
  },
  {
    what: 'what goes without a carrier has no parcel',
    given: single({}, { delivery: { delivery_product_info: [parcel('', goodsOf(cup, 1))] } }, { status: 30 }),
    says: { status: 'shipped', shipments: [], lines: [{ shippedQuantity: 1 }] },
  },
  {
    what: 'the buyer asks for another address',
    given: order({}, { delivery: { address_under_review: true, address_apply_time: 1767197000 } }),
    says: { status: 'paid-wait-ship', mayShipNow: false, warnings: ['held:address_under_review'] },
  },
  {
    what: 'the buyer asks for another SKU',
    given: single({ change_sku_info: { preshipment_change_sku_state: 3, new_sku_id: '1', old_sku_id: '2' } }),
    says: { mayShipNow: false, warnings: ['held:change_sku'] },
  },
  {
    what: 'another SKU was refused',
    given: single({ change_sku_info: { preshipment_change_sku_state: 5 } }),
    says: { mayShipNow: true, warnings: [] },
  },
  {
    what: 'a supplier ships a line',
    given: order({}, { products: [{ ...tea, dropship_info: { ds_order_id: 'DS1' } }, cup, puer, gift] }),
    says: {
      mayShipNow: true,
      lines: [{ mayShipNow: false }, { mayShipNow: true }, { mayShipNow: true }, { mayShipNow: true }],
      warnings: [`drop-shipped:${tea.sku_id}`],
    },
  },
]

const amounts: Case[] = [
  {
    what: 'fen that do not divide fall on the first pieces',
    given: single({ sku_cnt: 3 }),
    says: { paidTotalFen: 100, lines: [{ paidFen: 100, unitPaidFen: [34, 33, 33] }], warnings: [] },
  },
  {
    what: 'lines that do not add up',
    given: order({}, { price: { order_price: 38500 } }),
    says: {
      paidTotalFen: 38500,
      lines: [{ paidFen: 23300 }, { paidFen: 5400 }, { paidFen: 8999 }, { paidFen: 0 }],
      warnings: ['amount-mismatch'],
    },
  },
  {
    what: 'a freight that the merchant changed',
    given: single({}, { price: { order_price: 350, freight: 800, change_freight: 250, is_change_freight: true } }),
    says: { paidTotalFen: 350, freightFen: 250, warnings: [] },
  },
  {
    what: 'a freight that was not changed after all',
    given: single({}, { price: { order_price: 900, freight: 800, change_freight: 250, is_change_freight: null } }),
    says: { paidTotalFen: 900, freightFen: 800, warnings: [] },
  },
  {
    what: 'the lower of two prices, where the line’s own is not told',
    given: single({ real_price: undefined, estimate_price: 120, change_price: 100, sale_price: 150 }),
    says: { lines: [{ paidFen: 100, listFen: 150 }], warnings: ['missing-field:product_info.real_price'] },
  },
  {
    what: 'a number of payment without its time',
    given: order({}, { pay: { transaction_id: '42' } }),
    says: { paidTotalFen: 38499, paidAt: null },
  },
  {
    what: 'goods to be paid for later were paid for',
    given: order({}, { pay: { pay_time: 1767197013, payment_method: 2 } }),
    says: paid,
  },
  ...[3, 4].map((payment_method) => ({
    what: `payment method ${payment_method} moves no cash`,
    given: order({}, { pay: { transaction_id: '42', pay_time: 1767197013, payment_method } }),
    says: {
      status: 'paid-wait-ship',
      paidTotalFen: 0,
      freightFen: 0,
      payableTotalFen: 38499,
      mayShipNow: true,
      lines: [{ paidFen: 0, unitPaidFen: [0, 0] }, { paidFen: 0 }, { paidFen: 0 }, { paidFen: 0 }],
      warnings: [],
    },
  })),
  {
    what: 'what talents and the platform pay is the merchant’s',
    given: single(
      { sale_price: 130, merchant_discounted_price: 0, finder_discounted_price: 10, cash_coupon_discounted_price: 20 },
      { price: { merchant_receieve_price: 130 } },
    ),
    says: {
      discountFen: 30,
      merchantReceivableFen: 130,
      promotions: [
        { name: '达人优惠', discountFen: 10 },
        { name: '平台券', discountFen: 20 },
      ],
    },
  },
  {
    what: 'a large amount',
    given: single(
      { sale_price: 9_007_199_254_740_991, real_price: 9_007_199_254_740_991 },
      { price: { order_price: 9_007_199_254_740_991 } },
    ),
    says: { paidTotalFen: 9_007_199_254_740_991, warnings: [] },
  },
]

const absent = (...names: string[]) => Object.fromEntries(names.map((name) => [name, null]))
const place = (province_name: string, city_name: string, county_name: string) => ({
  delivery: {
    address_info: { ...usualDetail.delivery_info.address_info, province_name, city_name, county_name },
  },
})
const wording: Case[] = [
  {
    what: 'null and nothing are the same',
    given: single(
      { ...absent('is_discounted', 'is_change_price', 'is_free_gift', 'change_sku_info', 'dropship_info') },
      { price: absent('discounted_price', 'is_change_freight'), delivery: absent('delivery_product_info') },
      absent('aftersale_detail'),
    ),
    says: { paidTotalFen: 100, shipments: [], orderRefundState: 'none', warnings: [] },
  },
  {
    what: 'a line without code, picture and number',
    given: single({ sku_code: '', thumb_img: '', sku_attrs: null, product_unique_id: undefined }),
    says: { lines: [{ merchantCode: null, imageUrl: null, specification: '' }], warnings: [] },
  },
  ...[1, true, '1'].map((is_free_gift) => ({
    what: `a gift marked ${JSON.stringify(is_free_gift)}`,
    given: order({}, { products: [tea, cup, puer, { ...gift, is_free_gift }] }),
    says: { lines: [{ isGift: false }, { isGift: false }, { isGift: false }, { isGift: true, paidFen: 0 }] },
  })),
  {
    what: 'fields nobody told us about',
    given: single({ colour: 'red' }, { notes: { mood: 'good' } }),
    says: {
      warnings: [
        'unknown-field:order.order_detail.product_infos.colour',
        'unknown-field:order.order_detail.ext_info.mood',
      ],
    },
  },
  {
    what: 'notes of both sides',
    given: order({}, { notes: { customer_notes: '放门卫 😊', merchant_notes: '已备注' } }),
    says: { buyerNote: '放门卫 😊', sellerRemark: '已备注' },
  },
  {
    what: 'no receiver, as of a present that waits',
    given: order({ status: 12 }, { delivery: { address_info: null } }),
    says: { receiver: { privacy: 'absent', addressKey: null } },
  },
  {
    what: 'a city without a province is its own',
    given: order({}, place('北京市', '市辖区', '朝阳区')),
    says: { receiver: { standard: { province: '北京市', city: '北京市', district: '朝阳区' } } },
  },
  ...['', '省直辖县级行政区划', '县'].map((city) => ({
    what: `a city that its province governs itself, after ${JSON.stringify(city)}`,
    given: order({}, place('河南', city, '济源市')),
    says: {
      receiver: {
        raw: { province: '河南', city, district: '济源市' },
        standard: { province: '河南省', city: '济源市', district: '' },
      },
    },
  })),
]

/** An after-sale of the cup: one SKU, asked back before shipping. */
const afterSale = (fields: Fields, goods: Fields = {}): Fields => ({
  status: 'MERCHANT_PROCESSING',
  type: 'REFUND',
  refund_info: { amount: 5400, platform_discount_return_amount: 0 },
  create_time: 1767197480,
  update_time: 1767197480,
  reason_text: '不想要了',
  ...fields,
  product_info: { product_id: cup.product_id, sku_id: cup.sku_id, count: 1, ...goods },
})
const done = { status: 'MERCHANT_REFUND_SUCCESS' }
const ofPuer = (count: number) => ({ product_id: puer.product_id, sku_id: puer.sku_id, count })

const refunds: Case[] = [
  {
    what: 'a line is asked back, and the order waits',
    given: order({}),
    cases: [afterSale({})],
    says: {
      orderRefundState: 'in-progress',
      mayShipNow: false,
      lines: [{ mayShipNow: true }, { refundState: 'requested', mayShipNow: false }, { mayShipNow: true }, {}],
    },
  },
  {
    what: 'a line is paid back, and the rest leaves',
    given: order({}),
    cases: [afterSale(done)],
    says: {
      orderRefundState: 'partial',
      refundedFen: 5400,
      mayShipNow: true,
      lines: [{}, { refundState: 'success', refundedQuantity: 1, mayShipNow: false }, {}, {}],
      remainingToShip: [{ quantity: 2 }, { quantity: 3 }, { quantity: 1 }],
    },
  },
  {
    what: 'one piece of three is paid back',
    given: order({}),
    cases: [afterSale({ ...done, refund_info: { amount: 3000 } }, ofPuer(1))],
    says: { refundedFen: 3000, lines: [{}, {}, { refundedQuantity: 1, refundedFen: 3000, mayShipNow: true }, {}] },
  },
  {
    what: 'a second piece is asked back after a first was paid',
    given: order({}),
    cases: [
      afterSale({ ...done, refund_info: { amount: 3000 } }, ofPuer(1)),
      afterSale({ status: 'USER_WAIT_RETURN' }, ofPuer(1)),
    ],
    says: {
      orderRefundState: 'in-progress',
      refundedFen: 3000,
      lines: [{}, {}, { refundState: 'wait-return', refundedQuantity: 1, refundingQuantity: 1 }, {}],
    },
  },
  {
    what: 'money on its way is not counted yet',
    given: order({}),
    cases: [afterSale({ status: 'PLATFORM_REFUNDING' })],
    says: {
      orderRefundState: 'in-progress',
      refundedFen: 0,
      lines: [{}, { refundState: 'wait-receive-return' }, {}, {}],
    },
  },
  {
    what: 'money that could not be paid out',
    given: order({}),
    cases: [afterSale({ status: 'PLATFORM_REFUND_FAIL' })],
    says: { orderRefundState: 'in-progress', mayShipNow: false, warnings: [expect.stringMatching(/^refund-failed:/)] },
  },
  {
    what: 'what goes back to the platform is not the buyer’s',
    given: order({}),
    cases: [afterSale({ ...done, refund_info: { amount: 5000, platform_discount_return_amount: 400 } })],
    says: { refundedFen: 5000 },
  },
  {
    what: 'an exchange pays nothing back',
    given: order({ status: 30 }, { delivery: { delivery_product_info: sentWhole } }),
    cases: [afterSale({ type: 'EXCHANGE', status: 'MERCHANT_EXCHANGE_SUCCESS' })],
    says: { orderRefundState: 'none', refundedFen: 0, lines: [{}, { refundState: 'closed' }, {}, {}] },
  },
  {
    what: 'a refused one holds nothing',
    given: order({}),
    cases: [afterSale({ status: 'MERCHANT_REJECT_REFUND' })],
    says: { orderRefundState: 'none', mayShipNow: true, lines: [{}, { refundState: 'rejected' }, {}, {}] },
  },
  {
    what: 'more is paid back than was paid',
    given: single({}, {}, { status: 100 }),
    cases: [afterSale({ ...done, refund_info: { amount: 300 } })],
    says: { orderRefundState: 'full', paidTotalFen: 100, refundedFen: 300 },
  },
  {
    what: 'the freight goes back with the goods',
    given: order({ status: 200 }),
    cases: [
      afterSale(
        { ...done, refund_info: { amount: 23300 } },
        { product_id: tea.product_id, sku_id: tea.sku_id, count: 2 },
      ),
      afterSale(done),
      afterSale({ ...done, refund_info: { amount: 9799 } }, ofPuer(3)),
    ],
    says: { status: 'closed-refunded', orderRefundState: 'full', refundedFen: 38499, lines: [{}, {}, {}, {}] },
  },
  {
    what: 'a gift of the SKU that is asked back waits with it',
    given: order(
      {},
      {
        products: [
          cup,
          { ...cup, ...absent('estimate_price'), sku_cnt: 1, sale_price: 0, real_price: 0, is_free_gift: 1 },
        ],
        price: { order_price: 6200 },
      },
    ),
    cases: [afterSale({})],
    says: {
      lines: [
        { isGift: false, refundState: 'requested', mayShipNow: false },
        { isGift: true, refundState: 'none', mayShipNow: false },
      ],
    },
  },
  {
    what: 'a word of an after-sale nobody told us about',
    given: order({}),
    cases: [afterSale({ status: 'NOBODY_EVER_SAID_THIS' })],
    says: {
      orderRefundState: 'in-progress',
      mayShipNow: false,
      warnings: ['unknown-refund-status:NOBODY_EVER_SAID_THIS'],
    },
  },
  {
    what: 'only the count says that something is open',
    given: order({ aftersale_detail: { aftersale_order_list: [], on_aftersale_order_cnt: 1 } }),
    says: { orderRefundState: 'in-progress', mayShipNow: false },
  },
]

const all = [...states, ...shipping, ...amounts, ...wording, ...refunds].map((each, at) => ({
  ...each,
  at,
  no: String(3_719_872_036_541_300_000n + BigInt(at)),
}))

/** As the two calls answer, one after the other. */
const payload = all.map((each) => ({
  orderGet: { errcode: 0, errmsg: 'ok', order: { ...each.given, order_id: each.no } },
  aftersaleGet: (each.cases ?? []).map((one, nth) => ({
    errcode: 0,
    after_sale_order: { ...one, after_sale_order_id: `${each.at}00${nth}`, order_id: each.no },
  })),
}))

describe('wechat-shop', () => {
  let orders: readonly ChannelOrder[]
  beforeAll(async () => {
    orders = await answer<ChannelOrder[]>(['inspect', 'orders', 'wechat-shop', '-'], payload)
  })

  test.each(all)('$what', ({ says, at, no }) => {
    expect(orders[at]).toMatchObject({ channelOrderNo: no, ...says })
  })

  test('money adds up wherever nothing is said about it', () => {
    for (const { paidTotalFen, freightFen, lines, warnings } of orders) {
      const sum = lines.reduce((sofar, line) => sofar + line.paidFen, freightFen)
      if (!warnings.includes('amount-mismatch')) expect(sum).toBe(paidTotalFen)
    }
  })

  test('numbers without quotes keep their digits', async () => {
    const text = JSON.stringify({ errcode: 0, order: usual }).replace(/"(order_id|transaction_id)":"(\d+)"/g, '"$1":$2')
    expect(text).toContain(`"order_id":${usual.order_id}`)
    const [order] = await answer<ChannelOrder[]>(['inspect', 'orders', 'wechat-shop', '-'], text)
    expect(order).toMatchObject({ channelOrderNo: usual.order_id, warnings: [] })
  })

  test.each([
    ['a fraction of a fen', single({ real_price: 100.5 })],
    ['yuan', single({ real_price: '1.00' })],
    ['no pieces', single({ sku_cnt: 0 })],
    ['no time', order({ create_time: 0 })],
  ])('an order with %s is none', async (_, given) => {
    const said = await refusal(['inspect', 'orders', 'wechat-shop', '-'], { errcode: 0, order: given })
    expect(said).toMatchObject({ code: 'CHANNEL_NONSENSE' })
  })
})
