import { z } from 'zod'
import { parseIso } from '../../../core/time/instant.ts'

/**
 * What Shopify's answers look like. Unknown fields are let through and named by the reader; what the sheet's samples do not show may be
 * absent. Source: own-site.md 3 and fixtures/shopify [doc S].
 */

const id = z.string().min(1)
const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const count = z.int().nonnegative()
/** Asked for, or shown in samples, and not read. */
const unread = z.unknown().optional()

const moment = z.string('应是 ISO 8601 时间').transform((value, context) => {
  try {
    return parseIso(value)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    context.addIssue({ code: 'custom', message: '应是带时区的 ISO 8601 时间' })
    return z.NEVER
  }
})
const optionalMoment = moment.nullish().transform((value) => value ?? null)

/** Decimal text in the shop's own currency, exactly as it came. */
const amount = z
  .looseObject({ shopMoney: z.looseObject({ amount: z.string(), currencyCode: unread }) })
  .transform(({ shopMoney }) => shopMoney.amount)
const optionalAmount = amount.nullish().transform((value) => value ?? '0')

const listOf = <T extends z.ZodType>(row: T) =>
  z
    .array(row)
    .nullish()
    .transform((rows) => rows ?? [])

/** A connection as its rows, and whether there are more than were asked for. */
const connection = <T extends z.ZodType>(row: T) =>
  z
    .looseObject({
      nodes: z.array(row),
      pageInfo: z
        .looseObject({ hasNextPage: z.boolean() })
        .nullish()
        .transform((info) => info?.hasNextPage ?? false),
    })
    .transform(({ nodes, pageInfo }) => ({ rows: nodes, hasMore: pageInfo }))
const optionalConnection = <T extends z.ZodType>(row: T) =>
  connection(row)
    .nullish()
    .transform((rows) => rows ?? { rows: [], hasMore: false })

const TaxLines = listOf(z.looseObject({ priceSet: amount }))
const Ref = z.looseObject({ id })
const optionalRef = Ref.nullish().transform((ref) => ref?.id ?? '')

export const LinePayload = z.looseObject({
  id,
  sku: optionalText,
  name: optionalText,
  title: optionalText,
  variantTitle: optionalText,
  quantity: z.int().positive(),
  currentQuantity: count.nullish().transform((quantity) => quantity ?? null),
  variant: optionalRef,
  product: optionalRef,
  image: z
    .looseObject({ url: z.string() })
    .nullish()
    .transform((image) => image?.url ?? null),
  originalTotalSet: amount,
  discountedTotalSet: amount,
  taxLines: TaxLines,
})
export type LinePayload = z.output<typeof LinePayload>

const FulfilmentOrderPayload = z.looseObject({
  id,
  status: z.string(),
  assignedLocation: z
    .looseObject({ location: Ref.nullish() })
    .nullish()
    .transform((assigned) => assigned?.location?.id ?? ''),
  lineItems: connection(z.looseObject({ id, remainingQuantity: count, lineItem: Ref })),
})
export type FulfilmentOrderPayload = z.output<typeof FulfilmentOrderPayload>

const FulfilmentPayload = z.looseObject({
  id,
  status: z.string(),
  deliveredAt: optionalMoment,
  trackingInfo: listOf(z.looseObject({ number: optionalText, company: optionalText, url: unread })),
  /** Null where the answer does not say what is in the parcel. */
  fulfillmentLineItems: connection(z.looseObject({ quantity: count, lineItem: Ref }))
    .nullish()
    .transform((lines) => lines ?? null),
})
export type FulfilmentPayload = z.output<typeof FulfilmentPayload>

const RefundPayload = z.looseObject({
  id,
  createdAt: optionalMoment,
  updatedAt: optionalMoment,
  note: optionalText,
  /** Null where the answer does not say: then the goods' worth is all that is known. */
  totalRefundedSet: amount.nullish().transform((value) => value ?? null),
  refundLineItems: optionalConnection(
    z.looseObject({
      quantity: count,
      restockType: optionalText,
      subtotalSet: optionalAmount,
      totalTaxSet: optionalAmount,
      lineItem: Ref,
    }),
  ),
  transactions: optionalConnection(z.looseObject({ status: z.string() })),
})
export type RefundPayload = z.output<typeof RefundPayload>

const AddressPayload = z.looseObject({
  name: optionalText,
  firstName: optionalText,
  lastName: optionalText,
  phone: optionalText,
  country: unread,
  province: optionalText,
  city: optionalText,
  address1: optionalText,
  address2: optionalText,
  zip: unread,
})
export type AddressPayload = z.output<typeof AddressPayload>

/** As much of an order as tells which it is and when it changed: what a list must carry even if the rest is wrong. */
export const HeadPayload = z.looseObject({
  id,
  updatedAt: moment,
  test: z.boolean().nullish().transform(Boolean),
  displayFinancialStatus: optionalText,
  displayFulfillmentStatus: optionalText,
})
export type HeadPayload = z.output<typeof HeadPayload>

export const OrderPayload = z.looseObject({
  ...HeadPayload.shape,
  name: unread,
  createdAt: moment,
  processedAt: optionalMoment,
  cancelledAt: optionalMoment,
  closedAt: optionalMoment,
  note: optionalText,
  currencyCode: z.string().regex(/^[A-Z]{3}$/, '应是三个字母的币种代码'),
  /** Without the word taxes count as included: then none is added. */
  taxesIncluded: z
    .boolean()
    .nullish()
    .transform((isIncluded) => isIncluded ?? true),
  subtotalPriceSet: unread,
  totalTaxSet: unread,
  totalDiscountsSet: optionalAmount,
  totalShippingPriceSet: optionalAmount,
  totalPriceSet: amount,
  totalRefundedSet: optionalAmount,
  shippingAddress: AddressPayload.nullish().transform((address) => address ?? null),
  shippingLines: optionalConnection(z.looseObject({ discountedPriceSet: amount, taxLines: TaxLines })),
  transactions: listOf(z.looseObject({ kind: z.string(), status: z.string(), processedAt: optionalMoment })),
  lineItems: connection(LinePayload),
  fulfillmentOrders: optionalConnection(FulfilmentOrderPayload),
  fulfillments: listOf(FulfilmentPayload),
  refunds: listOf(RefundPayload),
})
export type OrderPayload = z.output<typeof OrderPayload>

const PageInfo = z.looseObject({ hasNextPage: z.boolean(), endCursor: z.string().nullish() })

export const OrdersData = z.looseObject({ orders: z.looseObject({ pageInfo: PageInfo, nodes: z.array(z.unknown()) }) })
export const OrderData = z.looseObject({ order: z.unknown() })

export const ShopData = z.looseObject({ shop: z.looseObject({ name: z.string(), myshopifyDomain: id }) })

const VariantPayload = z.looseObject({
  id,
  sku: optionalText,
  barcode: optionalText,
  title: optionalText,
  price: z.string(),
  inventoryQuantity: z
    .int()
    .nullish()
    .transform((quantity) => quantity ?? 0),
  updatedAt: optionalMoment,
  selectedOptions: listOf(z.looseObject({ name: z.string(), value: z.string() })),
  product: z.looseObject({
    id,
    title: z.string(),
    status: optionalText,
    featuredMedia: z
      .looseObject({
        preview: z.looseObject({ image: z.looseObject({ url: z.string() }).nullish() }).nullish(),
      })
      .nullish()
      .transform((media) => media?.preview?.image?.url ?? null),
  }),
})
export type VariantPayload = z.output<typeof VariantPayload>
export const VariantsData = z.looseObject({
  productVariants: z.looseObject({ pageInfo: PageInfo, nodes: z.array(VariantPayload) }),
})

export const InventoryItemsData = z.looseObject({
  nodes: z.array(z.looseObject({ id: z.string().optional(), inventoryItem: Ref.nullish() }).nullable()),
})
export const LocationsData = z.looseObject({
  locations: z.looseObject({ nodes: z.array(z.looseObject({ id, isActive: z.boolean().nullish() })) }),
})
export const QuantitiesData = z.looseObject({
  inventorySetQuantities: z.looseObject({ userErrors: z.array(z.unknown()) }),
})

const Written = z.looseObject({ fulfillment: Ref.nullish(), userErrors: z.array(z.unknown()) })
export const CreatedData = z.looseObject({ fulfillmentCreate: Written })
export const UpdatedData = z.looseObject({ fulfillmentTrackingInfoUpdate: Written })
