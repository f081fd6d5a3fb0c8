import { z } from 'zod'
import { cost, id, nothing, route } from './route.ts'

const count = z.int().nonnegative()
const instant = z.int()

export const Warehouse = z.strictObject({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  province: z.string(),
  city: z.string(),
  district: z.string(),
  isActive: z.boolean(),
})
export type Warehouse = z.infer<typeof Warehouse>

export const listWarehouses = route({
  method: 'GET',
  path: '/warehouses',
  permission: 'stock.read',
  zh: '仓库',
  input: nothing,
  output: z.strictObject({ rows: z.array(Warehouse) }),
})
const warehouseInput = z.strictObject({
  code: z.string().trim().min(1).max(20),
  name: z.string().trim().min(1).max(50),
  province: z.string().min(2).max(20),
  city: z.string().min(2).max(30),
  district: z.string().max(30).default(''),
})
export const createWarehouse = route({
  method: 'POST',
  path: '/warehouses',
  permission: 'stock.adjust',
  zh: '新建仓库',
  input: warehouseInput,
  output: z.strictObject({ id: z.int() }),
})
export const changeWarehouseFacts = route({
  method: 'PATCH',
  path: '/warehouses/:id',
  permission: 'stock.adjust',
  zh: '改仓库',
  // The district without its default: what is not given stays as it is.
  input: warehouseInput
    .partial()
    .extend({ id, district: z.string().max(30).optional(), isActive: z.boolean().optional() }),
  output: nothing,
})

/** Stock in plain numbers (实物, 占用, 可用, 安全, 可售, 在途) of one SKU over all warehouses, and at each. */
export const StockRow = z.strictObject({
  skuId: z.int(),
  code: z.string(),
  name: z.string(),
  specification: z.string(),
  imageUrl: z.string().nullable(),
  onHand: count,
  reserved: count,
  available: count,
  safety: count,
  sellable: count,
  incoming: count,
  /** Pieces that open orders want and nobody holds for them. */
  short: count,
  costFen: cost(z.int()),
  warehouses: z.array(z.strictObject({ warehouseId: z.int(), onHand: count, reserved: count, incoming: count })),
  told: z.array(
    z.strictObject({
      shopId: z.int(),
      listingId: z.int(),
      quantity: z.int().nullable(),
      at: instant.nullable(),
      waiting: z.int().nullable(),
      problem: z.string().nullable(),
    }),
  ),
})
export type StockRow = z.infer<typeof StockRow>

export const listStock = route({
  method: 'GET',
  path: '/stock',
  permission: 'stock.read',
  zh: '库存',
  input: z.strictObject({
    search: z.string().max(100).default(''),
    view: z.enum(['all', 'short', 'low', 'out', 'untold']).default('all'),
    after: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.strictObject({
    rows: z.array(StockRow),
    next: z.string().nullable(),
    counts: z.strictObject({ all: count, short: count, low: count, out: count, untold: count }),
  }),
})

export const movementKinds = [
  'receive',
  'adjust',
  'count',
  'reserve',
  'release',
  'move',
  'dispatch',
  'return',
  'expect',
] as const

export const listMovements = route({
  method: 'GET',
  path: '/stock/:skuId/movements',
  permission: 'stock.read',
  zh: '库存流水',
  input: z.strictObject({
    skuId: id,
    warehouseId: id.optional(),
    after: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.strictObject({
    rows: z.array(
      z.strictObject({
        id: z.int(),
        at: instant,
        kind: z.enum(movementKinds),
        zh: z.string(),
        warehouseId: z.int(),
        onHand: z.int(),
        reserved: z.int(),
        incoming: z.int(),
        orderNo: z.string().nullable(),
        actor: z.string(),
        reason: z.string().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
})

const moved = z.strictObject({ skuId: id, warehouseId: id })
/**
 * 入库. `expected`: `announce` books pieces on their way (在途), which orders cannot hold yet; `arrived` books them in from there, as far as
 * they were announced; `no` books in what nobody announced.
 */
export const receiveStock = route({
  method: 'POST',
  path: '/stock/receive',
  permission: 'stock.adjust',
  zh: '入库',
  input: z.strictObject({
    lines: z
      .array(moved.extend({ quantity: z.int().positive().max(1_000_000) }))
      .min(1)
      .max(500),
    reason: z.string().max(200).default(''),
    expected: z.enum(['no', 'announce', 'arrived']).default('no'),
  }),
  output: nothing,
})
/** 调整: a signed change with a reason. Pieces that open orders hold cannot be taken away by it: STOCK_REFUSED names them. */
export const adjustStock = route({
  method: 'POST',
  path: '/stock/adjust',
  permission: 'stock.adjust',
  zh: '调整库存',
  input: moved.extend({ change: z.int().min(-1_000_000).max(1_000_000), reason: z.string().min(1).max(200) }),
  output: nothing,
})
/** 盘点: what was counted becomes the truth; when it is less than orders hold, the newest orders lose their hold and become short. */
export const countStock = route({
  method: 'POST',
  path: '/stock/count',
  permission: 'stock.adjust',
  zh: '盘点',
  input: z.strictObject({
    lines: z
      .array(moved.extend({ counted: z.int().nonnegative().max(1_000_000) }))
      .min(1)
      .max(500),
    reason: z.string().max(200).default('盘点'),
  }),
  output: z.strictObject({
    differences: z.array(
      z.strictObject({
        skuId: z.int(),
        warehouseId: z.int(),
        before: z.int(),
        counted: z.int(),
        shortOrders: z.array(z.string()),
      }),
    ),
  }),
})
export const setSafety = route({
  method: 'POST',
  path: '/stock/safety',
  permission: 'stock.adjust',
  zh: '设安全库存',
  input: z.strictObject({ skuId: id, safety: z.int().nonnegative().max(1_000_000) }),
  output: nothing,
})
/** Reads the ledger against the stock and names any drift. */
export const checkLedger = route({
  method: 'POST',
  path: '/stock/check',
  permission: 'stock.read',
  zh: '核对库存账',
  input: nothing,
  output: z.strictObject({
    checked: count,
    drifts: z.array(
      z.strictObject({ skuId: z.int(), warehouseId: z.int(), what: z.string(), ledger: z.int(), stock: z.int() }),
    ),
  }),
})
