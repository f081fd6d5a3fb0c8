import { z } from 'zod'
import { parseIso } from '../../../core/time/instant.ts'

/**
 * What the contract's JSON looks like. Unknown fields are let through and named by the reader; a number in the place of a text id is
 * read as its text. Source: own-site.md 6.2 [rule] and fixtures/generic; what is [assumed] says so.
 */

/** An outside number or text that a site may write either way. */
const text = z.union([z.string(), z.int()], '应是文字').transform(String)
const id = z.union([z.string().min(1), z.int()], '应是非空文字').transform(String)
const optionalText = text.nullish().transform((value) => value ?? '')
/** Whole minor units: fen for CNY. */
const amount = z.int('应是整数，以分为单位')
const optionalAmount = amount.nullish().transform((value) => value ?? 0)
const pieces = z.int().positive('应是正整数')

/** ISO 8601 with zone, as an instant. */
const moment = z.string('应是 ISO 8601 时间').transform((value, context) => {
  try {
    return parseIso(value)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    context.addIssue({ code: 'custom', message: '应是带时区的 ISO 8601 时间，如 2026-10-20T09:15:02+08:00' })
    return z.NEVER
  }
})
const optionalMoment = moment.nullish().transform((value) => value ?? null)

const listOf = <T extends z.ZodType>(row: T) =>
  z
    .array(row)
    .nullish()
    .transform((rows) => rows ?? [])

const LinePieces = z.looseObject({ id, qty: pieces })

/**
 * The contract names id, amount, reason and status. `lines`, `created_at` and `modified_at` are an extension of ours: without them
 * nobody can tell which goods a refund is about, nor when it was asked for [assumed].
 */
export const RefundPayload = z.looseObject({
  id,
  amount: amount.nonnegative(),
  reason: optionalText,
  status: text,
  lines: listOf(LinePieces),
  created_at: optionalMoment,
  modified_at: optionalMoment,
})
export type RefundPayload = z.output<typeof RefundPayload>

/** The fields of the shipping call, as the site keeps them [assumed]; the contract only says `shipments[]`. */
export const ShipmentPayload = z.looseObject({
  id: optionalText,
  shipment_id: optionalText,
  carrier: optionalText,
  carrier_name: optionalText,
  tracking_no: id,
  shipped_at: optionalMoment,
  lines: listOf(LinePieces),
})
export type ShipmentPayload = z.output<typeof ShipmentPayload>

export const LinePayload = z.looseObject({
  id,
  sku: optionalText,
  name: optionalText,
  spec: optionalText,
  qty: pieces,
  list: amount,
  paid: amount,
})
export type LinePayload = z.output<typeof LinePayload>

const ReceiverPayload = z.looseObject({
  name: optionalText,
  phone: optionalText,
  province: optionalText,
  city: optionalText,
  district: optionalText,
  address: optionalText,
  zip: optionalText,
})

export const OrderPayload = z.looseObject({
  id,
  number: optionalText,
  currency: z
    .string()
    .regex(/^[A-Za-z]{3}$/, '应是三个字母的币种代码，如 CNY')
    .transform((code) => code.toUpperCase()),
  status: text,
  placed_at: moment,
  paid_at: optionalMoment,
  modified_at: moment,
  amounts: z.looseObject({
    goods: optionalAmount,
    discount: optionalAmount,
    shipping: optionalAmount,
    extra: optionalAmount,
    tax: optionalAmount,
    total: amount,
  }),
  receiver: ReceiverPayload.nullish().transform((receiver) => receiver ?? null),
  lines: z.array(LinePayload).refine((lines) => new Set(lines.map((line) => line.id)).size === lines.length, {
    message: '同一订单里商品行的 id 重复',
  }),
  refunds: listOf(RefundPayload),
  shipments: listOf(ShipmentPayload),
  note: optionalText,
})
export type OrderPayload = z.output<typeof OrderPayload>

/** As much of an order as tells which it is and when it changed: what a list must carry even if the rest is wrong. */
export const HeadPayload = z.looseObject({ id, status: text, modified_at: moment })

/** As much of an order as its refunds need. */
export const RefundsPayload = z.looseObject({
  id,
  status: text,
  modified_at: moment,
  lines: listOf(z.looseObject({ id })),
  refunds: listOf(RefundPayload),
})
export type RefundsPayload = z.output<typeof RefundsPayload>

const nextCursor = text.nullish().transform((cursor) => cursor || null)

export const OrderList = z.looseObject({ orders: z.array(z.unknown()), next_cursor: nextCursor })

/** An extension of our own contract: the sheet has no product list [assumed]. */
export const ProductPayload = z.looseObject({
  id,
  sku: id,
  name: text,
  spec: optionalText,
  price: amount,
  available: z.int(),
  image: optionalText,
  on_sale: z.boolean(),
  modified_at: optionalMoment,
})
export const ProductList = z.looseObject({ products: z.array(ProductPayload), next_cursor: nextCursor })

export const PingPayload = z.looseObject({ name: text, currency: z.string(), time: moment })

export const StockAnswer = z.looseObject({
  results: z.array(z.looseObject({ sku: text, ok: z.boolean(), error: optionalText })),
})

/** An event: `data` is the full order for `order.*` and `refund.*`. */
export const EventPayload = z.looseObject({ type: z.string().min(1), data: z.unknown() })
/** Which order an event is about, and which refunds that order has. */
export const EventOrder = z.looseObject({ id, refunds: listOf(z.looseObject({ id })) })
