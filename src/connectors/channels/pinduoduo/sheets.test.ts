import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { Sheet, ShipmentReport } from '../../../kit/channel.ts'
import { pinduoduo } from './index.ts'
import { sheetRefunds, sheetStatuses } from './sheet-columns.ts'
import { refundStatuses, statuses } from './status.ts'

const operations = pinduoduo.operations as Required<typeof pinduoduo.operations>
const now = Date.parse('2026-01-02T00:00:00Z')

const usual = {
  商品: 'E27 节能灯泡',
  订单号: '260101-111122223333444',
  订单状态: '待发货',
  '商品总价(元)': '29.70',
  '店铺优惠折扣(元)': '1.00',
  '平台优惠折扣(元)': '0.50',
  '邮费(元)': '5.00',
  '用户实付金额(元)': '33.20',
  '商品数量(件)': '3',
  收货人: '许知意',
  手机: '17000000021',
  省: '江西省',
  市: '南昌市',
  区: '西湖区',
  街道: '虚构路 8 号',
  下单时间: '2026-01-01 00:03:20',
  支付时间: '2026-01-01 00:03:26',
  承诺发货时间: '2026-01-02 23:59:59',
  商品id: '753000000001',
  样式ID: '1742000000001',
  '商家编码-SKU维度': 'LAMP-E27-3W',
  快递单号: '',
  快递公司: '',
  买家留言: '发顺丰',
  商家备注: '',
  售后状态: '无售后或售后取消',
}
type Cells = Partial<Record<keyof typeof usual, string>>
const sheetOf = (...rows: Cells[]): Sheet => ({
  fileName: '订单导出.csv',
  headers: Object.keys(usual),
  rows: rows.map((row) => Object.values({ ...usual, ...row })),
})
const orderOf = (...rows: Cells[]) => {
  const reading = operations['export.read'](sheetOf(...rows), now)
  expect(reading?.errors).toEqual([])
  expect(reading?.orders).toHaveLength(1)
  return ChannelOrder.parse(reading!.orders[0]!.order)
}

describe('the back office’s export', () => {
  test('is read in the numbers of the API', () => {
    expect(orderOf({})).toMatchObject({
      channel: 'pinduoduo',
      channelOrderNo: '260101-111122223333444',
      channelStatus: '1',
      status: 'paid-wait-ship',
      createdAt: '2025-12-31T16:03:20.000Z',
      paidAt: '2025-12-31T16:03:26.000Z',
      shipBy: '2026-01-02T15:59:59.000Z',
      paidTotalFen: 3320,
      freightFen: 500,
      extraFen: 0,
      discountFen: 150,
      buyerNote: '发顺丰',
      receiver: { name: '许知意', phone: '17000000021', privacy: 'plain', standard: { district: '西湖区' } },
      lines: [
        { channelLineNo: '1742000000001', merchantCode: 'LAMP-E27-3W', quantity: 3, listFen: 2970, paidFen: 2820 },
      ],
      mayShipNow: true,
      warnings: [],
    })
  })

  test('of several SKUs shares what was paid by their prices, though no price per piece is exact', () => {
    const discounts = { '店铺优惠折扣(元)': '0', '平台优惠折扣(元)': '' }
    const total = { '用户实付金额(元)': '￥1,015.00', ...discounts }
    const second = { 样式ID: '1742000000002', '商品总价(元)': '1,000.00', ...total }
    const order = orderOf({ '商品总价(元)': '10.00', ...total }, second)
    expect(order.lines.map((line) => [line.paidFen, line.unitPaidFen])).toEqual([
      [1000, [334, 333, 333]],
      [100000, [33334, 33333, 33333]],
    ])
    expect(order).toMatchObject({ paidTotalFen: 101500, warnings: [] })
  })

  const unpaid = { 支付时间: '' }
  test.each([
    [{ 订单状态: '待支付', ...unpaid }, 'unpaid', 0],
    [{ 订单状态: '待成团' }, 'on-hold', 3320],
    [{ 订单状态: '已发货，待收货' }, 'shipped', 3320],
    [{ 订单状态: '已发货,待收货' }, 'shipped', 3320],
    [{ 订单状态: '已收货' }, 'completed', 3320],
    [{ 订单状态: '已取消', ...unpaid }, 'closed-unpaid', 0],
    [{ 订单状态: '未发货，退款成功', 售后状态: '退款成功' }, 'closed-refunded', 3320],
    [{ 订单状态: '没听过' }, 'on-hold', 3320],
  ])('%j is %s', (cells, status, paidTotalFen) => {
    expect(orderOf(cells)).toMatchObject({ status, paidTotalFen })
  })

  test('shows its parcel', () => {
    const sent = { 订单状态: '已发货，待收货', 快递公司: '圆通速递', 快递单号: 'YT7300000001' }
    const parcel = { carrierNo: '85', carrierName: '圆通快递', waybillNo: 'YT7300000001' }
    expect(orderOf(sent)).toMatchObject({ shipments: [parcel], remainingToShip: [] })
  })

  test('names words that nobody told us about', () => {
    expect(orderOf({ 订单状态: '没听过', 售后状态: '新词' })).toMatchObject({
      mayShipNow: false,
      orderRefundState: 'in-progress',
      warnings: ['unknown-status:没听过', 'unknown-refund-status:新词'],
    })
  })

  test('has only words that mean a number of the platform', () => {
    for (const { stage, refund } of Object.values(sheetStatuses)) {
      expect(Object.keys(statuses)).toContain(stage)
      if (refund !== undefined) expect(Object.keys(refundStatuses)).toContain(refund)
    }
    for (const number of Object.values(sheetRefunds)) expect(Object.keys(refundStatuses)).toContain(number)
  })

  test('with cells that cannot be read names them and takes the other orders', () => {
    const other = { 订单号: '260101-999900001111222' }
    const bad = { '商品数量(件)': '三', '用户实付金额(元)': '1.234', 样式ID: '1.74E+12', 支付时间: '昨天' }
    const reading = operations['export.read'](sheetOf(bad, other), now)!
    expect(reading.orders.map(({ order }) => order.channelOrderNo)).toEqual(['260101-999900001111222'])
    expect(reading.errors.map(({ row, column }) => [row, column])).toEqual(
      expect.arrayContaining([
        [1, '商品数量(件)'],
        [1, '用户实付金额(元)'],
        [1, '样式ID'],
        [1, '支付时间'],
      ]),
    )
    expect(reading.errors).toHaveLength(4)
  })

  test('of somebody else is not recognised', () => {
    const sheet = { fileName: 'x.csv', headers: ['订单号', '订单状态', '商品数量'], rows: [] }
    expect(operations['export.read'](sheet, now)).toBeNull()
  })
})

test('the upload for shipping has a row a parcel, by the platform’s names', () => {
  const parcel: ShipmentReport = {
    channelOrderNo: '260101-111122223333444',
    carrier: 'sf',
    carrierName: '顺丰速运',
    waybillNo: 'SF1',
    shippedAt: now,
    lines: [],
    isWholeOrder: true,
  }
  const { headers, rows } = operations['export.shipments']([
    parcel,
    { ...parcel, carrier: 'own', carrierName: '虚构速运', waybillNo: 'X1' },
  ])
  expect(headers).toEqual(['订单号', '快递公司', '快递单号'])
  expect(rows).toEqual([
    ['260101-111122223333444', '顺丰快递', 'SF1'],
    ['260101-111122223333444', '虚构速运', 'X1'],
  ])
})

test('the upload for stock has a row a SKU, never below nothing', () => {
  const item = { channelItemNo: '753', channelSkuNo: '174', merchantCode: null, quantity: -2 }
  const { headers, rows } = operations['export.stock']([item])
  expect(headers).toEqual(['商品id', '样式ID', '商家编码-SKU维度', '库存'])
  expect(rows).toEqual([['753', '174', '', '0']])
})
