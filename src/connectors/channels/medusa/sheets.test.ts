import { expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { ShipmentReport } from '../../../kit/channel.ts'
import { readSheet, writeShipments, writeStock } from './sheets.ts'

const now = Date.parse('2026-10-22T00:00:00Z')
type Cells = Readonly<Record<string, string>>

const row: Cells = {
  订单ID: 'order_01JAVW2E8M',
  订单状态: '待处理',
  付款状态: '已付款',
  发货状态: '未发货',
  下单时间: '2026-10-20 09:15:02',
  付款时间: '2026-10-20 09:16:38',
  更新时间: '2026-10-20 10:00:00',
  币种: 'cny',
  订单总额: '302.00',
  运费: '8.00',
  折扣: '30.00',
  已退款金额: '',
  买家留言: '请用环保包装',
  商家备注: '加急',
  收货人: '林晓禾',
  电话: '13800000101',
  省: '浙江省',
  城市: '杭州市',
  地址: '西湖区示例路 12 号 3 幢 502',
  商品行ID: 'ordli_1',
  产品ID: 'prod_01A',
  变体ID: 'variant_01A',
  SKU: 'LJ-TJ-250',
  产品名称: '龙井明前特级',
  规格: '250g',
  数量: '2',
  原价小计: '256.00',
  实付小计: '236.00',
  快递公司: '',
  快递单号: '',
}
const second: Cells = {
  ...row,
  商品行ID: '',
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
  const [seen, ...others] = reading?.orders ?? []
  expect(others).toEqual([])
  expect(ChannelOrder.parse(seen?.order)).toEqual(seen?.order)
  return seen!.order
}

test('rows of one order are the order that the API tells', () => {
  expect(read([row, second])?.orders[0]?.rows).toEqual([1, 2])
  expect(one(row, second)).toMatchObject({
    channelOrderNo: 'order_01JAVW2E8M',
    channelStatus: 'pending/captured/not_fulfilled',
    status: 'paid-wait-ship',
    createdAt: '2026-10-20T01:15:02.000Z',
    paidAt: '2026-10-20T01:16:38.000Z',
    modifiedAt: '2026-10-20T02:00:00.000Z',
    currency: 'CNY',
    paidTotalFen: 30200,
    freightFen: 800,
    discountFen: 3000,
    buyerNote: '请用环保包装',
    sellerRemark: '加急',
    receiver: { name: '林晓禾', standard: { district: '西湖区' } },
    lines: [
      { channelLineNo: 'ordli_1', specification: '250g', paidFen: 23600, listFen: 25600 },
      { channelLineNo: 'order_01JAVW2E8M-2', quantity: 1, paidFen: 5800, listFen: 6800 },
    ],
    warnings: [],
  })
})

test.each([
  [['待处理', '未付款', '未发货'], 'unpaid'],
  [['pending', 'authorized', 'not_fulfilled'], 'on-hold'],
  [['待处理', '已付款', '已发货'], 'shipped'],
  [['已完成', '已付款', '已送达'], 'completed'],
  [['已取消', '未付款', '未发货'], 'closed-unpaid'],
  [['已取消', '已退款', '未发货'], 'closed-refunded'],
])('%j is %s', ([订单状态 = '', 付款状态 = '', 发货状态 = ''], status) => {
  expect(one({ ...row, 订单总额: '', 订单状态, 付款状态, 发货状态 })).toMatchObject({ status, warnings: [] })
})

test('a word that nobody knows stops the order', () => {
  const order = one({ ...row, 订单总额: '', 付款状态: '赊账' })
  expect(order).toMatchObject({ status: 'on-hold', warnings: ['unknown-status:赊账'] })
})

test('a waybill number is a parcel, once, and its carrier is named', () => {
  const sent = { 发货状态: '已发货', 快递公司: '圆通速递', 快递单号: 'YT7300000001' }
  const order = one({ ...row, ...sent }, { ...second, ...sent })
  expect(order.shipments).toMatchObject([{ carrierName: '圆通速递', waybillNo: 'YT7300000001', lines: [] }])
  expect(order.lines.map(({ shippedQuantity }) => shippedQuantity)).toEqual([2, 1])
})

test('a file does not say which part has left, so nothing more leaves', () => {
  const order = one({ ...row, 订单总额: '', 发货状态: '部分发货', 快递单号: 'YT7300000001' })
  expect(order).toMatchObject({ status: 'partially-shipped', mayShipNow: false, warnings: ['shipped-lines-unknown'] })
})

test.each([
  { column: '订单ID', value: '61' },
  { column: '数量', value: '一双' },
  { column: '实付小计', value: '很多' },
  { column: '下单时间', value: '昨天' },
  { column: '快递单号', value: '7.3E+13' },
  { column: '币种', value: '元' },
])('a wrong $column is named and the other order taken', ({ column, value }) => {
  const other = { ...row, 订单ID: 'order_2', 订单总额: '' }
  const reading = read([{ ...row, [column]: value }, other])
  expect(reading?.orders.map(({ order }) => order.channelOrderNo)).toEqual(['order_2'])
  expect(reading?.errors).toEqual([{ row: 1, column, value, zh: expect.stringMatching(/\p{Script=Han}/u) }])
})

test.each(['订单ID', '付款状态', '发货状态', '数量'])('without %s it is another file', (column) => {
  expect(read([row], [column])).toBeNull()
})

const parcel: ShipmentReport = {
  channelOrderNo: 'order_01JAVW2E8M',
  carrier: 'zto',
  carrierName: '中通快递',
  waybillNo: 'ZT7300000001',
  shippedAt: Date.parse('2026-10-20T16:30:00Z'),
  lines: [],
  isWholeOrder: false,
}

test('the file for shipping has a row for each parcel', () => {
  const { rows, headers } = writeShipments([parcel, { ...parcel, carrierName: '', isWholeOrder: true }])
  expect(rows).toEqual([
    ['order_01JAVW2E8M', '中通快递', 'ZT7300000001', '2026-10-21', '否'],
    ['order_01JAVW2E8M', 'zto', 'ZT7300000001', '2026-10-21', '是'],
  ])
  expect(headers).toHaveLength(5)
})

test('the file for stock has a row for each variant and nothing below nothing', () => {
  const item = { channelItemNo: 'prod_1', channelSkuNo: 'variant_1', merchantCode: 'GW-BC-01', quantity: 37 }
  const { rows } = writeStock([item, { ...item, merchantCode: null, quantity: -1 }])
  expect(rows).toEqual([
    ['prod_1', 'variant_1', 'GW-BC-01', '37'],
    ['prod_1', 'variant_1', '', '0'],
  ])
})
