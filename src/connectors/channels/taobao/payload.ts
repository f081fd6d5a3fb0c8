import { z } from 'zod'
import { type Instant, isoText, parseBeijing } from '../../../core/time/instant.ts'

/** Text, or a number that fits; numbers beyond 2^53 come as text from the lossless parser. Absent and null are the same. */
const word = z.union([z.string(), z.number()]).nullish()
/** Truth comes as a JSON boolean, as text, or as 0 and 1. */
const truth = z.union([z.boolean(), z.string(), z.number()]).nullish()

/** Lists are wrapped twice (`orders.order`), in the simplified form once, and left out when empty. Source: taobao.md 4 [doc]. */
const listOf = <Row extends z.ZodType>(row: Row) => z.preprocess(unwrap, z.array(row))

function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value
  if (value === null || value === undefined) return []
  if (typeof value !== 'object') return value
  return Object.values(value).find((inner) => Array.isArray(inner)) ?? []
}

const ComponentRow = z.looseObject({
  num_iid: word,
  item_name: word,
  quantity: word,
  sku_id: word,
  outer_iid: word,
  outer_sku_id: word,
})

/** A sub-order (子订单). Source: taobao.md 7.2 [doc M]. */
export const OrderRow = z.looseObject({
  oid: word,
  oid_str: word,
  num_iid: word,
  sku_id: word,
  outer_iid: word,
  outer_sku_id: word,
  title: word,
  sku_properties_name: word,
  pic_path: word,
  price: word,
  num: word,
  discount_fee: word,
  adjust_fee: word,
  payment: word,
  part_mjz_discount: word,
  divide_order_fee: word,
  status: word,
  refund_status: word,
  refund_id: word,
  consign_time: word,
  logistics_company: word,
  invoice_no: word,
  estimate_con_time: word,
  is_oversold: truth,
  is_free_gift: truth,
  combine_item_info: listOf(ComponentRow),
})
export type OrderRow = z.infer<typeof OrderRow>

/** A promotion applied. Source: taobao.md 8.5 [doc M]. */
export const PromotionRow = z.looseObject({
  id: word,
  promotion_name: word,
  discount_fee: word,
  gift_item_id: word,
  gift_item_name: word,
  gift_item_num: word,
})

/** A trade (交易). Source: taobao.md 7.1 [doc M]; the invoice names [assumed]. */
export const Trade = z.looseObject({
  tid: word,
  tid_str: word,
  status: word,
  type: word,
  step_trade_status: word,
  step_paid_fee: word,
  created: word,
  pay_time: word,
  modified: word,
  payment: word,
  post_fee: word,
  buyer_nick: word,
  buyer_open_uid: word,
  buyer_message: word,
  seller_memo: word,
  seller_flag: word,
  delivery_time: word,
  send_time: word,
  est_con_time: word,
  receiver_name: word,
  receiver_state: word,
  receiver_city: word,
  receiver_district: word,
  receiver_town: word,
  receiver_address: word,
  receiver_mobile: word,
  receiver_phone: word,
  oaid: word,
  top_hold: truth,
  team_buy_hold: truth,
  share_group_hold: truth,
  ofp_hold: truth,
  forbid_consign: truth,
  invoice_name: word,
  invoice_type: word,
  invoice_kind: word,
  orders: listOf(OrderRow),
  promotion_details: listOf(PromotionRow),
})
export type Trade = z.infer<typeof Trade>

/** A refund record (退款单). Source: taobao.md 15 [doc M]. */
export const RefundRow = z.looseObject({
  refund_id: word,
  tid: word,
  oid: word,
  status: word,
  order_status: word,
  good_status: word,
  has_good_return: truth,
  refund_fee: word,
  reason: word,
  created: word,
  modified: word,
  num: word,
  sid: word,
  refund_phase: word,
  refund_version: word,
  dispute_type: word,
})
export type RefundRow = z.infer<typeof RefundRow>

type Word = string | number | null | undefined

/** Text of a field; empty where it is absent. */
export function textOf(value: Word): string {
  return value === null || value === undefined ? '' : String(value)
}

/** Text of a field, null where it is absent or empty. */
export function textOrNull(value: Word): string | null {
  return textOf(value) || null
}

export function isTrue(value: boolean | Word): boolean {
  return value === true || value === 1 || value === 'true' || value === '1'
}

/** Non-zero, as the hold flags mean it. */
export function isSet(value: boolean | Word): boolean {
  return value === true || (value !== false && value !== 'false' && Number(textOf(value)) !== 0)
}

/** A Beijing time as ISO text, null where the field is absent. Throws RangeError on other text. */
export function isoOrNull(value: Word): string | null {
  const text = textOf(value)
  return text === '' ? null : isoText(parseBeijing(text))
}

/** A Beijing time; null where the field is absent or holds a sentence instead of a time. */
export function instantIn(value: Word): Instant | null {
  try {
    const text = textOf(value)
    return text === '' ? null : parseBeijing(text)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
