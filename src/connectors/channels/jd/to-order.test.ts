import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { channelStatuses, refundStates } from '../../../core/channel/words.ts'
import { parseApplication, parseResult, parseService } from './order-refunds.ts'
import { OrderInfo, type Records } from './payload.ts'
import sealed from './samples/pop-order-ensearch-page.json' with { type: 'json' }
import full from './samples/pop-order-get-full.json' with { type: 'json' }
import split from './samples/pop-order-search-split.json' with { type: 'json' }
import { applicationStatuses, refundStateOf, serviceStatuses, statuses } from './status.ts'
import { toOrder } from './to-order.ts'

const sample = full.jingdong_pop_order_get_responce.orderDetailInfo.orderInfo
const order = (change: object = {}, records?: Records) =>
  ChannelOrder.parse(toOrder(OrderInfo.parse({ ...sample, ...change }), records))

const application = (status: string | number, applyRefundSum: number) =>
  parseApplication({ id: 1, orderId: sample.orderId, applyTime: '2025-10-16 21:00:00', applyRefundSum, status })
const service = (change: object) =>
  parseService({
    serviceId: 7,
    orderId: 301284756120,
    skuId: 100200300402,
    serviceCount: 1,
    customerExpect: 10,
    ...change,
  })
const result = (refoundAmount: number, serviceId = 7) =>
  parseResult({
    afsRefundId: 9,
    refoundAmount,
    status: 13,
    sameOrderServiceBill: { serviceId, orderId: 301284756120 },
  })
const back = (change: Partial<Records>): Records => ({ applications: [], services: [], results: [], ...change })

test('an order says everything of the standard', () => {
  const told = order({
    orderRemark: '放门卫',
    venderRemark: '装礼盒【客服小禾 2025.10.16 21:30:00】',
    venderRemarkFlagAlias: '3',
    invoiceEasyInfo: { invoiceType: '3', invoiceTitle: '湖州茶语', invoiceCode: '9133000000000000X0' },
  })
  expect(told).toMatchObject({
    channel: 'jd',
    channelOrderNo: '301284756120',
    channelStatus: 'WAIT_SELLER_STOCK_OUT',
    status: 'paid-wait-ship',
    createdAt: '2025-10-16T12:41:07.000Z',
    paidAt: '2025-10-16T12:41:33.000Z',
    modifiedAt: '2025-10-16T12:41:40.000Z',
    shipBy: null,
    paidTotalFen: 40300,
    freightFen: 600,
    extraFen: 0,
    merchantReceivableFen: 41700,
    orderRefundState: 'none',
    isCod: false,
    cancelRequested: false,
    mayShipNow: true,
    buyer: { channelBuyerNo: 'Qm8testOpenIdBuyer0001', nick: 'jd_4c9e0f2a7b1d3' },
    buyerNote: '放门卫',
    sellerRemark: '装礼盒',
    flag: '3',
    invoice: { kind: '3', title: '湖州茶语', taxNo: '9133000000000000X0' },
    warnings: [],
  })
  expect(told.lines[0]).toMatchObject({
    channelLineNo: '100200300401',
    channelItemNo: '10022000300401',
    channelSkuNo: '100200300401',
    merchantCode: 'QH-ZT-RJ-01',
    quantity: 2,
    listFen: 39800,
    paidFen: 31796,
    mayShipNow: true,
  })
})

test('an order to be sent lists what is left, and its promotions by line', () => {
  const told = order()
  expect(told.remainingToShip).toEqual([
    { channelSkuNo: '100200300401', quantity: 2 },
    { channelSkuNo: '100200300402', quantity: 1 },
  ])
  expect(told.promotions).toEqual([
    { name: '单品促销优惠', discountFen: 4000, channelLineNo: '100200300401', gift: null },
    { name: '店铺优惠', discountFen: 3000, channelLineNo: null, gift: null },
    { name: '京东券优惠', discountFen: 2000, channelLineNo: null, gift: null },
  ])
})

describe('states', () => {
  // Source: jd.md 6.3: no state of the sheet is left out but that of a parent, which is no order.
  test.each([
    ['NOT_PAY', 'unpaid'],
    ['WAIT_SELLER_STOCK_OUT', 'paid-wait-ship'],
    ['WAIT_SELLER_DELIVERY', 'paid-wait-ship'],
    ['WAIT_SEND_CODE', 'paid-wait-ship'],
    ['WAIT_GOODS_RECEIVE_CONFIRM', 'shipped'],
    ['FINISHED_L', 'completed'],
    ['TRADE_CANCELED', 'closed-refunded'],
    ['LOCKED', 'on-hold'],
    ['PAUSE', 'on-hold'],
    ['POP_ORDER_PAUSE', 'on-hold'],
  ] as const)('%s is %s', (orderState, status) => {
    expect(order({ orderState }).status).toBe(status)
    expect(channelStatuses).toContain(status)
    expect(Object.keys(statuses)).toContain(orderState)
  })

  test('a word nobody has told us about stops the order and is named', () => {
    expect(order({ orderState: 'WAIT_MOON' })).toMatchObject({
      status: 'on-hold',
      mayShipNow: false,
      remainingToShip: [],
      warnings: ['unknown-status:WAIT_MOON'],
    })
  })

  test.each(['', '0001-01-01 00:00:00', '1970-01-01 00:00:00'])('"%s" is no time of payment', (paymentConfirmTime) => {
    expect(order({ orderState: 'TRADE_CANCELED', paymentConfirmTime })).toMatchObject({
      status: 'closed-unpaid',
      paidAt: null,
      paidTotalFen: 0,
      freightFen: 0,
    })
  })

  test('a buyer who asked to cancel has locked the order', () => {
    expect(order({ orderState: 'LOCKED' })).toMatchObject({ cancelRequested: true, mayShipNow: false })
  })

  test('cash on delivery may be sent though nothing is paid', () => {
    const cash = { payType: '1-货到付款', paymentConfirmTime: '0001-01-01 00:00:00' }
    expect(order(cash)).toMatchObject({
      isCod: true,
      status: 'paid-wait-ship',
      mayShipNow: true,
      paidTotalFen: 0,
      warnings: [],
    })
  })

  test('waiting to be sent without a time of payment is told', () => {
    expect(order({ paymentConfirmTime: '' }).warnings).toEqual(['missing-field:order.paymentConfirmTime'])
  })

  test.each([
    [{ storeOrder: '京仓订单' }, 'fulfilled-by-platform'],
    [{ storeOrder: '云仓订单' }, 'fulfilled-by-platform'],
    [{ orderType: '75' }, 'not-physical'],
    [{ orderState: 'WAIT_SEND_CODE' }, 'not-physical'],
  ])('%j is not ours to send', (change, warning) => {
    expect(order(change)).toMatchObject({ mayShipNow: false, remainingToShip: [], warnings: [warning] })
  })

  test('a child names its parent', () => {
    const [, child] = split.jingdong_pop_order_search_responce.searchorderinfo_result.orderInfoList
    expect(toOrder(OrderInfo.parse(child)).warnings).toEqual(['split-from:301300000100'])
  })
})

describe('the receiver', () => {
  test('with stars keeps the token and leaves the region out of the street', () => {
    expect(order().receiver).toEqual({
      name: '沈测试',
      phone: '138****4471',
      raw: { province: '浙江', city: '嘉兴市', district: '南湖区', town: '东栅街道', address: '双测路18号' },
      standard: { province: '浙江省', city: '嘉兴市', district: '南湖区', town: '东栅街道' },
      privacy: 'masked',
      addressKey: 'JDOAID-1-0f6c2b7e9a4d41c8b3',
    })
  })

  test('as ciphertext stays as it is, and so nobody’s nick', () => {
    const [info] = sealed.jingdong_pop_order_enSearch_responce.searchorderinfo_result.orderInfoList
    const told = toOrder(OrderInfo.parse(info))
    expect(told.receiver).toMatchObject({
      name: info!.consigneeInfo.fullname,
      phone: info!.consigneeInfo.mobile,
      privacy: 'encrypted',
      addressKey: 'JDOAID-1-0f6c2b7e9a4d41c8b3',
    })
    expect(told.receiver.raw.address).toBe(info!.consigneeInfo.fullAddress)
    expect(told.buyer.nick).toBe('')
    expect(told.warnings).toEqual([])
  })

  test('of a municipality has its district in the place of the city', () => {
    const consigneeInfo = {
      fullname: '沈测试',
      mobile: '138****4471',
      fullAddress: '北京朝阳区三环到四环之间双测路18号',
      province: '北京',
      city: '朝阳区',
      county: '三环到四环之间',
      town: '',
    }
    const { raw, standard } = order({ consigneeInfo }).receiver
    expect(raw.address).toBe('双测路18号')
    expect(standard).toEqual({ province: '北京市', city: '北京市', district: '朝阳区', town: '三环到四环之间' })
  })

  test('may be absent', () => {
    expect(order({ consigneeInfo: null }).receiver).toMatchObject({ name: '', privacy: 'absent', addressKey: null })
  })
})

describe('parcels', () => {
  const sent = { orderState: 'WAIT_GOODS_RECEIVE_CONFIRM' }

  test('one holds the whole order', () => {
    const told = order({ ...sent, waybill: '75800000001234', logisticsId: '1499' })
    expect(told.shipments).toEqual([
      {
        carrierNo: '1499',
        carrierName: '中通快递',
        waybillNo: '75800000001234',
        lines: [
          { channelSkuNo: '100200300401', quantity: 2 },
          { channelSkuNo: '100200300402', quantity: 1 },
        ],
      },
    ])
    expect(told.lines.map((line) => line.shippedQuantity)).toEqual([2, 1])
    expect(told).toMatchObject({ mayShipNow: false, remainingToShip: [] })
  })

  test('of several nobody says what is in them', () => {
    const told = order({ ...sent, waybill: 'SF1,SF2|758001', logisticsId: '467|1499' })
    expect(told.shipments.map(({ carrierNo, waybillNo, lines }) => [carrierNo, waybillNo, lines])).toEqual([
      ['467', 'SF1', []],
      ['467', 'SF2', []],
      ['1499', '758001', []],
    ])
    expect(told.lines[0]?.shipments).toHaveLength(3)
  })

  test('of a part leave the rest to be sent', () => {
    const told = order({
      partialLogisticsInfoModel: [{ logicId: '1499', waybillId: '758001', skus: [{ skuId: '100200300401', num: 1 }] }],
    })
    expect(told).toMatchObject({ status: 'partially-shipped', mayShipNow: true })
    expect(told.lines.map((line) => line.shippedQuantity)).toEqual([1, 0])
    expect(told.lines[1]?.shipments).toEqual([])
    expect(told.remainingToShip).toEqual([
      { channelSkuNo: '100200300401', quantity: 1 },
      { channelSkuNo: '100200300402', quantity: 1 },
    ])
  })

  test('of parts that the order names again are not counted twice', () => {
    const told = order({
      ...sent,
      waybill: '758001,758002',
      logisticsId: '1499',
      partialLogisticsInfoModel: [
        { logicId: '1499', waybillId: '758001', skus: '[{"skuId":"100200300401","num":"2"}]' },
        { logicId: '1499', waybillId: '758002', skus: [{ skuId: 100200300402, num: 1 }] },
      ],
    })
    expect(told.shipments.map(({ waybillNo, lines }) => [waybillNo, lines.length])).toEqual([
      ['758001', 1],
      ['758002', 1],
    ])
    expect(told.lines.map((line) => line.shippedQuantity)).toEqual([2, 1])
  })

  test('a cancelled order with a waybill had left', () => {
    const told = order({ orderState: 'TRADE_CANCELED', waybill: '758001', logisticsId: '1499' })
    expect(told.lines.map((line) => line.shippedQuantity)).toEqual([2, 1])
  })
})

describe('money back', () => {
  // Source: jd.md 10.1: no status of the sheet is left out.
  test.each([
    [0, 'requested'],
    [1, 'wait-receive-return'],
    [2, 'rejected'],
    [3, 'success'],
    [4, 'rejected'],
    [5, 'wait-receive-return'],
    [6, 'wait-receive-return'],
    [7, 'wait-receive-return'],
    [8, 'rejected'],
    [9, 'success'],
    [10, 'requested'],
    [11, 'closed'],
  ] as const)('an application at %d is %s', (status, state) => {
    const told = order({}, back({ applications: [application(status, 40300)] }))
    expect(told.lines.map((line) => line.refundState)).toEqual([state, state])
    expect(told.warnings).toEqual([])
    expect(Object.keys(applicationStatuses)).toHaveLength(12)
  })

  // Source: jd.md 10.2: the same of service orders.
  test.each([
    [10000, 'requested'],
    [10001, 'requested'],
    [10002, 'requested'],
    [10004, 'rejected'],
    [10005, 'wait-return'],
    [10006, 'wait-receive-return'],
    [10007, 'wait-receive-return'],
    [10009, 'wait-receive-return'],
    [10010, 'closed'],
    [10011, 'closed'],
    [10012, 'requested'],
    [10013, 'requested'],
    [10041, 'wait-receive-return'],
    [1100, 'wait-receive-return'],
    [12000, 'wait-receive-return'],
    [13000, 'wait-receive-return'],
    [14000, 'wait-receive-return'],
  ] as const)('a service order at %d is %s', (serviceStatus, state) => {
    const told = order({}, back({ services: [service({ serviceStatus })] }))
    expect(told.lines.map((line) => line.refundState)).toEqual(['none', state])
    expect(refundStates).toContain(refundStateOf(String(serviceStatus)))
    expect(Object.keys(serviceStatuses)).toHaveLength(17)
  })

  test('asked for keeps the goods back', () => {
    expect(order({}, back({ applications: [application(0, 40300)] }))).toMatchObject({
      orderRefundState: 'in-progress',
      cancelRequested: true,
      mayShipNow: false,
      refundedFen: 0,
    })
  })

  test('refused or withdrawn lets them go', () => {
    for (const status of [2, 11]) {
      const told = order({}, back({ applications: [application(status, 40300)] }))
      expect(told).toMatchObject({ orderRefundState: 'none', mayShipNow: true, cancelRequested: false })
    }
  })

  test('in full counts every piece and never lowers what was paid', () => {
    const told = order({ orderState: 'TRADE_CANCELED' }, back({ applications: [application(3, 40300)] }))
    expect(told).toMatchObject({ orderRefundState: 'full', refundedFen: 40300, paidTotalFen: 40300 })
    expect(told.lines.map((line) => [line.refundedQuantity, line.refundedFen, line.paidFen])).toEqual([
      [2, 31796, 31796],
      [1, 7904, 7904],
    ])
  })

  test('in part is money only and not told by line', () => {
    const told = order({}, back({ applications: [application(3, 101)] }))
    expect(told).toMatchObject({ orderRefundState: 'partial', refundedFen: 101, mayShipNow: true })
    expect(told.lines.map((line) => [line.refundedQuantity, line.refundedFen])).toEqual([
      [0, 81],
      [0, 20],
    ])
    expect(told.warnings).toEqual(['refund-not-by-line'])
  })

  test('after shipping goes to its line, by what was paid out', () => {
    const services = [service({ serviceStatus: 10010, processResult: 70, actualPayPrice: 89 })]
    const sent = { orderState: 'FINISHED_L' }
    const told = order(sent, back({ services, results: [result(79.04)] }))
    expect(told).toMatchObject({ refundedFen: 7904, orderRefundState: 'partial' })
    expect(told.lines[1]).toMatchObject({ refundState: 'success', refundedQuantity: 1, refundedFen: 7904 })
    expect(order(sent, back({ services })).refundedFen).toBe(8900)
  })

  test('paid out for a service order that is not listed counts for the order', () => {
    expect(order({ orderState: 'FINISHED_L' }, back({ results: [result(5, 8)] })).refundedFen).toBe(500)
  })

  test('by a word nobody has told us about keeps the goods back and is named', () => {
    const told = order({}, back({ applications: [application('77', 100)] }))
    expect(told).toMatchObject({ orderRefundState: 'in-progress', mayShipNow: false })
    expect(told.warnings).toContain('unknown-refund-status:77')
  })

  test('of other orders is none of this one’s', () => {
    const foreign = parseApplication({ ...application(0, 100), orderId: '301288800001' })
    expect(order({}, back({ applications: [foreign] })).orderRefundState).toBe('none')
  })

  test('that the app may not look at is told', () => {
    expect(order({}, back({ services: null })).warnings).toEqual(['services-not-permitted'])
  })
})

test('a field nobody has told us about is named once', () => {
  const told = order({
    moonPhase: 'full',
    itemInfoList: sample.itemInfoList.map((item) => ({ ...item, colour: '白' })),
    consigneeInfo: { ...sample.consigneeInfo, floor: 3 },
  })
  expect(told.warnings.toSorted()).toEqual([
    'unknown-field:order.consigneeInfo.floor',
    'unknown-field:order.itemInfoList.colour',
    'unknown-field:order.moonPhase',
  ])
})

test.each([
  [{ orderStartTime: '' }],
  [{ modified: 'yesterday' }],
  [{ actualPay: 'much' }],
  [{ itemInfoList: [{ skuId: '1', jdPrice: '1.00', itemTotal: '0' }] }],
])('%j cannot be read', (change) => {
  expect(() => toOrder(OrderInfo.parse({ ...sample, ...change }))).toThrow(RangeError)
})
