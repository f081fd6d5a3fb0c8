import { z } from 'zod'
import { parseIso } from '../../../core/time/instant.ts'

/**
 * What Vendure's answers look like. Unknown fields are let through and named by the reader; what the sheet's sample
 * does not show may be absent. Amounts are whole minor units. Source: own-site.md 4 [sdk V].
 */

const id = z.union([z.string().min(1), z.int().transform(String)])
const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const count = z.int().nonnegative()
const amount = z.int()
const optionalAmount = amount.nullish().transform((value) => value ?? 0)
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

const listOf = <T extends z.ZodType>(row: T) =>
  z
    .array(row)
    .nullish()
    .transform((rows) => rows ?? [])

const GoodsPayload = z.looseObject({
  id,
  sku: optionalText,
  name: optionalText,
  product: z
    .looseObject({ id, name: optionalText, enabled: z.boolean().nullish() })
    .nullish()
    .transform((product) => product ?? null),
  options: listOf(
    z.looseObject({
      name: z.string(),
      group: z
        .looseObject({ name: z.string() })
        .nullish()
        .transform((group) => group?.name ?? ''),
    }),
  ),
  featuredAsset: z
    .looseObject({ preview: z.string() })
    .nullish()
    .transform((asset) => asset?.preview ?? null),
})
export type GoodsPayload = z.output<typeof GoodsPayload>

const LinePayload = z.looseObject({
  id,
  quantity: count,
  /** As many as there are now, where the answer does not say. */
  orderPlacedQuantity: count.nullish().transform((quantity) => quantity ?? 0),
  unitPriceWithTax: optionalAmount,
  linePriceWithTax: amount,
  proratedUnitPriceWithTax: amount.nullish().transform((price) => price ?? null),
  proratedLinePriceWithTax: amount,
  productVariant: GoodsPayload,
})
export type LinePayload = z.output<typeof LinePayload>

const Pieces = listOf(z.looseObject({ orderLineId: id, quantity: count }))

const RefundPayload = z.looseObject({
  id,
  createdAt: optionalMoment,
  updatedAt: optionalMoment,
  state: z.string(),
  total: amount,
  items: unread,
  shipping: optionalAmount,
  adjustment: unread,
  method: unread,
  transactionId: unread,
  reason: optionalText,
  lines: Pieces,
})
export type RefundPayload = z.output<typeof RefundPayload>

const PaymentPayload = z.looseObject({
  id,
  updatedAt: optionalMoment,
  state: z.string(),
  amount,
  method: unread,
  transactionId: unread,
  refunds: listOf(RefundPayload),
})

const FulfilmentPayload = z.looseObject({
  id,
  state: z.string(),
  method: optionalText,
  trackingCode: optionalText,
  lines: Pieces,
})
export type FulfilmentPayload = z.output<typeof FulfilmentPayload>

const AddressPayload = z.looseObject({
  fullName: optionalText,
  company: unread,
  streetLine1: optionalText,
  streetLine2: optionalText,
  city: optionalText,
  province: optionalText,
  postalCode: unread,
  country: unread,
  countryCode: unread,
  phoneNumber: optionalText,
})
export type AddressPayload = z.output<typeof AddressPayload>

const EntryPayload = z.looseObject({
  id,
  type: z.string(),
  isPublic: z.boolean().nullish().transform(Boolean),
  createdAt: optionalMoment,
  data: z.unknown(),
})
export type EntryPayload = z.output<typeof EntryPayload>
const History = z
  .looseObject({ items: z.array(EntryPayload) })
  .nullish()
  .transform((history) => history?.items ?? [])

/** As much of an order as tells which it is and when it changed: what a list must carry even if the rest is wrong. */
export const HeadPayload = z.looseObject({
  id,
  state: z.string(),
  updatedAt: moment,
  /** Null for what is still a basket or a draft. */
  orderPlacedAt: optionalMoment,
})

export const OrderPayload = z.looseObject({
  ...HeadPayload.shape,
  code: unread,
  active: unread,
  type: unread,
  createdAt: optionalMoment,
  currencyCode: z.string().regex(/^[A-Z]{3}$/, '应是三个字母的币种代码'),
  totalWithTax: amount,
  subTotalWithTax: unread,
  shippingWithTax: amount,
  couponCodes: unread,
  customer: z
    .looseObject({ id })
    .nullish()
    .transform((customer) => customer?.id ?? null),
  surcharges: listOf(z.looseObject({ priceWithTax: amount })),
  shippingAddress: AddressPayload.nullish().transform((address) => address ?? null),
  lines: z
    .array(LinePayload)
    // A line added and taken off again after the order was placed was never bought.
    .transform((lines) => lines.filter(({ quantity, orderPlacedQuantity }) => quantity + orderPlacedQuantity > 0)),
  payments: listOf(PaymentPayload),
  fulfillments: listOf(FulfilmentPayload),
  history: History,
})
export type OrderPayload = z.output<typeof OrderPayload>

export const OrdersData = z.looseObject({ orders: z.looseObject({ totalItems: count, items: z.array(z.unknown()) }) })
export const CountData = z.looseObject({ orders: z.looseObject({ totalItems: count }) })
export const OrderData = z.looseObject({ order: z.unknown() })
export const NotesData = z.looseObject({ order: z.looseObject({ history: History }).nullable() })
export const ShopData = z.looseObject({ activeChannel: z.looseObject({ id, code: z.string().min(1) }) })

const LevelsPayload = z.looseObject({
  id,
  outOfStockThreshold: optionalAmount,
  useGlobalOutOfStockThreshold: z.boolean().nullish().transform(Boolean),
  stockLevels: listOf(z.looseObject({ stockLocationId: id, stockOnHand: z.int(), stockAllocated: z.int() })),
})
export type LevelsPayload = z.output<typeof LevelsPayload>

const Settings = z
  .looseObject({ outOfStockThreshold: optionalAmount })
  .nullish()
  .transform((settings) => settings?.outOfStockThreshold ?? 0)

const VariantPayload = z.looseObject({
  ...GoodsPayload.shape,
  ...LevelsPayload.shape,
  updatedAt: optionalMoment,
  enabled: z.boolean(),
  priceWithTax: amount,
})
export type VariantPayload = z.output<typeof VariantPayload>
export const VariantsData = z.looseObject({
  globalSettings: Settings,
  productVariants: z.looseObject({ totalItems: count, items: z.array(VariantPayload) }),
})
export const LevelsData = z.looseObject({
  globalSettings: Settings,
  productVariants: z.looseObject({ items: z.array(LevelsPayload) }),
})
export const StockData = z.looseObject({ updateProductVariants: z.array(z.looseObject({ id }).nullable()) })

const Fulfilment = z.looseObject({ id, state: z.string() })
export const AddedData = z.looseObject({ addFulfillmentToOrder: Fulfilment })
export const MovedData = z.looseObject({ transitionFulfillmentToState: Fulfilment })

export const AddedNoteData = z.looseObject({ addNoteToOrder: z.looseObject({ id }) })
export const UpdatedNoteData = z.looseObject({ updateOrderNote: z.looseObject({ id }) })
export const DeletedNoteData = z.looseObject({
  deleteOrderNote: z.looseObject({ result: z.string(), message: optionalText }),
})
