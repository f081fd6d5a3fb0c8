import { hashOf, maskedName, maskedPhone, placeFields } from './buyers.ts'
import { attributesOf, pictureOf } from './goods.ts'
import { discountFen, estimateFen, freightOf, grossFen, realFen, sumsOf } from './money.ts'
import {
  type AfterSale,
  discountKinds,
  isOpen,
  isRepaid,
  type Line,
  type Order,
  type Parcel,
  type Receiver,
  sum,
  unitsInAfterSale,
  unitsRepaid,
} from './state.ts'
import { seconds, type World } from './world.ts'

type Branch = Readonly<Record<string, unknown>>

/**
 * The `order` of order/get. Source: wechat-shop.md 4, 6, 7 and its samples; what does not apply is left out as they do.
 */
export function orderFields(world: World, order: Order): Branch {
  return {
    order_id: order.orderNo,
    openid: order.openid,
    status: order.status,
    create_time: seconds(order.createdAt),
    update_time: seconds(order.updatedAt),
    order_detail: {
      product_infos: order.lines.map((line) => lineFields(world, order, line)),
      pay_info: payFields(order),
      price_info: priceFields(order),
      delivery_info: deliveryFields(order),
      coupon_info: hasCoupon(order) ? { user_coupon_id: couponOf(order, 'merchant') } : {},
      ext_info: extFields(order),
      commission_infos: [],
      settle_info: settleFields(order),
      source_infos: [],
      refund_info: { refund_freight: refundedFreight(order) },
    },
    aftersale_detail: {
      aftersale_order_list: order.afterSales.map(afterSaleRow),
      on_aftersale_order_cnt: order.afterSales.filter(isOpen).length,
    },
    is_present: order.isPresent,
    ...(order.isPresent ? { present_order_id_str: order.orderNo } : {}),
    ...(order.unionid === null ? {} : { unionid: order.unionid }),
  }
}

/**
 * The numbers have no published table; 13 is the one a sample shows for money paid back. Source: wechat-shop.md 4, 16.
 */
function afterSaleRow(afterSale: AfterSale): Branch {
  const status = isRepaid(afterSale) ? 13 : 1
  return { aftersale_order_id: afterSale.afterSaleNo, status }
}

const deadlineMs = 48 * 3_600_000

function lineFields(world: World, order: Order, line: Line): Branch {
  const { sku, presaleUntil, deductionFen } = line
  const isDiscounted = discountFen(line) > 0
  return {
    product_id: sku.product.productId,
    sku_id: sku.skuId,
    sku_cnt: line.quantity,
    on_aftersale_sku_cnt: unitsInAfterSale(line),
    finish_aftersale_sku_cnt: unitsRepaid(line),
    title: line.title,
    thumb_img: pictureOf(world, sku.skuId),
    sale_price: line.salePriceFen,
    market_price: sku.priceFen,
    sku_attrs: attributesOf(sku.specification),
    sku_code: sku.merchantCode,
    real_price: realFen(line),
    out_product_id: '',
    out_sku_id: '',
    is_discounted: mark(order, isDiscounted),
    is_change_price: mark(order, line.changedFen !== null),
    out_warehouse_id: '',
    sku_deliver_info: presaleUntil === null ? { stock_type: 0 } : presaleFields(presaleUntil),
    extra_service: { seven_day_return: 1, freight_insurance: 0 },
    use_deduction: deductionFen > 0,
    order_product_coupon_info_list: couponsOf(order, line),
    ...(isDiscounted ? { estimate_price: estimateFen(line) } : {}),
    ...(line.changedFen === null ? {} : { change_price: line.changedFen }),
    ...(deductionFen > 0 ? { deduction_price: deductionFen } : {}),
    ...discountFields(line.discounts),
    ...(order.payment === null ? {} : { delivery_deadline: seconds(order.payment.paidAt + deadlineMs) }),
    product_unique_id: line.lineNo,
    ...giftFields(order, line),
    ...skuChangeFields(line),
  }
}

function presaleFields(until: number): Branch {
  return { stock_type: 1, predict_delivery_time: seconds(until), full_payment_presale_delivery_type: 0 }
}

/** Null is seen in the place of false. Source: wechat-shop.md 4. */
function mark({ spelling }: Order, is: boolean): boolean | null {
  return !is && spelling.hasNulls ? null : is
}

function discountFields(discounts: Line['discounts']): Branch {
  const given = discountKinds.filter((kind) => (discounts[kind] ?? 0) > 0)
  return Object.fromEntries(given.map((kind) => [`${kind}_discounted_price`, discounts[kind]]))
}

const couponTypes = { merchant: 1, finder: 2 } as const

function couponsOf(order: Order, { discounts }: Line): readonly Branch[] {
  return (['merchant', 'finder'] as const).flatMap((kind) => {
    const discounted_price = discounts[kind] ?? 0
    if (discounted_price === 0) return []
    const coupon = { user_coupon_id: couponOf(order, kind), coupon_type: couponTypes[kind], discounted_price }
    return [{ ...coupon, coupon_id: String(77_000 + couponTypes[kind]) }]
  })
}

function couponOf({ sequence }: Order, kind: keyof typeof couponTypes): string {
  return String(8_801_122_000_000_000 + sequence * 10 + couponTypes[kind])
}

function hasCoupon({ lines }: Order): boolean {
  return lines.some(({ discounts }) => (discounts.merchant ?? 0) > 0)
}

function giftFields({ spelling }: Order, { giftOf, quantity }: Line): Branch {
  if (giftOf === null) return spelling.hasNulls ? { is_free_gift: spelling.giftMark === 'number' ? 0 : false } : {}
  const main = { product_id: giftOf.sku.product.productId, sku_id: giftOf.sku.skuId }
  return {
    is_free_gift: spelling.giftMark === 'number' ? 1 : true,
    free_gift_info: { main_product_list: [{ ...main, task_id: '55001', gift_cnt: quantity }] },
  }
}

function skuChangeFields({ skuChange }: Line): Branch {
  if (skuChange === null) return {}
  return {
    change_sku_info: {
      preshipment_change_sku_state: skuChange.state,
      old_sku_id: skuChange.oldSkuId,
      new_sku_id: skuChange.newSku.skuId,
      ddl_time_stamp: seconds(skuChange.until),
    },
  }
}

/** Unpaid orders have `prepay_*` alone. Source: wechat-shop.md 4 [doc]. */
function payFields({ sequence, createdAt, payment }: Order): Branch {
  const prepaid = { prepay_id: `up_wx_SIM_${sequence}`, prepay_time: seconds(createdAt) }
  if (payment === null) return prepaid
  const { transactionId, paidAt, method } = payment
  return { ...prepaid, transaction_id: transactionId, pay_time: seconds(paidAt), payment_method: method }
}

function priceFields(order: Order): Branch {
  const sums = sumsOf(order)
  const { merchant, ...others } = sums.discounts
  const isChanged = order.lines.some(({ changedFen }) => changedFen !== null) || order.changedFreightFen !== null
  return {
    product_price: sums.productFen,
    order_price: sums.orderFen,
    freight: order.freightFen,
    discounted_price: merchant === 0 && order.spelling.hasNulls ? null : merchant,
    is_discounted: mark(
      order,
      order.lines.some((line) => discountFen(line) > 0),
    ),
    original_order_price: sums.originalFen,
    estimate_product_price: sums.estimateProductFen,
    ...(isChanged ? { change_down_price: sums.changeDownFen } : {}),
    ...(order.changedFreightFen === null ? {} : { change_freight: freightOf(order), is_change_freight: true }),
    ...(sums.deductionFen > 0 ? { use_deduction: true, deduction_price: sums.deductionFen } : {}),
    merchant_discounted_price: merchant,
    ...discountFields(others),
    merchant_receieve_price: sums.merchantFen,
  }
}

function deliveryFields(order: Order): Branch {
  const { addressWish } = order
  return {
    address_info: addressFields(order, order.receiver),
    delivery_product_info: order.parcels.map(parcelFields),
    ship_done_time: seconds(order.shipDoneAt),
    deliver_method: 0,
    ewaybill_order_code: `of${hashOf(order.receiver)}${order.sequence}`,
    ...(addressWish === null ? {} : { address_under_review: true, address_apply_time: seconds(addressWish.since) }),
  }
}

/** The masked receiver. Source: wechat-shop.md 6. */
function addressFields(order: Order, receiver: Receiver): Branch {
  const virtual = {
    real_tel_number: maskedPhone(receiver.phone),
    virtual_tel_number: '1321234xxxx-1234',
    virtual_tel_expire_time: seconds(order.virtualUntil),
    get_virtual_tel_cnt: 0,
  }
  return {
    user_name: maskedName(receiver.name),
    postal_code: '000000',
    ...placeFields(order, receiver),
    detail_info: '****',
    tel_number: maskedPhone(receiver.phone),
    house_number: '',
    virtual_order_tel_number: '',
    tel_number_ext_info: order.hasVirtualNumber ? virtual : null,
    use_tel_number: order.hasVirtualNumber ? 1 : 0,
    hash_code: hashOf(receiver),
  }
}

/** What sensitiveinfo/decode answers: all plain, but the phone where a virtual number stands before it. */
export function plainFields(order: Order): Branch {
  const { receiver, hasVirtualNumber } = order
  const address_info = {
    user_name: receiver.name,
    postal_code: '000000',
    ...placeFields(order, receiver),
    detail_info: receiver.address,
    tel_number: hasVirtualNumber ? maskedPhone(receiver.phone) : receiver.phone,
    house_number: '',
  }
  return hasVirtualNumber ? { address_info, virtual_number_info: virtualFields(order) } : { address_info }
}

/** A virtual number by the order's own: nobody answers it. */
export function virtualFields({ sequence, virtualUntil }: Order) {
  const virtual_number = `170${String(12_340_000 + sequence)}`
  return { virtual_number, extension: String(1000 + (sequence % 9000)), expiration: seconds(virtualUntil) }
}

function parcelFields({ waybillNo, carrierId, carrierName, sentAt, deliverType, loads }: Parcel): Branch {
  const pieces = Map.groupBy(loads, ({ line }) => line.sku)
  return {
    waybill_id: waybillNo,
    delivery_id: carrierId,
    delivery_name: carrierName,
    delivery_time: seconds(sentAt),
    deliver_type: deliverType,
    product_infos: [...pieces].map(([{ product, skuId }, share]) => ({
      product_id: product.productId,
      sku_id: skuId,
      product_cnt: sum(share.map(({ quantity }) => quantity)),
    })),
  }
}

function extFields({ customerNotes, merchantNotes, scene, confirmedAt }: Order): Branch {
  const notes = { customer_notes: customerNotes, merchant_notes: merchantNotes, order_scene: scene }
  return confirmedAt === null ? notes : { ...notes, confirm_receipt_time: seconds(confirmedAt) }
}

/** The platform takes five in a hundred [assumed]. */
function settleFields(order: Order): Branch {
  const fee = Math.floor(sum(order.lines.map(grossFen)) / 20)
  const predicted = { predict_commission_fee: fee }
  if (order.settledAt === null) return predicted
  return { ...predicted, commission_fee: fee, settle_time: seconds(order.settledAt) }
}

function refundedFreight({ afterSales }: Order): number {
  return sum(afterSales.filter(isRepaid).map(({ freightFen }) => freightFen))
}
