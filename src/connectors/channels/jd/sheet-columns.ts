/**
 * The columns of the order export of the merchant's back office (订单管理 → 订单导出), one row per line, what belongs to the order repeated. The
 * sheet of facts has none, so every name here is [assumed] from what such exports are known by; the first name is the usual one. Only
 * `orderNo`, `status`, `skuNo` and one of `marks` are needed.
 */
export const columnNames = {
  orderNo: ['订单号', '订单编号'],
  skuNo: ['商品ID', '商品编号', 'SKU编号'],
  title: ['商品名称'],
  merchantCode: ['商家SKU编码', '商家SKUID', '货号'],
  quantity: ['订购数量', '商品数量', '数量'],
  price: ['京东价', '商品单价'],
  linePaid: ['商品实付金额', '商品应付金额'],
  payType: ['支付方式'],
  createdAt: ['下单时间'],
  paidAt: ['付款确认时间', '付款时间'],
  endedAt: ['订单完成时间'],
  due: ['应付金额'],
  balance: ['余额支付'],
  freight: ['运费金额', '运费'],
  receivable: ['结算金额'],
  status: ['订单状态'],
  account: ['下单帐号', '下单账号'],
  name: ['客户姓名', '收货人姓名'],
  address: ['客户地址', '收货地址'],
  phone: ['联系电话', '联系手机'],
  buyerNote: ['订单备注', '客户备注'],
  remark: ['商家备注'],
  flag: ['商家备注等级'],
  invoiceKind: ['发票类型'],
  invoiceTitle: ['发票抬头'],
  taxNo: ['纳税人识别号'],
  store: ['仓库类型'],
  carrier: ['承运商', '物流公司', '快递公司'],
  waybillNo: ['运单号', '物流单号', '快递单号'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>
export type ColumnKey = keyof typeof columnNames

/** A file of orders and SKUs is this channel's only where one of these names stands beside them. */
export const marks: readonly ColumnKey[] = ['price', 'account', 'receivable']

/** 订单状态 of the export in the platform's own words; what stands in brackets before a word does not count. [assumed] */
export const sheetStatuses: Readonly<Record<string, string>> = {
  等待付款: 'NOT_PAY',
  未付款: 'NOT_PAY',
  等待出库: 'WAIT_SELLER_STOCK_OUT',
  待出库: 'WAIT_SELLER_STOCK_OUT',
  部分出库: 'WAIT_SELLER_STOCK_OUT',
  等待发往境内: 'WAIT_SELLER_DELIVERY',
  等待发码: 'WAIT_SEND_CODE',
  等待确认收货: 'WAIT_GOODS_RECEIVE_CONFIRM',
  已出库: 'WAIT_GOODS_RECEIVE_CONFIRM',
  完成: 'FINISHED_L',
  已完成: 'FINISHED_L',
  取消: 'TRADE_CANCELED',
  已取消: 'TRADE_CANCELED',
  锁定: 'LOCKED',
  已锁定: 'LOCKED',
  暂停: 'PAUSE',
  已暂停: 'PAUSE',
  父单取消: 'PARENT_TRADE_CANCELED',
}
/** An order of which some lines have left: each row has a waybill number or has not. */
export const partlySentWord = '部分出库'
export const cashWord = '货到付款'

/** The word without what stands in brackets before it, such as `(删除)等待出库`. */
export function bareWord(text: string): string {
  return text.replace(/^[(（][^)）]*[)）]/, '').trim()
}

/** The columns of the upload for shipping many orders (批量出库). [assumed] */
export const shipmentHeaders = ['订单号', '物流公司ID', '物流公司', '运单号'] as const

/** The columns of the upload for stock (批量修改库存). [assumed] */
export const stockHeaders = ['商品ID', '商家SKU编码', '库存数量'] as const

/** A cell as exports wrap it, so that tables keep long numbers: `="3012…"`, a leading apostrophe, a trailing tab. */
export function bareCell(text: string): string {
  const trimmed = text.replace(/[\t\r\n\u00a0\ufeff]+/g, ' ').trim()
  const quoted = /^="?([^"]*)"?$/.exec(trimmed)
  return (quoted?.[1] ?? trimmed).replace(/^'/, '').trim()
}
