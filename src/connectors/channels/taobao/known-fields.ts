import { OrderRow, PromotionRow, Trade } from './payload.ts'

/**
 * Fields the sheet and its samples name and this connector has no use for. What is in neither list nor schema is told once, as
 * `unknown-field:…`, so that a platform's addition is a notice and not an outage. Source: taobao.md 6.1, 7.1, 7.2, 8, 9, 12 [doc M].
 */
const ignoredInTrade = words(`
  adjust_fee alipay_id alipay_no alipay_point available_confirm_fee buyer_cod_fee buyer_obtain_point_fee buyer_rate cod_fee cod_status
  collect_time consign_time coupon_fee discount_fee end_time express_agency_fee has_buyer_message has_post_fee has_yfx is_lgtype
  is_o2o_passport is_part_consign lm logistics_agreement logistics_infos new_presell num num_iid o2o_voucher_price pcc_af pic_path
  platform_subsidy_fee point_fee price promise_service propoint real_point_fee received_payment receiver_zip seller_can_rate
  seller_cod_fee seller_nick seller_rate service_orders service_tags shipping_type sign_time snapshot_url step_pay_details timing_promise
  title tmall_coupon_fee total_fee trade_from
`)

const ignoredInOrder = words(`
  bind_oid bind_oids buyer_rate cid customization end_time gift_mids has_gift is_daixiao is_service_order is_sh_ship item_meal_id
  item_meal_name modify_address need_return order_attr order_from seller_rate seller_type shipping_type snapshot_url store_code total_fee
`)

const ignoredInPromotion = words('promotion_desc promotion_id kd_discount_fee kd_child_discount_fee')

/** Beginnings of the names of store and cross-border extras. */
const ignoredFamilies = ['retail_', 'nr_', 'et_', 'hk_']

const knownInTrade = new Set([...Object.keys(Trade.shape), ...ignoredInTrade])
const knownInOrder = new Set([...Object.keys(OrderRow.shape), ...ignoredInOrder])
const knownInPromotion = new Set([...Object.keys(PromotionRow.shape), ...ignoredInPromotion])

/** Warnings for fields nobody has told us about, each once: `unknown-field:trade.xyz`, `unknown-field:order.xyz`. */
export function unknownFieldWarnings(trade: Trade): string[] {
  const found: string[] = []
  noteUnknown(found, trade, { known: knownInTrade, owner: 'trade' })
  for (const order of trade.orders) noteUnknown(found, order, { known: knownInOrder, owner: 'order' })
  for (const row of trade.promotion_details) {
    noteUnknown(found, row, { known: knownInPromotion, owner: 'promotion_detail' })
  }
  return found
}

interface Expected {
  readonly known: ReadonlySet<string>
  readonly owner: string
}

function noteUnknown(found: string[], fields: object, { known, owner }: Expected): void {
  for (const name in fields) {
    if (known.has(name) || ignoredFamilies.some((family) => name.startsWith(family))) continue
    const warning = `unknown-field:${owner}.${name}`
    if (!found.includes(warning)) found.push(warning)
  }
}

function words(text: string): string[] {
  return text.trim().split(/\s+/)
}
