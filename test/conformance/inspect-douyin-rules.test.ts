import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { answer } from './tongdan.ts'

/** Payloads that no sample shows, made from douyin.md's rules, with what the rules make of them; all in one go. */
type Fields = Readonly<Record<string, unknown>>
interface Case {
  readonly what: string
  readonly given: Fields
  readonly cases?: readonly Fields[]
  /** What the order must say; lists are compared item by item. */
  readonly says: Fields
}

const sample = path.join(import.meta.dirname, 'samples/douyin/order.searchList.json')
/** Biscuits 53.70 yuan for three, oats 28.90, a gift; freight 5.00, so 87.60. */
const usual = JSON.parse(readFileSync(sample, 'utf8')).response.data.shop_order_list[0]
const [soda, oats, gift] = usual.sku_order_list as [Fields, Fields, Fields]
const [sodaNo, oatsNo] = [soda.order_id, oats.order_id]

const detail = (fields: Fields): Fields => ({ ...usual, ...fields })
const status = (order_status: number, fields: Fields = {}) =>
  detail({ order_status, main_status: order_status, ...fields })
const lines = (...sku_order_list: readonly Fields[]) => ({ sku_order_list })
const money = { paidTotalFen: 8760, freightFen: 500, warnings: [] }
const unpaid = { paidTotalFen: 0, freightFen: 0, paidAt: null, payableTotalFen: 8760, mayShipNow: false, warnings: [] }

const states: Case[] = [
  {
    what: '1 is unpaid, though it shows what is due',
    given: status(1, { pay_time: 0 }),
    says: { status: 'unpaid', ...unpaid },
  },
  {
    what: '1 with 103 is unpaid',
    given: status(1, { main_status: 103, pay_time: 0 }),
    says: { status: 'unpaid', ...unpaid },
  },
  {
    what: '105 is paid and not to be sent',
    given: status(105),
    says: { status: 'on-hold', mayShipNow: false, ...money },
  },
  { what: '2 waits', given: status(2), says: { status: 'paid-wait-ship', mayShipNow: true, ...money } },
  {
    what: '101 waits for its rest',
    given: status(101),
    says: { status: 'partially-shipped', mayShipNow: true, ...money },
  },
  {
    what: '3 is sent',
    given: status(3),
    says: { status: 'shipped', mayShipNow: false, remainingToShip: [], ...money },
  },
  { what: '5 is done', given: status(5), says: { status: 'completed', mayShipNow: false, ...money } },
  {
    what: '4 after payment is given back in full',
    given: status(4),
    says: { status: 'closed-refunded', refundedFen: 8760, orderRefundState: 'full', mayShipNow: false, ...money },
  },
  {
    what: '4 before payment',
    given: status(4, { pay_time: 0 }),
    says: { status: 'closed-unpaid', refundedFen: 0, ...unpaid },
  },
  {
    what: '4 with 22 was sent and is given back',
    given: status(4, { main_status: 22 }),
    says: { status: 'closed-refunded', refundedFen: 8760, orderRefundState: 'full', ...money },
  },
  {
    what: '5 with 39 is given back after its end',
    given: status(5, { main_status: 39 }),
    says: { status: 'completed', refundedFen: 8760, orderRefundState: 'full', ...money },
  },
  {
    what: 'a status nobody told us about',
    given: status(77),
    says: { status: 'on-hold', channelStatus: '77', mayShipNow: false, warnings: ['unknown-status:77'] },
  },
  {
    what: 'a second status nobody told us about',
    given: status(2, { main_status: 88 }),
    says: { status: 'on-hold', channelStatus: '2', mayShipNow: false, warnings: ['unknown-status:88'] },
  },
  {
    what: 'a field nobody told us about',
    given: detail({ brand_new: 1, sku_order_list: [{ ...soda, other: 1 }, oats, gift] }),
    says: {
      status: 'paid-wait-ship',
      warnings: ['unknown-field:order.sku_order_list.other', 'unknown-field:order.brand_new'],
    },
  },
]

const withFreight = [
  { ...soda, pay_amount: 5690, post_amount: 320 },
  { ...oats, pay_amount: 3070, post_amount: 180 },
  gift,
] as const
const amounts: Case[] = [
  {
    what: 'lines that hold the freight are told without it',
    given: detail(lines(...withFreight)),
    says: { ...money, lines: [{ paidFen: 5370 }, { paidFen: 2890 }, { paidFen: 0 }] },
  },
  {
    what: 'lines that do not add up say so',
    given: detail(lines({ ...soda, pay_amount: 5369 }, oats, gift)),
    says: { paidTotalFen: 8760, warnings: ['amount-mismatch'] },
  },
  {
    what: 'an amount that three pieces do not share evenly',
    given: detail({ pay_amount: 8761, sku_order_list: [{ ...soda, pay_amount: 5371 }, oats, gift] }),
    says: { paidTotalFen: 8761, lines: [{ unitPaidFen: [1791, 1790, 1790] }, {}, {}], warnings: [] },
  },
  {
    what: 'what platform and talent gave is the merchant’s, what the shop gave is not',
    given: detail({ promotion_amount: 900, promotion_talent_amount: 300 }),
    says: { discountFen: 900, merchantReceivableFen: 9160, ...money },
  },
  {
    what: 'empty fields are nothing',
    given: detail({
      promotion_amount: null,
      exp_ship_time: '',
      buyer_words: '',
      doudian_open_id: '',
      logistics_info: null,
    }),
    says: { discountFen: 0, shipBy: null, buyerNote: null, buyer: { channelBuyerNo: null }, shipments: [], ...money },
  },
  {
    what: 'a receiver that the app may not see',
    given: detail({
      encrypt_post_tel: '',
      encrypt_post_receiver: '',
      mask_post_tel: '',
      mask_post_receiver: '',
      post_addr: { ...usual.post_addr, encrypt_detail: '' },
      mask_post_addr: null,
    }),
    says: { receiver: { name: '', phone: '', privacy: 'absent', standard: { province: '广东省' } } },
  },
]

const parcel = (...packed: readonly (readonly [line: Fields, count: number])[]) => ({
  tracking_no: 'SF0000000000021',
  company: 'shunfeng',
  company_name: '顺丰速运',
  ship_time: 1767197002,
  delivery_id: 'PACK1',
  product_info: packed.map(([line, product_count]) => ({
    sku_order_id: line.order_id,
    product_id_str: line.product_id_str,
    sku_id: line.sku_id,
    product_count,
    price: line.origin_amount,
  })),
})
const shipping: Case[] = [
  {
    what: 'a part of a line has left',
    given: status(101, { logistics_info: [parcel([soda, 2])] }),
    says: {
      status: 'partially-shipped',
      shipments: [{ carrierNo: 'shunfeng', waybillNo: 'SF0000000000021', lines: [{ quantity: 2 }] }],
      lines: [{ shippedQuantity: 2, mayShipNow: true }, { shippedQuantity: 0 }, { shippedQuantity: 0 }],
      remainingToShip: [{ quantity: 1 }, { quantity: 1 }, { quantity: 1 }],
    },
  },
  {
    what: 'several lines in one parcel',
    given: status(3, { logistics_info: [parcel([soda, 3], [oats, 1], [gift, 1])] }),
    says: { lines: [{ shippedQuantity: 3 }, { shippedQuantity: 1 }, { shippedQuantity: 1 }], remainingToShip: [] },
  },
]

const afterSale = (info: Fields, ...related: readonly (readonly [lineNo: unknown, count: number])[]): Fields => ({
  aftersale_info: {
    related_id: related[0]?.[0],
    aftersale_type: 2,
    aftersale_status: 12,
    refund_status: 3,
    refund_amount: 0,
    refund_post_amount: 0,
    aftersale_num: related[0]?.[1] ?? 0,
    got_pkg: 0,
    apply_time: 1767194000,
    update_time: 1767196900,
    ...info,
  },
  order_info: {
    related_order_info: related.map(([sku_order_id, aftersale_item_num]) => ({ sku_order_id, aftersale_item_num })),
  },
})
const asked = (after_sale_status: number, after_sale_type = 2, refund_status = 1) => ({
  after_sale_info: { after_sale_status, after_sale_type, refund_status },
})
const stateOf = (aftersale_status: number, aftersale_type = 2): readonly Fields[] => [
  afterSale({ aftersale_status, aftersale_type, refund_status: 1, refund_amount: 2890 }, [oatsNo, 1]),
]
const oneState = (what: string, cases: readonly Fields[], refundState: string): Case => ({
  what,
  given: status(3),
  cases,
  says: { refundedFen: 0, lines: [{}, { refundState, refundedFen: 0 }, {}], warnings: [] },
})

const refunds: Case[] = [
  oneState('6 is asked for', stateOf(6), 'requested'),
  oneState('11 without goods to come is asked for', stateOf(11), 'requested'),
  oneState('11 of a return waits for what comes', stateOf(11, 0), 'wait-receive-return'),
  oneState('7 waits for the buyer', stateOf(7, 0), 'wait-return'),
  oneState('8 of an exchange is on its way', stateOf(8, 3), 'requested'),
  oneState('13 of a re-shipment is on its way', stateOf(13, 7), 'requested'),
  oneState('3 of an exchange is on its way', stateOf(3, 3), 'requested'),
  oneState('14 ends an exchange without money', stateOf(14, 3), 'closed'),
  oneState('27 is refused', stateOf(27), 'rejected'),
  oneState('29 is refused', stateOf(29, 0), 'rejected'),
  oneState('28 is closed', stateOf(28), 'closed'),
  {
    what: 'money for a line that came back, freight beside it',
    given: detail({}),
    cases: [afterSale({ refund_amount: 3390, refund_post_amount: 500 }, [oatsNo, 1])],
    says: {
      refundedFen: 3390,
      orderRefundState: 'partial',
      paidTotalFen: 8760,
      lines: [{ refundedFen: 0, mayShipNow: true }, { refundedFen: 2890, refundedQuantity: 1, mayShipNow: false }, {}],
    },
  },
  {
    what: 'several after-sales of one line add up, one that is open keeps all here',
    given: detail({}),
    cases: [
      afterSale({ refund_amount: 1790 }, [sodaNo, 1]),
      afterSale({ refund_amount: 1790 }, [sodaNo, 1]),
      afterSale({ aftersale_status: 6, refund_status: 1, refund_amount: 1790 }, [sodaNo, 1]),
    ],
    says: {
      refundedFen: 3580,
      orderRefundState: 'in-progress',
      mayShipNow: false,
      lines: [{ refundState: 'requested', refundedFen: 3580, refundedQuantity: 2, refundingQuantity: 1 }, {}, {}],
    },
  },
  {
    what: 'a part of the money for no piece leaves the goods where they are',
    given: detail({}),
    cases: [afterSale({ aftersale_type: 6, refund_amount: 100 }, [sodaNo, 3])],
    says: {
      refundedFen: 100,
      mayShipNow: true,
      lines: [{ refundedFen: 100, refundedQuantity: 0, mayShipNow: true }, {}, {}],
    },
  },
  {
    what: 'all of the money is full',
    given: detail({}),
    cases: [
      afterSale({ refund_amount: 5370 }, [sodaNo, 3]),
      afterSale({ refund_amount: 3390, refund_post_amount: 500 }, [oatsNo, 1]),
    ],
    says: { refundedFen: 8760, orderRefundState: 'full' },
  },
  {
    what: 'a line that only says itself that something is asked',
    given: detail(lines(soda, { ...oats, ...asked(6) }, gift)),
    says: { orderRefundState: 'in-progress', mayShipNow: false, lines: [{}, { refundState: 'requested' }, {}] },
  },
  {
    what: 'a word of an after-sale nobody told us about',
    given: detail(lines(soda, { ...oats, ...asked(66) }, gift)),
    says: { orderRefundState: 'in-progress', mayShipNow: false, warnings: ['unknown-refund-status:66'] },
  },
]

const all = [...states, ...amounts, ...shipping, ...refunds].map((each, place) => ({
  ...each,
  place,
  no: `69500000000001${String(place).padStart(5, '0')}`,
}))

/** As the two calls answer, one after the other. */
const payload = all.map(({ given, cases = [], place, no }) => ({
  orderDetail: { code: 10000, data: { shop_order_detail: { ...given, order_id: no } } },
  afterSaleList: {
    code: 10000,
    data: {
      items: cases.map((one, nth) => ({
        aftersale_info: { ...(one.aftersale_info as Fields), aftersale_id: `1473${place}000${nth}` },
        order_info: { ...(one.order_info as Fields), shop_order_id: no },
      })),
      has_more: false,
      total: cases.length,
    },
  },
}))

describe('douyin', () => {
  let orders: readonly ChannelOrder[]
  beforeAll(async () => {
    orders = await answer<ChannelOrder[]>(['inspect', 'orders', 'douyin', '-'], payload)
  })

  test.each(all)('$what', ({ says, place, no }) => {
    expect(orders[place]).toMatchObject({ channelOrderNo: no, ...says })
  })

  test('money adds up wherever nothing is said about it', () => {
    for (const { paidTotalFen, freightFen, lines: told, warnings } of orders) {
      const sum = told.reduce((sofar, line) => sofar + line.paidFen, freightFen)
      if (!warnings.includes('amount-mismatch')) expect(sum).toBe(paidTotalFen)
    }
  })

  test('numbers that are too long keep their digits', async () => {
    const text = JSON.stringify({ code: 10000, data: { shop_order_detail: detail(lines(oats)) } })
      .replace(`"order_id":"${usual.order_id}"`, '"order_id":6950000000000000013')
      .replace(/"product_id":\d+,"product_id_str":"\d+"/, '"product_id":3700000000000000119')
    const [order] = await answer<ChannelOrder[]>(['inspect', 'orders', 'douyin', '-'], text)
    expect(order).toMatchObject({
      channelOrderNo: '6950000000000000013',
      lines: [{ channelLineNo: oatsNo, channelItemNo: '3700000000000000119' }],
    })
  })
})
