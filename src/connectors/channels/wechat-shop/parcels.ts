import type { Shipment } from '../../../core/channel/shapes.ts'
import { quantityOf } from './money.ts'
import {
  type GoodsRow,
  isTrue,
  type OrderPayload,
  type ParcelRow,
  type ProductRow,
  textOf,
  textOrNull,
  wholeOf,
} from './payload.ts'

/** What has left of one line, and in which parcels. */
export interface SentLine {
  readonly shippedQuantity: number
  readonly shipments: readonly Shipment[]
}

/**
 * Shares the goods of the parcels out over the lines. The platform names product and SKU, not the line; where two lines
 * have the same SKU (goods and a gift of them) the earlier one is filled first. Source: wechat-shop.md 6 [doc].
 */
export function sentLines(order: OrderPayload): SentLine[] {
  const products = order.order_detail?.product_infos ?? []
  const lines = products.map((product) => ({
    left: quantityOf(product),
    shippedQuantity: 0,
    shipments: [] as Shipment[],
  }))
  for (const parcel of parcelsIn(order)) {
    for (const goods of parcel.product_infos) {
      let count = wholeOf(goods.product_cnt)
      for (const [place, product] of products.entries()) {
        const line = lines[place]!
        const taken = isSameGoods(goods, product) ? Math.min(count, line.left) : 0
        if (taken <= 0) continue
        count -= taken
        line.left -= taken
        line.shippedQuantity += taken
        line.shipments.push(...shipmentOf(parcel, [{ channelSkuNo: textOf(product.sku_id), quantity: taken }]))
      }
    }
  }
  return lines.map(({ shippedQuantity, shipments }) => ({ shippedQuantity, shipments }))
}

/** Where a row names its line, by that; else by product and SKU. */
export function isSameGoods(
  goods: Pick<GoodsRow, 'product_id' | 'sku_id' | 'product_unique_id'>,
  product: ProductRow,
): boolean {
  const lineNo = textOf(goods.product_unique_id)
  if (lineNo !== '') return lineNo === textOf(product.product_unique_id)
  return textOf(goods.product_id) === textOf(product.product_id) && textOf(goods.sku_id) === textOf(product.sku_id)
}

/** The parcels of an order; what was delivered without a carrier (虚拟发货) has none. */
export function shipmentsOf(order: OrderPayload): Shipment[] {
  return parcelsIn(order).flatMap((parcel) =>
    shipmentOf(
      parcel,
      parcel.product_infos
        .map((goods) => ({ channelSkuNo: textOf(goods.sku_id), quantity: wholeOf(goods.product_cnt) }))
        .filter(({ quantity }) => quantity > 0),
    ),
  )
}

/** Whether the parcels say what is in them. */
export function namesGoods(order: OrderPayload): boolean {
  return parcelsIn(order).some((parcel) => parcel.product_infos.length > 0)
}

export function parcelsIn(order: OrderPayload): readonly ParcelRow[] {
  return order.order_detail?.delivery_info?.delivery_product_info ?? []
}

function shipmentOf(parcel: ParcelRow, lines: Shipment['lines']): Shipment[] {
  const waybillNo = textOf(parcel.waybill_id)
  if (waybillNo === '') return []
  return [
    { carrierNo: textOrNull(parcel.delivery_id), carrierName: textOrNull(parcel.delivery_name), waybillNo, lines },
  ]
}

/** A buyer's change of SKU that waits for the merchant. Source: wechat-shop.md 4 [doc]. */
const skuChangeWaits = '3'

/**
 * Why the order as a whole must not leave, as warnings: `held:address_under_review`. Source: wechat-shop.md 4, 6, 14
 * [rule]; that any kind of quality inspection keeps a parcel from going straight to the buyer [assumed].
 */
export function holdWarnings(order: OrderPayload): string[] {
  const delivery = order.order_detail?.delivery_info
  const products = order.order_detail?.product_infos ?? []
  const changesSku = products.some(
    ({ change_sku_info }) => textOf(change_sku_info?.preshipment_change_sku_state) === skuChangeWaits,
  )
  return [
    ...(isTrue(delivery?.address_under_review) ? ['held:address_under_review'] : []),
    ...(changesSku ? ['held:change_sku'] : []),
    ...(wholeOf(delivery?.quality_inspect_type) > 0 ? ['held:quality_inspect'] : []),
  ]
}

/** The line was handed to a supplier, who ships it. Source: wechat-shop.md 4 [doc]. */
export function isDropShipped({ dropship_info }: ProductRow): boolean {
  return !['', '0'].includes(textOf(dropship_info?.ds_order_id))
}
