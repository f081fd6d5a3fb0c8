/**
 * The columns of the order export of the 小店 back office (订单管理 → 导出), one row per line, what belongs to the order
 * repeated. The sheet of facts has none, so every name here is [assumed]; the first is the usual one. Round and
 * full-width brackets are the same. Only `orderNo`, `status` and one of `marks` are needed.
 */
export const columnNames = {
  orderNo: ['订单号', '订单编号'],
  lineNo: ['商品行编号', '子订单号'],
  status: ['订单状态'],
  createdAt: ['下单时间', '订单下单时间'],
  paidAt: ['支付时间', '付款时间'],
  shippedAt: ['发货时间'],
  endedAt: ['确认收货时间', '订单完成时间'],
  itemNo: ['商品编码(平台)', '商品ID'],
  skuNo: ['SKU编码(平台)', 'SKU ID'],
  merchantCode: ['SKU编码(自定义)', '商家编码'],
  title: ['商品名称'],
  specification: ['商品属性', '商品规格'],
  quantity: ['商品数量'],
  price: ['商品价格', '商品单价'],
  paid: ['商品实付金额', '商品实际支付金额'],
  freight: ['订单运费', '运费'],
  total: ['订单实际支付金额', '订单实付金额'],
  name: ['收件人姓名', '收货人姓名'],
  phone: ['收件人手机', '收货人手机'],
  province: ['省'],
  city: ['市'],
  district: ['区'],
  address: ['详细地址'],
  buyerNote: ['买家留言', '用户备注'],
  remark: ['商家备注'],
  waybillNo: ['快递单号', '物流单号'],
  carrier: ['快递公司', '物流公司'],
  refundStatus: ['售后状态'],
  refundFee: ['退款金额'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>
export type ColumnKey = keyof typeof columnNames

/**
 * A file with an order number and a status is this channel's only where one of these names, which nobody else uses,
 * stands beside them.
 */
const marks: ReadonlySet<string> = new Set(['商品编码(平台)', '商品编码(自定义)', 'SKU编码(平台)', 'SKU编码(自定义)'])

export function isMarked(headers: readonly string[]): boolean {
  return headers.some((header) => marks.has(header))
}

/** 订单状态 of the export in the platform's own numbers. 已取消 alone does not say when: see `closedWords`. [assumed] */
export const sheetStatuses: Readonly<Record<string, string>> = {
  待付款: '10',
  礼物待收下: '12',
  待收下礼物: '12',
  待成团: '13',
  一起买待成团: '13',
  待发货: '20',
  部分发货: '21',
  待收货: '30',
  已发货: '30',
  已完成: '100',
  交易成功: '100',
}

/** Closed before payment, or after it where there is a time of payment. [assumed] */
export const closedWords: ReadonlySet<string> = new Set(['已取消', '已关闭', '交易关闭'])
export const closedNumbers = { paid: '200', unpaid: '250' } as const

/** 售后状态 of the export in the platform's own words. [assumed] */
export const sheetRefundStatuses: Readonly<Record<string, string>> = {
  待商家处理: 'MERCHANT_PROCESSING',
  售后中: 'MERCHANT_PROCESSING',
  待买家退货: 'USER_WAIT_RETURN',
  待商家收货: 'MERCHANT_WAIT_RECEIPT',
  退款中: 'PLATFORM_REFUNDING',
  退款成功: 'MERCHANT_REFUND_SUCCESS',
  已退款: 'MERCHANT_REFUND_SUCCESS',
  售后完成: 'MERCHANT_REFUND_SUCCESS',
  商家拒绝: 'MERCHANT_REJECT_REFUND',
  售后关闭: 'RETURN_CLOSED',
  已撤销: 'USER_CANCELD',
}
/** Words that say that nobody asked for anything. [assumed] */
export const noRefundWords: ReadonlySet<string> = new Set(['', '-', '无', '无售后', '未申请售后'])

/** The columns of the upload for shipping many orders (批量发货), and of that for stock (批量修改库存). [assumed] */
export const shipmentHeaders = ['订单号', '快递公司', '快递单号'] as const
export const stockHeaders = ['商品编码(平台)', 'SKU编码(平台)', 'SKU编码(自定义)', '库存数量'] as const

/** A cell as exports wrap it, so that tables keep long numbers: `="3719…"`, a leading apostrophe, a trailing tab. */
export function bareCell(text: string): string {
  const trimmed = text.replace(/[\t\r\n\u00a0\ufeff]+/g, ' ').trim()
  const quoted = /^="?([^"]*)"?$/.exec(trimmed)
  return (quoted?.[1] ?? trimmed).replace(/^'/, '').trim()
}

/** A header without the differences between exports. */
export function bareHeader(text: string): string {
  return bareCell(text).replaceAll('（', '(').replaceAll('）', ')')
}
