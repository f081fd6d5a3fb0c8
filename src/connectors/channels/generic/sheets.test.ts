import { expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import { furtherColumns, neededColumns, sheetStatuses } from './sheet-columns.ts'
import { readSheet } from './sheets.ts'
import { shipmentSheet } from './shipments.ts'
import { orderWords } from './to-order.ts'

const now = Date.parse('2026-10-21T00:00:00Z')
const headers = [...neededColumns, ...furtherColumns]

const first = {
  订单号: 'T-7301',
  下单时间: '2026-10-20 09:15:02',
  付款时间: '2026/10/20 9:16:38',
  订单状态: '待发货',
  收件人: '林晓禾',
  手机: '13800000101',
  省: '浙江',
  市: '杭州',
  区: '西湖区',
  详细地址: '示例路 12 号 3 幢 502',
  商品名称: '龙井明前特级',
  规格: '250g',
  商家编码: 'LJ-TJ-250',
  数量: '2',
  原价: '256',
  实付: '236.00',
  运费: '8.00',
  优惠: '30',
  买家留言: '请用环保包装',
}
/** What belongs to the order may be left out of its further rows. */
const second = { 订单号: 'T-7301', 商品名称: '白瓷盖碗', 商家编码: 'GW-BC-01', 数量: '1', 实付: '¥58.00' }

const sheet = (...rows: readonly Readonly<Record<string, string>>[]) => ({
  fileName: '订单.csv',
  headers,
  rows: rows.map((row) => headers.map((header) => row[header] ?? '')),
})
const read = (...rows: readonly Readonly<Record<string, string>>[]) => readSheet(sheet(...rows), now)!

test('rows of one order number are one order', () => {
  const { orders, errors } = read(first, second)
  expect(errors).toEqual([])
  expect(orders).toHaveLength(1)
  expect(orders[0]?.rows).toEqual([1, 2])
  expect(ChannelOrder.parse(orders[0]?.order)).toMatchObject({
    channel: 'generic',
    channelOrderNo: 'T-7301',
    channelStatus: 'paid',
    status: 'paid-wait-ship',
    createdAt: '2026-10-20T01:15:02.000Z',
    paidAt: '2026-10-20T01:16:38.000Z',
    modifiedAt: '2026-10-21T00:00:00.000Z',
    currency: 'CNY',
    paidTotalFen: 30200,
    freightFen: 800,
    discountFen: 3000,
    buyerNote: '请用环保包装',
    receiver: { standard: { province: '浙江省', city: '杭州市', district: '西湖区' } },
    lines: [
      { channelLineNo: 'T-7301-1', merchantCode: 'LJ-TJ-250', listFen: 25600, paidFen: 23600, quantity: 2 },
      { channelLineNo: 'T-7301-2', merchantCode: 'GW-BC-01', listFen: 5800, paidFen: 5800, quantity: 1 },
    ],
    warnings: [],
  })
  expect(JSON.parse(orders[0]?.raw ?? '')).toMatchObject([{ 订单号: 'T-7301', 实付: '236.00' }, { 实付: '¥58.00' }])
})

test('rows of an order need not stand together, and empty rows count for nothing', () => {
  const other = { ...first, 订单号: 'T-7302' }
  const { orders } = read(first, {}, other, second)
  expect(orders.map(({ order, rows }) => [order.channelOrderNo, rows])).toEqual([
    ['T-7301', [1, 4]],
    ['T-7302', [3]],
  ])
})

test('a time of change in the sheet counts', () => {
  expect(read({ ...first, 修改时间: '2026-10-20T02:00:00Z' }).orders[0]?.order.modifiedAt).toBe(
    '2026-10-20T02:00:00.000Z',
  )
})

test('a total that the parts do not reach is kept and named', () => {
  expect(read({ ...first, 订单金额: '1,302.00' }).orders[0]?.order).toMatchObject({
    paidTotalFen: 130200,
    warnings: ['amount-mismatch'],
  })
})

test('waybill numbers become parcels', () => {
  const shipped = { ...first, 订单状态: '已发货', 快递公司: '中通快递', 快递单号: '73512345678944' }
  expect(read(shipped).orders[0]?.order).toMatchObject({
    status: 'shipped',
    shipments: [{ carrierNo: null, carrierName: '中通快递', waybillNo: '73512345678944', lines: [] }],
    lines: [{ shippedQuantity: 2 }],
  })
})

test('every Chinese status leads to a word of the contract', () => {
  for (const word of Object.values(sheetStatuses)) expect(orderWords).toHaveProperty(word)
  expect(new Set(Object.values(sheetStatuses))).toEqual(new Set(Object.keys(orderWords)))
})

test.each<{ change: Readonly<Record<string, string>>; column: string }>([
  { change: { 订单号: '' }, column: '订单号' },
  { change: { 订单号: '4.15E+18' }, column: '订单号' },
  { change: { 手机: '1.38E+10' }, column: '手机' },
  { change: { 下单时间: '昨天' }, column: '下单时间' },
  { change: { 下单时间: '' }, column: '下单时间' },
  { change: { 下单时间: '2026-02-30 10:00:00' }, column: '下单时间' },
  { change: { 付款时间: '46315.4' }, column: '付款时间' },
  { change: { 订单状态: '打包中' }, column: '订单状态' },
  { change: { 订单状态: 'constructor' }, column: '订单状态' },
  { change: { 数量: '0' }, column: '数量' },
  { change: { 数量: '1.5' }, column: '数量' },
  { change: { 数量: '' }, column: '数量' },
  { change: { 实付: '12.345' }, column: '实付' },
  { change: { 实付: '' }, column: '实付' },
  { change: { 运费: '包邮' }, column: '运费' },
  { change: { 币种: '人民币' }, column: '币种' },
  { change: { 商品名称: '' }, column: '商品名称' },
])('a wrong cell is named and leaves its order out: $column', ({ change, column }) => {
  const { orders, errors } = read({ ...first, ...change }, { ...first, 订单号: 'T-7302' })
  expect(orders.map(({ order }) => order.channelOrderNo)).toEqual(['T-7302'])
  expect(errors).toEqual([{ row: 1, column, value: change[column], zh: expect.stringMatching(/\p{Script=Han}/u) }])
})

test('two rows of one order that contradict each other are named', () => {
  const { orders, errors } = read(first, { ...second, 收件人: '周明' })
  expect(orders).toEqual([])
  expect(errors).toMatchObject([{ row: 2, column: '收件人', value: '周明' }])
})

test('a line number that comes twice in an order is named', () => {
  const { orders, errors } = read({ ...first, 明细编号: '7' }, { ...second, 明细编号: '7' })
  expect(orders).toEqual([])
  expect(errors).toMatchObject([{ row: 2, column: '明细编号', value: '7' }])
})

test('a sheet without a needed column is another file', () => {
  for (const missing of neededColumns) {
    const kept = headers.filter((header) => header !== missing)
    expect(readSheet({ fileName: '订单.csv', headers: kept, rows: [] }, now)).toBeNull()
  }
  expect(readSheet(sheet(), now)).toEqual({ orders: [], errors: [] })
})

test('headers may stand in any order, with spaces about them', () => {
  const turned = {
    fileName: 'a.csv',
    headers: headers.toReversed().map((header) => ` ${header} `),
    rows: [headers.toReversed().map((header) => (first as Record<string, string>)[header] ?? '')],
  }
  expect(readSheet(turned, now)?.orders[0]?.order).toEqual(read(first).orders[0]?.order)
})

test('a sheet of shipments has one row per line, and one for a parcel without lines', () => {
  const parcel = {
    channelOrderNo: 'T-7301',
    carrier: 'zto',
    carrierName: '中通快递',
    waybillNo: '73512345678944',
    shippedAt: Date.parse('2026-10-21T02:00:00Z'),
    lines: [
      { channelLineNo: '1501', channelSkuNo: 'LJ-TJ-250', quantity: 2, isWholeLine: true },
      { channelLineNo: '1502', channelSkuNo: 'GW-BC-01', quantity: 1, isWholeLine: true },
    ],
    isWholeOrder: true,
  }
  const tail = ['zto', '中通快递', '73512345678944', '2026-10-21 10:00:00']
  expect(shipmentSheet([parcel, { ...parcel, channelOrderNo: 'T-7302', lines: [] }])).toEqual({
    fileName: '自建网站批量发货.csv',
    encoding: 'utf-8',
    headers: ['订单号', '明细编号', '商家编码', '数量', '快递编码', '快递公司', '快递单号', '发货时间'],
    rows: [
      ['T-7301', '1501', 'LJ-TJ-250', '2', ...tail],
      ['T-7301', '1502', 'GW-BC-01', '1', ...tail],
      ['T-7302', '', '', '', ...tail],
    ],
  })
})
