import { z } from 'zod'
import { type Fen, fen } from '../../../core/money/fen.ts'
import { type Instant, isoText } from '../../../core/time/instant.ts'

/** Text, or a number that fits; numbers beyond 2^53 come as text from the lossless parser. Absent and null are the same. */
const word = z.union([z.string(), z.number()]).nullish()
/** Named by the sheet or its samples, and of no use here. What is in neither is told once as `unknown-field:…`. */
const unused = z.unknown().optional()

/** A place with its name; the platform's own numbers of places are not used. */
const Place = z.looseObject({ name: word, id: unused }).nullish()

/** Places by name, the street last. `town` is the district. Source: douyin.md 4 [doc]. */
const Address = z.looseObject({
  province: Place,
  city: Place,
  town: Place,
  street: Place,
  detail: word,
  encrypt_detail: word,
})

/** What of a line is in a parcel. Source: douyin.md 4 [sdk]. */
const ParcelLine = z.looseObject({
  sku_order_id: word,
  sku_id: word,
  product_count: word,
  product_id_str: unused,
  product_id: unused,
  price: unused,
})

/** A parcel as the order tells it. Source: douyin.md 4 [sdk]. */
const ParcelRow = z.looseObject({
  tracking_no: word,
  company: word,
  company_name: word,
  delivery_id: word,
  product_info: z.array(ParcelLine).nullish(),
  ship_time: unused,
})

/** What a line says of its latest after-sale. Source: douyin.md 4 [doc]. */
const LineCase = z.looseObject({ after_sale_status: word, after_sale_type: word, refund_status: word }).nullish()
export type LineCase = z.infer<typeof LineCase>

/** Part of a bundle. Source: douyin.md 4 [doc]. */
const PartRow = z.looseObject({ sku_id: word, item_num: word, code: word, product_id: unused })

/** A line (子订单). Amounts are fen for the whole line, but `origin_amount`, which is for a piece. Source: douyin.md 4 [doc]. */
export const SkuOrder = z.looseObject({
  order_id: word,
  product_id: word,
  product_id_str: word,
  sku_id: word,
  product_name: word,
  code: word,
  spec: z.array(z.looseObject({ name: word, value: word })).nullish(),
  item_num: word,
  origin_amount: word,
  sum_amount: word,
  pay_amount: word,
  post_amount: word,
  order_status: word,
  given_product_type: word,
  after_sale_info: LineCase,
  bundle_sku_info: z.array(PartRow).nullish(),
  parent_order_id: unused,
  order_level: unused,
  biz: unused,
  order_type: unused,
  trade_type: unused,
  main_status: unused,
  pay_time: unused,
  create_time: unused,
  update_time: unused,
  out_sku_id: unused,
  order_amount: unused,
  promotion_amount: unused,
  promotion_shop_amount: unused,
  promotion_platform_amount: unused,
  promotion_talent_amount: unused,
  promotion_pay_amount: unused,
  shop_cost_amount: unused,
  platform_cost_amount: unused,
  modify_amount: unused,
  goods_type: unused,
  master_sku_order_id_list: unused,
  inventory_list: unused,
  pre_sale_type: unused,
  ship_time: unused,
})
export type SkuOrder = z.infer<typeof SkuOrder>

/** An order, the same in list and detail. Amounts are fen, times seconds with 0 for "did not happen". Source: douyin.md 4 [doc]. */
export const Detail = z.looseObject({
  order_id: z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1)),
  order_status: word,
  main_status: word,
  create_time: word,
  pay_time: word,
  update_time: word,
  exp_ship_time: word,
  pay_amount: word,
  post_amount: word,
  promotion_amount: word,
  promotion_platform_amount: word,
  promotion_talent_amount: word,
  buyer_words: word,
  seller_words: word,
  seller_remark_stars: word,
  doudian_open_id: word,
  open_address_id: word,
  post_addr: Address.nullish(),
  mask_post_addr: Address.nullish(),
  encrypt_post_tel: word,
  encrypt_post_receiver: word,
  mask_post_tel: word,
  mask_post_receiver: word,
  logistics_info: z.array(ParcelRow).nullish(),
  sku_order_list: z.array(SkuOrder).nullish(),
  shop_id: unused,
  shop_name: unused,
  order_level: unused,
  biz: unused,
  order_type: unused,
  trade_type: unused,
  order_status_desc: unused,
  main_status_desc: unused,
  order_expire_time: unused,
  finish_time: unused,
  ship_time: unused,
  cancel_reason: unused,
  b_type: unused,
  pay_type: unused,
  channel_payment_no: unused,
  order_amount: unused,
  post_origin_amount: unused,
  post_promotion_amount: unused,
  modify_amount: unused,
  promotion_shop_amount: unused,
  promotion_pay_amount: unused,
  shop_cost_amount: unused,
  platform_cost_amount: unused,
})
export type Detail = z.infer<typeof Detail>

const text = z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1))

/** An after-sale (售后单) as its list tells it. Amounts are fen, times seconds. Source: douyin.md 6 [doc]. */
export const AfterSale = z.looseObject({
  aftersale_info: z.looseObject({
    aftersale_id: text,
    related_id: word,
    aftersale_type: word,
    aftersale_status: word,
    refund_status: word,
    refund_amount: word,
    refund_post_amount: word,
    aftersale_num: word,
    apply_time: word,
    update_time: word,
  }),
  order_info: z.looseObject({
    shop_order_id: text,
    related_order_info: z.array(z.looseObject({ sku_order_id: word, aftersale_item_num: word })).nullish(),
  }),
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

/** Whole fen; what is missing is 0. Throws RangeError on anything else. */
export function fenOf(value: Word): Fen {
  const amount = textOf(value)
  if (amount === '') return fen(0)
  if (!/^-?\d+$/.test(amount)) throw new RangeError(`not whole fen: ${amount}`)
  return fen(Number(amount))
}

/** A number of pieces, at least 1. Throws RangeError on anything else. */
export function piecesOf(value: Word): number {
  const count = textOf(value)
  if (!/^[1-9]\d{0,8}$/.test(count)) throw new RangeError(`not a number of pieces: ${count}`)
  return Number(count)
}

/** An instant told in seconds; 0 and absent say that it did not happen. Throws RangeError on anything else. */
export function instantOrNull(value: Word): Instant | null {
  const seconds = textOf(value)
  if (seconds === '' || seconds === '0') return null
  if (!/^\d{1,11}$/.test(seconds)) throw new RangeError(`not an instant: ${seconds}`)
  return Number(seconds) * 1000
}

export function isoOrNull(value: Word): string | null {
  const at = instantOrNull(value)
  return at === null ? null : isoText(at)
}

/** `颜色:苔绿;尺寸:1.8m` of the platform's pairs; a value alone where the name is missing. */
export function specificationOf(pairs: readonly { readonly name?: Word; readonly value?: Word }[]): string {
  return pairs.map(({ name, value }) => [textOf(name), textOf(value)].filter((each) => each !== '').join(':')).join(';')
}
