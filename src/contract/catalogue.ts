import { z } from 'zod'
import { BatchResult, cost, id, nothing, route } from './route.ts'

const count = z.int().nonnegative()
const instant = z.int()

export const SkuRow = z.strictObject({
  id: z.int(),
  code: z.string(),
  productName: z.string(),
  specification: z.string(),
  barcode: z.string().nullable(),
  imageUrl: z.string().nullable(),
  weightG: z.int().nullable(),
  costFen: cost(z.int()),
  isActive: z.boolean(),
  listings: count,
  onHand: count,
  reserved: count,
})
export type SkuRow = z.infer<typeof SkuRow>

const skuFields = z.strictObject({
  code: z.string().trim().min(1).max(60),
  productName: z.string().trim().min(1).max(200),
  specification: z.string().max(200),
  barcode: z.string().max(60).nullable(),
  imageUrl: z.url().nullable(),
  weightG: z.int().positive().nullable(),
  costFen: z.int().nonnegative().nullable(),
})

export const listSkus = route({
  method: 'GET',
  path: '/skus',
  permission: 'catalogue.read',
  zh: '商品与 SKU',
  input: z.strictObject({
    search: z.string().max(100).default(''),
    active: z.enum(['yes', 'no', 'all']).default('yes'),
    after: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.strictObject({ rows: z.array(SkuRow), next: z.string().nullable(), total: count }),
})
export const createSku = route({
  method: 'POST',
  path: '/skus',
  permission: 'catalogue.edit',
  zh: '新建 SKU',
  input: skuFields.extend({
    specification: skuFields.shape.specification.default(''),
    barcode: skuFields.shape.barcode.default(null),
    imageUrl: skuFields.shape.imageUrl.default(null),
    weightG: skuFields.shape.weightG.default(null),
    costFen: skuFields.shape.costFen.default(null),
  }),
  output: z.strictObject({ id: z.int() }),
})
export const changeSku = route({
  method: 'PATCH',
  path: '/skus/:id',
  permission: 'catalogue.edit',
  zh: '改 SKU',
  // Without defaults: what is not given stays as it is.
  input: skuFields.partial().extend({ id, isActive: z.boolean().optional() }),
  output: nothing,
})

export const listingStates = ['unmatched', 'proposed', 'matched', 'ignored', 'vanished'] as const

export const ListingRow = z.strictObject({
  id: z.int(),
  shopId: z.int(),
  channelItemNo: z.string(),
  channelSkuNo: z.string(),
  merchantCode: z.string().nullable(),
  title: z.string(),
  specification: z.string(),
  imageUrl: z.string().nullable(),
  priceFen: z.int(),
  shownQuantity: z.int().nullable(),
  isOnSale: z.boolean(),
  state: z.enum(listingStates),
  sku: z.strictObject({ id: z.int(), code: z.string(), name: z.string() }).nullable(),
  matchedHow: z.string().nullable(),
  matchedBy: z.string().nullable(),
  matchedAt: instant.nullable(),
  /** What we would match it to and why (`编码相同`, `标题 92 %`); confidence in percent. */
  proposal: z
    .strictObject({
      skuId: z.int(),
      code: z.string(),
      name: z.string(),
      confidence: z.int().min(0).max(100),
      why: z.string(),
    })
    .nullable(),
  /** Open orders that wait for this match. */
  waitingOrders: count,
  /** 库存回传: what the shop was told, when, and whether a newer number waits. */
  told: z
    .strictObject({ quantity: z.int(), at: instant, waiting: z.int().nullable(), problem: z.string().nullable() })
    .nullable(),
})
export type ListingRow = z.infer<typeof ListingRow>

export const listListings = route({
  method: 'GET',
  path: '/listings',
  permission: 'catalogue.read',
  zh: '平台商品与匹配',
  input: z.strictObject({
    state: z.enum(['open', ...listingStates, 'all']).default('open'),
    shopId: id.optional(),
    skuId: id.optional(),
    search: z.string().max(100).default(''),
    after: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.strictObject({
    rows: z.array(ListingRow),
    next: z.string().nullable(),
    counts: z.record(z.enum(listingStates), count),
  }),
})

/** 确认匹配, one or many. Waiting orders go on by themselves; `waiting` says how many did. */
export const matchListings = route({
  method: 'POST',
  path: '/listings/match',
  permission: 'catalogue.edit',
  zh: '匹配平台商品到 SKU',
  input: z.strictObject({
    matches: z
      .array(z.strictObject({ listingId: id, skuId: id }))
      .min(1)
      .max(1_000),
  }),
  output: BatchResult.extend({ waiting: count }),
})
export const unmatchListing = route({
  method: 'POST',
  path: '/listings/:id/unmatch',
  permission: 'catalogue.edit',
  zh: '撤销匹配',
  input: z.strictObject({ id }),
  output: z.strictObject({ touchedOrders: z.array(z.string()) }),
})
export const ignoreListing = route({
  method: 'POST',
  path: '/listings/:id/ignore',
  permission: 'catalogue.edit',
  zh: '忽略平台商品',
  input: z.strictObject({ id, ignored: z.boolean() }),
  output: nothing,
})
export const createSkusFromListings = route({
  method: 'POST',
  path: '/listings/create-skus',
  permission: 'catalogue.edit',
  zh: '按平台商品新建 SKU 并匹配',
  input: z.strictObject({ listingIds: z.array(id).min(1).max(500) }),
  output: BatchResult,
})
export const listMatchHistory = route({
  method: 'GET',
  path: '/listings/:id/history',
  permission: 'catalogue.read',
  zh: '匹配历史',
  input: z.strictObject({ id }),
  output: z.strictObject({
    rows: z.array(z.strictObject({ at: instant, actor: z.string(), how: z.string(), skuCode: z.string().nullable() })),
  }),
})
