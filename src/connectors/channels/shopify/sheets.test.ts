import { describe, expect, test } from 'vitest'
import { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { ShipmentReport } from '../../../kit/channel.ts'
import { addedColumns, furtherColumns, neededColumns, sheetFinancials, sheetFulfilments } from './sheet-columns.ts'
import { readSheet } from './sheets.ts'
import { shipmentSheet } from './shipments.ts'
import { orderStatuses } from './status.ts'
import { stockSheet } from './stock.ts'

const now = Date.parse('2026-10-21T00:00:00Z')
const headers = [...neededColumns, 'Email', ...furtherColumns, ...addedColumns]
type Cells = Readonly<Record<string, string>>

const first: Cells = {
  Name: '#2001',
  'Financial Status': 'paid',
  'Paid at': '2026-10-20 09:15:01 +0800',
  'Fulfillment Status': 'unfulfilled',
  Currency: 'CNY',
  Subtotal: '294.00',
  Shipping: '8.00',
  Taxes: '0.00',
  Total: '302.00',
  'Discount Amount': '30.00',
  'Created at': '2026-10-20 09:15:02 +0800',
  'Lineitem quantity': '2',
  'Lineitem name': '龙井明前特级 - 250g',
  'Lineitem price': '128.00',
  'Lineitem sku': 'LJ-TJ-250',
  'Shipping Name': '林晓禾',
  'Shipping Address1': '西湖区示例路 12 号',
  'Shipping Address2': '3 幢 502',
  'Shipping City': '杭州市',
  'Shipping Province': 'CN-ZJ',
  'Shipping Phone': '+8613800000101',
  Notes: '请放前台',
  Id: '5550001',
}
/** What belongs to the order stands in its first row alone. */
const second: Cells = {
  Name: '#2001',
  'Lineitem quantity': '1',
  'Lineitem name': '白瓷盖碗',
  'Lineitem price': '68.00',
  'Lineitem sku': 'GW-BC-01',
}
const sheet = (...rows: readonly Cells[]) => ({
  fileName: 'orders_export.csv',
  headers,
  rows: rows.map((row) => headers.map((header) => row[header] ?? '')),
})
const read = (...rows: readonly Cells[]) => readSheet(sheet(...rows), now)!
const one = (...rows: readonly Cells[]) => ChannelOrder.parse(read(...rows).orders[0]?.order)

test('rows of one name are one order, and its discount is shared out by worth', () => {
  const { orders, errors } = read(first, second)
  expect(errors).toEqual([])
  expect(orders).toHaveLength(1)
  expect(orders[0]?.rows).toEqual([1, 2])
  expect(one(first, second)).toMatchObject({
    channelOrderNo: 'gid://shopify/Order/5550001',
    channelStatus: 'PAID/UNFULFILLED',
    status: 'paid-wait-ship',
    createdAt: '2026-10-20T01:15:02.000Z',
    paidAt: '2026-10-20T01:15:01.000Z',
    modifiedAt: '2026-10-21T00:00:00.000Z',
    paidTotalFen: 30200,
    freightFen: 800,
    discountFen: 3000,
    buyerNote: '请放前台',
    mayShipNow: true,
    receiver: {
      name: '林晓禾',
      phone: '13800000101',
      standard: { province: '浙江省', city: '杭州市', district: '西湖区' },
    },
    lines: [
      { channelLineNo: '5550001-1', merchantCode: 'LJ-TJ-250', quantity: 2, listFen: 25600, paidFen: 23230 },
      { channelLineNo: '5550001-2', merchantCode: 'GW-BC-01', quantity: 1, listFen: 6800, paidFen: 6170 },
    ],
    warnings: [],
  })
})

test('a discount on a line is told by line', () => {
  const lines = [
    { ...first, 'Lineitem discount': '20.00' },
    { ...second, 'Lineitem discount': '10.00' },
  ]
  expect(one(...lines).lines.map(({ paidFen }) => paidFen)).toEqual([23600, 5800])
})

test.each([
  ['on top', { Taxes: '18.00', Total: '320.00' }, []],
  ['included', { Taxes: '18.00', Total: '302.00' }, []],
  ['and a total that nothing explains', { Taxes: '18.00', Total: '999.00' }, ['amount-mismatch']],
])('taxes %s', (_, change, warnings) => {
  expect(one({ ...first, ...change }, second).warnings).toEqual(warnings)
})

describe('what has left', () => {
  test.each<[what: string, change: Cells, says: object]>([
    [
      'all',
      { 'Fulfillment Status': 'fulfilled' },
      { status: 'shipped', shipments: [], lines: [{ shippedQuantity: 2 }, { shippedQuantity: 1 }] },
    ],
    [
      'all, and archived',
      { 'Fulfillment Status': 'fulfilled', 'Closed at': '2026-10-22 09:00:00 +0800' },
      { status: 'completed' },
    ],
    [
      'one line',
      { 'Fulfillment Status': 'partial', 'Lineitem fulfillment status': 'fulfilled' },
      {
        status: 'partially-shipped',
        lines: [{ shippedQuantity: 2 }, { shippedQuantity: 0 }],
        remainingToShip: [{ quantity: 1 }],
        warnings: [],
      },
    ],
    [
      'some, nobody says what',
      { 'Fulfillment Status': 'partial' },
      { status: 'partially-shipped', warnings: ['shipped-lines-unknown'] },
    ],
    [
      'with a number',
      { 'Fulfillment Status': 'fulfilled', 'Tracking number': '73512345678944', 'Tracking company': 'ZTO Express' },
      { shipments: [{ carrierName: 'ZTO Express', waybillNo: '73512345678944' }] },
    ],
    [
      'nothing, and it is cancelled',
      { 'Financial Status': 'voided', 'Cancelled at': '2026-10-20 10:00:00 +0800' },
      { status: 'closed-unpaid', paidTotalFen: 0 },
    ],
    [
      'nothing, and it is refunded',
      { 'Financial Status': 'refunded', 'Refunded Amount': '302.00' },
      { status: 'closed-refunded', refundedFen: 30200 },
    ],
  ])('%s', (_, change, says) => {
    expect(one({ ...first, ...change }, second)).toMatchObject(says)
  })
})

test('lines whose ids are told are the lines of the interface', () => {
  expect(one({ ...first, 'Lineitem id': '91' }).lines[0]?.channelLineNo).toBe('gid://shopify/LineItem/91')
})

test('every pair of statuses of a file is one of the interface', () => {
  for (const financial of Object.values(sheetFinancials)) {
    for (const fulfilment of Object.values(sheetFulfilments)) {
      expect(orderStatuses).toContain(`${financial}/${fulfilment}`)
    }
  }
})

test.each<[change: Cells, column: string]>([
  [{ Id: '5.55E+06' }, 'Id'],
  [{ Id: '' }, 'Id'],
  [{ 'Financial Status': 'gone' }, 'Financial Status'],
  [{ 'Financial Status': 'constructor' }, 'Financial Status'],
  [{ 'Fulfillment Status': 'restocked' }, 'Fulfillment Status'],
  [{ Total: '30,2' }, 'Total'],
  [{ Total: '' }, 'Total'],
  [{ 'Created at': '2026-10-20 09:15:02' }, 'Created at'],
  [{ 'Paid at': '昨天' }, 'Paid at'],
  [{ Currency: '元' }, 'Currency'],
  [{ 'Lineitem quantity': '一双' }, 'Lineitem quantity'],
  [{ 'Lineitem quantity': '0' }, 'Lineitem quantity'],
  [{ 'Lineitem price': '' }, 'Lineitem price'],
  [{ 'Lineitem name': '' }, 'Lineitem name'],
  [{ 'Lineitem id': 'x' }, 'Lineitem id'],
])('a wrong cell is named and leaves its order out: %o', (change, column) => {
  const other = { ...first, Name: '#2002', Id: '5550002' }
  const { orders, errors } = read({ ...first, ...change }, other)
  expect(orders.map(({ order }) => order.channelOrderNo)).toEqual(['gid://shopify/Order/5550002'])
  expect(errors).toEqual([{ row: 1, column, value: change[column], zh: expect.stringMatching(/\p{Script=Han}/u) }])
})

test('rows that contradict each other are named', () => {
  const { orders, errors } = read(first, { ...second, Total: '1.00' })
  expect(orders).toEqual([])
  expect(errors).toMatchObject([{ row: 2, column: 'Total', value: '1.00' }])
})

test('a sheet without a needed column is another file', () => {
  for (const missing of neededColumns) {
    const kept = headers.filter((header) => header !== missing)
    expect(readSheet({ fileName: 'orders.csv', headers: kept, rows: [] }, now)).toBeNull()
  }
  expect(readSheet(sheet({}), now)).toEqual({ orders: [], errors: [] })
})

test('files for apps name every parcel and every variant', () => {
  const parcel: ShipmentReport = {
    channelOrderNo: 'gid://shopify/Order/5550001',
    carrier: 'zto',
    carrierName: '中通快递',
    waybillNo: '73512345678944',
    shippedAt: now,
    lines: [{ channelLineNo: 'gid://shopify/LineItem/91', channelSkuNo: '', quantity: 2, isWholeLine: true }],
    isWholeOrder: true,
  }
  const tail = ['ZTO Express', '73512345678944']
  expect(shipmentSheet([parcel, { ...parcel, lines: [] }]).rows).toEqual([
    ['gid://shopify/Order/5550001', 'gid://shopify/LineItem/91', '2', ...tail],
    ['gid://shopify/Order/5550001', '', '', ...tail],
  ])
  const item = {
    channelItemNo: 'p',
    channelSkuNo: 'gid://shopify/ProductVariant/4103',
    merchantCode: 'LJ',
    quantity: -1,
  }
  expect(stockSheet([item]).rows).toEqual([['gid://shopify/ProductVariant/4103', 'LJ', '0']])
})
