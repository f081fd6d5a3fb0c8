import { z } from 'zod'
import { type ParcelState, parcelStates, parcelStateWords } from '../core/fulfilment/parcel-moves.ts'
import { BatchResult, id, nothing, personal, route } from './route.ts'

const count = z.int().nonnegative()
const instant = z.int()

export { type ParcelState, parcelStates, parcelStateWords }

const ParcelLine = z.strictObject({
  id: z.int(),
  skuId: z.int(),
  code: z.string(),
  name: z.string(),
  specification: z.string(),
  barcode: z.string().nullable(),
  imageUrl: z.string().nullable(),
  quantity: count,
  checked: count,
})

export const ParcelRow = z.strictObject({
  id: z.int(),
  parcelNo: z.string(),
  state: z.enum(parcelStates),
  orders: z.array(z.strictObject({ id: z.int(), orderNo: z.string(), channelOrderNo: z.string(), shopId: z.int() })),
  warehouseId: z.int(),
  carrier: z.string().nullable(),
  carrierName: z.string().nullable(),
  waybillNo: z.string().nullable(),
  receiver: personal(z.strictObject({ name: z.string(), phone: z.string() })),
  region: z.strictObject({ province: z.string(), city: z.string(), district: z.string() }),
  lines: z.array(ParcelLine),
  pieces: count,
  prints: count,
  printedAt: instant.nullable(),
  printedBy: z.string().nullable(),
  checkedAt: instant.nullable(),
  shippedAt: instant.nullable(),
  /** Why it must not leave, in Chinese; null when it may. */
  stopped: z.string().nullable(),
  /** 发货回传: `waiting`, `reported`, `for-file`, `failed` with words, per order; null before shipping. */
  report: z
    .strictObject({ state: z.enum(['waiting', 'reported', 'for-file', 'failed']), words: z.string().nullable() })
    .nullable(),
  shipBy: instant.nullable(),
  /** How far the packer may read the buyer's wish. */
  note: personal(z.string()),
})
export type ParcelRow = z.infer<typeof ParcelRow>

export const listParcels = route({
  method: 'GET',
  path: '/parcels',
  permission: 'fulfilment.read',
  zh: '包裹列表',
  input: z.strictObject({
    view: z.enum([...parcelStates, 'unsent', 'open', 'all']).default('open'),
    warehouseId: id.optional(),
    carrier: z.string().max(20).optional(),
    shopId: id.optional(),
    search: z.string().max(1_000).default(''),
    after: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.strictObject({
    rows: z.array(ParcelRow),
    next: z.string().nullable(),
    counts: z.record(z.enum([...parcelStates, 'to-allocate', 'unsent']), count),
  }),
})
export const getParcel = route({
  method: 'GET',
  path: '/parcels/:id',
  permission: 'fulfilment.read',
  zh: '包裹',
  input: z.strictObject({ id }),
  output: ParcelRow,
})

/** 配货: makes a parcel of each approved order; carrier by the table unless one is given; numbers drawn from the pool where it has some. */
export const allocateOrders = route({
  method: 'POST',
  path: '/parcels/allocate',
  permission: 'fulfilment.work',
  zh: '配货（生成包裹）',
  input: z.strictObject({
    orderIds: z.union([z.array(id).min(1).max(2_000), z.literal('all-approved')]),
    carrier: z.string().max(20).optional(),
    warehouseId: id.optional(),
  }),
  output: BatchResult.extend({ parcelIds: z.array(z.int()) }),
})

export const setWaybill = route({
  method: 'POST',
  path: '/parcels/:id/waybill',
  permission: 'fulfilment.work',
  zh: '填运单号',
  input: z.strictObject({
    id,
    carrier: z.string().min(1).max(20),
    waybillNo: z.string().trim().min(4).max(40),
    force: z.boolean().default(false),
  }),
  output: nothing,
})
export const drawWaybills = route({
  method: 'POST',
  path: '/parcels/draw-waybills',
  permission: 'fulfilment.work',
  zh: '从号池取单号',
  input: z.strictObject({ parcelIds: z.array(id).min(1).max(2_000), carrier: z.string().max(20).optional() }),
  output: BatchResult,
})

export const printDocuments = ['label-76x130', 'label-100x180', 'picking', 'packing'] as const
/** Fetches a PDF and marks labels as printed, with person and time; a second print says so on the sheet (重打). Stopped parcels are left out by name in header `x-left-out`. */
export const printParcels = route({
  method: 'POST',
  path: '/parcels/print',
  permission: 'fulfilment.work',
  zh: '打印面单、拣货单、发货单（PDF）',
  input: z.strictObject({ parcelIds: z.array(id).min(1).max(500), document: z.enum(printDocuments) }),
  output: nothing,
  answers: 'file',
})

/** 扫码: a waybill, parcel, order number or SKU code; a SKU finds the most urgent parcel that needs it. Throws PARCEL_STOPPED loudly. */
export const scanParcel = route({
  method: 'GET',
  path: '/parcels/scan',
  permission: 'fulfilment.work',
  zh: '扫包裹',
  input: z.strictObject({ code: z.string().trim().min(1).max(60) }),
  output: ParcelRow,
})
/** 验货: one piece (or `quantity`) of a SKU code or barcode against the parcel; a wrong or surplus piece is SCAN_REFUSED. `key` makes a repeat harmless. */
export const checkPiece = route({
  method: 'POST',
  path: '/parcels/:id/check',
  permission: 'fulfilment.work',
  zh: '扫商品验货',
  input: z.strictObject({
    id,
    code: z.string().trim().min(1).max(60),
    quantity: z.int().positive().max(9_999).default(1),
    key: z.string().min(8).max(80),
  }),
  output: ParcelRow,
})
export const uncheckParcel = route({
  method: 'POST',
  path: '/parcels/:id/uncheck',
  permission: 'fulfilment.work',
  zh: '重新验货',
  input: z.strictObject({ id }),
  output: ParcelRow,
})

/** 发货: takes the pieces off, moves the orders, queues the reports. A parcel whose order was refunded or closed meanwhile is left out with PARCEL_STOPPED. */
export const shipParcels = route({
  method: 'POST',
  path: '/parcels/ship',
  permission: 'fulfilment.work',
  zh: '发货',
  input: z.strictObject({ parcelIds: z.array(id).min(1).max(2_000), unchecked: z.boolean().default(false) }),
  output: BatchResult,
})
/** Takes parcels apart again before they leave; orders go back to 待打单, numbers drawn stay with the parcel's record and are not used twice. */
export const cancelParcels = route({
  method: 'POST',
  path: '/parcels/cancel',
  permission: 'fulfilment.work',
  zh: '取消包裹',
  input: z.strictObject({ parcelIds: z.array(id).min(1).max(500), reason: z.string().min(1).max(200) }),
  output: BatchResult,
})

export const Carrier = z.strictObject({
  code: z.string(),
  name: z.string(),
  isActive: z.boolean(),
  numbersLeft: count,
  waybillPattern: z.string().nullable(),
  provinces: z.array(z.string()),
  priority: z.int(),
})
export const listCarriers = route({
  method: 'GET',
  path: '/carriers',
  permission: 'fulfilment.read',
  zh: '快递公司',
  input: nothing,
  output: z.strictObject({ rows: z.array(Carrier) }),
})
/** The simple table (快递选择): active carriers by priority; `provinces` empty means everywhere. */
export const changeCarrier = route({
  method: 'PATCH',
  path: '/carriers/:code',
  permission: 'logistics.manage',
  zh: '设快递公司',
  input: z.strictObject({
    code: z.string(),
    isActive: z.boolean().optional(),
    priority: z.int().min(0).max(1_000).optional(),
    provinces: z.array(z.string()).max(40).optional(),
  }),
  output: nothing,
})
export const addNumbers = route({
  method: 'POST',
  path: '/carriers/:code/numbers',
  permission: 'logistics.manage',
  zh: '往号池加单号',
  input: z.strictObject({ code: z.string(), numbers: z.array(z.string().trim().min(4).max(40)).min(1).max(20_000) }),
  output: z.strictObject({ added: count, known: count, wrong: z.array(z.string()) }),
})
