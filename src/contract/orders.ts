import { z } from 'zod'
import { channelStatuses, orderRefundStates, privacies, refundStates } from '../core/channel/words.ts'
import { orderStates } from '../core/order/moves.ts'
import { type FindingCode, findingCodes } from '../core/review/findings.ts'
import { BatchResult, id, nothing, personal, route } from './route.ts'

const finding = z.enum(findingCodes as [FindingCode, ...FindingCode[]])
const instant = z.int()
const count = z.int().nonnegative()

/** 系统视图. `late-today`: must leave before Beijing midnight and is not yet shipped. */
export const orderViews = [
  'to-review',
  'exceptions',
  'held',
  'approved',
  'allocated',
  'late-today',
  'unpaid',
  'shipped',
  'closed',
  'all',
] as const
export type OrderView = (typeof orderViews)[number]

export const OrderFilter = z.strictObject({
  view: z.enum(orderViews).default('all'),
  shopIds: z.preprocess(list, z.array(id)).default([]),
  findings: z.preprocess(list, z.array(finding)).default([]),
  warehouseId: id.optional(),
  province: z.string().max(20).optional(),
  /** Beijing days of the buyer's order, both ends in. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  hasNote: z.stringbool().optional(),
  /** Free search: our or the channel's order number, waybill, SKU, goods name, receiver's name, last four digits; several numbers by comma, space or line break. */
  search: z.string().max(4_000).default(''),
})
export type OrderFilter = z.output<typeof OrderFilter>

/** Many values come as `a,b` in an address and as a list in a body. */
function list(value: unknown): unknown {
  return typeof value === 'string' ? value.split(',').filter(Boolean) : value
}

export const OrderRow = z.strictObject({
  id: z.int(),
  orderNo: z.string(),
  channelOrderNo: z.string(),
  shopId: z.int(),
  state: z.enum(orderStates),
  status: z.enum(channelStatuses),
  refundState: z.enum(orderRefundStates),
  /** Worst first. */
  findings: z.array(finding),
  holdReason: z.string().nullable(),
  holdUntil: instant.nullable(),
  /** First line's goods for the list: name, picture, code, quantity; how many kinds and pieces in all. */
  goods: z.strictObject({
    title: z.string(),
    imageUrl: z.string().nullable(),
    code: z.string().nullable(),
    quantity: count,
    kinds: count,
    pieces: count,
  }),
  receiver: personal(z.strictObject({ name: z.string(), phone: z.string() })),
  region: z.strictObject({ province: z.string(), city: z.string(), district: z.string() }),
  warehouse: z.string().nullable(),
  carrier: z.string().nullable(),
  waybillNo: z.string().nullable(),
  paidFen: z.int(),
  currency: z.string(),
  hasNote: z.boolean(),
  hasRemark: z.boolean(),
  flag: z.string().nullable(),
  createdAt: instant,
  paidAt: instant.nullable(),
  shipBy: instant.nullable(),
  /** True while a shipment report of this order waits to be accepted by its channel. */
  isUnsent: z.boolean(),
})
export type OrderRow = z.infer<typeof OrderRow>

export const listOrders = route({
  method: 'GET',
  path: '/orders',
  permission: 'orders.read',
  zh: '订单列表',
  input: OrderFilter.extend({
    sort: z.enum(['deadline', 'newest', 'oldest']).default('deadline'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    /** From `next` of the page before; `before` from `previous`. */
    after: z.string().max(200).optional(),
    before: z.string().max(200).optional(),
  }),
  output: z.strictObject({
    rows: z.array(OrderRow),
    next: z.string().nullable(),
    previous: z.string().nullable(),
    /** Of all results. `total` is exact for a plain view and, with filters, up to 1,000; null above, where only "more than 1,000" is true. The sum is told up to 1,000. */
    total: count.nullable(),
    paidFen: z.int().nullable(),
    /** Numbers of a pasted search that were not found. */
    notFound: z.array(z.string()),
    asOf: instant,
  }),
})

export const countOrders = route({
  method: 'GET',
  path: '/orders/counts',
  permission: 'orders.read',
  zh: '各视图与各原因的单数',
  input: z.strictObject({ shopIds: z.preprocess(list, z.array(id)).default([]) }),
  output: z.strictObject({
    views: z.record(z.enum(orderViews), count),
    findings: z.partialRecord(finding, count),
    approvedToday: count,
  }),
})

const LineView = z.strictObject({
  id: z.int(),
  channelLineNo: z.string(),
  title: z.string(),
  specification: z.string(),
  imageUrl: z.string().nullable(),
  merchantCode: z.string().nullable(),
  skuId: z.int().nullable(),
  skuCode: z.string().nullable(),
  skuName: z.string().nullable(),
  listingId: z.int().nullable(),
  quantity: count,
  isGift: z.boolean(),
  listFen: z.int(),
  paidFen: z.int(),
  refundState: z.enum(refundStates),
  refundedQuantity: count,
  refundedFen: z.int(),
  mayShipNow: z.boolean(),
  reserved: count,
  shipped: count,
  /** At the order's warehouse: on hand less reserved, others' and ours included. */
  available: z.int().nullable(),
})

/** One thing that happened, with who and what changed (前 → 后). Personal values are told as “已改”, never themselves. */
export const HistoryRow = z.strictObject({
  id: z.int(),
  at: instant,
  deed: z.string(),
  zh: z.string(),
  actor: z.string(),
  changes: z.array(
    z.strictObject({ field: z.string(), zh: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  reason: z.string().nullable(),
})
export type HistoryRow = z.infer<typeof HistoryRow>

export const OrderDetail = OrderRow.extend({
  channelStatus: z.string(),
  modifiedAt: instant,
  payableFen: z.int().nullable(),
  freightFen: z.int(),
  extraFen: z.int(),
  discountFen: z.int(),
  refundedFen: z.int(),
  isCod: z.boolean(),
  mayShipNow: z.boolean(),
  cancelRequested: z.boolean(),
  buyer: z.strictObject({ id: z.int().nullable(), nick: z.string(), orders: count }),
  buyerNote: z.string().nullable(),
  sellerRemark: z.string().nullable(),
  receiverFull: personal(
    z.strictObject({
      name: z.string(),
      phone: z.string(),
      town: z.string(),
      address: z.string(),
      privacy: z.enum(privacies),
      hasToken: z.boolean(),
    }),
  ),
  warehouseId: z.int().nullable(),
  why: z.array(z.strictObject({ code: z.string(), zh: z.string(), next: z.string() })),
  warnings: z.array(z.string()),
  lines: z.array(LineView),
  parcels: z.array(
    z.strictObject({
      id: z.int(),
      parcelNo: z.string(),
      state: z.string(),
      carrier: z.string().nullable(),
      waybillNo: z.string().nullable(),
      shippedAt: instant.nullable(),
      report: z.string().nullable(),
    }),
  ),
  channelShipments: z.array(z.strictObject({ carrierName: z.string().nullable(), waybillNo: z.string() })),
  history: z.array(HistoryRow),
  /** Deeds this person may do now, with the reason where one is refused. */
  deeds: z.array(
    z.strictObject({ deed: z.string(), zh: z.string(), allowed: z.boolean(), because: z.string().nullable() }),
  ),
  version: count,
})
export type OrderDetail = z.infer<typeof OrderDetail>

const orderNo = z.string().regex(/^T\d{8,}$/)

export const getOrder = route({
  method: 'GET',
  path: '/orders/:orderNo',
  permission: 'orders.read',
  zh: '订单详情',
  input: z.strictObject({ orderNo }),
  output: OrderDetail,
})

export const getOrderRaw = route({
  method: 'GET',
  path: '/orders/:orderNo/raw',
  permission: 'orders.raw',
  zh: '渠道原文与我们的理解',
  input: z.strictObject({ orderNo }),
  output: z.strictObject({ raw: personal(z.string()), understood: personal(z.unknown()), seenAt: instant }),
})

export const revealReceiver = route({
  method: 'POST',
  path: '/orders/:orderNo/reveal',
  permission: 'orders.reveal',
  zh: '查看收件人明文（需用途，记审计）',
  input: z.strictObject({
    orderNo,
    purpose: z.enum(['contact', 'check-address', 'after-sales', 'other']),
    words: z.string().max(200).default(''),
  }),
  output: z.strictObject({ name: z.string(), phone: z.string(), address: z.string(), until: instant }),
})

/** Orders meant: by key, or all that a filter finds (选择全部). */
export const OrderSelection = z.union([
  z.strictObject({ ids: z.array(id).min(1).max(2_000) }),
  z.strictObject({ filter: OrderFilter }),
])
export type OrderSelection = z.output<typeof OrderSelection>

const selected = z.strictObject({ selection: OrderSelection })

export const previewDeed = route({
  method: 'POST',
  path: '/orders/preview',
  permission: 'orders.read',
  zh: '批量操作预览',
  onlyAsks: true,
  input: selected.extend({ deed: z.enum(['approve', 'hold', 'release', 'recall', 'allocate']) }),
  output: z.strictObject({
    done: count,
    paidFen: z.int(),
    groups: z.array(
      z.strictObject({ code: z.string(), zh: z.string(), next: z.string(), count, orderNos: z.array(z.string()) }),
    ),
  }),
})

/**
 * `overrule`: findings a person has looked at and lets pass; unmatched, short, refunding orders are never let pass so. `partial`
 * (部分发货): a short order leaves with the pieces there are, at one warehouse; the rest waits for stock.
 */
export const approveOrders = route({
  method: 'POST',
  path: '/orders/approve',
  permission: 'orders.review',
  zh: '审核通过',
  input: selected.extend({ overrule: z.boolean().default(false), partial: z.boolean().default(false) }),
  output: BatchResult,
})

export const holdOrders = route({
  method: 'POST',
  path: '/orders/hold',
  permission: 'orders.review',
  zh: '挂起',
  input: selected.extend({ reason: z.string().min(1).max(200), until: instant.nullable().default(null) }),
  output: BatchResult,
})

export const releaseOrders = route({
  method: 'POST',
  path: '/orders/release',
  permission: 'orders.review',
  zh: '放行（重新审核）',
  input: selected,
  output: BatchResult,
})

export const recallOrders = route({
  method: 'POST',
  path: '/orders/recall',
  permission: 'orders.review',
  zh: '反审核',
  input: selected.extend({ reason: z.string().max(200).default('') }),
  output: BatchResult,
})

export const remarkOrder = route({
  method: 'POST',
  path: '/orders/:orderNo/remark',
  permission: 'orders.edit',
  zh: '改卖家备注（写回渠道）',
  input: z.strictObject({ orderNo, remark: z.string().max(500), flag: z.string().max(20).nullable().default(null) }),
  output: nothing,
})

export const changeWarehouse = route({
  method: 'POST',
  path: '/orders/:orderNo/warehouse',
  permission: 'orders.edit',
  zh: '改仓（占用随之移动）',
  input: z.strictObject({ orderNo, warehouseId: id }),
  output: nothing,
})

export const changeAddress = route({
  method: 'POST',
  path: '/orders/:orderNo/address',
  permission: 'orders.edit',
  zh: '改收件地址（只改我们这边）',
  input: z.strictObject({
    orderNo,
    version: z.int(),
    name: z.string().max(50),
    phone: z.string().max(30),
    province: z.string().max(20),
    city: z.string().max(30),
    district: z.string().max(30),
    town: z.string().max(30),
    address: z.string().min(1).max(200),
  }),
  output: nothing,
})

export const understandAddress = route({
  method: 'POST',
  path: '/addresses/understand',
  permission: 'orders.edit',
  zh: '识别粘贴的整段地址',
  onlyAsks: true,
  input: z.strictObject({ text: z.string().max(500) }),
  output: z.strictObject({
    name: z.string(),
    phone: z.string(),
    province: z.string(),
    city: z.string(),
    district: z.string(),
    town: z.string(),
    detail: z.string(),
    certainty: z.enum(['full', 'partial', 'none']),
  }),
})

export const exportOrders = route({
  method: 'POST',
  path: '/orders/export',
  permission: 'orders.export',
  zh: '导出订单',
  input: selected.extend({ format: z.enum(['csv', 'xlsx']).default('xlsx') }),
  output: nothing,
  answers: 'file',
})

/** One box for everything (查单): order, waybill, SKU, name, phone tail. */
export const searchAll = route({
  method: 'GET',
  path: '/search',
  permission: 'orders.read',
  zh: '全局查找',
  input: z.strictObject({ q: z.string().min(1).max(100) }),
  output: z.strictObject({
    orders: z.array(
      z.strictObject({
        orderNo: z.string(),
        channelOrderNo: z.string(),
        shopId: z.int(),
        state: z.enum(orderStates),
        goods: z.string(),
        receiver: personal(z.string()),
        matched: z.string(),
      }),
    ),
    skus: z.array(z.strictObject({ id: z.int(), code: z.string(), name: z.string() })),
    parcels: z.array(
      z.strictObject({ id: z.int(), parcelNo: z.string(), waybillNo: z.string().nullable(), state: z.string() }),
    ),
  }),
})
