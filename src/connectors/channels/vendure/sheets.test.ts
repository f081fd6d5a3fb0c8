import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { ShipmentReport } from '../../../kit/channel.ts'
import { sheetStatuses } from './sheet-columns.ts'
import { readSheet } from './sheets.ts'
import { shipmentSheet } from './shipments.ts'
import { orderWords } from './status.ts'
import { stockSheet } from './stock.ts'

const now = Date.parse('2026-10-21T00:00:00Z')
type Cells = Readonly<Record<string, string>>

const first: Cells = {
  订单ID: '31',
  订单编号: 'T3Q8ZKX1P0LM',
  订单状态: '已付款',
  下单时间: '2026-10-20 09:15:02',
  付款时间: '2026-10-20 09:16:38',
  币种: 'CNY',
  订单总额: '302.00',
  运费: '8.00',
  收货人: '林晓禾',
  电话: '+8613800000101',
  省: '浙江省',
  城市: '杭州市',
  地址: '西湖区示例路 12 号 3 幢 502',
  商家备注: '加急',
  商品行ID: '51',
  商品ID: '801',
  规格ID: '4103',
  SKU: 'LJ-TJ-250',
  商品名称: '龙井明前特级',
  规格: '重量:250g',
  数量: '2',
  原价小计: '256.00',
  实付小计: '236.00',
}
const second: Cells = {
  订单ID: '31',
  订单状态: '已付款',
  下单时间: '2026-10-20 09:15:02',
  商品名称: '白瓷盖碗',
  SKU: 'GW-BC-01',
  数量: '1',
  实付小计: '58.00',
}
const more = ['附加费', '已退款金额', '快递公司', '快递单号', '门店']
const headers = [...Object.keys(first), ...more]
const sheet = (...rows: readonly Cells[]) => ({
  fileName: '订单.csv',
  headers,
  rows: rows.map((row) => headers.map((header) => row[header] ?? '')),
})
const read = (...rows: readonly Cells[]) => readSheet(sheet(...rows), now)!
const one = (...rows: readonly Cells[]) => ChannelOrder.parse(read(...rows).orders[0]?.order)

test('rows of one number are one order', () => {
  const { orders, errors } = read(first, second)
  expect(errors).toEqual([])
  expect(orders.map(({ rows }) => rows)).toEqual([[1, 2]])
  expect(one(first, second)).toMatchObject({
    channelOrderNo: '31',
    channelStatus: 'PaymentSettled',
    status: 'paid-wait-ship',
    createdAt: '2026-10-20T01:15:02.000Z',
    paidAt: '2026-10-20T01:16:38.000Z',
    modifiedAt: '2026-10-21T00:00:00.000Z',
    paidTotalFen: 30200,
    freightFen: 800,
    discountFen: 2000,
    sellerRemark: '加急',
    mayShipNow: true,
    receiver: {
      name: '林晓禾',
      phone: '13800000101',
      standard: { province: '浙江省', city: '杭州市', district: '西湖区' },
    },
    lines: [
      { channelLineNo: '51', channelItemNo: '801', channelSkuNo: '4103', specification: '重量:250g', paidFen: 23600 },
      { channelLineNo: '31-2', channelItemNo: '', channelSkuNo: 'GW-BC-01', quantity: 1, listFen: 5800, paidFen: 5800 },
    ],
    warnings: [],
  })
})

describe('what became of it', () => {
  test.each<[what: string, change: Cells, says: object]>([
    ['open', { 订单状态: '待付款', 付款时间: '' }, { status: 'unpaid', paidAt: null, paidTotalFen: 0 }],
    ['paid, nobody says when', { 付款时间: '' }, { paidAt: '2026-10-20T01:15:02.000Z', paidTotalFen: 30200 }],
    ['authorised', { 订单状态: '已授权' }, { status: 'on-hold', paidTotalFen: 0 }],
    ['being changed', { 订单状态: '修改中' }, { status: 'on-hold', paidTotalFen: 30200 }],
    ['cancelled before payment', { 订单状态: '已取消', 付款时间: '' }, { status: 'closed-unpaid' }],
    [
      'cancelled and refunded',
      { 订单状态: '已取消', 已退款金额: '302.00' },
      { status: 'closed-refunded', orderRefundState: 'full', refundedFen: 30200 },
    ],
    [
      'in the interface’s word',
      { 订单状态: 'Delivered' },
      { status: 'completed', lines: [{ shippedQuantity: 2 }, {}] },
    ],
    ['with a charge', { 附加费: '3.00', 订单总额: '305.00' }, { extraFen: 300, paidTotalFen: 30500, warnings: [] }],
    ['with a total that nothing explains', { 订单总额: '999.00' }, { warnings: ['amount-mismatch'] }],
    [
      'sent in part with a number',
      { 订单状态: '部分发货', 快递单号: '73512345678944', 快递公司: '中通快递' },
      {
        status: 'partially-shipped',
        lines: [{ shippedQuantity: 2 }, { shippedQuantity: 0 }],
        shipments: [{ carrierName: '中通快递', waybillNo: '73512345678944' }],
        remainingToShip: [{ channelSkuNo: 'GW-BC-01', quantity: 1 }],
      },
    ],
    ['sent in part, nobody says what', { 订单状态: '部分发货' }, { warnings: ['shipped-lines-unknown'] }],
  ])('%s', (_, change, says) => {
    expect(one({ ...first, ...change }, second)).toMatchObject(says)
  })
})

test('every state of a file is one of the interface', () => {
  for (const word of Object.values(sheetStatuses)) expect(Object.keys(orderWords)).toContain(word)
})

test.each<[change: Cells, column: string]>([
  [{ 订单ID: '4.15E+18' }, '订单ID'],
  [{ 订单ID: '' }, '订单ID'],
  [{ 订单状态: '飞走了' }, '订单状态'],
  [{ 订单状态: 'constructor' }, '订单状态'],
  [{ 下单时间: '昨天' }, '下单时间'],
  [{ 付款时间: '昨天' }, '付款时间'],
  [{ 币种: '元' }, '币种'],
  [{ 数量: '一双' }, '数量'],
  [{ 数量: '0' }, '数量'],
  [{ 实付小计: '30,2元角' }, '实付小计'],
  [{ 实付小计: '' }, '实付小计'],
  [{ 运费: '包邮' }, '运费'],
  [{ 商品名称: '' }, '商品名称'],
])('a wrong cell is named and leaves its order out: %o', (change, column) => {
  const { orders, errors } = read({ ...first, ...change }, { ...first, 订单ID: '33' })
  expect(orders.map(({ order }) => order.channelOrderNo)).toEqual(['33'])
  expect(errors).toEqual([{ row: 1, column, value: change[column], zh: expect.stringMatching(/\p{Script=Han}/u) }])
})

test.each(['订单ID', '订单状态', '下单时间', '商品名称', '数量', '实付小计'])(
  'without %s it is another file',
  (missing) => {
    const kept = headers.filter((header) => header !== missing)
    expect(readSheet({ fileName: '订单.csv', headers: kept, rows: [] }, now)).toBeNull()
  },
)

test('numbers that a table was kept from spoiling are bare', () => {
  expect(one({ ...first, 订单ID: '="31"', 规格ID: "'4103" })).toMatchObject({
    channelOrderNo: '31',
    lines: [{ channelSkuNo: '4103' }],
  })
})

test('files out name every parcel and every variant', () => {
  const parcel: ShipmentReport = {
    channelOrderNo: '31',
    carrier: 'zto',
    carrierName: '中通快递',
    waybillNo: '73512345678944',
    shippedAt: now,
    lines: [{ channelLineNo: '51', channelSkuNo: '4103', quantity: 2, isWholeLine: true }],
    isWholeOrder: true,
  }
  expect(shipmentSheet([parcel, { ...parcel, carrierName: '', lines: [] }]).rows).toEqual([
    ['31', '51', '2', '中通快递', '73512345678944'],
    ['31', '', '', 'zto', '73512345678944'],
  ])
  const item = { channelItemNo: '801', channelSkuNo: '4103', merchantCode: null, quantity: -1 }
  expect(stockSheet([item]).rows).toEqual([['4103', '', '0']])
})
