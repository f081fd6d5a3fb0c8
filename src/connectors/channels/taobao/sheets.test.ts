import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { ShipmentReport } from '../../../kit/channel.ts'
import { taobao } from './index.ts'
import { bareCell, sheetRefundStatuses, sheetStatuses } from './sheet-columns.ts'
import { tradeStatusOf } from './sheet-trade.ts'
import { readSheet, writeShipments } from './sheets.ts'
import { refundStatuses, statuses } from './status.ts'

const now = Date.parse('2026-10-20T02:00:00Z')
type Cells = Record<string, string>

const one: Cells = {
  订单编号: '="4160000000000000017"',
  买家会员名: '茶**',
  买家应付货款: '68.00',
  买家应付邮费: '8.00',
  总金额: '76.00',
  买家实际支付金额: '76.00',
  订单状态: '买家已付款，等待卖家发货',
  买家留言: '放门卫',
  收货人姓名: '沈**',
  收货地址: '浙江省 湖州市 吴兴区 月河街道 人民路88号(313000)',
  联系电话: '',
  联系手机: "'*******5512\t",
  订单创建时间: '2026-10-19 20:41:07',
  订单付款时间: '2026-10-19 20:41:33',
  宝贝标题: '小满陶瓷香插',
  宝贝总数量: '1',
  物流单号: '',
  物流公司: '',
  订单备注: '装礼盒',
}
const read = (...rows: Cells[]) => {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const sheet = {
    fileName: 'ExportOrderList.csv',
    headers,
    rows: rows.map((row) => headers.map((name) => row[name] ?? '')),
  }
  const reading = readSheet(sheet, now)
  if (reading === null) throw new Error('not recognised')
  for (const { order } of reading.orders) ChannelOrder.parse(order)
  return reading
}
const without = (row: Cells, ...names: string[]): Cells =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))
const order = (...rows: Cells[]) => {
  const { orders, errors } = read(...rows)
  expect(errors).toEqual([])
  return orders[0]?.order
}
/** The file with a row for each line. */
const line = (change: Cells): Cells => ({ ...one, 数量: '1', 子订单编号: '4160000000000000018', ...change })

describe('one row, one order', () => {
  test('says what the API would say, under the same number', () => {
    expect(order(one)).toMatchObject({
      channel: 'taobao',
      channelOrderNo: '4160000000000000017',
      channelStatus: 'WAIT_SELLER_SEND_GOODS',
      status: 'paid-wait-ship',
      createdAt: '2026-10-19T12:41:07.000Z',
      paidAt: '2026-10-19T12:41:33.000Z',
      modifiedAt: '2026-10-19T12:41:33.000Z',
      paidTotalFen: 7600,
      freightFen: 800,
      mayShipNow: true,
      buyerNote: '放门卫',
      sellerRemark: '装礼盒',
      receiver: {
        name: '沈**',
        phone: '*******5512',
        raw: { province: '浙江省', city: '湖州市', district: '吴兴区', town: '月河街道', address: '人民路88号' },
        privacy: 'masked',
        addressKey: null,
      },
      lines: [
        { channelLineNo: '4160000000000000017', title: '小满陶瓷香插', quantity: 1, listFen: 6800, paidFen: 6800 },
      ],
      warnings: [],
    })
  })

  test('keeps its cells and its place', () => {
    const [seen] = read(one).orders
    expect(JSON.parse(seen?.raw ?? '')[0]).toMatchObject({ 订单编号: '4160000000000000017', 联系手机: '*******5512' })
    expect(seen?.rows).toEqual([1])
  })

  test('an order not paid yet owes its total', () => {
    const unpaid = { ...one, 订单状态: '等待买家付款', 订单付款时间: '', 买家实际支付金额: '0.00' }
    expect(order(unpaid)).toMatchObject({ status: 'unpaid', paidTotalFen: 0, payableTotalFen: 7600, paidAt: null })
  })

  test('a changed address wins over the first one', () => {
    const moved = { ...one, 修改后的收货地址: '北京 北京市 朝阳区 麦子店街道 枣营路3号' }
    expect(order(moved)?.receiver).toMatchObject({
      raw: { province: '北京', address: '枣营路3号' },
      standard: { province: '北京市', city: '北京市', district: '朝阳区', town: '麦子店街道' },
    })
    expect(order({ ...moved, 修改后的收货地址: '' })?.receiver.raw.city).toBe('湖州市')
  })

  test('an address in one piece is read as free text', () => {
    const { raw } = order({ ...one, 收货地址: '浙江省湖州市吴兴区人民路88号' })?.receiver ?? {}
    expect(raw).toMatchObject({ province: '浙江省', city: '湖州市', district: '吴兴区' })
    expect(order({ ...one, 收货地址: '自提' })?.receiver.raw).toMatchObject({ province: '', address: '自提' })
  })

  test('a parcel', () => {
    const sent = {
      ...one,
      订单状态: '卖家已发货，等待买家确认',
      物流单号: 'No:75800000000017',
      物流公司: '中通快递',
      发货时间: '2026-10-20 09:00:00',
    }
    expect(order(sent)).toMatchObject({
      status: 'shipped',
      modifiedAt: '2026-10-20T01:00:00.000Z',
      shipments: [{ carrierNo: 'ZTO', waybillNo: '75800000000017' }],
    })
  })

  test('without any time counts as changed now', () => {
    expect(order(without(one, '订单创建时间', '订单付款时间'))).toMatchObject({
      createdAt: '2026-10-20T02:00:00.000Z',
      modifiedAt: '2026-10-20T02:00:00.000Z',
    })
  })
})

describe('status words', () => {
  test.each([
    ['等待买家付款', 'unpaid'],
    ['买家已付款,等待卖家发货', 'paid-wait-ship'],
    ['买家已付款，等待卖家发货', 'paid-wait-ship'],
    ['卖家已发货，等待买家确认', 'shipped'],
    ['交易成功', 'completed'],
    ['交易关闭', 'closed-refunded'],
    ['付款以后用户退款成功，交易自动关闭', 'closed-refunded'],
    ['付款以前，卖家或买家主动关闭交易', 'closed-unpaid'],
    ['拼团中订单，已付款但禁止发货', 'on-hold'],
  ])('%s', (word, status) => expect(order({ ...one, 订单状态: word })?.status).toBe(status))

  test('closed without a time of payment was never paid', () => {
    const closed = { ...one, 订单状态: '交易关闭', 订单付款时间: '', 买家实际支付金额: '0.00' }
    expect(order(closed)).toMatchObject({ status: 'closed-unpaid', paidTotalFen: 0, refundedFen: 0 })
  })

  test('closed after payment was paid back', () => {
    const closed = { ...one, 订单状态: '交易关闭', 买家实际支付金额: '0.00', 退款金额: '76.00' }
    expect(order(closed)).toMatchObject({ paidTotalFen: 7600, refundedFen: 7600, orderRefundState: 'full' })
    expect(order({ ...closed, 退款金额: '' })).toMatchObject({ paidTotalFen: 7600, refundedFen: 6800 })
  })

  test('a paid deposit', () => {
    const deposit = { ...one, 订单状态: '定金已付，尾款未付', 订单付款时间: '', 买家实际支付金额: '10.00' }
    expect(order(deposit)).toMatchObject({ status: 'deposit-paid', paidTotalFen: 1000, payableTotalFen: 7600 })
  })

  test('an unknown one is held and named', () => {
    expect(order({ ...one, 订单状态: '等待下雨' })).toMatchObject({
      status: 'on-hold',
      warnings: ['unknown-status:等待下雨'],
    })
  })

  test('all lead to words of the platform', () => {
    expect(Object.values(sheetStatuses).filter((word) => !(word in statuses))).toEqual([])
    expect(Object.values(sheetRefundStatuses).filter((word) => !(word in refundStatuses))).toEqual([])
  })

  test.each([
    [['WAIT_SELLER_SEND_GOODS', 'WAIT_SELLER_SEND_GOODS'], 'WAIT_SELLER_SEND_GOODS'],
    [['TRADE_CLOSED', 'WAIT_SELLER_SEND_GOODS'], 'WAIT_SELLER_SEND_GOODS'],
    [['WAIT_BUYER_CONFIRM_GOODS', 'WAIT_SELLER_SEND_GOODS'], 'SELLER_CONSIGNED_PART'],
    [['TRADE_CLOSED', 'WAIT_BUYER_CONFIRM_GOODS'], 'WAIT_BUYER_CONFIRM_GOODS'],
    [['TRADE_CLOSED', 'TRADE_FINISHED'], 'TRADE_FINISHED'],
  ])('lines %j make a trade %s', (lines, status) => expect(tradeStatusOf(lines)).toBe(status))
})

describe('several rows of one order', () => {
  const goods = [
    line({
      价格: '79.00',
      商家编码: 'XM-A',
      商品属性: '颜色:豆绿',
      总金额: '198.00',
      买家实际支付金额: '198.00',
      买家应付邮费: '5.00',
    }),
    line({
      子订单编号: '4160000000000000019',
      价格: '119.00',
      商家编码: 'XM-B',
      总金额: '198.00',
      买家实际支付金额: '198.00',
      买家应付邮费: '5.00',
    }),
  ]

  test('are its lines; the order’s amounts are shared by list price', () => {
    const read = order(...goods)
    expect(read).toMatchObject({ paidTotalFen: 19800, freightFen: 500, discountFen: 500, warnings: [] })
    expect(read?.lines.map((row) => [row.channelLineNo, row.merchantCode, row.paidFen])).toEqual([
      ['4160000000000000018', 'XM-A', 7701],
      ['4160000000000000019', 'XM-B', 11599],
    ])
  })

  test('without prices by pieces', () => {
    const [first, second] = goods.map((row) => without(row, '价格'))
    const read = order({ ...first, 数量: '3' }, { ...second })
    expect(read?.lines.map((row) => [row.paidFen, row.listFen])).toEqual([
      [14475, 14475],
      [4825, 4825],
    ])
    expect(read).toMatchObject({ discountFen: 0, warnings: [] })
  })

  test('without numbers of their own get one each', () => {
    expect(order(...goods.map((row) => ({ ...row, 子订单编号: '' })))?.lines.map((row) => row.channelLineNo)).toEqual([
      '4160000000000000017-1',
      '4160000000000000017-2',
    ])
  })

  test('of a report by line add up', () => {
    const rows = goods.map((row, index) => ({
      ...without(row, '总金额', '买家应付邮费'),
      主订单编号: '4160000000000000017',
      买家实际支付金额: index === 0 ? '77.01' : '115.99',
      退款状态: index === 0 ? '退款成功' : '没有申请退款',
      退款金额: index === 0 ? '20.00' : '0.00',
    }))
    expect(order(...rows)).toMatchObject({
      paidTotalFen: 19300,
      freightFen: 0,
      refundedFen: 2000,
      orderRefundState: 'partial',
    })
  })

  test('a refund asked for stops its line', () => {
    const [first, second] = goods
    const read = order({ ...first, 退款状态: '买家已经申请退款，等待卖家同意' }, { ...second })
    expect(read?.lines.map((row) => row.mayShipNow)).toEqual([false, true])
  })

  test('shipped in part: lines with a waybill have left', () => {
    const rows = goods.map((row, index) => ({
      ...row,
      订单状态: '卖家部分发货',
      物流公司: '中通快递',
      物流单号: index === 0 ? '758000' : '',
    }))
    const read = order(...rows)
    expect(read).toMatchObject({ status: 'partially-shipped', remainingToShip: [{ channelSkuNo: '', quantity: 1 }] })
    expect(read?.lines.map((row) => row.shippedQuantity)).toEqual([1, 0])
  })

  test('are counted where they stand, other orders between them or not', () => {
    const other = { ...one, 订单编号: '4160000000000000099' }
    const [first = {}, second = {}] = goods
    const { orders } = read(first, { ...other, 数量: '1' }, second)
    expect(orders.map((row) => row.rows)).toEqual([[1, 3], [2]])
  })
})

describe('a cell that cannot be read', () => {
  test.each([
    ['订单编号', '4.16E+18', '直接导入从千牛下载的原文件'],
    ['订单编号', '', '请填订单编号'],
    ['买家实际支付金额', '七十六', '看不懂的金额'],
    ['买家应付邮费', '8.005', '看不懂的金额'],
    ['订单付款时间', '昨天', '看不懂的时间'],
    ['宝贝总数量', '0', '数量请写 1'],
    ['宝贝种类', '2', '只有一行'],
  ])('%s %j is named and its order left out', (column, value, zh) => {
    const { orders, errors } = read({ ...one, 订单编号: '4160000000000000099' }, { ...one, [column]: value })
    expect(errors).toEqual([{ row: 2, column, value, zh: expect.stringContaining(zh) }])
    expect(orders.map((row) => row.order.channelOrderNo)).toEqual(['4160000000000000099'])
  })

  test('several rows want a quantity each', () => {
    const bare = without(line({}), '数量')
    expect(read(bare, bare).errors.map(({ row, column }) => [row, column])).toEqual([
      [1, '数量'],
      [2, '数量'],
    ])
  })

  test.each([
    ['="4150398120557120915"', '4150398120557120915'],
    ["'0571-1\t", '0571-1'],
    [' 是 ', '是'],
    ['=""', ''],
    ['null=1', 'null=1'],
  ])('%j is %j', (text, bare) => expect(bareCell(text)).toBe(bare))
})

test.each([
  [['订单号', '下单时间', '订单状态']],
  [['订单编号', '订单状态', '商品']],
  [['订单编号', '买家会员名']],
  [[]],
])('headers %j are another file’s', (headers) => {
  expect(readSheet({ fileName: 'a.csv', headers, rows: [] }, now)).toBeNull()
})

test('empty rows are passed over, headers may be wrapped', () => {
  const headers = ['\ufeff订单编号', ' 订单状态', '"买家会员名"'.replaceAll('"', '')]
  expect(readSheet({ fileName: 'a.csv', headers, rows: [['', '\t', '']] }, now)).toEqual({ orders: [], errors: [] })
})

test('the upload for shipping has a row for each parcel', () => {
  const parcel = (change: Partial<ShipmentReport>): ShipmentReport => ({
    channelOrderNo: '4160000000000000017',
    carrier: 'zto',
    carrierName: '中通',
    waybillNo: '75800000000017',
    shippedAt: 0,
    lines: [],
    isWholeOrder: true,
    ...change,
  })
  const sheet = writeShipments([parcel({}), parcel({ carrier: 'village', carrierName: '村口快递', waybillNo: 'C1' })])
  expect(sheet).toMatchObject({ encoding: 'gbk', headers: ['订单编号', '物流公司', '运单号'] })
  expect(sheet.rows).toEqual([
    ['4160000000000000017', '中通快递', '75800000000017'],
    ['4160000000000000017', '村口快递', 'C1'],
  ])
  expect(taobao.operations['export.shipments']?.([])?.rows).toEqual([])
})
