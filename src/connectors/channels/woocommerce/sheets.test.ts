import { expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { ShipmentReport } from '../../../kit/channel.ts'
import { readSheet, writeShipments, writeStock } from './sheets.ts'

const now = Date.parse('2026-10-22T00:00:00Z')
type Cells = Readonly<Record<string, string>>

const row: Cells = {
  订单ID: '7301',
  订单状态: '正在处理',
  下单时间: '2026-10-20 09:15:02',
  付款时间: '2026-10-20 09:16:38',
  完成时间: '',
  订单总额: '302.00',
  运费: '8.00',
  附加费: '',
  折扣: '30.00',
  已退款金额: '',
  客户备注: '请用环保包装',
  商家备注: '加急',
  收货人: '林晓禾',
  电话: '13800000101',
  省: '浙江省',
  城市: '杭州市',
  地址: '西湖区示例路 12 号 3 幢 502',
  商品行ID: '1501',
  产品ID: '410',
  变体ID: '4103',
  SKU: 'LJ-TJ-250',
  产品名称: '龙井明前特级',
  规格: '重量:250g',
  数量: '2',
  原价小计: '256.00',
  实付小计: '236.00',
  快递公司: '',
  快递单号: '',
}
const second: Cells = {
  ...row,
  商品行ID: '1502',
  产品ID: '522',
  变体ID: '0',
  SKU: 'GW-BC-01',
  产品名称: '白瓷盖碗',
  规格: '',
  数量: '1',
  原价小计: '￥68.00',
  实付小计: '58.00',
}

const read = (rows: readonly Cells[], without: readonly string[] = []) => {
  const headers = Object.keys(row).filter((name) => !without.includes(name))
  return readSheet(
    { fileName: '订单.csv', headers, rows: rows.map((cells) => headers.map((name) => cells[name] ?? '')) },
    now,
  )
}
const one = (...rows: readonly Cells[]) => {
  const reading = read(rows)
  expect(reading?.errors).toEqual([])
  const [order, ...others] = reading?.orders ?? []
  expect(others).toEqual([])
  expect(ChannelOrder.parse(order?.order)).toEqual(order?.order)
  return order!.order
}

test('rows of one order are the order that the API tells', () => {
  const reading = read([row, second])
  expect(reading?.orders[0]).toMatchObject({ rows: [1, 2] })
  expect(one(row, second)).toMatchObject({
    channelOrderNo: '7301',
    channelStatus: 'processing',
    status: 'paid-wait-ship',
    createdAt: '2026-10-20T01:15:02.000Z',
    paidAt: '2026-10-20T01:16:38.000Z',
    modifiedAt: '2026-10-20T01:16:38.000Z',
    paidTotalFen: 30200,
    freightFen: 800,
    discountFen: 3000,
    buyerNote: '请用环保包装',
    sellerRemark: '加急',
    receiver: { name: '林晓禾', standard: { province: '浙江省', city: '杭州市', district: '西湖区' } },
    lines: [
      {
        channelLineNo: '1501',
        channelItemNo: '410',
        channelSkuNo: '4103',
        merchantCode: 'LJ-TJ-250',
        specification: '重量:250g',
        quantity: 2,
        listFen: 25600,
        paidFen: 23600,
      },
      { channelLineNo: '1502', channelItemNo: '522', channelSkuNo: '', listFen: 6800, paidFen: 5800 },
    ],
    warnings: [],
  })
})

test.each([
  { cells: { 订单状态: '待付款', 付款时间: '' }, says: { status: 'unpaid', paidTotalFen: 0, payableTotalFen: 24400 } },
  { cells: { 订单状态: '保留', 付款时间: '' }, says: { status: 'unpaid' } },
  { cells: { 订单状态: 'wc-processing' }, says: { status: 'paid-wait-ship' } },
  { cells: { 订单状态: '已取消' }, says: { status: 'closed-refunded' } },
  { cells: { 订单状态: '已退款' }, says: { status: 'closed-refunded', orderRefundState: 'full', refundedFen: 24400 } },
  { cells: { 已退款金额: '20.00' }, says: { orderRefundState: 'partial', refundedFen: 2000 } },
  { cells: { 附加费: '5.00', 订单总额: '' }, says: { extraFen: 500, paidTotalFen: 24900, warnings: [] } },
  { cells: { 订单状态: '自提中' }, says: { status: 'on-hold', warnings: ['unknown-status:自提中'] } },
  {
    cells: { 订单状态: '已完成', 快递公司: '圆通速递', 快递单号: "'YT7300000001", 完成时间: '2026-10-21 10:00:00' },
    says: {
      status: 'completed',
      modifiedAt: '2026-10-21T02:00:00.000Z',
      shipments: [{ carrierName: '圆通速递', waybillNo: 'YT7300000001' }],
    },
  },
])('a row with $cells says $says', ({ cells, says }) => {
  expect(one({ ...row, 订单总额: '244.00', ...cells })).toMatchObject(says)
})

test('a line without a number of its own gets one from its order', () => {
  expect(
    one({ ...row, 商品行ID: '', 订单总额: '' }, { ...second, 商品行ID: '' }).lines.map((line) => line.channelLineNo),
  ).toEqual(['7301-1', '7301-2'])
})

test.each([
  { column: '数量', value: '一双' },
  { column: '数量', value: '' },
  { column: '实付小计', value: '免费' },
  { column: '下单时间', value: '昨天' },
  { column: '订单ID', value: '7.3E+03' },
  { column: '快递单号', value: '7.35E+13' },
  { column: '运费', value: '八元' },
])('a wrong cell $column "$value" is named and only its order left out', ({ column, value }) => {
  const reading = read([
    { ...row, [column]: value },
    { ...row, 订单ID: '7302' },
  ])
  expect(reading?.errors).toEqual([{ row: 1, column, value, zh: expect.stringMatching(/\p{Script=Han}/u) }])
  expect(reading?.orders.map(({ order }) => order.channelOrderNo)).toEqual(['7302'])
})

test.each(['订单ID', '订单状态', '下单时间', '产品名称', '数量', '实付小计'])(
  'a file without %s is another',
  (name) => {
    expect(read([row], [name])).toBeNull()
  },
)

test('empty rows count for nothing', () => {
  expect(read([row, {}])?.orders).toHaveLength(1)
})

test('parcels go into the file of the tracking plugin, whole orders to be closed', () => {
  const parcel: ShipmentReport = {
    channelOrderNo: '7301',
    carrier: 'zto',
    carrierName: '中通快递',
    waybillNo: 'ZT1',
    shippedAt: now,
    lines: [],
    isWholeOrder: true,
  }
  expect(writeShipments([parcel, { ...parcel, carrierName: '', waybillNo: 'ZT2', isWholeOrder: false }])).toMatchObject(
    {
      encoding: 'utf-8',
      headers: ['order_id', 'tracking_provider', 'tracking_number', 'date_shipped', 'status_shipped'],
      rows: [
        ['7301', '中通快递', 'ZT1', '2026-10-22', '1'],
        ['7301', 'zto', 'ZT2', '2026-10-22', '2'],
      ],
    },
  )
})

test('stock goes into the file of the product import, by the number of what is sold', () => {
  const items = [
    { channelItemNo: '410', channelSkuNo: '4103', merchantCode: 'LJ-TJ-250', quantity: 7 },
    { channelItemNo: '522', channelSkuNo: '', merchantCode: null, quantity: -1 },
  ]
  expect(writeStock(items)).toMatchObject({
    headers: ['ID', 'SKU', 'Stock'],
    rows: [
      ['4103', 'LJ-TJ-250', '7'],
      ['522', '', '0'],
    ],
  })
})
