import { type CellReader, sheetColumns } from '../../../kit/sheet-rows.ts'
import { orderWords } from './status.ts'

/**
 * The columns of an order export, one row a line. The platform's back office has no export, only plugins, and the
 * sheet of facts names none; so every name and word here is [assumed]: the names that Chinese shops give these
 * columns, and the fields' own names. The first is the usual one.
 */
const columnNames = {
  orderNo: ['订单ID', 'id'],
  code: ['订单编号', 'code'],
  status: ['订单状态', 'state'],
  createdAt: ['下单时间', 'orderPlacedAt'],
  paidAt: ['付款时间', 'paidAt'],
  currency: ['币种', 'currencyCode'],
  total: ['订单总额', 'totalWithTax'],
  freight: ['运费', 'shippingWithTax'],
  extra: ['附加费', 'surcharges'],
  refunded: ['已退款金额', 'refunded'],
  remark: ['商家备注', 'note'],
  name: ['收货人', 'fullName'],
  phone: ['电话', 'phoneNumber'],
  province: ['省', 'province'],
  city: ['城市', 'city'],
  address: ['地址', 'streetLine1'],
  lineNo: ['商品行ID', 'orderLineId'],
  itemNo: ['商品ID', 'productId'],
  skuNo: ['规格ID', 'productVariantId'],
  merchantCode: ['SKU', 'sku'],
  title: ['商品名称', 'productName'],
  specification: ['规格', 'options'],
  quantity: ['数量', 'quantity'],
  list: ['原价小计', 'linePriceWithTax'],
  paid: ['实付小计', 'proratedLinePriceWithTax'],
  carrier: ['快递公司', 'method'],
  waybillNo: ['快递单号', 'trackingCode'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>
export type ColumnKey = keyof typeof columnNames

/** Without these it is another file. */
export const neededColumns: readonly ColumnKey[] = ['orderNo', 'status', 'createdAt', 'title', 'quantity', 'paid']

export const { placesOf, rowsOf, needCell } = sheetColumns<ColumnKey>(columnNames, { cell: bareCell })

/** A cell as exports wrap it, so that tables keep long numbers: `="41…"`, a leading apostrophe, a trailing tab. */
function bareCell(text: string): string {
  const trimmed = text.replace(/[\t\r\n\u00a0\ufeff]+/g, ' ').trim()
  const quoted = /^="?([^"]*)"?$/.exec(trimmed)
  return (quoted?.[1] ?? trimmed).replace(/^'/, '').trim()
}

/** 订单状态 in Chinese, beside the interface's own words. [assumed] */
export const sheetStatuses: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(orderWords).map((word) => [word, word])),
  待付款: 'ArrangingPayment',
  已授权: 'PaymentAuthorized',
  已付款: 'PaymentSettled',
  待发货: 'PaymentSettled',
  部分发货: 'PartiallyShipped',
  已发货: 'Shipped',
  部分送达: 'PartiallyDelivered',
  已送达: 'Delivered',
  已完成: 'Delivered',
  修改中: 'Modifying',
  待补款: 'ArrangingAdditionalPayment',
  已取消: 'Cancelled',
}

export const statusCell: CellReader<string> = {
  read: (text) => {
    const word = Object.hasOwn(sheetStatuses, text) ? sheetStatuses[text] : undefined
    if (word === undefined) throw new RangeError(`not a status: ${text}`)
    return word
  },
  zh: `不认识的订单状态，请写：${Object.keys(sheetStatuses).join('、')}`,
}
