import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { ShipmentReport } from '../../../kit/channel.ts'
import { bareCell, bareWord, sheetStatuses } from './sheet-columns.ts'
import { readSheet, writeShipments, writeStock } from './sheets.ts'
import { splitParent, statuses } from './status.ts'

const now = Date.parse('2025-10-16T13:30:00Z')
type Cells = Record<string, string>

const first: Cells = {
  订单号: '="301284756120"',
  商品ID: '100200300401\t',
  商品名称: '青禾 天然乳胶枕 米白 60*40cm',
  订购数量: '2',
  支付方式: '在线支付',
  下单时间: '2025-10-16 20:41:07',
  京东价: '199.00',
  订单金额: '487.00',
  结算金额: '417.00',
  余额支付: '0.00',
  应付金额: '403.00',
  订单状态: '等待出库',
  下单帐号: 'jd_4c9e****',
  客户姓名: '沈测试',
  客户地址: '浙江嘉兴市南湖区东栅街道双测路18号',
  联系电话: '138****4471',
  订单备注: '放门卫',
  发票类型: '不需要开具发票',
  商家备注: '装礼盒',
  商家备注等级: '2',
  运费金额: '6.00',
  付款确认时间: '2025-10-16 20:41:33',
  货号: 'QH-ZT',
  订单完成时间: '',
}
const second: Cells = {
  ...first,
  商品ID: '100200300402',
  商品名称: '青禾 无火香薰 100ml',
  订购数量: '1',
  京东价: '89.00',
}

const read = (...rows: Cells[]) => {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const sheet = { fileName: '订单.csv', headers, rows: rows.map((row) => headers.map((name) => row[name] ?? '')) }
  const reading = readSheet(sheet, now)
  if (reading === null) throw new Error('not recognised')
  for (const { order } of reading.orders) ChannelOrder.parse(order)
  return reading
}
const order = (...rows: Cells[]) => {
  const { orders, errors } = read(...rows)
  expect(errors).toEqual([])
  return orders[0]!.order
}
const without = (row: Cells, ...names: string[]): Cells =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))

describe('an order of two lines', () => {
  test('says what the API would say, under the same numbers', () => {
    const told = order(first, second)
    expect(told).toMatchObject({
      channel: 'jd',
      channelOrderNo: '301284756120',
      status: 'paid-wait-ship',
      createdAt: '2025-10-16T12:41:07.000Z',
      paidAt: '2025-10-16T12:41:33.000Z',
      paidTotalFen: 40300,
      freightFen: 600,
      merchantReceivableFen: 41700,
      buyerNote: '放门卫',
      sellerRemark: '装礼盒',
      flag: '2',
      invoice: null,
      mayShipNow: true,
      promotions: [],
      warnings: [],
    })
    expect(told.lines.map((line) => [line.channelLineNo, line.quantity, line.merchantCode])).toEqual([
      ['100200300401', 2, 'QH-ZT'],
      ['100200300402', 1, 'QH-ZT'],
    ])
    expect(told.receiver).toMatchObject({
      name: '沈测试',
      phone: '138****4471',
      privacy: 'masked',
      addressKey: null,
      standard: { province: '浙江省', city: '嘉兴市', district: '南湖区' },
    })
  })

  test('with a column for what each line cost is split by that', () => {
    const told = order({ ...first, 商品实付金额: '317.96' }, { ...second, 商品实付金额: '79.04' })
    expect(told.lines.map((line) => line.paidFen)).toEqual([31796, 7904])
    expect(told).toMatchObject({ discountFen: 9000, warnings: [] })
  })

  test('without list prices says nothing of a discount', () => {
    const [one, two] = [first, second].map((row) => without(row, '京东价'))
    const told = order({ ...one, 商品实付金额: '317.96' }, { ...two, 商品实付金额: '79.04' })
    expect(told.discountFen).toBe(0)
    expect(told.lines.map((line) => [line.listFen, line.paidFen])).toEqual([
      [31796, 31796],
      [7904, 7904],
    ])
  })

  test('keeps its rows as raw text', () => {
    const [{ raw, rows }] = read(first, second).orders as [ReturnType<typeof read>['orders'][number]]
    expect(rows).toEqual([1, 2])
    expect(JSON.parse(raw)).toMatchObject([{ 订单号: '301284756120' }, { 商品ID: '100200300402' }])
  })
})

describe('states', () => {
  test('every word is one of the platform’s', () => {
    for (const word of Object.values(sheetStatuses)) expect([...Object.keys(statuses), splitParent]).toContain(word)
  })

  test.each([
    ['等待付款', { 付款确认时间: '' }, 'unpaid', 0],
    ['等待确认收货', {}, 'shipped', 40300],
    ['完成', {}, 'completed', 40300],
    ['取消', {}, 'closed-refunded', 40300],
    ['(删除)取消', { 付款确认时间: '0001-01-01 00:00:00' }, 'closed-unpaid', 0],
    ['锁定', {}, 'on-hold', 40300],
  ] as const)('%s with %j is %s', (word, change, status, paidTotalFen) => {
    expect(order({ ...first, ...change, 订单状态: word })).toMatchObject({ status, paidTotalFen })
  })

  test('a word nobody knows stops the order', () => {
    expect(order({ ...first, 订单状态: '飞了' })).toMatchObject({
      status: 'on-hold',
      warnings: ['unknown-status:飞了'],
    })
  })

  test('cash on delivery', () => {
    expect(order({ ...first, 支付方式: '货到付款', 付款确认时间: '' })).toMatchObject({ isCod: true, paidTotalFen: 0 })
  })

  test('a parent that was split is left out', () => {
    expect(read({ ...first, 订单状态: '父单取消' })).toEqual({ orders: [], errors: [] })
  })
})

describe('parcels', () => {
  const sent = { 订单状态: '等待确认收货', 承运商: '中通快递', 运单号: '75800000001234' }
  test('one for all', () => {
    const told = order({ ...first, ...sent }, { ...second, ...sent })
    expect(told.shipments).toMatchObject([{ carrierNo: '1499', waybillNo: '75800000001234' }])
    expect(told.lines.map((line) => line.shippedQuantity)).toEqual([2, 1])
  })

  test('of a part', () => {
    const told = order({ ...first, ...sent, 订单状态: '部分出库' }, { ...second, 订单状态: '部分出库' })
    expect(told.status).toBe('partially-shipped')
    expect(told.lines.map((line) => line.shippedQuantity)).toEqual([2, 0])
  })
})

test('an address with spaces between its levels is split there', () => {
  const { raw, standard } = order({ ...first, 客户地址: '北京市 北京市 朝阳区 双测路18号 2 幢' }).receiver
  expect(raw.address).toBe('双测路18号 2 幢')
  expect(standard).toMatchObject({ province: '北京市', city: '北京市', district: '朝阳区' })
})

test('an invoice', () => {
  const told = order({ ...first, 发票类型: '电子发票', 发票抬头: '湖州茶语', 纳税人识别号: '91330000X' })
  expect(told.invoice).toEqual({ kind: '电子发票', title: '湖州茶语', taxNo: '91330000X' })
})

describe('a wrong cell', () => {
  test.each([
    ['订购数量', '一双', /数量/],
    ['京东价', '免费', /金额/],
    ['下单时间', '昨天', /时间/],
    ['商品ID', '1.002E+11', /原文件/],
  ])('%s %s is named and its order left out', (column, value, zh) => {
    const other = { ...first, 订单号: '301190044818' }
    const { orders, errors } = read({ ...first, [column]: value }, second, other)
    expect(orders.map(({ order: { channelOrderNo } }) => channelOrderNo)).toEqual(['301190044818'])
    expect(errors).toEqual([{ row: 1, column, value, zh: expect.stringMatching(zh) }])
  })

  test.each(['订单号', '商品ID', '订购数量'])('%s must be there', (column) => {
    const { orders, errors } = read({ ...first, [column]: '' })
    expect(orders).toEqual([])
    expect(errors).toContainEqual({ row: 1, column, value: '', zh: `请填${column}` })
  })
})

test.each([[['订单号', '订单状态', '商品ID']], [['订单编号', '买家会员名', '订单状态']], [['姓名', '部门', '实发']]])(
  '%j is somebody else’s file',
  (headers) => {
    expect(readSheet({ fileName: 'x.csv', headers, rows: [] }, now)).toBeNull()
  },
)

test('cells as tables wrap them', () => {
  expect(['="3012"', "'3012", ' 3012\t', '=3012'].map(bareCell)).toEqual(['3012', '3012', '3012', '3012'])
  expect(['(删除)等待出库', '（锁定）等待出库', '等待出库'].map(bareWord)).toEqual(['等待出库', '等待出库', '等待出库'])
})

describe('files for the back office', () => {
  const parcel = (channelOrderNo: string, waybillNo: string, carrier = 'zto'): ShipmentReport => ({
    channelOrderNo,
    waybillNo,
    carrier,
    carrierName: '',
    shippedAt: now,
    lines: [],
    isWholeOrder: true,
  })

  test('for shipping has a row an order with all its parcels', () => {
    const { headers, rows } = writeShipments([
      parcel('1', '758001'),
      parcel('2', 'SF1', 'sf'),
      parcel('2', 'SF2', 'sf'),
      parcel('2', '758002'),
    ])
    expect(headers).toEqual(['订单号', '物流公司ID', '物流公司', '运单号'])
    expect(rows).toEqual([
      ['1', '1499', '中通快递', '758001'],
      ['2', '467|1499', '顺丰快递|中通快递', 'SF1,SF2|758002'],
    ])
  })

  test('for stock has a row a SKU', () => {
    const items = [{ channelItemNo: '100', channelSkuNo: '200', merchantCode: 'QH-1', quantity: 7 }]
    expect(writeStock(items)).toMatchObject({
      headers: ['商品ID', '商家SKU编码', '库存数量'],
      rows: [['200', 'QH-1', '7']],
    })
  })
})
