/**
 * The columns of an order export, one row a line. The core exports orders by workflow and the sheet of facts names no columns; so every
 * name and word here is [assumed]: the names that Chinese shops give these columns, and the fields' own names. The first is the usual one.
 */
export const columnNames = {
  orderNo: ['订单ID', '订单号', 'order_id'],
  status: ['订单状态', 'status'],
  payment: ['付款状态', 'payment_status'],
  goods: ['发货状态', 'fulfillment_status'],
  createdAt: ['下单时间', 'created_at'],
  paidAt: ['付款时间', 'captured_at'],
  modifiedAt: ['更新时间', 'updated_at'],
  currency: ['币种', 'currency_code'],
  total: ['订单总额', 'total'],
  freight: ['运费', 'shipping_total'],
  discount: ['折扣', 'discount_total'],
  refunded: ['已退款金额', 'refunded_total'],
  buyerNote: ['买家留言', 'note'],
  remark: ['商家备注', 'oms_remark'],
  name: ['收货人', 'shipping_name'],
  phone: ['电话', 'phone'],
  province: ['省', 'province'],
  city: ['城市', 'city'],
  address: ['地址', 'address_1'],
  lineNo: ['商品行ID', 'item_id'],
  itemNo: ['产品ID', 'product_id'],
  variantNo: ['变体ID', 'variant_id'],
  merchantCode: ['SKU', 'variant_sku'],
  title: ['产品名称', 'product_title'],
  specification: ['规格', 'variant_title'],
  quantity: ['数量', 'quantity'],
  list: ['原价小计', 'original_total'],
  paid: ['实付小计', 'item_total'],
  carrier: ['快递公司', 'carrier_name'],
  waybillNo: ['快递单号', 'tracking_number'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>
export type ColumnKey = keyof typeof columnNames

/** Without these it is another file. */
export const neededColumns: readonly ColumnKey[] = [
  'orderNo',
  'status',
  'payment',
  'goods',
  'createdAt',
  'title',
  'quantity',
  'paid',
]

/** The three words of a status as the back office shows them in Chinese. [assumed] */
export const sheetWords = {
  status: { 待处理: 'pending', 已完成: 'completed', 已归档: 'archived', 已取消: 'canceled', 需处理: 'requires_action' },
  payment: {
    未付款: 'not_paid',
    待付款: 'awaiting',
    已授权: 'authorized',
    部分授权: 'partially_authorized',
    已付款: 'captured',
    部分付款: 'partially_captured',
    部分退款: 'partially_refunded',
    已退款: 'refunded',
    已取消: 'canceled',
    需处理: 'requires_action',
  },
  goods: {
    未发货: 'not_fulfilled',
    部分备货: 'partially_fulfilled',
    已备货: 'fulfilled',
    部分发货: 'partially_shipped',
    已发货: 'shipped',
    部分送达: 'partially_delivered',
    已送达: 'delivered',
    已取消: 'canceled',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>

/** A list of parcels for a script of the shop's own, since the core takes no such file. [assumed] */
export const shipmentHeaders = ['订单ID', '快递公司', '快递单号', '发货日期', '是否整单'] as const

/** The columns of the core's product import that name a variant, with the number beside them. [assumed] */
export const stockHeaders = ['Product Id', 'Variant Id', 'Variant SKU', 'Variant Inventory Quantity'] as const
