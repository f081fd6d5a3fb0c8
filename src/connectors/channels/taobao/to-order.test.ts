import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { parseJson } from '../../../kit/json.ts'
import { inspectOrders } from './inspect.ts'
import { RefundRow, Trade } from './payload.ts'
import multi from './samples/trade-multi.json' with { type: 'json' }
import refunded from './samples/trade-refunded.json' with { type: 'json' }
import { refundStateOf, refundStatuses, statuses, stepStatuses } from './status.ts'
import { toOrder } from './to-order.ts'

const line = (change: object = {}) => ({
  oid: '4160000000000000002',
  num_iid: '710000000001',
  sku_id: '5000000000001',
  outer_iid: 'XM-CB',
  outer_sku_id: 'XM-CB-01',
  title: '小满陶瓷杯',
  sku_properties_name: '颜色分类:豆绿',
  price: '30.00',
  num: 1,
  status: 'WAIT_SELLER_SEND_GOODS',
  refund_status: 'NO_REFUND',
  payment: '38.00',
  ...change,
})
const trade = (change: object = {}, ...orders: object[]) => ({
  tid: '4160000000000000001',
  type: 'fixed',
  status: 'WAIT_SELLER_SEND_GOODS',
  created: '2026-10-20 10:00:00',
  pay_time: '2026-10-20 10:01:00',
  modified: '2026-10-20 10:01:00',
  payment: '38.00',
  post_fee: '8.00',
  orders: { order: orders.length > 0 ? orders : [line()] },
  ...change,
})
const read = (value: object, refunds: object[] = []) => {
  const order = toOrder(
    Trade.parse(value),
    refunds.map((refund) => RefundRow.parse(refund)),
  )
  return ChannelOrder.parse(order)
}

describe('status', () => {
  test.each([
    ['TRADE_NO_CREATE_PAY', 'unpaid', 0],
    ['WAIT_BUYER_PAY', 'unpaid', 0],
    ['PAY_PENDING', 'unpaid', 0],
    ['WAIT_PRE_AUTH_CONFIRM', 'unpaid', 0],
    ['PAID_FORBID_CONSIGN', 'on-hold', 3800],
    ['WAIT_SELLER_SEND_GOODS', 'paid-wait-ship', 3800],
    ['SELLER_CONSIGNED_PART', 'partially-shipped', 3800],
    ['WAIT_BUYER_CONFIRM_GOODS', 'shipped', 3800],
    ['TRADE_BUYER_SIGNED', 'shipped', 3800],
    ['TRADE_FINISHED', 'completed', 3800],
    ['TRADE_CLOSED', 'closed-refunded', 3800],
    ['TRADE_CLOSED_BY_TAOBAO', 'closed-unpaid', 0],
  ])('%s is %s', (status, ours, paidTotalFen) => {
    const order = read(trade({ status }, line({ status })))
    expect(order).toMatchObject({ channelStatus: status, status: ours, paidTotalFen, payableTotalFen: 3800 })
    expect(order.freightFen).toBe(paidTotalFen === 0 ? 0 : 800)
    expect(order.lines[0]?.paidFen).toBe(paidTotalFen === 0 ? 0 : 3000)
    expect(order.warnings).toEqual([])
  })

  test('every status of the sheet has exactly one of ours, and every one is tested above', () => {
    expect(Object.keys(statuses)).toHaveLength(12)
  })

  test('an unknown one is held and named, and paid when it has a time of payment', () => {
    const order = read(trade({ status: 'WAIT_FOR_RAIN' }, line({ status: 'WAIT_FOR_RAIN' })))
    expect(order).toMatchObject({
      status: 'on-hold',
      channelStatus: 'WAIT_FOR_RAIN',
      paidTotalFen: 3800,
      mayShipNow: false,
    })
    expect(order.warnings).toEqual(['unknown-status:WAIT_FOR_RAIN'])
    expect(read(trade({ status: 'WAIT_FOR_RAIN', pay_time: undefined })).paidTotalFen).toBe(0)
    expect(read(trade({ status: undefined })).warnings).toContain('unknown-status:absent')
  })

  test.each([
    ['FRONT_NOPAID_FINAL_NOPAID', 'WAIT_BUYER_PAY', 'unpaid', 0],
    ['FRONT_PAID_FINAL_NOPAID', 'WAIT_BUYER_PAY', 'deposit-paid', 500],
    ['FRONT_PAID_FINAL_NOPAID', 'TRADE_CLOSED_BY_TAOBAO', 'closed-unpaid', 500],
    ['FRONT_PAID_FINAL_PAID', 'WAIT_SELLER_SEND_GOODS', 'paid-wait-ship', 3800],
    ['FRONT_PAID_FINAL_PAID', 'TRADE_CLOSED', 'closed-refunded', 3800],
    ['FRONT_PAID_FRONT_FORFEITED', 'TRADE_CLOSED_BY_TAOBAO', 'closed-unpaid', 500],
    ['FRONT_PAID_FRONT_FORFEITED', 'TRADE_CLOSED', 'closed-unpaid', 500],
  ])('presale %s beside %s is %s', (step_trade_status, status, ours, paidTotalFen) => {
    expect(stepStatuses.has(step_trade_status)).toBe(true)
    const order = read(trade({ type: 'step', status, step_trade_status, step_paid_fee: '5.00' }, line({ status })))
    expect(order).toMatchObject({ status: ours, paidTotalFen, payableTotalFen: 3800 })
    expect(order.lines[0]?.paidFen).toBe(paidTotalFen === 3800 ? 3000 : 0)
    expect(order.mayShipNow).toBe(ours === 'paid-wait-ship')
    expect(order.warnings).toEqual([])
  })

  test('an unknown stage of a presale is named', () => {
    expect(read(trade({ step_trade_status: 'MIDDLE_PAID' })).warnings).toEqual(['unknown-step-status:MIDDLE_PAID'])
  })

  test.each(['cod', 'b2c_cod', 'super_market_cod_trade', 'fixed'])('type %s', (type) => {
    const order = read(trade({ type, pay_time: undefined }))
    expect(order).toMatchObject({ isCod: type !== 'fixed', paidTotalFen: 3800, paidAt: null, mayShipNow: true })
  })
})

describe('may it leave', () => {
  test.each([
    [undefined, true, 'none'],
    ['NO_REFUND', true, 'none'],
    ['CLOSED', true, 'closed'],
    ['WAIT_SELLER_AGREE', false, 'requested'],
    ['WAIT_BUYER_RETURN_GOODS', false, 'wait-return'],
    ['WAIT_SELLER_CONFIRM_GOODS', false, 'wait-receive-return'],
    ['SELLER_REFUSE_BUYER', false, 'rejected'],
    ['SUCCESS', false, 'success'],
    ['WAIT_SELLER_CONSIGN_GOODS', false, 'wait-receive-return'],
    ['WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS', false, 'wait-receive-return'],
  ] as const)('refund %s', (refund_status, mayShipNow, refundState) => {
    const order = read(trade({}, line({ refund_status })))
    expect(order.lines[0]).toMatchObject({ mayShipNow, refundState })
    expect(order.mayShipNow).toBe(mayShipNow)
    expect(order.warnings).toEqual([])
  })

  test('an unknown refund status stops the line and is named', () => {
    const order = read(trade({}, line({ refund_status: 'WAIT_FOR_SNOW' })))
    expect(order.lines[0]).toMatchObject({ mayShipNow: false, refundState: 'requested' })
    expect(order.warnings).toEqual(['unknown-refund-status:WAIT_FOR_SNOW'])
  })

  test('every refund status of the sheet has a state', () => {
    expect(Object.keys(refundStatuses)).toHaveLength(10)
    for (const [word, state] of Object.entries(refundStatuses)) expect(refundStateOf(word)).toBe(state)
  })

  test.each(['top_hold', 'team_buy_hold', 'share_group_hold', 'ofp_hold', 'forbid_consign'])('%s stops all', (hold) => {
    for (const value of [1, '1', true, 2]) {
      const order = read(trade({ [hold]: value }))
      expect(order).toMatchObject({ status: 'paid-wait-ship', mayShipNow: false, warnings: [`held:${hold}`] })
      expect(order.lines[0]?.mayShipNow).toBe(false)
    }
    for (const value of [0, '0', false, null]) expect(read(trade({ [hold]: value })).mayShipNow).toBe(true)
  })

  test('the line decides: a trade that waits may hold a closed line', () => {
    const closed = line({
      oid: '4160000000000000003',
      status: 'TRADE_CLOSED',
      refund_status: 'SUCCESS',
      divide_order_fee: '8.00',
    })
    const order = read(trade({ payment: '46.00' }, line({ divide_order_fee: '30.00' }), closed))
    expect(order.lines.map((row) => row.mayShipNow)).toEqual([true, false])
    expect(order.remainingToShip).toEqual([{ channelSkuNo: '5000000000001', quantity: 1 }])
    expect(order.mayShipNow).toBe(true)
  })

  test('a trade the platform forbids to ship stops lines that would wait', () => {
    const order = read(trade({ status: 'PAID_FORBID_CONSIGN' }))
    expect(order).toMatchObject({ mayShipNow: false, remainingToShip: [] })
    expect(order.lines[0]?.mayShipNow).toBe(false)
  })
})

describe('parcels', () => {
  const sent = {
    status: 'WAIT_BUYER_CONFIRM_GOODS',
    consign_time: '2026-10-21 09:00:00',
    logistics_company: '中通快递',
  }
  const part = trade(
    { status: 'SELLER_CONSIGNED_PART', is_part_consign: true, payment: '128.00' },
    line({ oid: '41', sku_id: '51', num: 2, divide_order_fee: '60.00', ...sent, invoice_no: '75800000000017' }),
    line({ oid: '42', sku_id: '52', divide_order_fee: '20.00', ...sent, invoice_no: '75800000000025' }),
    line({ oid: '43', sku_id: '53', divide_order_fee: '20.00', ...sent, invoice_no: '75800000000017' }),
    line({ oid: '44', sku_id: '54', num: 3, divide_order_fee: '20.00' }),
  )

  test('are grouped by waybill number; what is left to send is told', () => {
    const order = read(part)
    expect(order.status).toBe('partially-shipped')
    expect(order.shipments).toEqual([
      {
        carrierNo: 'ZTO',
        carrierName: '中通快递',
        waybillNo: '75800000000017',
        lines: [
          { channelSkuNo: '51', quantity: 2 },
          { channelSkuNo: '53', quantity: 1 },
        ],
      },
      {
        carrierNo: 'ZTO',
        carrierName: '中通快递',
        waybillNo: '75800000000025',
        lines: [{ channelSkuNo: '52', quantity: 1 }],
      },
    ])
    expect(order.remainingToShip).toEqual([{ channelSkuNo: '54', quantity: 3 }])
    expect(order.lines.map((row) => row.shippedQuantity)).toEqual([2, 1, 1, 0])
    expect(order.lines[1]?.shipments).toEqual([order.shipments[1]])
    expect(order.lines.map((row) => row.mayShipNow)).toEqual([false, false, false, true])
  })

  test('a carrier the list does not know keeps its name', () => {
    const [row] = read(trade({}, line({ ...sent, logistics_company: '风火快递', invoice_no: 'FH01' }))).shipments
    expect(row).toMatchObject({ carrierNo: null, carrierName: '风火快递' })
  })

  test('a closed line counts as sent only with a consignment', () => {
    const closed = { status: 'TRADE_CLOSED', refund_status: 'SUCCESS' }
    expect(read(trade({ status: 'TRADE_CLOSED' }, line(closed))).lines[0]?.shippedQuantity).toBe(0)
    const later = { ...closed, consign_time: '2026-10-21 09:00:00' }
    expect(read(trade({ status: 'TRADE_CLOSED' }, line(later))).lines[0]?.shippedQuantity).toBe(1)
  })
})

describe('refund state of the order', () => {
  const two = (first: object, second: object) =>
    trade(
      { status: 'WAIT_BUYER_CONFIRM_GOODS', payment: '68.00' },
      line({ oid: '41', divide_order_fee: '30.00', payment: '30.00', status: 'WAIT_BUYER_CONFIRM_GOODS', ...first }),
      line({ oid: '42', divide_order_fee: '30.00', payment: '30.00', status: 'WAIT_BUYER_CONFIRM_GOODS', ...second }),
    )
  const back = { status: 'TRADE_CLOSED', refund_status: 'SUCCESS', payment: '0.00' }

  test.each([
    ['nothing', {}, {}, 'none', 0],
    ['one closed again', { refund_status: 'CLOSED' }, {}, 'none', 0],
    ['one of two', back, {}, 'partial', 3000],
    ['both', back, back, 'full', 6000],
    ['part of one', { refund_status: 'SUCCESS', payment: '20.00' }, {}, 'partial', 1000],
    ['one back, one asked for', back, { refund_status: 'WAIT_SELLER_AGREE' }, 'in-progress', 3000],
    ['one back, one refused', back, { refund_status: 'SELLER_REFUSE_BUYER' }, 'in-progress', 3000],
    ['one back, the other a gift', back, { is_free_gift: true, divide_order_fee: '0.00' }, 'full', 3000],
  ])('%s', (_, first, second, orderRefundState, refundedFen) => {
    expect(read(two(first, second))).toMatchObject({ orderRefundState, refundedFen })
  })
})

describe('the sheet’s figures', () => {
  const inspect = (sample: object) => inspectOrders(JSON.stringify(sample))[0]

  test('three lines, two promotions and freight', () => {
    const order = inspect(multi)
    expect(order).toMatchObject({ paidTotalFen: 51890, freightFen: 1000, discountFen: 20800, warnings: [] })
    expect(order?.lines.map((row) => row.paidFen)).toEqual([27225, 18211, 5454])
    expect(order?.lines[1]?.unitPaidFen).toEqual([9106, 9105])
    expect(order?.lines.map((row) => row.merchantCode)).toEqual(['XM-SJT-180-GR', 'XM-ZT-RJ-01', 'XM-XX-001'])
    expect(order?.promotions.map((row) => [row.name, row.discountFen])).toEqual([
      ['店铺满减', 5000],
      ['限时特惠', 10000],
      ['第二件优惠', 5800],
    ])
    expect(order?.createdAt).toBe('2025-10-16T12:41:07.000Z')
  })

  test('one line back, one refund open', () => {
    const order = inspect(refunded)
    expect(order).toMatchObject({
      paidTotalFen: 21800,
      freightFen: 0,
      refundedFen: 10900,
      orderRefundState: 'in-progress',
    })
    expect(
      order?.lines.map((row) => [row.paidFen, row.refundedFen, row.refundedQuantity, row.refundingQuantity]),
    ).toEqual([
      [10900, 10900, 1, 0],
      [10900, 0, 0, 1],
    ])
  })
})

describe('promises, people and words', () => {
  test.each([
    [{ delivery_time: '2026-10-22 23:59:59', send_time: '2026-10-30 00:00:00' }, '2026-10-22T15:59:59.000Z'],
    [{ send_time: '2026-10-30 00:00:00', est_con_time: '2026-10-25 00:00:00' }, '2026-10-29T16:00:00.000Z'],
    [{ est_con_time: '2026-10-25 00:00:00' }, '2026-10-24T16:00:00.000Z'],
    [{ est_con_time: '付款后 3 天内' }, null],
    [{}, null],
  ])('%j is to be sent by %s', (change, shipBy) => expect(read(trade(change)).shipBy).toBe(shipBy))

  test('else by the earliest time a line expects', () => {
    const lines = ['2026-10-27 00:00:00', '2026-10-26 00:00:00'].map((estimate_con_time) => line({ estimate_con_time }))
    expect(read(trade({}, ...lines)).shipBy).toBe('2026-10-25T16:00:00.000Z')
  })

  test.each([
    [
      { receiver_state: '北京', receiver_city: '北京市', receiver_district: '朝阳区' },
      { province: '北京市', city: '北京市', district: '朝阳区', town: '' },
    ],
    [
      { receiver_state: '湖北省', receiver_district: '仙桃市', receiver_town: '干河街道' },
      { province: '湖北省', city: '仙桃市', district: '', town: '干河街道' },
    ],
    [
      { receiver_state: '广西', receiver_city: '南宁市', receiver_district: '青秀区' },
      { province: '广西壮族自治区', city: '南宁市', district: '青秀区', town: '' },
    ],
  ])('the standard names of %j', (fields, standard) => {
    const { receiver } = read(trade(fields))
    expect(receiver.standard).toEqual(standard)
    expect(receiver.raw.province).toBe(fields.receiver_state)
  })

  test.each([
    [{ receiver_name: '沈**', receiver_mobile: '*******5512', oaid: '1Ab' }, 'masked', '1Ab'],
    [{ receiver_name: '沈青禾', receiver_address: '人民路1号' }, 'plain', null],
    [{}, 'absent', null],
  ])('the receiver of %j is %s', (fields, privacy, addressKey) => {
    expect(read(trade(fields)).receiver).toMatchObject({ privacy, addressKey })
  })

  test('a landline stands in where there is no mobile', () => {
    expect(read(trade({ receiver_phone: '0571-*******' })).receiver.phone).toBe('0571-*******')
  })

  test('buyer, note, remark and flag', () => {
    const order = read(
      trade({
        buyer_open_uid: 'AAx',
        buyer_nick: '茶**',
        buyer_message: '放门卫',
        seller_memo: '装礼盒',
        seller_flag: 0,
      }),
    )
    expect(order).toMatchObject({
      buyer: { channelBuyerNo: 'AAx', nick: '茶**' },
      buyerNote: '放门卫',
      sellerRemark: '装礼盒',
      flag: '0',
    })
    expect(read(trade())).toMatchObject({ buyerNote: null, sellerRemark: null, flag: null })
  })

  test('bundle parts and a gift of a promotion without a line', () => {
    const parts = {
      combine_item_info: { combine_item: [{ sku_id: '77', quantity: 2, outer_sku_id: 'XM-P', num_iid: '7' }] },
    }
    const promotion_details = {
      promotion_detail: [
        {
          id: '4160000000000000001',
          promotion_name: '满赠',
          gift_item_id: '88',
          gift_item_name: '杯垫',
          gift_item_num: '2',
        },
      ],
    }
    const order = read(trade({ promotion_details }, line(parts)))
    expect(order.lines[0]?.components).toEqual([{ channelSkuNo: '77', merchantCode: 'XM-P', quantity: 2 }])
    expect(order.promotions).toEqual([
      { name: '满赠', discountFen: 0, channelLineNo: null, gift: { channelItemNo: '88', name: '杯垫', quantity: 2 } },
    ])
  })

  test('a promotion of a line names the line', () => {
    const promotion_details = {
      promotion_detail: [{ id: '4160000000000000002', promotion_name: '特价', discount_fee: '1.00' }],
    }
    expect(read(trade({ promotion_details })).promotions[0]?.channelLineNo).toBe('4160000000000000002')
  })

  test('an invoice', () => {
    const order = read(trade({ invoice_name: '小满茶社', invoice_kind: '1' }))
    expect(order.invoice).toEqual({ kind: '1', title: '小满茶社', taxNo: null })
    expect(order.warnings).toEqual([])
  })
})

describe('what the sheet does not name', () => {
  test('is tolerated and named once', () => {
    const odd = line({ oid: '41', new_line_word: { a: 1 }, divide_order_fee: '30.00' })
    const order = read(
      trade(
        {
          new_trade_word: 'x',
          retail_store_code: '1',
          payment: '68.00',
          promotion_details: { promotion_detail: [{ id: '1', new_word: 1 }] },
        },
        odd,
        { ...odd, oid: '42' },
      ),
    )
    expect(order.warnings).toEqual([
      'unknown-field:trade.new_trade_word',
      'unknown-field:order.new_line_word',
      'unknown-field:promotion_detail.new_word',
    ])
  })

  test('an oversold line and a missing quantity are told', () => {
    const order = read(trade({}, line({ is_oversold: true, num: undefined })))
    expect(order.warnings).toEqual(['missing-field:order.num', 'oversold:4160000000000000002'])
    expect(order.lines[0]?.quantity).toBe(1)
  })

  test('nineteen digits stay whole', () => {
    const text =
      '{"tid":4160000000000000001,"status":"WAIT_BUYER_PAY","created":"2026-10-20 10:00:00","orders":{"order":[]}}'
    expect(read(parseJson(text) as object)).toMatchObject({ channelOrderNo: '4160000000000000001', lines: [] })
  })

  test.each([
    [{ payment: '38.005' }, 'not an amount'],
    [{ created: 'yesterday' }, 'not a Beijing time'],
    [{ created: undefined }, 'created'],
  ])('%j is refused', (change, message) => expect(() => read(trade(change))).toThrow(message))

  test('a quantity of nothing is refused', () => {
    expect(() => read(trade({}, line({ num: 0 })))).toThrow('not a quantity')
    expect(() => read(trade({}, line({ num: '1.5' })))).toThrow('not a quantity')
  })
})
