import { z } from 'zod'
import { type Fen, fen, parseYuan } from '../../../core/money/fen.ts'
import { type Instant, isoText, parseBeijing } from '../../../core/time/instant.ts'

/** Text, or a number that fits; numbers beyond 2^53 come as text from the lossless parser. Absent and null are the same. */
const word = z.union([z.string(), z.number()]).nullish()
const number = z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1))
/** Named by the sheet or its samples, and of no use here. What is in neither is told once as `unknown-field:…`. */
const unused = z.unknown().optional()

/** One SKU of an order; what was paid for it is nowhere told. Source: pinduoduo.md 4 [sdk]. */
const ItemRow = z.looseObject({
  goods_id: word,
  sku_id: word,
  outer_id: word,
  outer_goods_id: word,
  goods_count: word,
  goods_price: word,
  goods_name: word,
  goods_spec: word,
  goods_img: word,
})
export type ItemRow = z.infer<typeof ItemRow>

const ParcelRow = z.looseObject({ logistics_id: word, tracking_number: word })
export type ParcelRow = z.infer<typeof ParcelRow>

const TagRow = z.looseObject({ name: word, value: z.union([z.string(), z.number(), z.boolean()]).nullish() })

/** An order, alike in lists and by itself. Amounts are yuan, times Beijing text. Source: pinduoduo.md 4 [doc, sdk]. */
export const Order = z.looseObject({
  order_sn: number,
  confirm_status: word,
  group_status: word,
  order_status: word,
  refund_status: word,
  after_sales_status: word,
  risk_control_status: word,
  created_time: word,
  pay_time: word,
  confirm_time: word,
  shipping_time: word,
  receive_time: word,
  updated_at: word,
  last_ship_time: word,
  goods_amount: word,
  discount_amount: word,
  postage: word,
  pay_amount: word,
  buyer_memo: word,
  remark: word,
  remark_tag: word,
  remark_tag_name: word,
  logistics_id: word,
  tracking_number: word,
  extra_delivery_list: z.array(ParcelRow).nullish(),
  gift_delivery_list: z.array(ParcelRow).nullish(),
  resend_delivery_list: z.array(ParcelRow).nullish(),
  item_list: z.array(ItemRow).nullish(),
  gift_list: z.array(ItemRow).nullish(),
  province: word,
  city: word,
  town: word,
  receiver_name: word,
  receiver_phone: word,
  receiver_address: word,
  receiver_name_mask: word,
  receiver_phone_mask: word,
  receiver_address_mask: word,
  open_address_id: word,
  order_tag_list: z.array(TagRow).nullish(),
  // The parts that discount_amount and goods_amount are made of.
  platform_discount: unused,
  seller_discount: unused,
  capital_free_discount: unused,
  order_change_amount: unused,
  duo_duo_pay_reduction: unused,
  // The same as receiver_address, with its region before it.
  address: unused,
  address_mask: unused,
  country: unused,
  country_id: unused,
  province_id: unused,
  city_id: unused,
  town_id: unused,
  trade_type: unused,
  step_order_info: unused,
  order_depot_info: unused,
  card_info_list: unused,
  free_sf: unused,
  is_lucky_flag: unused,
  is_pre_sale: unused,
  is_stock_out: unused,
  invoice_status: unused,
  pay_type: unused,
  pay_no: unused,
})
export type Order = z.infer<typeof Order>

/** An after-sale (售后单) as its list tells it. Amounts are yuan text, times Beijing text. Source: pinduoduo.md 5 [doc]. */
export const AfterSale = z.looseObject({
  id: number,
  order_sn: number,
  after_sales_status: word,
  after_sales_type: word,
  after_sale_reason: word,
  refund_amount: word,
  goods_number: word,
  sku_id: word,
  created_time: word,
  updated_time: word,
  tracking_number: word,
})
export type AfterSale = z.infer<typeof AfterSale>

type Word = string | number | null | undefined

/** Text of a field; empty where it is absent. */
export function textOf(value: Word): string {
  return value === null || value === undefined ? '' : String(value)
}

/** Text of a field, null where it is absent or empty. */
export function textOrNull(value: Word): string | null {
  return textOf(value) || null
}

/** A number of the platform as it is sent: as a JSON number while it fits. */
export function asNumber(no: string): number | string {
  const value = Number(no)
  return /^\d+$/.test(no) && Number.isSafeInteger(value) ? value : no
}

/**
 * Yuan, as JSON numbers or text. The numbers are doubles already: two decimals are written out first, which rounds them to the fen, so
 * that no product of a double is ever money. What is missing is 0. Throws RangeError on text that is no amount.
 * Source: pinduoduo.md 4 [doc].
 */
export function yuanOf(value: Word): Fen {
  if (textOf(value) === '') return fen(0)
  return parseYuan(typeof value === 'number' ? value.toFixed(2) : textOf(value))
}

/** A number of pieces, at least 1. Throws RangeError on anything else. */
export function piecesOf(value: Word): number {
  const text = textOf(value)
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new RangeError(`not a number of pieces: ${text}`)
  return Number(text)
}

/** An instant from Beijing text; empty and absent say that it did not happen. Throws RangeError on anything else. */
export function instantOrNull(value: Word): Instant | null {
  const text = textOf(value)
  return text === '' ? null : parseBeijing(text)
}

export function isoOrNull(value: Word): string | null {
  const at = instantOrNull(value)
  return at === null ? null : isoText(at)
}
