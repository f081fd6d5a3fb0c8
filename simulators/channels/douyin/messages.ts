import { type AfterSale, type Order, totalFen } from './state.ts'
import type { Branch } from './text.ts'
import { shop } from './tokens.ts'

/** Created, paid, in checking, shipped, in part, completed, waybill or receiver changed, cancelled, remark. Source: douyin.md 7 [doc]. */
export type OrderTag = '100' | '101' | '110' | '102' | '108' | '103' | '104' | '105' | '106' | '113'
/** Applied, refund agreed or refused, return agreed or refused, sent back, paid back, closed, changed, exchanged, re-shipped. */
export type CaseTag = '200' | '201' | '204' | '202' | '205' | '203' | '206' | '207' | '208' | '211' | '226'

/** Ids are bare integers of 19 digits here. Source: douyin.md 7 and fixture push.json; gifts are left out as in it. */
export function orderData(order: Order, tag: OrderTag): Branch {
  const isPayment = tag === '101' || tag === '110'
  return {
    biz: 2,
    order_status: order.status,
    order_type: 0,
    p_id: BigInt(order.orderId),
    s_ids: order.lines.filter(({ isGift }) => !isGift).map(({ lineId }) => BigInt(lineId)),
    shop_id: shop.id,
    ...(isPayment
      ? { pay_amount: totalFen(order), pay_time: (order.paidAt ?? 0) / 1000, pay_type: order.payType }
      : { update_time: order.updatedAt / 1000 }),
  }
}

export function caseData(one: AfterSale, tag: CaseTag): Branch {
  const at = one.updatedAt / 1000
  return {
    aftersale_id: BigInt(one.caseId),
    aftersale_status: one.status,
    aftersale_type: one.type,
    p_id: BigInt(one.order.orderId),
    s_id: BigInt(one.line.lineId),
    reason_code: one.reasonCode,
    refund_amount: one.amountFen + one.freightFen,
    refund_post_amount: one.freightFen,
    shop_id: shop.id,
    ...(tag === '206' ? { success_time: at } : { update_time: at }),
  }
}
