import type { AfterSale } from './state.ts'
import type { Branch } from './text.ts'

/**
 * An item of `afterSale.List`, and the answer of `afterSale.Detail` [assumed]. Source of the fields: douyin.md 6; ids of after-sales and
 * orders as text, the refund with the freight in it, pieces asked for all of the line: [assumed].
 */
export function caseFields(one: AfterSale): Branch {
  const { caseId, order, line } = one
  return {
    aftersale_info: {
      aftersale_id: caseId,
      related_id: line.lineId,
      aftersale_type: one.type,
      aftersale_status: one.status,
      refund_status: one.refundStatus,
      refund_amount: one.amountFen + one.freightFen,
      refund_post_amount: one.freightFen,
      aftersale_num: line.quantity,
      got_pkg: one.hasGoods ? 1 : 0,
      apply_time: one.createdAt / 1000,
      update_time: one.updatedAt / 1000,
      status_deadline: one.deadline / 1000,
    },
    order_info: {
      shop_order_id: order.orderId,
      related_order_info: [
        {
          sku_order_id: line.lineId,
          product_id: BigInt(line.sku.item.productId),
          aftersale_item_num: line.quantity,
        },
      ],
    },
  }
}
