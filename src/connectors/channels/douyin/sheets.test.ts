import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { Sheet, ShipmentReport } from '../../../kit/channel.ts'
import { douyin } from './index.ts'
import { sheetRefunds, sheetStatuses } from './sheet-columns.ts'
import { caseStatuses, statuses } from './status.ts'

const operations = douyin.operations as Required<typeof douyin.operations>
const now = Date.parse('2026-01-02T00:00:00Z')

const usual = {
  主订单编号: '6950000000000000011',
  子订单编号: '6950000000000000011',
  选购商品: '海盐苏打饼干 400g',
  商品规格: '原味',
  商品数量: '3',
  商品ID: '3700000000000000101',
  规格ID: '3412340000000001',
  商家编码: 'SODA-400',
  '订单应付金额(元)': '53.70',
  '运费(元)': '5.00',
  优惠总金额: '6.00',
  收件人: '沈知夏',
  收件人手机号: '17000000012',
  省: '江苏省',
  市: '苏州市',
  区: '姑苏区',
  街道: '平江街道',
  详细地址: '虚构巷 12 号',
  买家留言: '尽快发',
  商家备注: '',
  订单提交时间: '2025-12-31 23:03:20',
  支付完成时间: '2025-12-31 23:03:50',
  订单状态: '待发货',
  售后状态: '-',
  快递公司: '',
  快递单号: '',
}
type Cells = Partial<Record<keyof typeof usual, string>>
const oat: Cells = {
  子订单编号: '6950000000000065547\t',
  规格ID: '3412340000000002',
  商家编码: 'OAT-250',
  商品数量: '1',
  '订单应付金额(元)': '28.9',
  优惠总金额: '',
}

const sheetOf = (...rows: Cells[]): Sheet => ({
  fileName: '订单导出.xlsx',
  headers: Object.keys(usual),
  rows: rows.map((row) => Object.values({ ...usual, ...row })),
})
const readingOf = (...rows: Cells[]) => {
  const reading = operations['export.read'](sheetOf(...rows), now)
  if (reading === null) throw new Error('not recognised')
  return reading
}
const orderOf = (...rows: Cells[]) => {
  const { orders, errors } = readingOf(...rows)
  expect(errors).toEqual([])
  return ChannelOrder.parse(orders[0]!.order)
}

describe('the back office’s export', () => {
  test('is read as orders of several lines, in the numbers of the API', () => {
    const { orders } = readingOf({}, oat)
    expect(orders).toHaveLength(1)
    expect(orders[0]!.rows).toEqual([1, 2])
    const order = orderOf({}, oat)
    expect(order).toMatchObject({
      channel: 'douyin',
      channelOrderNo: '6950000000000000011',
      channelStatus: '2',
      status: 'paid-wait-ship',
      createdAt: '2025-12-31T15:03:20.000Z',
      paidAt: '2025-12-31T15:03:50.000Z',
      paidTotalFen: 8760,
      freightFen: 500,
      discountFen: 600,
      buyerNote: '尽快发',
      receiver: { name: '沈知夏', phone: '17000000012', privacy: 'plain', standard: { district: '姑苏区' } },
      mayShipNow: true,
      warnings: [],
    })
    expect(order.receiver.raw).toMatchObject({ town: '平江街道', address: '虚构巷 12 号' })
    expect(order.lines.map((line) => [line.channelLineNo, line.merchantCode, line.quantity, line.paidFen])).toEqual([
      ['6950000000000000011', 'SODA-400', 3, 5370],
      ['6950000000000065547', 'OAT-250', 1, 2890],
    ])
    expect(order.lines[0]).toMatchObject({ listFen: 5970, specification: '原味' })
  })

  test('shows parcels by their lines', () => {
    const order = orderOf({ 订单状态: '已发货', 快递公司: '圆通速递', 快递单号: 'YT7300000001' }, oat)
    expect(order).toMatchObject({
      status: 'partially-shipped',
      shipments: [{ carrierNo: 'yuantong', carrierName: '圆通速递', waybillNo: 'YT7300000001' }],
      remainingToShip: [{ channelSkuNo: '3412340000000002', quantity: 1 }],
    })
    expect(order.lines.map((line) => line.shippedQuantity)).toEqual([3, 0])
  })

  test.each([
    [[{ 订单状态: '待支付', 支付完成时间: '' }], 'unpaid', 0],
    [[{ 订单状态: '已完成' }], 'completed', 5870],
    [[{ 订单状态: '已关闭', 售后状态: '退款成功' }], 'closed-refunded', 5870],
    [[{ 订单状态: '已关闭', 支付完成时间: '' }], 'closed-unpaid', 0],
    [[{ 订单状态: '已关闭', 售后状态: '退款成功' }, oat], 'paid-wait-ship', 8760],
    [[{ 订单状态: '部分发货' }, oat], 'partially-shipped', 8760],
    [[{ 订单状态: '没听过' }], 'on-hold', 5870],
  ])('%j is %s', (rows, status, paidTotalFen) => {
    expect(orderOf(...rows)).toMatchObject({ status, paidTotalFen })
  })

  test('names words that nobody told us about', () => {
    expect(orderOf({ 订单状态: '没听过', 售后状态: '新词' })).toMatchObject({
      mayShipNow: false,
      orderRefundState: 'in-progress',
      warnings: ['unknown-status:没听过', 'unknown-refund-status:新词'],
    })
  })

  test('has only words that mean a number of the platform', () => {
    for (const number of Object.values(sheetStatuses)) expect(Object.keys(statuses)).toContain(number)
    for (const number of Object.values(sheetRefunds)) expect(['0', ...Object.keys(caseStatuses)]).toContain(number)
  })

  test.each([
    ['商品数量', '一双', '数量请写 1 或更大的整数'],
    ['订单应付金额(元)', '免费', '看不懂的金额'],
    ['订单提交时间', '昨天', '看不懂的时间'],
    ['主订单编号', '6.95E+18', '不要用表格软件另存'],
    ['子订单编号', '', '请填子订单编号'],
  ] as const)('with %s “%s” leaves out that order and names the cell', (column, value, zh) => {
    const { orders, errors } = readingOf({ [column]: value }, { 主订单编号: '6950000000000000012' })
    expect(orders.map(({ order }) => order.channelOrderNo)).toEqual(['6950000000000000012'])
    expect(errors).toEqual([{ row: 1, column, value, zh: expect.stringContaining(zh) }])
  })

  test('is not what lacks its columns', () => {
    const { headers, rows } = sheetOf({})
    const at = headers.indexOf('子订单编号')
    const without = {
      fileName: 'a.csv',
      headers: headers.toSpliced(at, 1),
      rows: rows.map((row) => row.toSpliced(at, 1)),
    }
    expect(operations['export.read'](without, now)).toBeNull()
  })
})

const parcel: ShipmentReport = {
  channelOrderNo: 'P1',
  carrier: 'zto',
  carrierName: '中通速递',
  waybillNo: 'ZT1',
  shippedAt: now,
  lines: ['l1', 'l2'].map((no) => ({ channelLineNo: no, channelSkuNo: 's', quantity: 2, isWholeLine: true })),
  isWholeOrder: true,
}

test('the upload for shipping names each parcel, and the lines of a part', () => {
  const { headers, rows } = operations['export.shipments']([
    parcel,
    { ...parcel, channelOrderNo: 'P2', carrier: 'own-1', carrierName: '虚构速运', isWholeOrder: false },
  ])
  expect(headers).toEqual(['主订单编号', '子订单编号', '快递公司', '快递单号', '发货数量'])
  expect(rows).toEqual([
    ['P1', '', '中通快递', 'ZT1', ''],
    ['P2', 'l1', '虚构速运', 'ZT1', '2'],
    ['P2', 'l2', '虚构速运', 'ZT1', '2'],
  ])
})

test('the upload for stock names each SKU, never below nothing', () => {
  const item = { channelItemNo: 'i1', channelSkuNo: 's1', merchantCode: 'MB-1' }
  const { headers, rows } = operations['export.stock']([
    { ...item, quantity: 7 },
    { ...item, channelSkuNo: 's2', merchantCode: null, quantity: -2 },
  ])
  expect(headers).toEqual(['商品ID', '规格ID', '商家编码', '现货库存'])
  expect(rows).toEqual([
    ['i1', 's1', 'MB-1', '7'],
    ['i1', 's2', '', '0'],
  ])
})
