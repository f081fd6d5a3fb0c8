import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import { answer, refusal } from './tongdan.ts'

/** The inspector over every payload of jd.md, and over some made from its rules that no sample shows. */
type Fields = Readonly<Record<string, unknown>>

const samples = path.join(import.meta.dirname, 'samples/jd')
const sample = (name: string) => path.join(samples, `${name}.json`)
const text = (name: string) => readFileSync(sample(name), 'utf8')
const read = (name: string) => JSON.parse(text(name))

const figures = ({ channelOrderNo, status, paidTotalFen, freightFen, refundedFen, ...order }: ChannelOrder) =>
  [channelOrderNo, status, paidTotalFen, freightFen, order.lines.map((line) => line.paidFen), refundedFen] as const

// Source: jd.md 6.5: 403.00 paid with 6.00 freight; bases 358.00 and 89.00 bear what 397.00 is less. The children: 323.96 with 6.00, and 79.04.
const pillows = ['301284756120', 'paid-wait-ship', 40300, 600, [31796, 7904], 0]
const scent = ['301190044818', 'completed', 8900, 0, [8900], 0]
const firstChild = ['301300000201', 'paid-wait-ship', 32396, 600, [31796], 0]
const secondChild = ['301300000202', 'paid-wait-ship', 7904, 0, [7904], 0]

describe.concurrent('inspect orders', () => {
  test.each([
    ['pop_order_search_page', [pillows, scent], []],
    ['pop_order_get_full', [pillows], []],
    ['pop_order_enSearch_page', [pillows], []],
    ['pop_order_search_empty', [], []],
    ['pop_order_search_split', [firstChild, secondChild], ['split-from:301300000100', 'split-from:301300000100']],
    ['refundapply_queryPageList', [], []],
    ['asc_query_list', [], []],
    ['asc_serviceAndRefund_view', [], []],
  ])('%s', async (name, expected, warnings) => {
    const orders = await answer<ChannelOrder[]>(['inspect', 'orders', 'jd', sample(name)])
    expect(orders.map(figures)).toEqual(expected)
    expect(orders.flatMap((order) => order.warnings)).toEqual(warnings)
  })

  test('an order tells everything of the standard', async () => {
    const [order] = await answer<ChannelOrder[]>(['inspect', 'orders', 'jd', sample('pop_order_get_full')])
    expect(order).toMatchObject({
      channelStatus: 'WAIT_SELLER_STOCK_OUT',
      createdAt: '2025-10-16T12:41:07.000Z',
      paidAt: '2025-10-16T12:41:33.000Z',
      payableTotalFen: 40300,
      discountFen: 9000,
      merchantReceivableFen: 41700,
      orderRefundState: 'none',
      mayShipNow: true,
      buyer: { channelBuyerNo: 'Qm8testOpenIdBuyer0001' },
      receiver: {
        phone: '138****4471',
        raw: { province: '浙江', city: '嘉兴市', district: '南湖区', town: '东栅街道', address: '双测路18号' },
        standard: { province: '浙江省', city: '嘉兴市', district: '南湖区', town: '东栅街道' },
        privacy: 'masked',
        addressKey: 'JDOAID-1-0f6c2b7e9a4d41c8b3',
      },
      promotions: [
        { name: '单品促销优惠', discountFen: 4000, channelLineNo: '100200300401' },
        { name: '店铺优惠', discountFen: 3000, channelLineNo: null },
        { name: '京东券优惠', discountFen: 2000, channelLineNo: null },
      ],
      invoice: null,
    })
    expect(order!.lines[0]).toMatchObject({ quantity: 2, listFen: 39800, unitPaidFen: [15898, 15898] })
  })

  test('ciphertext is told as such', async () => {
    const [order] = await answer<ChannelOrder[]>(['inspect', 'orders', 'jd', sample('pop_order_enSearch_page')])
    expect(order!.receiver).toMatchObject({ privacy: 'encrypted', standard: { city: '嘉兴市' } })
    expect(order!.buyer.nick).toBe('')
  })

  test.each([
    ['is asked for', ['asc_query_list'], 'in-progress', 0, 'wait-return'],
    ['was paid out', ['asc_query_list', 'asc_serviceAndRefund_view'], 'full', 8900, 'success'],
    ['was paid out, and nothing else is known', ['asc_serviceAndRefund_view'], 'full', 8900, 'none'],
  ])('money after shipping %s', async (_, others, orderRefundState, refundedFen, refundState) => {
    const all = ['pop_order_search_page', ...others].map(text)
    const orders = await answer<ChannelOrder[]>(['inspect', 'orders', 'jd', '-'], `[${all.join(',')}]`)
    expect(orders[1]).toMatchObject({ orderRefundState, refundedFen, sellerRemark: '已电联', lines: [{ refundState }] })
  })

  test('two calls that together tell an order', async () => {
    const orderGet = read('pop_order_get_full')
    const said = read('refundapply_queryPageList')
    const { result } = said.jingdong_pop_afs_soa_refundapply_queryPageList_responce.queryResult
    result[0].orderId = '301284756120'
    const input = { orderGet, aftersaleGet: [said, read('asc_query_list')] }
    const [order] = await answer<ChannelOrder[]>(['inspect', 'orders', 'jd', '-'], input)
    expect(order).toMatchObject({ orderRefundState: 'in-progress', cancelRequested: true, mayShipNow: false })
  })
})

const failureOf = (body: unknown, status = 200) => answer(['inspect', 'failure', 'jd', '-'], { status, body })
const none = { class: null, code: null, retry: null, retryAfterMs: null }
const ship = (result: Fields) => ({
  jingdong_pop_order_shipment_responce: { sopjosshipment_result: result, code: '0' },
})

describe.concurrent('inspect failure', () => {
  // Source: jd.md 5.
  test.each([
    ['rate_limit', 'quota-exhausted', '2', 'later', 60_000],
    ['missing_version', 'param', '4', 'never', null],
    ['invalid_timestamp', 'clock', '8', 'later', null],
    ['missing_signature', 'signature', '11', 'never', null],
    ['invalid_signature', 'signature', '12', 'never', null],
    ['invalid_method', 'param', '15', 'never', null],
    ['missing_token', 'auth-invalid', '18', 'after-authorising', null],
    ['invalid_or_expired_token', 'auth-expired', '19', 'after-authorising', null],
    ['invalid_app_key', 'config', '21', 'never', null],
    ['no_permission', 'permission', '24', 'never', null],
  ])('%s is %s', async (name, errorClass, code, retry, retryAfterMs) => {
    expect(await failureOf(read('errors')[name])).toEqual({ class: errorClass, code, retry, retryAfterMs })
  })

  test.each([
    ['pop_order_search_business_error', 'business-rejected', '10100008', 'never'],
    ['pop_order_shipment_err', 'business-rejected', '10400001', 'never'],
    ['oauth_error', 'auth-invalid', '10000400', 'after-authorising'],
  ])('%s is %s', async (name, errorClass, code, retry) => {
    expect(await failureOf(text(name))).toEqual({ class: errorClass, code, retry, retryAfterMs: null })
  })

  const good = readdirSync(samples).filter((name) => !/err/.test(name))
  test.each(good)('%s is none', async (name) => {
    expect(await failureOf(readFileSync(path.join(samples, name), 'utf8'))).toEqual(none)
  })

  test.each([
    ['a code that is a number', { error_response: { code: 19 } }, 200, 'auth-expired', '19'],
    ['a code nobody told us about', { error_response: { code: '67', zh_desc: '未知' } }, 200, 'transient', '67'],
    ['a page of a proxy', '<html>', 502, 'transient', 'http-502'],
    ['a page with a good status', '<html>', 200, 'transient', 'http-200'],
    ['nothing', '', 200, 'transient', 'http-200'],
    ['a flag that is text', ship({ success: 'false', errorCode: '10400001' }), 200, 'business-rejected', '10400001'],
    ['words of a moment', ship({ success: false, chineseErrCode: '系统繁忙' }), 200, 'transient', 'not-successful'],
    [
      'what is not there',
      ship({ success: false, chineseErrCode: '订单不存在' }),
      200,
      'business-rejected',
      'not-successful',
    ],
    [
      'a "no" in the envelope itself',
      { jingdong_stock_write_updateSkuStock_responce: { success: false, errorCode: '9', code: '0' } },
      200,
      'business-rejected',
      '9',
    ],
    [
      'the other spelling',
      {
        jingdong_asc_query_list_response: { code: '0', pageResult: { success: false, code: '50001', msg: '处理超时' } },
      },
      200,
      'transient',
      '50001',
    ],
  ])('%s', async (_, body, status, errorClass, code) => {
    expect(await failureOf(body, status)).toMatchObject({ class: errorClass, code })
  })
})

describe.concurrent('inspect signature', () => {
  const demo = {
    access_token: 'demoaccesstoken0001',
    app_key: 'DEMOAPPKEY0001',
    timestamp: '2025-10-16 21:30:00',
    v: '2.0',
  }
  const list =
    '{"end_date":null,"optional_fields":null,"order_state":"WAIT_SELLER_STOCK_OUT","page":"1","page_size":"200","start_date":null}'
  const parcels =
    '{"logiCoprId":"467|1499","logiNo":"SF0000000000001,SF0000000000002|75800000001234","orderId":"301284756120"}'
  const memo = '{"flag":"1","order_id":"301284756120","remark":"加急😊 a=b&c+d 100%"}'
  const published = {
    access_token: 'yourtoken',
    app_key: 'yourappkey',
    timestamp: '2021-05-07 09:20:39.683+0800',
    v: '2.0',
  }
  // Source: jd.md 3; V1 is the platform's own.
  test.each([
    ['V1', 'yourappSecret', 'jingdong.pop.order.search', list, published, 'D70825340F4084360B9362B60DFD7930'],
    ['V2', 'demosecret', 'jingdong.pop.order.shipment', parcels, demo, 'C864FCDEFF8DDC1820D56F80CFC8ED35'],
    ['V3', 'demosecret', 'jingdong.pop.order.modifyVenderRemark', memo, demo, '575549C5D5CA50835419090E9BF2DED6'],
    [
      'V4',
      'demosecret',
      'jingdong.vender.shop.query',
      '{}',
      { ...demo, access_token: '', format: 'json', sign: 'what was sent' },
      'B7D5C79958C7F136D74FB201CEFA1F1D',
    ],
  ])('%s', async (_, secret, method, json, system, signature) => {
    const params = { ...system, method, '360buy_param_json': json }
    expect(await answer(['inspect', 'signature', 'jd', '-'], { kind: 'jos', secret, params })).toEqual({ signature })
  })
})

describe.concurrent('a refusal', () => {
  test.each<readonly [string, unknown, string, string]>([
    ['webhook', {}, 'CHANNEL_OPERATION_ABSENT', ''],
    ['signature', { kind: 'top', secret: '', params: {} }, 'INPUT_INVALID', 'kind'],
    ['signature', { kind: 'jos', params: {} }, 'INPUT_INVALID', 'secret'],
    ['orders', '<html>', 'CHANNEL_NONSENSE', ''],
    ['orders', read('errors').rate_limit, 'CHANNEL_QUOTA_EXHAUSTED', ''],
    ['orders', text('pop_order_search_business_error'), 'CHANNEL_REFUSED', ''],
    ['orders', { orderId: '1', orderState: 'LOCKED', orderStartTime: 'soon' }, 'CHANNEL_NONSENSE', ''],
  ])('of `inspect %s` with %j is %s', async (what, given, code, names) => {
    const said = await refusal(['inspect', what, 'jd', '-'], given)
    expect(said).toMatchObject({ code })
    expect(said.zh).toContain(names)
  })
})

interface Case {
  readonly what: string
  readonly given: Fields
  readonly applications?: readonly Fields[]
  readonly services?: readonly Fields[]
  readonly results?: readonly Fields[]
  /** What the order must say; lists are compared item by item. */
  readonly says: Fields
}

const goods = (skuId: string, jdPrice: string, itemTotal = '1') => ({ skuId, wareId: `9${skuId}`, jdPrice, itemTotal })
const coupon = (couponType: string, couponPrice: string, skuId = '') => ({ couponType, couponPrice, skuId })
/** 100.00 yuan for one piece of 101 unless it says otherwise. */
const paid = (fields: Fields = {}, ...items: Fields[]): Fields => ({
  orderType: '22',
  payType: '4-在线支付',
  orderState: 'WAIT_SELLER_STOCK_OUT',
  orderStartTime: '2026-11-11 10:00:00',
  paymentConfirmTime: '2026-11-11 10:01:00',
  modified: '2026-11-11 10:01:00',
  actualPay: '100.00',
  freightPrice: '0.00',
  itemInfoList: items.length === 0 ? [goods('101', '100.00')] : items,
  ...fields,
})
const noTime = '0001-01-01 00:00:00'
const left = (no: string, skus: unknown) => ({ logicId: '1499', waybillId: no, skus })
const at = (province: string, city: string, county: string, town: string, address: string) =>
  paid({ consigneeInfo: { province, city, county, town, fullAddress: `${province}${city}${county}${town}${address}` } })
const shipped = (fields: Fields = {}, ...items: Fields[]) =>
  paid({ orderState: 'WAIT_GOODS_RECEIVE_CONFIRM', waybill: 'ZT1', logisticsId: '1499', ...fields }, ...items)
/** In fen, with decimals. */
const apply = (status: number, yuan: string) => ({ status, applyRefundSum: `${yuan}00.0` })
const service = (serviceStatus: number, fields: Fields = {}) => ({
  serviceStatus,
  skuId: 101,
  serviceCount: 1,
  customerExpect: 10,
  actualPayPrice: 100.0,
  ...fields,
})

/** Source: jd.md 6.3 to 6.5. */
const moneyCases: Case[] = [
  {
    what: 'what was really paid is not told yet',
    given: paid({ actualPay: '0.00', orderPayment: '80.00', balanceUsed: '20.00' }),
    says: { paidTotalFen: 10000, lines: [{ paidFen: 10000 }], warnings: [] },
  },
  {
    what: 'nothing is paid yet',
    given: paid({ orderState: 'NOT_PAY', paymentConfirmTime: noTime, shouldPay: '106.00', freightPrice: '6.00' }),
    says: { status: 'unpaid', paidAt: null, paidTotalFen: 0, payableTotalFen: 10600, lines: [{ paidFen: 0 }] },
  },
  {
    what: 'cancelled, never paid, with the other date that is none',
    given: paid({ orderState: 'TRADE_CANCELED', paymentConfirmTime: '1970-01-01 00:00:00', actualPay: '' }),
    says: { status: 'closed-unpaid', paidAt: null, paidTotalFen: 0, mayShipNow: false },
  },
  {
    what: 'cancelled after payment keeps its amounts',
    given: paid({ orderState: 'TRADE_CANCELED' }),
    says: { status: 'closed-refunded', paidTotalFen: 10000, lines: [{ paidFen: 10000 }], refundedFen: 0 },
  },
  {
    what: 'a promotion of one item, and a shop discount that both bear by what is left',
    given: paid(
      { actualPay: '230.00', couponDetailList: [coupon('30-单品', '20.00', '101'), coupon('100-店铺', '50.00')] },
      goods('101', '100.00', '2'),
      goods('102', '100.00'),
    ),
    says: { lines: [{ paidFen: 14786 }, { paidFen: 8214 }], discountFen: 7000, warnings: [] },
  },
  {
    what: 'freight, service fee and tax are no line’s',
    given: paid({ actualPay: '110.17', freightPrice: '6.00', serviceFee: '3.00', taxFee: '1.17' }),
    says: { freightFen: 600, extraFen: 417, lines: [{ paidFen: 10000 }], warnings: [] },
  },
  {
    what: 'more was paid than the goods cost, and the surplus is shared by magnitude',
    given: paid({ actualPay: '150.01' }, goods('101', '100.00'), goods('102', '50.00')),
    says: { lines: [{ paidFen: 10001 }, { paidFen: 5000 }] },
  },
  {
    what: 'a missing fen goes to the earlier of two equal lines',
    given: paid({ actualPay: '19.99' }, goods('101', '10.00'), goods('102', '10.00')),
    says: { lines: [{ paidFen: 999 }, { paidFen: 1000 }] },
  },
  {
    what: 'pieces that do not divide',
    given: paid({}, goods('101', '40.00', '3')),
    says: { lines: [{ paidFen: 10000, unitPaidFen: [3334, 3333, 3333] }] },
  },
  {
    what: 'a gift costs nothing',
    given: paid({}, goods('101', '100.00'), goods('102', '0.00', '2')),
    says: {
      lines: [
        { isGift: false, paidFen: 10000 },
        { isGift: true, paidFen: 0, unitPaidFen: [0, 0] },
      ],
    },
  },
  {
    what: 'the newer word for the seller’s part is empty',
    given: paid({ totalSellerReceivable: '0.00', orderSellerPrice: '97.00' }),
    says: { merchantReceivableFen: 9700 },
  },
  {
    what: 'great amounts',
    given: paid({ actualPay: '989999999.01' }, goods('101', '9999999.99', '99')),
    says: { paidTotalFen: 98_999_999_901, lines: [{ listFen: 98_999_999_901, paidFen: 98_999_999_901 }] },
  },
  {
    what: 'freight is more than was paid',
    given: paid({ actualPay: '5.00', freightPrice: '6.00' }),
    says: { paidTotalFen: 500, warnings: ['amount-mismatch'] },
  },
  {
    what: 'nothing is told but what must be',
    given: paid({ freightPrice: '', serviceFee: null, itemInfoList: [], couponDetailList: null, consigneeInfo: null }),
    says: { lines: [], receiver: { privacy: 'absent', addressKey: null }, promotions: [], mayShipNow: false },
  },
  {
    what: 'a state nobody told us about',
    given: paid({ orderState: 'DREAMING' }),
    says: { status: 'on-hold', mayShipNow: false, warnings: ['unknown-status:DREAMING'] },
  },
  {
    what: 'a field nobody told us about',
    given: paid({ colour: 'red' }),
    says: { mayShipNow: true, warnings: ['unknown-field:order.colour'] },
  },
  ...['LOCKED', 'PAUSE', 'POP_ORDER_PAUSE'].map((orderState) => ({
    what: `${orderState} keeps goods back`,
    given: paid({ orderState }),
    says: { status: 'on-hold', mayShipNow: false, remainingToShip: [] },
  })),
]

/** Source: jd.md 6.3, 6.4, 7, 12. */
const sendingCases: Case[] = [
  {
    what: 'one of two pieces has left',
    given: paid(
      { actualPay: '300.00', partialLogisticsInfoModel: [left('ZT1', [{ skuId: 101, num: 1 }])], waybill: 'ZT1' },
      goods('101', '100.00', '2'),
      goods('102', '100.00'),
    ),
    says: {
      status: 'partially-shipped',
      mayShipNow: true,
      shipments: [{ carrierNo: '1499', waybillNo: 'ZT1', lines: [{ channelSkuNo: '101', quantity: 1 }] }],
      lines: [{ shippedQuantity: 1 }, { shippedQuantity: 0 }],
      remainingToShip: [
        { channelSkuNo: '101', quantity: 1 },
        { channelSkuNo: '102', quantity: 1 },
      ],
    },
  },
  {
    what: 'what left is told as text',
    given: paid({ partialLogisticsInfoModel: [left('ZT1', '[{"skuId":"101","num":"1"}]')] }),
    says: { lines: [{ shippedQuantity: 1 }], remainingToShip: [], mayShipNow: false },
  },
  {
    what: 'three parcels of two carriers',
    given: shipped({ waybill: 'SF1,SF2|758001', logisticsId: '467|1499' }),
    says: {
      status: 'shipped',
      shipments: [
        { carrierName: '顺丰快递', waybillNo: 'SF1' },
        { carrierName: '顺丰快递', waybillNo: 'SF2' },
        { carrierName: '中通快递', waybillNo: '758001' },
      ],
      lines: [{ shippedQuantity: 1 }],
    },
  },
  {
    what: 'cash on delivery is sent unpaid',
    given: paid({ payType: '1-货到付款', paymentConfirmTime: noTime, shouldPay: '100.00' }),
    says: { status: 'paid-wait-ship', isCod: true, paidTotalFen: 0, mayShipNow: true, warnings: [] },
  },
  ...['京仓订单', '云仓订单'].map((storeOrder) => ({
    what: `${storeOrder} is sent by JD`,
    given: paid({ storeOrder }),
    says: { mayShipNow: false, remainingToShip: [], warnings: ['fulfilled-by-platform'] },
  })),
  {
    what: 'a service is nothing to send',
    given: paid({ orderType: '75', orderState: 'WAIT_SEND_CODE' }),
    says: { status: 'paid-wait-ship', mayShipNow: false, warnings: ['not-physical'] },
  },
  {
    what: 'a child of a split names its parent',
    given: paid({ parentOrderId: '301300000100', directParentOrderId: '301300000100' }),
    says: { mayShipNow: true, warnings: ['split-from:301300000100'] },
  },
  {
    what: 'the stamp of a remark is no part of it, brackets of the seller’s own are',
    given: paid({ venderRemark: '【急】周五前【客服小禾 2026.11.11 10:05:09】', venderRemarkFlagAlias: '1' }),
    says: { sellerRemark: '【急】周五前', flag: '1' },
  },
  {
    what: 'a municipality has its district in the place of the city',
    given: at('北京', '朝阳区', '三环到四环之间', '', '望京路6号'),
    says: {
      receiver: {
        raw: { city: '朝阳区', district: '三环到四环之间', address: '望京路6号' },
        standard: { province: '北京市', city: '北京市', district: '朝阳区', town: '三环到四环之间' },
      },
    },
  },
  {
    what: 'a region is told without its ending',
    given: at('内蒙古', '呼和浩特市', '新城区', '', '海拉尔路1号'),
    says: { receiver: { standard: { province: '内蒙古自治区', city: '呼和浩特市', district: '新城区' } } },
  },
]

/** Source: jd.md 6.5, 10. */
const refundCases: Case[] = [
  ...[0, 1, 5, 6, 7, 10].map((status) => ({
    what: `an application of status ${status} keeps goods back`,
    given: paid(),
    applications: [apply(status, '100')],
    says: { orderRefundState: 'in-progress', mayShipNow: false, cancelRequested: true, refundedFen: 0 },
  })),
  ...[2, 4, 8, 11].map((status) => ({
    what: `an application of status ${status} is over and nothing went back`,
    given: paid(),
    applications: [apply(status, '100')],
    says: { orderRefundState: 'none', mayShipNow: true, refundedFen: 0, warnings: [] },
  })),
  ...[3, 9].map((status) => ({
    what: `an application of status ${status} paid everything back`,
    given: paid({ orderState: 'TRADE_CANCELED' }),
    applications: [apply(status, '100')],
    says: {
      orderRefundState: 'full',
      refundedFen: 10000,
      lines: [{ paidFen: 10000, refundedFen: 10000, refundedQuantity: 1, refundState: 'success' }],
    },
  })),
  {
    what: 'a part went back, and a second application was refused',
    given: paid({ actualPay: '200.00' }, goods('101', '150.00'), goods('102', '50.00')),
    applications: [apply(3, '20'), { ...apply(2, '180'), id: 'b' }],
    says: {
      orderRefundState: 'partial',
      refundedFen: 2000,
      mayShipNow: true,
      lines: [{ refundedFen: 1500 }, { refundedFen: 500 }],
      warnings: ['refund-not-by-line'],
    },
  },
  {
    what: 'a success of nothing is a part all the same',
    given: paid(),
    applications: [{ status: 3, applyRefundSum: 0 }],
    says: { orderRefundState: 'partial', refundedFen: 0 },
  },
  {
    what: 'an application in a status nobody told us about',
    given: paid(),
    applications: [apply(77, '100')],
    says: { orderRefundState: 'in-progress', mayShipNow: false, warnings: ['unknown-refund-status:77'] },
  },
  ...Object.entries({
    requested: [10000, 10001, 10002, 10012, 10013],
    'wait-return': [10005],
    'wait-receive-return': [10006, 10007, 10041],
    rejected: [10004],
    closed: [10011, 10010],
  }).flatMap(([refundState, words]) =>
    words.map((word) => ({
      what: `a service order of status ${word} is ${refundState}`,
      given: shipped(),
      services: [service(word)],
      says: {
        orderRefundState: ['rejected', 'closed'].includes(refundState) ? 'none' : 'in-progress',
        refundedFen: 0,
        lines: [{ refundState }],
      },
    })),
  ),
  ...[{ processResult: 70 }, { approveResult: 34 }, { approveResult: 91 }].map((how) => ({
    what: `a finished service order with ${JSON.stringify(how)} paid back`,
    given: shipped({ actualPay: '300.00' }, goods('101', '100.00', '3')),
    services: [service(10010, how)],
    says: { orderRefundState: 'partial', refundedFen: 10000, lines: [{ refundState: 'success', refundedQuantity: 1 }] },
  })),
  {
    what: 'what was paid out counts, not what the goods cost',
    given: shipped(),
    services: [service(10010, { processResult: 70 })],
    results: [{ status: 13, refoundAmount: 60.5 }],
    says: { orderRefundState: 'partial', refundedFen: 6050 },
  },
  {
    what: 'a payment that failed did not happen',
    given: shipped(),
    services: [service(10041)],
    results: [{ status: 14, refoundAmount: 100 }],
    says: { orderRefundState: 'in-progress', refundedFen: 0 },
  },
]

const cases = [...moneyCases, ...sendingCases, ...refundCases].map((each, place) => ({
  ...each,
  place,
  // More than a number holds, so that one that loses its end is seen.
  no: `901300000000000${String(place).padStart(4, '0')}7`,
}))

/** Rows with bare numbers, as the platform writes those of the after-sales. */
function inputOf() {
  const rows = (kind: 'applications' | 'services' | 'results', make: (row: Fields, no: string, id: string) => Fields) =>
    cases.flatMap(({ no, place, ...each }) => (each[kind] ?? []).map((row, nth) => make(row, no, `${place}0${nth}`)))
  const applications = rows('applications', (row, orderId, id) => ({
    id,
    orderId,
    applyTime: '2026-11-11 11:00:00',
    ...row,
  }))
  const services = rows('services', (row, orderId, serviceId) => ({ serviceId, orderId, ...row }))
  const results = rows('results', (row, orderId, serviceId) => ({
    afsRefundId: serviceId,
    sameOrderServiceBill: { serviceId, orderId },
    ...row,
  }))
  const answers = [
    {
      searchorderinfo_result: {
        orderTotal: cases.length,
        orderInfoList: cases.map((each) => ({ orderId: each.no, ...each.given })),
      },
    },
    { queryResult: { success: true, totalCount: applications.length, result: applications } },
    { pageResult: { success: true, totalCount: services.length, data: services } },
    { pageResult: { success: true, totalCount: results.length, data: results } },
  ]
  return JSON.stringify(answers.map((each) => ({ jingdong_x_responce: { ...each, code: '0' } }))).replace(
    /"orderId":"(\d+)"/g,
    '"orderId":$1',
  )
}

describe('rules that no sample shows', () => {
  let orders: readonly ChannelOrder[]
  beforeAll(async () => {
    orders = await answer<ChannelOrder[]>(['inspect', 'orders', 'jd', '-'], inputOf())
  })

  test.each(cases)('$what', ({ says, no, place }) => {
    expect(orders[place]).toMatchObject({ channelOrderNo: no, ...says })
  })

  test('money adds up wherever nothing is said about it', () => {
    for (const { lines, freightFen, extraFen, paidTotalFen, warnings } of orders) {
      if (lines.length === 0 || warnings.includes('amount-mismatch')) continue
      expect(lines.reduce((all, line) => all + line.paidFen, freightFen + extraFen)).toBe(paidTotalFen)
    }
  })
})
