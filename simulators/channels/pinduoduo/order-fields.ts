import { encrypt, type SecretType } from './cipher.ts'
import { sumsOf } from './money.ts'
import { fullAddress, maskFields, openAddressIdOf, placeFields } from './receivers.ts'
import { isOpen, refundedOf } from './refunding.ts'
import type { Case, ExtraKind, Line, Order } from './state.ts'
import { timeText, yuan } from './text.ts'

/** An order as lists and the single call show it. Source: pinduoduo.md 4, order.information.get.json. */
export function orderTree(order: Order) {
  return {
    order_sn: order.orderSn,
    trade_type: 0,
    free_sf: 0,
    is_lucky_flag: 1,
    group_status: order.groupStatus,
    confirm_status: order.confirmStatus,
    order_status: order.orderStatus,
    refund_status: refundStatusOf(order),
    after_sales_status: caseStatusOf(order),
    ...moneyFields(order),
    remark: order.remark,
    remark_tag: order.tag,
    remark_tag_name: order.tagName,
    buyer_memo: order.note,
    ...timeFields(order),
    logistics_id: order.parcel?.carrierId ?? 0,
    tracking_number: order.parcel?.waybillNo ?? '',
    ...secretFields(order),
    ...maskFields(order.receiver),
    ...placeFields(order.receiver),
    open_address_id: openAddressIdOf(order.receiver),
    risk_control_status: order.hasRisk ? 1 : 0,
    pay_type: order.paidAt === null ? '' : 'WEIXIN',
    pay_no: order.paidAt === null ? '' : `4200002${order.orderSn.slice(-15)}`,
    is_pre_sale: 0,
    is_stock_out: 0,
    invoice_status: 0,
    item_list: order.lines.filter(({ isGift }) => !isGift).map(itemTree),
    gift_list: order.lines.filter(({ isGift }) => isGift).map(itemTree),
    extra_delivery_list: extras(order, 1),
    resend_delivery_list: extras(order, 2),
    gift_delivery_list: extras(order, 3),
    order_tag_list: order.isHeld ? [{ name: 'ship_hold', value: 1 }] : [],
  }
}

function moneyFields(order: Order) {
  const { goods, discount, pay } = sumsOf(order)
  return {
    capital_free_discount: yuan(order.capitalFreeFen),
    seller_discount: yuan(order.sellerFen),
    platform_discount: yuan(order.platformFen),
    goods_amount: yuan(goods),
    discount_amount: yuan(discount),
    pay_amount: yuan(pay),
    duo_duo_pay_reduction: 0,
    postage: yuan(order.postageFen),
    order_change_amount: yuan(order.changeFen),
  }
}

/** How long a seller has to ship. */
const shipWithinMs = 48 * 3_600_000

function timeFields(order: Order) {
  return {
    created_time: timeText(order.createdAt),
    pay_time: timeText(order.paidAt),
    confirm_time: timeText(order.confirmedAt),
    updated_at: timeText(order.modifiedAt),
    shipping_time: timeText(order.shippedAt),
    receive_time: timeText(order.receivedAt),
    last_ship_time: timeText(order.confirmedAt === null ? null : order.confirmedAt + shipWithinMs),
  }
}

/** Ciphertext only while the order is to be shipped and under no risk control. Source: pinduoduo.md 4. */
function secretFields(order: Order) {
  const { name, phone, address } = order.receiver
  const isShown = order.orderStatus === 1 && !order.hasRisk
  const secret = (type: SecretType, plain: string) => (isShown ? encrypt(order.orderSn, { type, plain }) : '')
  return {
    receiver_name: secret(5, name),
    receiver_phone: secret(6, phone),
    receiver_address: secret(8, address),
    address: secret(8, fullAddress(order.receiver)),
  }
}

function itemTree({ sku, title, spec, priceFen, quantity }: Line) {
  return {
    goods_id: sku.item.goodsId,
    sku_id: sku.skuId,
    outer_id: sku.merchantCode,
    outer_goods_id: sku.item.product,
    goods_count: quantity,
    goods_price: yuan(priceFen),
    goods_name: title,
    goods_spec: spec,
    goods_img: `https://img.pddpic.com/simulated/${sku.skuId}.jpeg`,
  }
}

function extras({ extraParcels }: Order, kind: ExtraKind) {
  return extraParcels
    .filter((parcel) => parcel.kind === kind)
    .map(({ carrierId, waybillNo }) => ({ logistics_id: carrierId, tracking_number: waybillNo }))
}

/** The case that an order shows: the open one, else the last paid out, else the last. */
function shownCase({ cases }: Order): Case | undefined {
  return cases.find(isOpen) ?? cases.findLast(({ status }) => status === 10) ?? cases.at(-1)
}

/** 1 none or closed, 2 in progress, 3 refunding, 4 refunded. Source: pinduoduo.md 4. */
export function refundStatusOf(order: Order): 1 | 2 | 3 | 4 {
  const open = order.cases.find(isOpen)
  if (open !== undefined) return open.status === 4 || open.status === 5 ? 3 : 2
  return refundedOf(order) > 0 ? 4 : 1
}

/** A failed group pays back without a case; the status is that of money which is back [assumed]. */
function caseStatusOf(order: Order): number {
  return shownCase(order)?.status ?? (order.groupStatus === 2 && order.paidAt !== null ? 10 : 0)
}
