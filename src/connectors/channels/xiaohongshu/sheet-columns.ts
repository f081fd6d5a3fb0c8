/**
 * The columns of the order export of 千帆 (订单管理 → 导出), one row a SKU. The sheet of facts has none, so every name here is [assumed] from
 * what such exports are known by; the first name is the usual one. `(元)` behind a name does not count. Only the columns of `needed`
 * must be there.
 */
export const columnNames = {
  orderNo: ['订单号', '订单编号'],
  status: ['订单状态'],
  afterSale: ['售后状态'],
  createdAt: ['下单时间', '订单创建时间', '创建时间'],
  paidAt: ['支付时间', '订单支付时间', '付款时间'],
  shipBy: ['承诺发货时间', '最晚发货时间'],
  shippedAt: ['发货时间', '订单发货时间'],
  endedAt: ['完成时间', '订单完成时间'],
  itemNo: ['商品ID'],
  skuNo: ['规格ID', 'SKUID'],
  title: ['商品名称', '商品标题'],
  specification: ['规格名称', '商品规格', '规格'],
  merchantCode: ['商家编码', '规格编码', '商品编码'],
  quantity: ['商品数量', 'SKU件数', '数量'],
  isGift: ['是否赠品'],
  paid: ['商品实付金额', '商品实付'],
  discount: ['商品优惠金额', '商品优惠'],
  freight: ['运费', '运费金额', '实付运费'],
  total: ['订单实付金额', '订单实付'],
  name: ['收件人姓名', '收货人姓名', '收件人'],
  phone: ['收件人电话', '收货人电话', '收件人手机号'],
  province: ['省', '省份', '收货省份'],
  city: ['市', '城市', '收货城市'],
  district: ['区', '区县', '收货区县'],
  town: ['街道', '收货街道'],
  address: ['详细地址', '收货地址'],
  buyerNote: ['用户备注', '买家备注', '买家留言'],
  remark: ['商家备注'],
  carrier: ['快递公司', '物流公司'],
  waybillNo: ['快递单号', '物流单号'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>
export type ColumnKey = keyof typeof columnNames

/** A file is this channel's only where all of these are there; the number of a SKU stands in nobody else's by this name. */
export const needed: readonly ColumnKey[] = ['orderNo', 'status', 'skuNo', 'quantity', 'paid']

/** 订单状态 of the export as the platform's own numbers. [assumed] */
export const sheetStatuses: Readonly<Record<string, string>> = {
  待支付: '1',
  待付款: '1',
  已支付处理中: '2',
  处理中: '2',
  清关中: '3',
  待发货: '4',
  待配货: '4',
  部分发货: '5',
  待收货: '6',
  已发货: '6',
  已完成: '7',
  已关闭: '8',
  已取消: '9',
  换货申请中: '10',
}

/** 售后状态 of the export as the platform's own numbers. [assumed] */
export const sheetRefunds: Readonly<Record<string, string>> = {
  无售后: '1',
  无: '1',
  售后中: '2',
  售后处理中: '2',
  售后完成: '3',
  退款成功: '3',
  售后拒绝: '4',
  售后关闭: '5',
  平台介入中: '6',
  售后取消: '7',
}

/** The upload for shipping many orders (批量发货); a SKU is named where an order is split. [assumed] */
export const shipmentHeaders = ['订单号', '快递公司', '快递单号', '规格ID'] as const

/** The upload for setting stock (批量改库存), absolute numbers. [assumed] */
export const stockHeaders = ['商品ID', '规格ID', '商家编码', '可售库存'] as const

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
    .replace(/[(（]元[)）]$/, '')
}
