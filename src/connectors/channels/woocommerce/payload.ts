import { z } from 'zod'
import { parseYuan } from '../../../core/money/fen.ts'
import { parseIso } from '../../../core/time/instant.ts'

/**
 * What the platform's JSON looks like. Fields named with `ignored` are known and of no use here; any other field is let through and named
 * by the reader. Source: own-site.md 2.2 [doc], fixtures/woocommerce; what is [assumed] says so.
 */

const text = z.union([z.string(), z.int()], '应是文字').transform(String)
const id = z.union([z.string().min(1), z.int()], '应是编号').transform(String)
const optionalText = text.nullish().transform((value) => value ?? '')
/** A number of another thing; 0 and nothing both mean that there is none. */
const optionalId = optionalText.transform((value) => (value === '0' ? '' : value))

/** Decimal text as whole fen; empty text and nothing are 0. */
const amount = z
  .union([z.string(), z.number()], '应是金额')
  .nullish()
  .transform((value, context): number => {
    const digits = String(value ?? '')
    if (digits === '') return 0
    try {
      return parseYuan(digits)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      context.addIssue({ code: 'custom', message: '应是最多两位小数的金额' })
      return z.NEVER
    }
  })

/** `2026-10-20T01:15:02`, in UTC by the field's name. */
const utcMoment = z.string('应是时间').transform((value, context) => {
  try {
    return parseIso(/Z$|[+-]\d{2}:?\d{2}$/.test(value) ? value : `${value}Z`)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    context.addIssue({ code: 'custom', message: '应是 2026-10-20T01:15:02 这样的时间' })
    return z.NEVER
  }
})
const optionalMoment = utcMoment.nullish().transform((value) => value ?? null)

const listOf = <T extends z.ZodType>(row: T) =>
  z
    .array(row)
    .nullish()
    .transform((rows) => rows ?? [])

type Ignored = Record<string, z.ZodOptional<z.ZodUnknown>>
const ignored = (names: string): Ignored =>
  Object.fromEntries(names.split(' ').map((name) => [name, z.unknown().optional()]))

const MetaPayload = z.looseObject({
  ...ignored('id'),
  key: optionalText,
  value: z.unknown().optional(),
  display_key: z.unknown().optional(),
  display_value: z.unknown().optional(),
})
export type MetaPayload = z.output<typeof MetaPayload>

const Image = z.looseObject({ ...ignored('id'), src: optionalText })

const LinePayload = z.looseObject({
  ...ignored('tax_class subtotal_tax taxes price global_unique_id'),
  id,
  name: optionalText,
  parent_name: optionalText,
  product_id: optionalId,
  variation_id: optionalId,
  quantity: z.int('应是整数').nonnegative(),
  subtotal: amount,
  total: amount,
  total_tax: amount,
  sku: optionalText,
  image: Image.nullish().transform((image) => image?.src || null),
  meta_data: listOf(MetaPayload),
})
export type LinePayload = z.output<typeof LinePayload>

const AddressPayload = z.looseObject({
  ...ignored('company postcode country email'),
  first_name: optionalText,
  last_name: optionalText,
  address_1: optionalText,
  address_2: optionalText,
  city: optionalText,
  state: optionalText,
  phone: optionalText,
})
export type AddressPayload = z.output<typeof AddressPayload>
const optionalAddress = AddressPayload.nullish().transform((address) => address ?? null)

const FeePayload = z.looseObject({
  ...ignored('id name tax_class tax_status amount taxes meta_data'),
  total: amount,
  total_tax: amount,
})
const CouponPayload = z.looseObject({
  ...ignored('id discount_tax meta_data taxes discount_type nominal_amount free_shipping'),
  code: optionalText,
  discount: amount,
})
/** As orders list them; `total` is below zero. */
const RefundSummary = z.looseObject({ id, reason: optionalText, total: amount })
export type RefundSummary = z.output<typeof RefundSummary>

export const OrderPayload = z.looseObject({
  ...ignored(
    'number parent_id version prices_include_tax date_created date_modified date_completed date_paid discount_tax ' +
      'cart_tax total_tax order_key payment_method_title transaction_id customer_ip_address customer_user_agent created_via cart_hash ' +
      'tax_lines shipping_lines payment_url is_editable needs_payment needs_processing currency_symbol _links',
  ),
  id,
  status: text,
  currency: z
    .string()
    .regex(/^[A-Za-z]{3}$/, '应是三个字母的币种代码，如 CNY')
    .transform((code) => code.toUpperCase()),
  date_created_gmt: optionalMoment,
  date_modified_gmt: utcMoment,
  date_paid_gmt: optionalMoment,
  date_completed_gmt: optionalMoment,
  discount_total: amount,
  shipping_total: amount,
  shipping_tax: amount,
  total: amount,
  customer_id: optionalId,
  customer_note: optionalText,
  payment_method: optionalText,
  billing: optionalAddress,
  shipping: optionalAddress,
  line_items: listOf(LinePayload),
  fee_lines: listOf(FeePayload),
  coupon_lines: listOf(CouponPayload),
  refunds: listOf(RefundSummary),
  meta_data: listOf(MetaPayload),
})
export type OrderPayload = z.output<typeof OrderPayload>

/** As much of an order as tells which it is and when it came and changed: what a list must carry even if the rest is wrong. */
export const HeadPayload = z.looseObject({
  id,
  status: text,
  date_created_gmt: optionalMoment,
  date_modified_gmt: utcMoment,
  refunds: listOf(z.unknown()),
})

/** As much of an order as its refunds need. */
export const RefundedPayload = z.looseObject({
  id,
  status: text,
  date_completed_gmt: optionalMoment,
  meta_data: listOf(MetaPayload),
  line_items: listOf(z.looseObject({ id, product_id: optionalId, variation_id: optionalId })),
  refunds: listOf(z.unknown()),
})
export type RefundedPayload = z.output<typeof RefundedPayload>

/** A refund's own record. Its lines count below zero and have numbers of their own. Source: own-site.md 2.3 [doc]. */
export const RefundPayload = z.looseObject({
  id,
  date_created_gmt: utcMoment,
  amount,
  reason: optionalText,
  line_items: listOf(
    z.looseObject({
      product_id: optionalId,
      variation_id: optionalId,
      quantity: z.int().nullish(),
      total: amount,
      total_tax: amount,
      meta_data: listOf(MetaPayload),
    }),
  ),
})
export type RefundPayload = z.output<typeof RefundPayload>

/** A parcel as tracking plugins keep and list it; the place in the order's meta data is [assumed]. */
export const TrackingItem = z.looseObject({
  tracking_id: optionalText,
  tracking_number: text,
  tracking_provider: optionalText,
  custom_tracking_provider: optionalText,
})
export type TrackingItem = z.output<typeof TrackingItem>

/** A parcel as this program notes it in the order's meta data. */
export const OwnParcelPayload = z.object({
  carrier: optionalText,
  carrierName: optionalText,
  waybillNo: text,
  lines: listOf(z.object({ id, quantity: z.int().positive() })),
})
export type OwnParcel = z.output<typeof OwnParcelPayload>

export const NotePayload = z.looseObject({ note: optionalText })

const pieces = z
  .number()
  .nullish()
  .transform((count) => Math.floor(count ?? 0))
const option = z.looseObject({ name: optionalText, option: optionalText })

/** A product without variations, or the parent of some. */
export const ProductPayload = z.looseObject({
  id,
  name: optionalText,
  type: optionalText,
  status: optionalText,
  sku: optionalText,
  price: amount,
  stock_quantity: pieces,
  images: listOf(Image),
  date_modified_gmt: optionalMoment,
})
export type ProductPayload = z.output<typeof ProductPayload>

export const VariationPayload = z.looseObject({
  id,
  status: optionalText,
  sku: optionalText,
  price: amount,
  stock_quantity: pieces,
  image: Image.nullish(),
  attributes: listOf(option),
  date_modified_gmt: optionalMoment,
})
export type VariationPayload = z.output<typeof VariationPayload>

/** An object as it stands after a write. */
export const WrittenPayload = z.looseObject({ id })

const itemError = z.looseObject({ code: optionalText, message: optionalText })
/** Each element has its own outcome under one HTTP 200 [assumed]. */
export const BatchAnswer = z.looseObject({
  update: z.array(z.looseObject({ id, error: itemError.nullish().transform((error) => error ?? null) })),
})

export const SitePayload = z.looseObject({ name: optionalText })
