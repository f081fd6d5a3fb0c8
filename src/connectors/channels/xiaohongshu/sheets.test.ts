import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { Sheet, ShipmentReport } from '../../../kit/channel.ts'
import { xiaohongshu } from './index.ts'
import { sheetRefunds, sheetStatuses } from './sheet-columns.ts'
import { isKnownLineRefund, statuses } from './status.ts'

const operations = xiaohongshu.operations as Required<typeof xiaohongshu.operations>
const now = Date.parse('2026-01-02T00:00:00Z')

const usual = {
  订单号: 'P770011223344556601',
  订单状态: '待发货',
  售后状态: '无售后',
  下单时间: '2025-12-31 23:03:20',
  支付时间: '2025-12-31 23:03:50',
  商品ID: '67f0a1b2c3d4e5f6a7b8000a',
  规格ID: '67f0a1b2c3d4e5f6a7b8000b',
  商品名称: '桂花乌龙茶包',
  规格名称: '15包/盒',
  商家编码: 'OOLONG-GH-15',
  商品数量: '3',
  是否赠品: '否',
  '商品实付金额(元)': '104.70',
  '运费(元)': '6.00',
  收件人姓名: '沈知夏',
  收件人电话: '17000000012',
  省: '江苏省',
  市: '苏州市',
  区: '姑苏区',
  详细地址: '虚构巷 12 号',
  用户备注: '送人的',
  商家备注: '',
  快递公司: '',
  快递单号: '',
}
type Cells = Partial<Record<keyof typeof usual, string>>
const cup: Cells = {
  规格ID: '67f0a1b2c3d4e5f6a7b80015',
  商家编码: 'CUP-KK-GR',
  商品数量: '1',
  '商品实付金额(元)': '66',
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
    const { orders } = readingOf({}, cup)
    expect(orders).toHaveLength(1)
    expect(orders[0]!.rows).toEqual([1, 2])
    expect(orders[0]!.order).toMatchObject({
      channel: 'xiaohongshu',
      channelOrderNo: 'P770011223344556601',
      channelStatus: '4',
      status: 'paid-wait-ship',
      createdAt: '2025-12-31T15:03:20.000Z',
      paidAt: '2025-12-31T15:03:50.000Z',
      paidTotalFen: 17670,
      freightFen: 600,
      buyerNote: '送人的',
      receiver: { name: '沈知夏', phone: '17000000012', privacy: 'plain', standard: { district: '姑苏区' } },
      mayShipNow: true,
      warnings: [],
    })
    expect(
      orders[0]!.order.lines.map((line) => [line.channelLineNo, line.merchantCode, line.quantity, line.paidFen]),
    ).toEqual([
      ['67f0a1b2c3d4e5f6a7b8000b', 'OOLONG-GH-15', 3, 10470],
      ['67f0a1b2c3d4e5f6a7b80015', 'CUP-KK-GR', 1, 6600],
    ])
  })

  test('shows parcels, also of an order sent in part', () => {
    const sent = { 订单状态: '部分发货', 快递公司: '圆通速递', 快递单号: 'YT7300000001' }
    const order = orderOf(sent, { ...cup, 订单状态: '部分发货' })
    expect(order).toMatchObject({
      status: 'partially-shipped',
      shipments: [{ carrierNo: 'yuantong', carrierName: '圆通速递', waybillNo: 'YT7300000001' }],
      remainingToShip: [{ channelSkuNo: '67f0a1b2c3d4e5f6a7b80015', quantity: 1 }],
    })
  })

  test.each([
    [{ 订单状态: '待支付', 支付时间: '' }, 'unpaid', 0],
    [{ 订单状态: '已完成' }, 'completed', 11070],
    [{ 订单状态: '已关闭', 售后状态: '售后完成' }, 'closed-refunded', 11070],
    [{ 订单状态: '已取消', 支付时间: '' }, 'closed-unpaid', 0],
    [{ 订单状态: '没听过' }, 'on-hold', 11070],
  ])('%j is %s', (cells, status, paidTotalFen) => {
    expect(orderOf(cells)).toMatchObject({ status, paidTotalFen })
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
    for (const number of Object.values(sheetRefunds)) expect(isKnownLineRefund(number)).toBe(true)
  })

  test.each([
    ['商品数量', '一双', '数量请写 1 或更大的整数'],
    ['商品实付金额(元)', '免费', '看不懂的金额'],
    ['下单时间', '昨天', '看不懂的时间'],
    ['订单号', '7.7E+17', '不要用表格软件另存'],
    ['规格ID', '', '请填规格ID'],
  ] as const)('with %s “%s” leaves out that order and names the cell', (column, value, zh) => {
    const { orders, errors } = readingOf({ [column]: value }, { 订单号: 'P770011223344556602' })
    expect(orders.map(({ order }) => order.channelOrderNo)).toEqual(['P770011223344556602'])
    expect(errors).toEqual([{ row: 1, column, value, zh: expect.stringContaining(zh) }])
  })

  test('is not what lacks its columns', () => {
    const { headers, rows } = sheetOf({})
    const at = headers.indexOf('规格ID')
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
  carrierName: '中通快递',
  waybillNo: 'ZT1',
  shippedAt: now,
  lines: ['s1', 's2', 's1'].map((no) => ({ channelLineNo: no, channelSkuNo: no, quantity: 1, isWholeLine: true })),
  isWholeOrder: true,
}

test('the upload for shipping names each parcel, and the SKUs of a part', () => {
  const { headers, rows } = operations['export.shipments']([
    parcel,
    { ...parcel, channelOrderNo: 'P2', carrier: 'own-1', carrierName: '虚构速运', isWholeOrder: false },
  ])
  expect(headers).toEqual(['订单号', '快递公司', '快递单号', '规格ID'])
  expect(rows).toEqual([
    ['P1', '中通速递', 'ZT1', ''],
    ['P2', '虚构速运', 'ZT1', 's1'],
    ['P2', '虚构速运', 'ZT1', 's2'],
  ])
})

test('the upload for stock names each SKU, never below nothing', () => {
  const item = { channelItemNo: 'i1', channelSkuNo: 's1', merchantCode: 'MB-1' }
  const { headers, rows } = operations['export.stock']([
    { ...item, quantity: 7 },
    { ...item, channelSkuNo: 's2', merchantCode: null, quantity: -2 },
  ])
  expect(headers).toEqual(['商品ID', '规格ID', '商家编码', '可售库存'])
  expect(rows).toEqual([
    ['i1', 's1', 'MB-1', '7'],
    ['i1', 's2', '', '0'],
  ])
})
