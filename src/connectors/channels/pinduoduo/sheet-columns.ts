/**
 * The columns of the order export of 拼多多商家后台 (订单查询 → 批量导出), one row a SKU, which is normally one row an order. The sheet of facts
 * has none, so every name here is [assumed] from what such exports are known by; the first name is the usual one. `(元)` and `(件)` behind a
 * name do not count. Only the columns of `needed` must be there.
 */
export const columnNames = {
  orderNo: ['订单号'],
  status: ['订单状态'],
  afterSale: ['售后状态'],
  createdAt: ['下单时间', '订单创建时间'],
  paidAt: ['支付时间', '拼单成功时间', '订单成交时间'],
  shipBy: ['承诺发货时间'],
  shippedAt: ['发货时间'],
  endedAt: ['确认收货时间'],
  itemNo: ['商品id'],
  skuNo: ['样式ID'],
  title: ['商品'],
  specification: ['商品规格'],
  skuCode: ['商家编码-SKU维度', '商家编码-规格维度'],
  itemCode: ['商家编码-商品维度'],
  quantity: ['商品数量'],
  goods: ['商品总价'],
  shopDiscount: ['店铺优惠折扣'],
  platformDiscount: ['平台优惠折扣'],
  freight: ['邮费'],
  total: ['用户实付金额'],
  name: ['收货人'],
  phone: ['手机'],
  province: ['省'],
  city: ['市'],
  district: ['区'],
  address: ['街道', '详细地址'],
  buyerNote: ['买家留言'],
  remark: ['商家备注'],
  carrier: ['快递公司'],
  waybillNo: ['快递单号'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>
export type ColumnKey = keyof typeof columnNames

/** A file is this channel's only where all of these are there; 样式ID stands in nobody else's. */
export const needed: readonly ColumnKey[] = ['orderNo', 'status', 'skuNo', 'quantity', 'total']

/** What a word of the file says in the platform's fields: deal, group, stage and money back. */
interface SheetStatus {
  readonly confirm: string
  readonly group: string
  readonly stage: string
  readonly refund?: string
}

/** 订单状态 of the export in the platform's own numbers. [assumed] */
export const sheetStatuses: Readonly<Record<string, SheetStatus>> = {
  待支付: { confirm: '0', group: '0', stage: '1' },
  待成团: { confirm: '0', group: '0', stage: '1' },
  待发货: { confirm: '1', group: '1', stage: '1' },
  '已发货，待收货': { confirm: '1', group: '1', stage: '2' },
  已发货: { confirm: '1', group: '1', stage: '2' },
  已收货: { confirm: '1', group: '1', stage: '3' },
  已取消: { confirm: '2', group: '1', stage: '1' },
  '未发货，退款成功': { confirm: '1', group: '1', stage: '1', refund: '4' },
  '已发货，退款成功': { confirm: '1', group: '1', stage: '2', refund: '4' },
  '已收货，退款成功': { confirm: '1', group: '1', stage: '3', refund: '4' },
}

/** 售后状态 of the export as `refund_status`. [assumed] */
export const sheetRefunds: Readonly<Record<string, string>> = {
  无售后或售后取消: '1',
  无售后: '1',
  售后处理中: '2',
  退款中: '3',
  退款成功: '4',
}

/** The upload for shipping many orders (批量发货). [assumed] */
export const shipmentHeaders = ['订单号', '快递公司', '快递单号'] as const

/** The upload for setting stock (批量改库存), absolute numbers. [assumed] */
export const stockHeaders = ['商品id', '样式ID', '商家编码-SKU维度', '库存'] as const

/** A cell without what table programs put around long numbers. */
export function bareCell(text: string): string {
  const trimmed = text.replace(/[\t\r\n\u00a0\ufeff]+/g, ' ').trim()
  const quoted = /^="?([^"]*)"?$/.exec(trimmed)
  return (quoted?.[1] ?? trimmed).replace(/^'/, '').trim()
}

/** A header without its unit and the spaces in which files differ. */
export function bareHeader(text: string): string {
  return bareCell(text)
    .replace(/\s/g, '')
    .replace(/[(（][元件][)）]$/, '')
}
