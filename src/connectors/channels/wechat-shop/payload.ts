import { z } from 'zod'
import { isoText } from '../../../core/time/instant.ts'

/**
 * Text, or a number that fits; numbers beyond 2^53 come as text from the lossless parser. Absent and null are the same.
 */
const word = z.union([z.string(), z.number()]).nullish()
/** Truth comes as a JSON boolean, or as 0 and 1; null is seen. */
const truth = z.union([z.boolean(), z.string(), z.number()]).nullish()
/** Lists that are empty may be null or left out. */
const rowsOf = <Row extends z.ZodType>(row: Row) =>
  z
    .array(row)
    .nullish()
    .transform((rows) => rows ?? [])
/** A block that may be absent reads as one without fields. */
const block = <Shape extends z.ZodRawShape>(shape: Shape) => z.looseObject(shape).nullish()

/**
 * A line (商品). Prices are whole fen: `sale_price` of one piece, `real_price` of the whole line. Source: wechat-shop.md
 * 4 [doc].
 */
export const ProductRow = z.looseObject({
  product_id: word,
  sku_id: word,
  sku_cnt: word,
  title: word,
  thumb_img: word,
  sku_attrs: rowsOf(z.looseObject({ attr_key: word, attr_value: word })),
  sku_code: word,
  product_unique_id: word,
  sale_price: word,
  estimate_price: word,
  change_price: word,
  real_price: word,
  merchant_discounted_price: word,
  finder_discounted_price: word,
  cash_coupon_discounted_price: word,
  limited_discount_discounted_price: word,
  bulkbuy_discounted_price: word,
  vip_discounted_price: word,
  platform_activity_merchant_discounted_price: word,
  national_subsidy_discounted_price: word,
  national_subsidy_merchant_discounted_price: word,
  deduction_price: word,
  on_aftersale_sku_cnt: word,
  finish_aftersale_sku_cnt: word,
  delivery_deadline: word,
  is_free_gift: truth,
  change_sku_info: block({ preshipment_change_sku_state: word }),
  dropship_info: block({ ds_order_id: word }),
})
export type ProductRow = z.infer<typeof ProductRow>

/** `product_unique_id` is ours, of files: there a parcel knows its line. The platform names product and SKU alone. */
const GoodsRow = z.looseObject({ product_id: word, sku_id: word, product_cnt: word, product_unique_id: word })
export type GoodsRow = z.infer<typeof GoodsRow>

/** A parcel. Source: wechat-shop.md 6 [doc]. */
export const ParcelRow = z.looseObject({
  waybill_id: word,
  delivery_id: word,
  delivery_name: word,
  product_infos: rowsOf(GoodsRow),
})
export type ParcelRow = z.infer<typeof ParcelRow>

/** Source: wechat-shop.md 6 [doc]. */
export const AddressInfo = z.looseObject({
  user_name: word,
  province_name: word,
  city_name: word,
  county_name: word,
  detail_info: word,
  house_number: word,
  tel_number: word,
  hash_code: word,
})

/** An order of `order/get`. Source: wechat-shop.md 4 to 7 [doc]. */
export const OrderPayload = z.looseObject({
  order_id: word,
  openid: word,
  status: word,
  create_time: word,
  update_time: word,
  order_detail: block({
    product_infos: rowsOf(ProductRow),
    pay_info: block({ transaction_id: word, pay_time: word, payment_method: word }),
    price_info: block({
      order_price: word,
      freight: word,
      change_freight: word,
      is_change_freight: truth,
      merchant_receieve_price: word,
    }),
    delivery_info: block({
      address_info: AddressInfo.nullish(),
      delivery_product_info: rowsOf(ParcelRow),
      address_under_review: truth,
      quality_inspect_type: word,
    }),
    ext_info: block({ customer_notes: word, merchant_notes: word }),
    refund_info: block({ refund_freight: word }),
  }),
  aftersale_detail: block({
    aftersale_order_list: rowsOf(z.looseObject({ aftersale_order_id: word })),
    on_aftersale_order_cnt: word,
  }),
})
export type OrderPayload = z.infer<typeof OrderPayload>

/**
 * An after-sale order (售后单), which is always about one SKU and the gifts that go with it. Source: wechat-shop.md 10
 * [doc].
 */
export const AftersalePayload = z.looseObject({
  after_sale_order_id: word,
  order_id: word,
  type: word,
  status: word,
  product_info: block({
    product_id: word,
    sku_id: word,
    count: word,
    product_unique_id: word,
    gift_product_list: rowsOf(z.looseObject({ product_id: word, sku_id: word, count: word })),
  }),
  details: block({ receive_product: truth }),
  refund_info: block({ amount: word }),
  return_info: block({ waybill_id: word }),
  reason: word,
  reason_text: word,
  create_time: word,
  update_time: word,
})
export type AftersalePayload = z.infer<typeof AftersalePayload>

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

/** A whole number; 0 where it is absent. Throws RangeError on anything else. */
export function wholeOf(value: Word): number {
  const text = textOf(value)
  if (text === '') return 0
  const number = Number(text)
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(number)) throw new RangeError(`not a whole number: ${text}`)
  return number
}

/**
 * Seconds since 1970 as ISO text; null where the field is absent or 0, which the platform writes for "did not happen".
 */
export function isoOrNull(value: Word): string | null {
  const seconds = wholeOf(value)
  return seconds === 0 ? null : isoText(seconds * 1000)
}
