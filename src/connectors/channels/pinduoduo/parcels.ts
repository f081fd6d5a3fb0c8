import type { Shipment } from '../../../core/channel/shapes.ts'
import { carrierNameOf } from './carriers.ts'
import type { LineMoney } from './money.ts'
import { type Order, type ParcelRow, textOf } from './payload.ts'

/**
 * The parcels of an order that have a number, the first one first. What is in them is nowhere told: an only parcel holds everything, of
 * several nobody knows. Source: pinduoduo.md 4, 7.
 */
export function shipmentsOf(order: Order, lines: readonly LineMoney[]): Shipment[] {
  const rows = parcelRowsOf(order)
  const all = lines.map(({ row, quantity }) => ({ channelSkuNo: textOf(row.sku_id), quantity }))
  return rows.map((row) => shipmentOf(row, rows.length === 1 ? all : []))
}

function parcelRowsOf(order: Order): ParcelRow[] {
  const { logistics_id, tracking_number, extra_delivery_list, gift_delivery_list, resend_delivery_list } = order
  const lists = [extra_delivery_list, gift_delivery_list, resend_delivery_list].flatMap((list) => list ?? [])
  return [{ logistics_id, tracking_number }, ...lists].filter((row) => textOf(row.tracking_number) !== '')
}

function shipmentOf({ logistics_id, tracking_number }: ParcelRow, lines: Shipment['lines']): Shipment {
  const carrierNo = textOf(logistics_id)
  const isTold = carrierNo !== '' && carrierNo !== '0'
  return {
    carrierNo: isTold ? carrierNo : null,
    carrierName: isTold ? carrierNameOf(carrierNo) : null,
    waybillNo: textOf(tracking_number),
    lines,
  }
}

/** Whether the order shows this number. */
export function hasWaybill(order: Order, waybillNo: string): boolean {
  return parcelRowsOf(order).some((row) => textOf(row.tracking_number) === waybillNo)
}
