/**
 * The columns of the order export of 抖店 (订单管理 → 导出), one row a line (子订单). The sheet of facts has none, so every name here is
 * [assumed] from what such exports are known by; the first name is the usual one. `(元)` behind a name does not count. Only the columns of
 * `needed` must be there.
 */
export const columnNames = {
  orderNo: ['主订单编号'],
  lineNo: ['子订单编号'],
  status: ['订单状态'],
  afterSale: ['售后状态'],
  createdAt: ['订单提交时间', '下单时间'],
  paidAt: ['支付完成时间', '支付时间'],
  shipBy: ['承诺发货时间'],
  shippedAt: ['发货时间'],
  endedAt: ['订单完成时间'],
  itemNo: ['商品ID'],
  skuNo: ['规格ID', 'SKUID'],
  title: ['选购商品', '商品名称'],
  specification: ['商品规格'],
  merchantCode: ['商家编码'],
  quantity: ['商品数量'],
  isGift: ['是否赠品'],
  paid: ['订单应付金额', '商品实付金额'],
  discount: ['优惠总金额'],
  freight: ['运费'],
  name: ['收件人', '收件人姓名'],
  phone: ['收件人手机号', '收件人电话'],
  province: ['省', '省份'],
  city: ['市', '城市'],
  district: ['区', '区县'],
  town: ['街道'],
  address: ['详细地址'],
  buyerNote: ['买家留言'],
  remark: ['商家备注'],
  carrier: ['快递公司', '物流公司'],
  waybillNo: ['快递单号', '物流单号'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>
export type ColumnKey = keyof typeof columnNames

/** A file is this channel's only where all of these are there; order and line stand in nobody else's by these names together with the price. */
export const needed: readonly ColumnKey[] = ['orderNo', 'lineNo', 'status', 'quantity', 'paid']

/** 订单状态 of the export as the platform's own numbers. [assumed] */
export const sheetStatuses: Readonly<Record<string, string>> = {
  待支付: '1',
  待付款: '1',
  部分支付: '103',
  已支付: '105',
  支付确认中: '105',
  待发货: '2',
  备货中: '2',
  部分发货: '101',
  已发货: '3',
  待收货: '3',
  已完成: '5',
  已关闭: '4',
  已取消: '4',
}

/** 售后状态 of the export as the platform's own numbers; 0 is none. [assumed] */
export const sheetRefunds: Readonly<Record<string, string>> = {
  '-': '0',
  无: '0',
  无售后: '0',
  售后待处理: '6',
  待商家处理: '6',
  退款中: '6',
  待买家退货: '7',
  待商家收货: '11',
  退款成功: '12',
  售后成功: '12',
  售后完成: '12',
  已拒绝: '27',
  售后关闭: '28',
}

/** The upload for shipping many orders (批量发货); a line is named where an order is split. [assumed] */
export const shipmentHeaders = ['主订单编号', '子订单编号', '快递公司', '快递单号', '发货数量'] as const

/** The upload for setting stock (批量改库存), absolute numbers. [assumed] */
export const stockHeaders = ['商品ID', '规格ID', '商家编码', '现货库存'] as const

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
