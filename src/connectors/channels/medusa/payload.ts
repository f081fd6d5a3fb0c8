import { z } from 'zod'
import { parseIso } from '../../../core/time/instant.ts'
import { fenOfDecimal } from './amount.ts'

/**
 * What the platform's JSON looks like. Fields named with `ignored` are known and of no use here; any other field is let through and named
 * by the reader. Source: own-site.md 5 [sdk M], fixtures/medusa; what is [assumed] says so.
 */

const id = z.string('应是编号').min(1)
const text = z.string('应是文字')
const optionalText = z
  .union([z.string(), z.int()], '应是文字')
  .nullish()
  .transform((value) => String(value ?? ''))

/** Up to here a JSON number has no more than 15 digits down to the fen, and is read without loss; beyond it could be a fen wrong. */
const exactBelow = 1e13
/** A decimal number in major units, or its text, as whole fen. */
const decimal = z.union([z.string(), z.number().gt(-exactBelow).lt(exactBelow)], '应是金额')
const asFen = (value: string | number | null | undefined, context: z.core.$RefinementCtx): number => {
  try {
    return fenOfDecimal(String(value ?? '0'))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    context.addIssue({ code: 'custom', message: '应是金额，以元为单位的小数' })
    return z.NEVER
  }
}
const amount = decimal.nullish().transform(asFen)
const neededAmount = decimal.transform(asFen)
/** Null where it is not told. */
const toldAmount = decimal
  .nullish()
  .transform((value, context) => (value === null || value === undefined ? null : asFen(value, context)))

const moment = text.transform((value, context) => {
  try {
    return parseIso(value)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    context.addIssue({ code: 'custom', message: '应是 2026-10-20T01:15:02.000Z 这样的时间' })
    return z.NEVER
  }
})
const optionalMoment = moment.nullish().transform((value) => value ?? null)

const pieces = z
  .int('应是整数')
  .nonnegative('应是整数')
  .nullish()
  .transform((count) => count ?? 0)

const listOf = <T extends z.ZodType>(row: T) =>
  z
    .array(row, '应是列表')
    .nullish()
    .transform((rows) => rows ?? [])

/** Free data of the shop's own; what we do not write there is nobody's business here. */
const metadata = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((data) => data ?? {})

type Ignored = Record<string, z.ZodOptional<z.ZodUnknown>>
const ignored = (names: string): Ignored =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, z.unknown().optional()]))

const housekeeping = 'created_at updated_at deleted_at metadata'

/** How many pieces of a line are how far. `return_requested_quantity` falls when they come back. Source: own-site.md 5.2 [sdk M]. */
const DetailPayload = z.looseObject({
  ...ignored(
    `id item_id item order_id version quantity delivered_quantity unit_price compare_at_unit_price ${housekeeping} ` +
      'raw_quantity raw_fulfilled_quantity raw_delivered_quantity raw_shipped_quantity raw_return_requested_quantity raw_return_received_quantity ' +
      'raw_return_dismissed_quantity raw_written_off_quantity raw_unit_price raw_compare_at_unit_price',
  ),
  fulfilled_quantity: pieces,
  shipped_quantity: pieces,
  return_requested_quantity: pieces,
  return_received_quantity: pieces,
  return_dismissed_quantity: pieces,
  written_off_quantity: pieces,
})

const LinePayload = z.looseObject({
  ...ignored(
    `subtitle variant product product_description product_subtitle product_type_id product_type product_collection product_handle variant_barcode ` +
      'requires_shipping is_discountable is_tax_inclusive is_giftcard is_custom_price compare_at_unit_price unit_price tax_lines ' +
      'adjustments original_subtotal original_tax_total item_total item_subtotal item_tax_total subtotal tax_total discount_total ' +
      'discount_tax_total discount_subtotal refundable_total refundable_total_per_unit fulfilled_total shipped_total ' +
      'return_requested_total return_received_total return_dismissed_total write_off_total totals_id ' +
      `raw_unit_price raw_quantity raw_compare_at_unit_price ${housekeeping}`,
  ),
  id,
  title: optionalText,
  product_title: optionalText,
  thumbnail: optionalText,
  variant_id: optionalText,
  product_id: optionalText,
  variant_sku: optionalText,
  variant_title: optionalText,
  variant_option_values: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((values) => values ?? {}),
  quantity: z.int('应是整数').nonnegative('应是整数'),
  original_total: toldAmount,
  total: neededAmount,
  detail: DetailPayload.nullish().transform((detail) => detail ?? null),
})
export type LinePayload = z.output<typeof LinePayload>

const AddressPayload = z.looseObject({
  ...ignored(`id customer_id company country_code country postal_code ${housekeeping}`),
  first_name: optionalText,
  last_name: optionalText,
  phone: optionalText,
  province: optionalText,
  city: optionalText,
  address_1: optionalText,
  address_2: optionalText,
})
export type AddressPayload = z.output<typeof AddressPayload>

const FulfillmentPayload = z.looseObject({
  ...ignored(
    'location_id packed_at delivered_at requires_shipping data provider_id provider shipping_option_id shipping_option ' +
      'delivery_address delivery_address_id created_by marked_shipped_by created_at updated_at deleted_at',
  ),
  id,
  shipped_at: optionalMoment,
  canceled_at: optionalMoment,
  items: listOf(
    z.looseObject({
      ...ignored(`id title sku barcode inventory_item_id fulfillment_id fulfillment raw_quantity ${housekeeping}`),
      line_item_id: optionalText,
      quantity: z.int('应是整数').nonnegative('应是整数'),
    }),
  ),
  labels: listOf(
    z.looseObject({
      ...ignored(`id tracking_url label_url fulfillment_id fulfillment ${housekeeping}`),
      tracking_number: optionalText,
    }),
  ),
  metadata,
})
export type FulfillmentPayload = z.output<typeof FulfillmentPayload>

export const RefundPayload = z.looseObject({
  ...ignored(`refund_reason_id created_by payment payment_id raw_amount updated_at deleted_at metadata`),
  id,
  amount: neededAmount,
  created_at: moment,
  note: optionalText,
  refund_reason: z
    .looseObject({ ...ignored(`id description code parent_reason_id ${housekeeping}`), label: optionalText })
    .nullish()
    .transform((reason) => reason?.label ?? ''),
})
export type RefundPayload = z.output<typeof RefundPayload>

const PaymentPayload = z.looseObject({
  ...ignored(
    'id amount authorized_amount currency_code provider_id data canceled_at captured_amount refunded_amount payment_collection ' +
      'payment_collection_id payment_session payment_session_id raw_amount created_at updated_at deleted_at metadata captures',
  ),
  captured_at: optionalMoment,
  // Null where it is not told: a file names the sum alone.
  refunds: z
    .array(RefundPayload, '应是列表')
    .nullish()
    .transform((refunds) => refunds ?? null),
})

const CollectionPayload = z.looseObject({
  ...ignored(
    'id currency_code amount authorized_amount captured_amount refunded_amount completed_at status payment_providers payment_sessions ' +
      `raw_amount raw_authorized_amount raw_captured_amount raw_refunded_amount ${housekeeping}`,
  ),
  payments: listOf(PaymentPayload),
})

/** Sums of an order's account. Nothing is told of refunds where the field is not there. */
const SummaryPayload = z.looseObject({
  ...ignored(
    'pending_difference current_order_total original_order_total transaction_total paid_total accounting_total credit_line_total ' +
      'raw_pending_difference raw_current_order_total raw_original_order_total raw_transaction_total raw_paid_total ' +
      'raw_refunded_total raw_accounting_total',
  ),
  refunded_total: toldAmount,
})

export const OrderPayload = z.looseObject({
  ...ignored(
    'version display_id custom_display_id region_id region sales_channel_id sales_channel customer email locale is_draft_order no_notification ' +
      'billing_address billing_address_id shipping_address_id shipping_methods transactions credit_lines canceled_at deleted_at ' +
      'original_item_total original_item_subtotal original_item_tax_total item_total item_subtotal item_tax_total ' +
      'item_discount_total original_total original_subtotal original_tax_total subtotal tax_total discount_tax_total ' +
      'discount_subtotal gift_card_total gift_card_tax_total shipping_subtotal shipping_tax_total shipping_discount_total ' +
      'original_shipping_total original_shipping_subtotal original_shipping_tax_total credit_line_subtotal credit_line_tax_total',
  ),
  id,
  status: text,
  payment_status: text,
  fulfillment_status: text,
  currency_code: z
    .string()
    .regex(/^[A-Za-z]{3}$/, '应是三个字母的币种代码，如 cny')
    .transform((code) => code.toUpperCase()),
  customer_id: optionalText,
  created_at: moment,
  updated_at: moment,
  total: neededAmount,
  credit_line_total: amount,
  discount_total: amount,
  shipping_total: amount,
  summary: SummaryPayload.nullish().transform((summary) => summary?.refunded_total ?? null),
  metadata,
  shipping_address: AddressPayload.nullish().transform((address) => address ?? null),
  // Without its lines an order would come in with nothing to send.
  items: z.array(LinePayload, '应是列表'),
  fulfillments: listOf(FulfillmentPayload),
  payment_collections: listOf(CollectionPayload),
})
export type OrderPayload = z.output<typeof OrderPayload>

/** As much of an order as tells which it is, how far, and whether returns belong to it: what a list must carry even if the rest is wrong. */
export const HeadPayload = z.looseObject({
  id,
  status: text,
  payment_status: optionalText,
  fulfillment_status: optionalText,
  created_at: moment,
  updated_at: moment,
  items: listOf(z.looseObject({ detail: DetailPayload.nullish() })),
})
export type HeadPayload = z.output<typeof HeadPayload>

/** As much of an order as its returns and refunds are told by. */
export const CasesPayload = OrderPayload.pick({
  id: true,
  fulfillment_status: true,
  items: true,
  fulfillments: true,
  payment_collections: true,
})
export type CasesPayload = z.output<typeof CasesPayload>

/** A return's own record. `updated_at` is a filter of the list and need not be told. Source: own-site.md 5.3 [sdk M]. */
export const ReturnPayload = z.looseObject({
  ...ignored(
    'order_version display_id no_notification location_id created_by order exchange claim shipping_methods transactions deleted_at ' +
      'metadata raw_refund_amount',
  ),
  id,
  order_id: id,
  status: optionalText,
  exchange_id: optionalText,
  claim_id: optionalText,
  refund_amount: toldAmount,
  created_at: moment,
  updated_at: optionalMoment,
  requested_at: optionalMoment,
  received_at: optionalMoment,
  canceled_at: optionalMoment,
  items: listOf(
    z.looseObject({
      ...ignored(
        `id reason_id reason item return_id raw_quantity raw_received_quantity raw_damaged_quantity ${housekeeping}`,
      ),
      item_id: optionalText,
      quantity: pieces,
      received_quantity: pieces,
      damaged_quantity: pieces,
      note: optionalText,
    }),
  ),
})
export type ReturnPayload = z.output<typeof ReturnPayload>

const paginated = { count: z.int('应是数目').nonnegative('应是数目') }
export const OrdersAnswer = z.looseObject({ ...paginated, orders: z.array(z.unknown(), '应是列表') })
export const OrderAnswer = z.looseObject({ order: z.unknown() })
export const ReturnsAnswer = z.looseObject({ ...paginated, returns: z.array(z.unknown(), '应是列表') })

/** An order as it stands after a write. */
export const WrittenAnswer = z.looseObject({
  order: z.looseObject({ id, fulfillments: listOf(FulfillmentPayload) }),
})

export const VariantPayload = z.looseObject({
  id,
  title: optionalText,
  sku: optionalText,
  barcode: optionalText,
  thumbnail: optionalText,
  inventory_quantity: z
    .number()
    .nullish()
    .transform((count) => Math.floor(count ?? 0)),
  product_id: optionalText,
  product: z
    .looseObject({ id: optionalText, title: optionalText, status: optionalText, thumbnail: optionalText })
    .nullish()
    .transform((product) => product ?? null),
  options: listOf(
    z.looseObject({
      value: optionalText,
      option: z
        .looseObject({ title: optionalText })
        .nullish()
        .transform((option) => option?.title ?? ''),
    }),
  ),
  prices: listOf(z.looseObject({ amount, currency_code: optionalText })),
  updated_at: optionalMoment,
})
export type VariantPayload = z.output<typeof VariantPayload>
export const VariantsAnswer = z.looseObject({ ...paginated, variants: z.array(VariantPayload, '应是列表') })

const LevelPayload = z.looseObject({ inventory_item_id: optionalText, location_id: id, reserved_quantity: pieces })
export const InventoryAnswer = z.looseObject({
  inventory_items: z.array(z.looseObject({ id, sku: optionalText, location_levels: listOf(LevelPayload) }), '应是列表'),
})
export type InventoryItem = z.output<typeof InventoryAnswer>['inventory_items'][number]
/** The levels that stand as they were told; one that is not among them was passed over. */
export const LevelsAnswer = z.looseObject({ created: listOf(LevelPayload), updated: listOf(LevelPayload) })

export const StoresAnswer = z.looseObject({ stores: z.array(z.looseObject({ id, name: optionalText })).min(1) })
