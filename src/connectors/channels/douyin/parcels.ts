import type { Shipment } from '../../../core/channel/shapes.ts'
import { carriers } from './carriers.ts'
import { type Detail, piecesOf, textOf, textOrNull } from './payload.ts'

/** A parcel of an order with the pieces of each line in it; none where the platform does not say. */
export interface Parcel {
  /** The platform's number of the parcel; empty where it tells none. */
  readonly parcelNo: string
  readonly waybillNo: string
  readonly carrierNo: string | null
  readonly carrierName: string | null
  readonly lines: readonly ParcelLine[]
}
interface ParcelLine {
  readonly channelLineNo: string
  readonly channelSkuNo: string
  readonly quantity: number
}

/** The parcels of an order that have left. Source: douyin.md 4 [sdk]. */
export function parcelsOf({ logistics_info }: Detail): Parcel[] {
  const rows = (logistics_info ?? []).filter(({ tracking_no }) => textOf(tracking_no) !== '')
  return rows.map(({ delivery_id, tracking_no, company, company_name, product_info }) => ({
    parcelNo: textOf(delivery_id),
    waybillNo: textOf(tracking_no),
    carrierNo: textOrNull(company),
    carrierName: textOrNull(company_name) ?? carriers.nameOf(textOf(company)),
    lines: (product_info ?? []).map(({ sku_order_id, sku_id, product_count }) => ({
      channelLineNo: textOf(sku_order_id),
      channelSkuNo: textOf(sku_id),
      quantity: piecesOf(product_count),
    })),
  }))
}

/** Pieces of a line in these parcels. */
export function sentPieces(parcels: readonly Parcel[], channelLineNo: string): number {
  return parcels
    .flatMap(({ lines }) => lines.filter((line) => line.channelLineNo === channelLineNo))
    .reduce((sum, line) => sum + line.quantity, 0)
}

export function shipmentOf({ carrierNo, carrierName, waybillNo, lines }: Parcel): Shipment {
  return {
    carrierNo,
    carrierName,
    waybillNo,
    lines: lines.map(({ channelSkuNo, quantity }) => ({ channelSkuNo, quantity })),
  }
}
