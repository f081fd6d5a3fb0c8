import { carrierById } from './carriers.ts'
import { type AfterSale, isOpen, type Waybill } from './state.ts'
import { seconds, type World } from './world.ts'

type Branch = Readonly<Record<string, unknown>>

const decideForMs = 48 * 3_600_000

/** The `after_sale_order` of getaftersaleorder. Source: wechat-shop.md 10 and its samples. */
export function afterSaleFields(world: World, afterSale: AfterSale): Branch {
  const { order, line, amountFen, returned, reshipped } = afterSale
  return {
    after_sale_order_id: afterSale.afterSaleNo,
    status: afterSale.status,
    openid: order.openid,
    ...(order.unionid === null ? {} : { unionid: order.unionid }),
    order_id: order.orderNo,
    product_info: {
      product_id: line.sku.product.productId,
      sku_id: line.sku.skuId,
      count: afterSale.count,
      sku_code: line.sku.merchantCode,
      fast_refund: false,
      gift_product_list: [],
      voucher_list: [],
    },
    details: {
      desc: afterSale.description,
      receive_product: order.status === 30 || order.status === 100,
      cancel_time: afterSale.status === 'USER_CANCELD' ? seconds(afterSale.updatedAt) : 0,
      media_id_list: [],
      tel_number: '',
    },
    refund_info: { amount: amountFen, refund_reason: 3, platform_discount_return_amount: platformShare(afterSale) },
    return_info: waybillFields(returned),
    ...(reshipped === null ? {} : { exchange_delivery_info: waybillFields(reshipped) }),
    merchant_upload_info: { reject_reason: afterSale.rejectReason, refund_certificates: afterSale.certificates },
    ...proposalFields(afterSale),
    ...exchangeFields(afterSale),
    create_time: seconds(afterSale.createdAt),
    update_time: seconds(afterSale.updatedAt),
    reason: afterSale.reason,
    reason_text: afterSale.reasonText,
    refund_resp: respOf(afterSale),
    type: afterSale.type,
    gen_scene: afterSale.openedBy,
    complete_time: seconds(afterSale.completedAt),
    deadline: deadlineOf(world, afterSale),
  }
}

/**
 * Of what the platform gave as a coupon, the share of the pieces asked back. It goes to the platform, not to the buyer.
 */
function platformShare({ line, count }: AfterSale): number {
  return Math.floor(((line.discounts.cash_coupon ?? 0) * count) / line.quantity)
}

function waybillFields(waybill: Waybill | null): Branch {
  const { waybillNo = '', carrierId = '' } = waybill ?? {}
  return { waybill_id: waybillNo, delivery_id: carrierId, delivery_name: carrierById(carrierId)?.name ?? '' }
}

function proposalFields({ proposal }: AfterSale): Branch {
  if (proposal === null) return {}
  const { oldType, oldAmountFen, newType, newAmountFen, description } = proposal
  return {
    merchant_update_detail: {
      old_type: oldType,
      old_amount: oldAmountFen,
      new_type: newType,
      new_amount: newAmountFen,
      merchant_update_desc: description,
    },
  }
}

function exchangeFields({ exchangeSku, line, count }: AfterSale): Branch {
  if (exchangeSku === null) return {}
  return {
    exchange_product_info: {
      product_id: line.sku.product.productId,
      old_sku_id: line.sku.skuId,
      new_sku_id: exchangeSku.skuId,
      product_cnt: count,
      old_sku_price: line.salePriceFen,
      new_sku_price: exchangeSku.priceFen,
      old_sku_code: line.sku.merchantCode,
      new_sku_code: exchangeSku.merchantCode,
    },
  }
}

function respOf({ status }: AfterSale): Branch {
  if (status !== 'PLATFORM_REFUND_FAIL' && status !== 'MERCHANT_REFUND_RETRY_FAIL')
    return { code: '', ret: 0, message: '' }
  return { code: 'NOTENOUGH', ret: 268_435_456, message: '余额不足' }
}

/** Seconds left for the merchant's decision; none once it is out of the merchant's hands. */
function deadlineOf(world: World, afterSale: AfterSale): number {
  if (!isOpen(afterSale)) return 0
  return Math.max(0, Math.floor((afterSale.updatedAt + decideForMs - world.clock.now()) / 1000))
}
