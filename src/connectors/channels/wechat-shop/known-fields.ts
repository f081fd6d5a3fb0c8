import { unknownFields } from '../../../kit/unknown-fields.ts'
import { OrderPayload } from './payload.ts'

/**
 * Fields the sheet and its samples name and this connector has no use for; what stands below one is not looked into.
 * What is in neither list nor schema is told once, so that a platform's addition is a notice and not an outage. Source:
 * wechat-shop.md 4, 6, 7 [doc].
 */
const ignored = new Set([
  ...below(
    'order',
    `unionid is_present present_order_id present_order_id_str present_giver_openid present_note order_present_info
    present_send_type`,
  ),
  ...below(
    'order.order_detail',
    `coupon_info commission_infos settle_info source_infos sharer_info sku_sharer_infos agent_info greeting_card_info custom_info`,
  ),
  ...below(
    'order.order_detail.product_infos',
    `market_price out_product_id out_sku_id out_warehouse_id is_discounted is_change_price use_deduction
    order_product_coupon_info_list sku_deliver_info extra_service free_gift_info package_sku_list voucher_list`,
  ),
  ...below('order.order_detail.product_infos.change_sku_info', 'old_sku_id new_sku_id ddl_time_stamp'),
  ...below('order.order_detail.pay_info', 'prepay_id prepay_time'),
  ...below(
    'order.order_detail.price_info',
    `product_price original_order_price discounted_price estimate_product_price is_discounted change_down_price use_deduction
    deduction_price merchant_discounted_price finder_discounted_price vip_discounted_price cash_coupon_discounted_price
    bulkbuy_discounted_price limited_discount_discounted_price platform_activity_merchant_discounted_price
    national_subsidy_discounted_price national_subsidy_merchant_discounted_price`,
  ),
  ...below(
    'order.order_detail.delivery_info',
    `ship_done_time deliver_method address_apply_time ewaybill_order_code quality_inspect_info recharge_info dropship_flag
    predict_delivery_time`,
  ),
  ...below(
    'order.order_detail.delivery_info.address_info',
    'postal_code national_code virtual_order_tel_number tel_number_ext_info use_tel_number',
  ),
  ...below('order.order_detail.delivery_info.delivery_product_info', 'delivery_time deliver_type'),
  ...below('order.order_detail.ext_info', 'confirm_receipt_time finder_id live_id order_scene vip_order_session_id'),
  ...below('order.aftersale_detail.aftersale_order_list', 'status'),
])

/** Warnings such as `unknown-field:order.order_detail.colour`, each once. */
export function unknownFieldWarnings(order: OrderPayload): string[] {
  return unknownFields(OrderPayload, order, 'order')
    .filter((path) => !ignored.has(path))
    .map((path) => `unknown-field:${path}`)
}

function below(path: string, names: string): string[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => `${path}.${name}`)
}
