import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { answer } from './tongdan.ts'

/** Payloads that no sample shows, made from xiaohongshu.md's rules, with what the rules make of them; all in one go. */
type Fields = Readonly<Record<string, unknown>>
interface Case {
  readonly what: string
  readonly given: Fields
  readonly cases?: readonly Fields[]
  /** What the order must say; lists are compared item by item. */
  readonly says: Fields
}

const sample = path.join(
  import.meta.dirname,
  'samples/xiaohongshu/order.getOrderDetail.awaiting-shipment.multi-line.json',
)
/** Tea 104.70 yuan for three, a cup 66.00, a gift; freight 6.00, so 176.70. */
const { data: usual } = JSON.parse(readFileSync(sample, 'utf8'))
const [tea, cup, gift] = usual.skuList as [Fields, Fields, Fields]
const [teaNo, cupNo, giftNo] = [tea.skuId, cup.skuId, gift.skuId]
const later = usual.updateTime + 86_400_000

const detail = (fields: Fields): Fields => ({ ...usual, ...fields })
/** One line of 1.00 yuan and no freight. */
const single = (fields: Fields, line: Fields = {}): Fields =>
  detail({
    totalPayAmount: 100,
    totalShippingFree: 0,
    totalMerchantDiscount: 0,
    totalRedDiscount: 0,
    merchantActualReceiveAmount: 100,
    skuList: [{ ...cup, totalPaidAmount: 100, totalMerchantDiscount: 0, ...line }],
    ...fields,
  })
const paid = { paidTotalFen: 17670, freightFen: 600, warnings: [] }
const unpaid = { paidTotalFen: 0, freightFen: 0, paidAt: null, payableTotalFen: 17670, mayShipNow: false, warnings: [] }
const parcel = { expressTrackingNo: 'SF0000000000021', expressCompanyCode: 'shunfeng' }
const parcels = (...lists: readonly (readonly unknown[])[]) =>
  lists.map((skuIdList, place) => ({
    deliveryOrderIndex: place + 1,
    status: place === 0 ? 6 : 4,
    skuIdList,
    itemIdList: skuIdList,
    ...(place === 0 ? parcel : {}),
  }))

const states: Case[] = [
  {
    what: '1 is unpaid, though it shows what is due',
    given: detail({ orderStatus: 1, paidTime: 0 }),
    says: { status: 'unpaid', ...unpaid },
  },
  {
    what: '2 is paid and not to be sent',
    given: detail({ orderStatus: 2 }),
    says: { status: 'on-hold', mayShipNow: false, remainingToShip: [], ...paid },
  },
  {
    what: '3 is paid and not to be sent',
    given: detail({ orderStatus: 3 }),
    says: { status: 'on-hold', mayShipNow: false, ...paid },
  },
  { what: '4 waits', given: detail({}), says: { status: 'paid-wait-ship', mayShipNow: true, ...paid } },
  {
    what: '6 is sent',
    given: detail({ orderStatus: 6, deliveryTime: later, ...parcel, simpleDeliveryOrderList: undefined }),
    says: {
      status: 'shipped',
      mayShipNow: false,
      remainingToShip: [],
      shipments: [{ waybillNo: 'SF0000000000021', carrierName: '顺丰速运' }],
      ...paid,
    },
  },
  { what: '7 is done', given: detail({ orderStatus: 7, finishTime: later }), says: { status: 'completed', ...paid } },
  {
    what: '8 after payment',
    given: detail({ orderStatus: 8 }),
    says: { status: 'closed-refunded', mayShipNow: false, ...paid },
  },
  {
    what: '8 before payment',
    given: detail({ orderStatus: 8, paidTime: 0 }),
    says: { status: 'closed-unpaid', ...unpaid },
  },
  { what: '9 after payment', given: detail({ orderStatus: 9 }), says: { status: 'closed-refunded', ...paid } },
  {
    what: '9 before payment',
    given: detail({ orderStatus: 9, paidTime: 0 }),
    says: { status: 'closed-unpaid', ...unpaid },
  },
  {
    what: '10 is what it was',
    given: detail({ orderStatus: 10, deliveryTime: later }),
    says: { status: 'shipped', channelStatus: '10', warnings: ['exchange-requested'] },
  },
  {
    what: 'a status nobody told us about',
    given: detail({ orderStatus: 77 }),
    says: { status: 'on-hold', channelStatus: '77', mayShipNow: false, warnings: ['unknown-status:77'] },
  },
]

const shipping: Case[] = [
  {
    what: 'one SKU has left, as a whole',
    given: detail({ orderStatus: 5, unpack: true, simpleDeliveryOrderList: parcels([teaNo], [cupNo, giftNo]) }),
    says: {
      status: 'partially-shipped',
      mayShipNow: true,
      shipments: [
        { carrierNo: 'shunfeng', waybillNo: 'SF0000000000021', lines: [{ channelSkuNo: teaNo, quantity: 3 }] },
      ],
      remainingToShip: [
        { channelSkuNo: cupNo, quantity: 1 },
        { channelSkuNo: giftNo, quantity: 1 },
      ],
      lines: [{ shippedQuantity: 3, mayShipNow: false }, { shippedQuantity: 0, mayShipNow: true }, { isGift: true }],
    },
  },
  {
    what: 'the buyer asks to cancel',
    given: detail({ cancelStatus: 1 }),
    says: { status: 'paid-wait-ship', cancelRequested: true, mayShipNow: false },
  },
  {
    what: 'a presale has not begun',
    given: detail({ orderType: 4, presaleDeliveryStartTime: later }),
    says: { status: 'paid-wait-ship', mayShipNow: false, warnings: [`not-before:${new Date(later).toISOString()}`] },
  },
  {
    what: 'a presale has begun',
    given: detail({ orderType: 4, presaleDeliveryStartTime: usual.updateTime }),
    says: { mayShipNow: true, warnings: [] },
  },
  {
    what: 'a deposit is no payment',
    given: detail({ orderType: 2, orderStatus: 1, paidTime: 0, totalDepositAmount: 3000 }),
    says: { status: 'unpaid', ...unpaid },
  },
  {
    what: 'goods that are sent anew for others count no money',
    given: detail({ orderType: 5, originalOrderId: 'P770011223344556600' }),
    says: {
      paidTotalFen: 0,
      merchantReceivableFen: 0,
      lines: [{ paidFen: 0 }, { paidFen: 0 }, { paidFen: 0 }],
      mayShipNow: true,
      warnings: ['exchange-order:P770011223344556600'],
    },
  },
]

const amounts: Case[] = [
  {
    what: 'fen that do not divide fall on the first pieces',
    given: single({}, { skuQuantity: 3 }),
    says: { paidTotalFen: 100, lines: [{ paidFen: 100, unitPaidFen: [34, 33, 33] }], warnings: [] },
  },
  {
    what: 'shares that do not add up',
    given: detail({ totalPayAmount: 17671 }),
    says: {
      paidTotalFen: 17671,
      lines: [{ paidFen: 10470 }, { paidFen: 6600 }, { paidFen: 0 }],
      warnings: ['amount-mismatch'],
    },
  },
  {
    what: 'no freight is told',
    given: single({ totalShippingFree: undefined }),
    says: { freightFen: 0, paidTotalFen: 100, warnings: [] },
  },
  {
    what: 'discounts of merchant and platform',
    given: single(
      { totalMerchantDiscount: 30, totalRedDiscount: 12, merchantActualReceiveAmount: 112 },
      { totalMerchantDiscount: 30, totalRedDiscount: 12 },
    ),
    says: { discountFen: 42, merchantReceivableFen: 112, lines: [{ listFen: 142, paidFen: 100 }] },
  },
  {
    what: 'nothing is told of what the merchant gets',
    given: single({ merchantActualReceiveAmount: undefined }),
    says: { merchantReceivableFen: null },
  },
  {
    what: 'a gift counts nothing',
    given: detail({}),
    says: { lines: [{ isGift: false }, { isGift: false }, { isGift: true, paidFen: 0, unitPaidFen: [0] }] },
  },
  {
    what: 'a large amount',
    given: single({ totalPayAmount: 9_007_199_254_740_991 }, { totalPaidAmount: 9_007_199_254_740_991 }),
    says: { paidTotalFen: 9_007_199_254_740_991, warnings: [] },
  },
]

const wording: Case[] = [
  {
    what: 'a field nobody told us about',
    given: single({ moonPhase: 'full' }),
    says: { mayShipNow: true, warnings: ['unknown-field:order.moonPhase'] },
  },
  {
    what: 'the code stands with the only part',
    given: single({}, { erpcode: undefined }),
    says: { lines: [{ merchantCode: 'CUP-KK-GR', components: [] }] },
  },
  {
    what: 'there is no code at all',
    given: single({}, { erpcode: '', skuDetailList: [] }),
    says: { lines: [{ merchantCode: null, components: [] }] },
  },
  {
    what: 'one part that is another SKU makes a bundle',
    given: single({}, { erpcode: undefined, skuDetailList: [{ skuId: teaNo, erpCode: 'OOLONG-GH-15', quantity: 6 }] }),
    says: {
      lines: [{ merchantCode: null, components: [{ channelSkuNo: teaNo, merchantCode: 'OOLONG-GH-15', quantity: 6 }] }],
    },
  },
  {
    what: 'a flag and a remark',
    given: single({ sellerRemark: '发顺丰', sellerRemarkFlag: 6 }),
    says: { sellerRemark: '发顺丰', flag: '6' },
  },
  {
    what: 'empty texts are none',
    given: single({ customerRemark: '', sellerRemark: null, openAddressId: '' }),
    says: { buyerNote: null, sellerRemark: null, flag: null, receiver: { addressKey: null, privacy: 'absent' } },
  },
  {
    what: 'a city directly below its province',
    given: single({
      receiverProvinceName: '河南',
      receiverCityName: '省直辖县级行政区划',
      receiverDistrictName: '济源市',
    }),
    says: {
      receiver: {
        raw: { province: '河南', city: '省直辖县级行政区划', district: '济源市' },
        standard: { province: '河南省', city: '济源市', district: '' },
      },
    },
  },
  {
    what: 'a municipality',
    given: single({ receiverProvinceName: '重庆市', receiverCityName: '县', receiverDistrictName: '云阳县' }),
    says: { receiver: { standard: { province: '重庆市', city: '重庆市', district: '云阳县' } } },
  },
  {
    what: 'an autonomous region in its short name',
    given: single({ receiverProvinceName: '新疆', receiverCityName: '喀什地区', receiverDistrictName: '喀什市' }),
    says: { receiver: { standard: { province: '新疆维吾尔自治区', city: '喀什地区', district: '喀什市' } } },
  },
]

const lineWords: Case[] = (
  [
    [1, 'none', 'none', 0],
    [2, 'requested', 'in-progress', 0],
    [3, 'success', 'full', 100],
    [4, 'rejected', 'none', 0],
    [5, 'closed', 'none', 0],
    [6, 'requested', 'in-progress', 0],
    [7, 'closed', 'none', 0],
  ] as const
).map(([word, refundState, orderRefundState, refundedFen]) => ({
  what: `${word} of a line is ${refundState}`,
  given: single({ orderAfterSalesStatus: word }, { skuAfterSaleStatus: word }),
  says: {
    orderRefundState,
    refundedFen,
    mayShipNow: ['none', 'rejected', 'closed'].includes(refundState),
    lines: [{ refundState, paidFen: 100 }],
    warnings: [],
  },
}))

const sku = (skuId: unknown, yuan: number, appliedCount: number) => ({
  skuId,
  appliedCount,
  appliedTotalAmountYuan: yuan,
})
const afterSale = (fields: Fields, ...skus: readonly Fields[]): Fields => ({
  returnType: 5,
  status: 4,
  applyTime: usual.updateTime,
  updatedAt: usual.updateTime,
  appliedShipFeeAmountYuan: 0,
  ...fields,
  skus,
})
const given = detail({ orderAfterSalesStatus: 3 })
const sent = detail({ orderStatus: 7, orderAfterSalesStatus: 3 })

const refunds: Case[] = [
  {
    what: 'one of three pieces came back before it left',
    given,
    cases: [afterSale({ refundAmountYuan: 34.9 }, sku(teaNo, 34.9, 1))],
    says: {
      refundedFen: 3490,
      orderRefundState: 'partial',
      paidTotalFen: 17670,
      mayShipNow: true,
      lines: [
        { refundState: 'success', refundedFen: 3490, refundedQuantity: 1, paidFen: 10470 },
        { refundState: 'none' },
        {},
      ],
      remainingToShip: [
        { channelSkuNo: teaNo, quantity: 2 },
        { channelSkuNo: cupNo, quantity: 1 },
        { channelSkuNo: giftNo, quantity: 1 },
      ],
    },
  },
  {
    what: 'a line with the freight',
    given,
    cases: [afterSale({ refundAmountYuan: 72, appliedShipFeeAmountYuan: 6 }, sku(cupNo, 66, 1))],
    says: { refundedFen: 7200, orderRefundState: 'partial', lines: [{ refundedFen: 0 }, { refundedFen: 6600 }, {}] },
  },
  {
    what: 'everything in one case',
    given: detail({ orderStatus: 8, orderAfterSalesStatus: 3 }),
    cases: [
      afterSale({ refundAmountYuan: 176.7, appliedShipFeeAmountYuan: 6 }, sku(teaNo, 104.7, 3), sku(cupNo, 66, 1)),
    ],
    says: {
      status: 'closed-refunded',
      refundedFen: 17670,
      orderRefundState: 'full',
      lines: [{ refundedFen: 10470, refundedQuantity: 3 }, { refundedFen: 6600, refundedQuantity: 1 }, {}],
      remainingToShip: [],
    },
  },
  {
    what: 'less was paid back than was asked for',
    given: sent,
    cases: [afterSale({ returnType: 4, expectedRefundAmountYuan: 20, refundAmountYuan: 4.35 }, sku(teaNo, 20, 1))],
    says: { refundedFen: 435, orderRefundState: 'partial', lines: [{ refundedFen: 435, refundedQuantity: 0 }, {}, {}] },
  },
  {
    what: 'an exchange brings no money back',
    given: sent,
    cases: [afterSale({ returnType: 2, expectedRefundAmountYuan: 66, refundAmountYuan: 66 }, sku(cupNo, 66, 1))],
    says: {
      refundedFen: 0,
      orderRefundState: 'none',
      lines: [{}, { refundState: 'closed', refundedFen: 0, refundedQuantity: 0 }, {}],
    },
  },
  {
    what: 'price protection takes no goods',
    given: sent,
    cases: [afterSale({ returnType: 6, refundAmountYuan: 5 }, sku(cupNo, 5, 1))],
    says: {
      refundedFen: 500,
      orderRefundState: 'partial',
      lines: [{}, { refundState: 'success', refundedFen: 500, refundedQuantity: 0 }, {}],
    },
  },
  {
    what: 'goods that came back were refused',
    given: sent,
    cases: [afterSale({ returnType: 1, status: 9001 }, sku(cupNo, 66, 1))],
    says: { refundedFen: 0, orderRefundState: 'none', lines: [{}, { refundState: 'rejected' }, {}] },
  },
  {
    what: 'goods are on their way back',
    given: sent,
    cases: [afterSale({ returnType: 1, status: 3 }, sku(cupNo, 66, 1))],
    says: {
      refundedFen: 0,
      orderRefundState: 'in-progress',
      lines: [{}, { refundState: 'wait-receive-return', refundingQuantity: 1 }, {}],
    },
  },
  {
    what: 'a line had several, and an open one wins',
    given,
    cases: [
      afterSale({ refundAmountYuan: 0.07 }, sku(teaNo, 0.07, 1)),
      afterSale({ status: 5, refundAmountYuan: 0 }, sku(teaNo, 104.7, 3)),
      afterSale({ refundAmountYuan: 1.1 }, sku(teaNo, 1.1, 1)),
      afterSale({ status: 1, refundAmountYuan: 0, expectedRefundAmountYuan: 9 }, sku(teaNo, 9, 1)),
    ],
    says: {
      refundedFen: 117,
      orderRefundState: 'in-progress',
      mayShipNow: false,
      lines: [{ refundState: 'requested', refundedFen: 117, refundingQuantity: 1 }, {}, {}],
    },
  },
  {
    what: 'a word of an after-sale nobody told us about',
    given,
    cases: [afterSale({ status: 77 }, sku(cupNo, 66, 1))],
    says: { orderRefundState: 'in-progress', mayShipNow: false, warnings: ['unknown-refund-status:77'] },
  },
]

const all = [...states, ...shipping, ...amounts, ...wording, ...lineWords, ...refunds].map((each, place) => ({
  ...each,
  place,
  no: `P7700112233445${String(place).padStart(5, '0')}`,
}))

/** As the two calls answer, one after the other. */
const payload = all.map((each) => ({
  getOrderDetail: { success: true, error_code: 0, data: { ...each.given, orderId: each.no } },
  getAfterSaleInfo: (each.cases ?? []).map((one, place) => ({
    success: true,
    code: 0,
    data: { afterSaleInfo: { ...one, returnsId: `R${each.place}-${place}`, orderId: each.no } },
  })),
}))

describe('xiaohongshu', () => {
  let orders: readonly ChannelOrder[]
  beforeAll(async () => {
    orders = await answer<ChannelOrder[]>(['inspect', 'orders', 'xiaohongshu', '-'], payload)
  })

  test.each(all)('$what', ({ says, place, no }) => {
    expect(orders[place]).toMatchObject({ channelOrderNo: no, ...says })
  })

  test('money adds up wherever nothing is said about it', () => {
    for (const { paidTotalFen, freightFen, lines, warnings } of orders) {
      const sum = lines.reduce((sofar, line) => sofar + line.paidFen, freightFen)
      if (!warnings.includes('amount-mismatch')) expect(sum).toBe(paidTotalFen)
    }
  })

  test('numbers that are too long keep their digits', async () => {
    const text = JSON.stringify({ success: true, data: single({}) })
      .replace(`"orderId":"${usual.orderId}"`, '"orderId":7700112233445566012')
      .replace(`"outTradeNo":"${usual.outTradeNo}"`, '"outTradeNo":4328700000202601010000000001')
    const [order] = await answer<ChannelOrder[]>(['inspect', 'orders', 'xiaohongshu', '-'], text)
    expect(order).toMatchObject({ channelOrderNo: '7700112233445566012', warnings: [] })
  })
})
