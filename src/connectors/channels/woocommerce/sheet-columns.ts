/**
 * The columns of an order export, one row a line. The core has no such export, only plugins, and the sheet of facts names none; so every
 * name and word here is [assumed]: the names that Chinese shops give these columns, and the fields' own names. The first is the usual one.
 */
export const columnNames = {
  orderNo: ['订单ID', '订单号', 'order_id'],
  status: ['订单状态', 'status'],
  createdAt: ['下单时间', 'date_created'],
  paidAt: ['付款时间', 'date_paid'],
  endedAt: ['完成时间', 'date_completed'],
  currency: ['币种', 'currency'],
  total: ['订单总额', 'total'],
  freight: ['运费', 'shipping_total'],
  extra: ['附加费', 'fee_total'],
  discount: ['折扣', 'discount_total'],
  refunded: ['已退款金额', 'refund_total'],
  buyerNote: ['客户备注', 'customer_note'],
  remark: ['商家备注'],
  name: ['收货人', 'shipping_name'],
  phone: ['电话', 'shipping_phone'],
  state: ['省', 'shipping_state'],
  city: ['城市', 'shipping_city'],
  address: ['地址', 'shipping_address'],
  lineNo: ['商品行ID', 'item_id'],
  itemNo: ['产品ID', 'product_id'],
  variationNo: ['变体ID', 'variation_id'],
  merchantCode: ['SKU', 'sku'],
  title: ['产品名称', 'item_name'],
  specification: ['规格'],
  quantity: ['数量', 'quantity'],
  list: ['原价小计', 'item_subtotal'],
  paid: ['实付小计', 'item_total'],
  carrier: ['快递公司', 'tracking_provider'],
  waybillNo: ['快递单号', 'tracking_number'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>
export type ColumnKey = keyof typeof columnNames

/** Without these it is another file. */
export const neededColumns: readonly ColumnKey[] = ['orderNo', 'status', 'createdAt', 'title', 'quantity', 'paid']

/** 订单状态 as the back office shows it in Chinese. [assumed] */
export const sheetStatuses: Readonly<Record<string, string>> = {
  待付款: 'pending',
  等待付款: 'pending',
  保留: 'on-hold',
  失败: 'failed',
  正在处理: 'processing',
  处理中: 'processing',
  部分发货: 'partial-shipped',
  已完成: 'completed',
  已取消: 'cancelled',
  已退款: 'refunded',
  草稿: 'checkout-draft',
}

/** The columns that Advanced Shipment Tracking takes for many parcels at once. [assumed] */
export const shipmentHeaders = [
  'order_id',
  'tracking_provider',
  'tracking_number',
  'date_shipped',
  'status_shipped',
] as const

/** The columns of the core's product import, which matches products by `ID` and leaves the rest as it is. [assumed] */
export const stockHeaders = ['ID', 'SKU', 'Stock'] as const
