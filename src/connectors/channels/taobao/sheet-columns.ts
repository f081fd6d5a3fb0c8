/**
 * The columns of the order export of 千牛 (已卖出的宝贝 → 批量导出), one row per line or one row per order. The sheet of facts has none, so
 * every name here is [assumed] from what such exports are known by; the first name is the usual one. Files differ by age and by
 * report, so only `orderNo`, `status` and one of `marks` are needed.
 */
export const columnNames = {
  orderNo: ['订单编号', '主订单编号'],
  lineNo: ['子订单编号'],
  buyerNick: ['买家会员名', '买家昵称'],
  goodsDue: ['买家应付货款'],
  freight: ['买家应付邮费'],
  total: ['总金额'],
  paid: ['买家实际支付金额'],
  status: ['订单状态'],
  buyerNote: ['买家留言'],
  name: ['收货人姓名'],
  address: ['修改后的收货地址', '收货地址'],
  mobile: ['联系手机'],
  phone: ['联系电话'],
  createdAt: ['订单创建时间'],
  paidAt: ['订单付款时间'],
  shippedAt: ['发货时间'],
  endedAt: ['确认收货时间'],
  title: ['宝贝标题', '商品标题', '标题'],
  kinds: ['宝贝种类'],
  allPieces: ['宝贝总数量'],
  quantity: ['数量', '购买数量', '商品数量'],
  price: ['价格', '商品价格', '商品单价'],
  merchantCode: ['商家编码', '外部系统编号'],
  specification: ['商品属性'],
  waybillNo: ['物流单号', '运单号'],
  carrier: ['物流公司'],
  remark: ['订单备注', '卖家备注', '备注'],
  refundStatus: ['退款状态'],
  refundFee: ['退款金额'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>
export type ColumnKey = keyof typeof columnNames

/** A file with an order number and a status is this channel's only where one of these names stands beside them. */
export const marks: readonly ColumnKey[] = ['buyerNick', 'goodsDue', 'paid']

/** 订单状态 of the export in the platform's own words; punctuation and spaces do not count. [assumed] */
export const sheetStatuses: Readonly<Record<string, string>> = {
  没有创建支付宝交易: 'TRADE_NO_CREATE_PAY',
  等待买家付款: 'WAIT_BUYER_PAY',
  待付款: 'WAIT_BUYER_PAY',
  定金已付尾款未付: 'WAIT_BUYER_PAY',
  等待付款确认: 'PAY_PENDING',
  买家已付款等待卖家发货: 'WAIT_SELLER_SEND_GOODS',
  等待卖家发货: 'WAIT_SELLER_SEND_GOODS',
  待发货: 'WAIT_SELLER_SEND_GOODS',
  买家已付款暂缓发货: 'PAID_FORBID_CONSIGN',
  拼团中订单已付款但禁止发货: 'PAID_FORBID_CONSIGN',
  卖家部分发货: 'SELLER_CONSIGNED_PART',
  部分发货: 'SELLER_CONSIGNED_PART',
  卖家已发货等待买家确认: 'WAIT_BUYER_CONFIRM_GOODS',
  等待买家确认收货: 'WAIT_BUYER_CONFIRM_GOODS',
  已发货: 'WAIT_BUYER_CONFIRM_GOODS',
  买家已签收: 'TRADE_BUYER_SIGNED',
  交易成功: 'TRADE_FINISHED',
  付款以后用户退款成功交易自动关闭: 'TRADE_CLOSED',
  付款以前卖家或买家主动关闭交易: 'TRADE_CLOSED_BY_TAOBAO',
}
/** 交易关闭 alone does not say when: before payment unless there is a time of payment. */
export const closedWord = '交易关闭'
/** A presale whose deposit is paid; the export does not say how much it was. */
export const depositPaidWord = '定金已付尾款未付'

/** 退款状态 of the export in the platform's own words. [assumed] */
export const sheetRefundStatuses: Readonly<Record<string, string>> = {
  没有申请退款: 'NO_REFUND',
  无退款申请: 'NO_REFUND',
  未申请退款: 'NO_REFUND',
  买家已经申请退款等待卖家同意: 'WAIT_SELLER_AGREE',
  卖家已经同意退款等待买家退货: 'WAIT_BUYER_RETURN_GOODS',
  买家已经退货等待卖家确认收货: 'WAIT_SELLER_CONFIRM_GOODS',
  卖家拒绝退款: 'SELLER_REFUSE_BUYER',
  退款关闭: 'CLOSED',
  退款成功: 'SUCCESS',
}

/** Chinese words without the punctuation and spaces in which exports differ. */
export function bareWords(text: string): string {
  return text.replace(/[\s,，.。、；;（）()]/g, '')
}

/** The columns of the upload for shipping many orders (批量发货). [assumed] */
export const shipmentHeaders = ['订单编号', '物流公司', '运单号'] as const

/** The columns of the upload for the stock of many SKUs (批量改库存). [assumed] */
export const stockHeaders = ['商品ID', 'SKUID', '商家编码', '库存'] as const

/** A cell as exports wrap it, so that tables keep long numbers: `="4150…"`, a leading apostrophe, a trailing tab. */
export function bareCell(text: string): string {
  const trimmed = text.replace(/[\t\r\n\u00a0\ufeff]+/g, ' ').trim()
  const quoted = /^="?([^"]*)"?$/.exec(trimmed)
  return (quoted?.[1] ?? trimmed).replace(/^'/, '').trim()
}
