import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { ShipmentReport } from '../../../kit/channel.ts'
import { bareCell, closedNumbers, sheetRefundStatuses, sheetStatuses } from './sheet-columns.ts'
import { readSheet, writeShipments, writeStock } from './sheets.ts'
import { refundStatuses, statuses } from './status.ts'

const now = Date.parse('2026-10-20T02:00:00Z')
type Cells = Record<string, string>

const cup: Cells = {
  订单号: '="3719872036541230001"',
  订单状态: '待发货',
  下单时间: '2026-10-19 20:41:07',
  支付时间: '2026-10-19 20:41:33',
  '商品编码（平台）': '1001',
  'SKU编码(平台)': '2001',
  'SKU编码(自定义)': 'CUP-1',
  商品名称: '冰纹品茗杯',
  商品属性: '颜色:青',
  商品数量: '2',
  商品价格: '35.00',
  商品实付金额: '60.00',
  订单运费: '8.00',
  订单实际支付金额: '68.00',
  收件人姓名: '林**',
  收件人手机: "'170****0001\t",
  省: '浙江省',
  市: '杭州市',
  区: '西湖区',
  详细地址: '****',
  买家留言: '放门卫',
  商家备注: '装礼盒',
  售后状态: '无售后',
  快递单号: '',
  快递公司: '',
}
const read = (...rows: Cells[]) => {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const sheet = {
    fileName: '订单.csv',
    headers,
    rows: rows.map((row) => headers.map((name) => row[name] ?? '')),
  }
  const reading = readSheet(sheet, now)
  if (reading === null) throw new Error('not recognised')
  for (const { order } of reading.orders) ChannelOrder.parse(order)
  return reading
}
const order = (...rows: Cells[]) => {
  const { orders, errors } = read(...rows)
  expect(errors).toEqual([])
  expect(orders).toHaveLength(1)
  return orders[0]!.order
}
const without = (row: Cells, ...names: string[]): Cells =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))
const sent = { 订单状态: '待收货', 快递单号: '75800000000017', 快递公司: '中通快递' }

describe('an order of the file', () => {
  test('says what the API would say, under the same numbers', () => {
    expect(order(cup)).toMatchObject({
      channel: 'wechat-shop',
      channelOrderNo: '3719872036541230001',
      channelStatus: '20',
      status: 'paid-wait-ship',
      createdAt: '2026-10-19T12:41:07.000Z',
      paidAt: '2026-10-19T12:41:33.000Z',
      modifiedAt: '2026-10-19T12:41:33.000Z',
      paidTotalFen: 6800,
      freightFen: 800,
      discountFen: 1000,
      mayShipNow: true,
      buyerNote: '放门卫',
      sellerRemark: '装礼盒',
      receiver: { name: '林**', phone: '170****0001', privacy: 'masked', addressKey: null },
      lines: [
        {
          channelLineNo: '3719872036541230001_001',
          channelItemNo: '1001',
          channelSkuNo: '2001',
          merchantCode: 'CUP-1',
          specification: '颜色:青',
          quantity: 2,
          listFen: 7000,
          paidFen: 6000,
          unitPaidFen: [3000, 3000],
        },
      ],
      warnings: [],
    })
  })

  test('keeps its cells and its places', () => {
    const [seen] = read(cup, { ...cup, 商品数量: '1' }).orders
    expect(JSON.parse(seen!.raw)[0]).toMatchObject({ 订单号: '3719872036541230001', 收件人手机: '170****0001' })
    expect(seen?.rows).toEqual([1, 2])
  })

  test('of several lines numbers them by place, or by the file’s own numbers', () => {
    const second = {
      ...cup,
      'SKU编码(平台)': '2002',
      商品实付金额: '0.00',
      商品名称: '【赠品】手提袋',
      商品价格: '0.00',
    }
    const numbers = (...rows: Cells[]) => order(...rows).lines.map((line) => line.channelLineNo)
    expect(numbers(cup, second)).toEqual(['3719872036541230001_001', '3719872036541230001_002'])
    expect(numbers({ ...cup, 商品行编号: 'a' }, { ...second, 商品行编号: 'b' })).toEqual(['a', 'b'])
    expect(order(cup, second).lines.map((line) => line.isGift)).toEqual([false, true])
  })

  test.each([
    ['待付款', { 支付时间: '' }, 'unpaid', 0],
    ['礼物待收下', {}, 'on-hold', 6800],
    ['待成团', {}, 'on-hold', 6800],
    ['部分发货', {}, 'partially-shipped', 6800],
    ['已发货', {}, 'shipped', 6800],
    ['已完成', {}, 'completed', 6800],
    ['已取消', { 支付时间: '' }, 'closed-unpaid', 0],
    ['已取消', {}, 'closed-refunded', 6800],
    ['月亮上', {}, 'on-hold', 6800],
  ])('in state %s %j is %s', (state, change, status, paidTotalFen) => {
    const seen = order({ ...cup, 订单状态: state, ...change })
    expect(seen).toMatchObject({ status, paidTotalFen, payableTotalFen: 6800 })
    expect(seen.warnings).toEqual(state === '月亮上' ? ['unknown-status:月亮上'] : [])
  })

  test('shares the order’s amount out where the file has none for a line', () => {
    const bare = without(cup, '商品实付金额')
    const other = { ...bare, 商品数量: '1', 商品价格: '30.00' }
    expect(order(bare, other).lines.map((line) => line.paidFen)).toEqual([4200, 1800])
    expect(order(bare, other).warnings).toEqual([])
    const priceless = [without(bare, '商品价格'), without(other, '商品价格')]
    expect(order(...priceless).lines.map((line) => [line.paidFen, line.listFen])).toEqual([
      [4000, 4000],
      [2000, 2000],
    ])
  })

  test('adds its lines up where the file has no amount for the order', () => {
    expect(order(without(cup, '订单实际支付金额'))).toMatchObject({ paidTotalFen: 6800, warnings: [] })
  })

  test('tells of a parcel, one for each waybill number', () => {
    const second = { ...cup, 'SKU编码(平台)': '2002', 商品实付金额: '0.00', 商品数量: '1' }
    const seen = order({ ...cup, ...sent }, { ...second, ...sent })
    expect(seen.shipments).toEqual([
      {
        carrierNo: null,
        carrierName: '中通快递',
        waybillNo: '75800000000017',
        lines: [
          { channelSkuNo: '2001', quantity: 2 },
          { channelSkuNo: '2002', quantity: 1 },
        ],
      },
    ])
    expect(seen.lines.map((line) => line.shippedQuantity)).toEqual([2, 1])
  })

  test('knows which line has left, also where the file has no SKU numbers', () => {
    const bare = without(cup, 'SKU编码(平台)', '商品编码（平台）')
    const seen = order({ ...bare, 订单状态: '部分发货' }, { ...bare, ...sent, 订单状态: '部分发货' })
    expect(seen.lines.map((line) => line.shippedQuantity)).toEqual([0, 2])
  })

  test.each([
    ['退款成功', '30.00', 'success', 3000, 'partial'],
    ['退款成功', '', 'success', 6000, 'partial'],
    ['待商家处理', '', 'requested', 0, 'in-progress'],
    ['售后关闭', '', 'closed', 0, 'none'],
  ])('with an after-sale that is %s (%s)', (word, fee, refundState, refundedFen, orderRefundState) => {
    expect(order({ ...cup, 售后状态: word, 退款金额: fee })).toMatchObject({
      refundedFen,
      orderRefundState,
      lines: [{ refundState }],
      warnings: [],
    })
  })

  test('with an after-sale in words nobody told us about is kept back', () => {
    expect(order({ ...cup, 售后状态: '观望' })).toMatchObject({
      mayShipNow: false,
      warnings: ['unknown-refund-status:观望'],
    })
  })
})

describe('a cell that cannot be read is named, and the other orders are taken', () => {
  const other = { ...cup, 订单号: '3719872036541230002' }
  test.each([
    ['商品数量', '一双'],
    ['商品价格', '三十五'],
    ['商品实付金额', '60.001'],
    ['订单运费', '包邮'],
    ['下单时间', '昨天'],
    ['订单号', '3.72E+18'],
  ])('%s: %s', (column, value) => {
    const { orders, errors } = read({ ...cup, [column]: value }, other)
    expect(orders.map(({ order: { channelOrderNo } }) => channelOrderNo)).toEqual(['3719872036541230002'])
    expect(errors).toEqual([{ row: 1, column, value, zh: expect.stringMatching(/\p{Script=Han}/u) }])
  })

  test('missing ones too', () => {
    expect(read({ ...cup, 订单号: '' }).errors).toMatchObject([{ row: 1, column: '订单号', value: '' }])
    expect(read(cup, { ...cup, 商品数量: '' }).errors).toMatchObject([{ row: 2, column: '商品数量', value: '' }])
  })
})

test('files of others are not recognised', () => {
  const headers = ['订单号', '订单状态', '商品名称', '商品数量']
  expect(readSheet({ fileName: '订单.csv', headers, rows: [] }, now)).toBeNull()
  expect(readSheet({ fileName: '工资.csv', headers: ['姓名', '实发'], rows: [] }, now)).toBeNull()
  expect(readSheet({ fileName: '订单.csv', headers: [...headers, 'SKU编码（自定义）'], rows: [] }, now)).toEqual({
    orders: [],
    errors: [],
  })
})

test('every word of the export is one of the platform’s', () => {
  for (const number of [...Object.values(sheetStatuses), ...Object.values(closedNumbers)]) {
    expect(Object.keys(statuses)).toContain(number)
  }
  for (const word of Object.values(sheetRefundStatuses)) expect(Object.keys(refundStatuses)).toContain(word)
})

test.each([
  ['="3719"', '3719'],
  ["'3719\t", '3719'],
  ['\ufeff订单号', '订单号'],
])('the cell %j is %s', (text, bare) => {
  expect(bareCell(text)).toBe(bare)
})

test('the file for shipping has a row for each parcel', () => {
  const parcel: ShipmentReport = {
    channelOrderNo: '3719872036541230001',
    carrier: 'zto',
    carrierName: '中通',
    waybillNo: '758',
    shippedAt: now,
    lines: [],
    isWholeOrder: true,
  }
  const reports = [parcel, { ...parcel, carrier: 'own', carrierName: '自送' }]
  const { headers, rows, encoding } = writeShipments(reports)
  expect({ headers, encoding }).toEqual({ headers: ['订单号', '快递公司', '快递单号'], encoding: 'utf-8' })
  expect(rows).toEqual([
    ['3719872036541230001', '中通快递', '758'],
    ['3719872036541230001', '自送', '758'],
  ])
})

test('the file for stock has a row for each SKU, never below nothing', () => {
  const item = { channelItemNo: '1001', channelSkuNo: '2001', merchantCode: 'CUP-1', quantity: 7 }
  const { headers, rows } = writeStock([item, { ...item, merchantCode: null, quantity: -1 }])
  expect(headers).toEqual(['商品编码(平台)', 'SKU编码(平台)', 'SKU编码(自定义)', '库存数量'])
  expect(rows).toEqual([
    ['1001', '2001', 'CUP-1', '7'],
    ['1001', '2001', '', '0'],
  ])
})
