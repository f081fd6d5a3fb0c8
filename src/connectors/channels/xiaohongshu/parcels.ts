import type { Shipment } from '../../../core/channel/shapes.ts'
import { carriers } from './carriers.ts'
import type { LineMoney } from './money.ts'
import { type Detail, type ParcelRow, textOf, textOrNull } from './payload.ts'

/** Parcels in these states have left the house. Source: xiaohongshu.md 6, 7 [doc]. */
const leftStatuses = new Set(['6', '7'])

/** A parcel of an order with the SKUs in it. */
export interface Parcel {
  readonly index: string
  readonly status: string
  readonly waybillNo: string
  readonly carrierNo: string | null
  readonly skuNos: ReadonlySet<string>
  readonly hasLeft: boolean
}

/**
 * An order's parcels. The platform counts SKUs and not pieces: a SKU is in a parcel whole. An order without a list of parcels is one
 * parcel. Source: xiaohongshu.md 6 [doc]; that SKUs stand in both lists [sdk].
 */
export function parcelsOf(detail: Detail): Parcel[] {
  const rows = detail.simpleDeliveryOrderList ?? []
  return rows.length === 0 ? [onlyParcel(detail)] : rows.map(parcelOf)
}

function parcelOf(row: ParcelRow): Parcel {
  const waybillNo = textOf(row.expressTrackingNo)
  const status = textOf(row.status)
  return {
    index: textOf(row.deliveryOrderIndex),
    status,
    waybillNo,
    carrierNo: textOrNull(row.expressCompanyCode),
    skuNos: new Set([...(row.skuIdList ?? []), ...(row.itemIdList ?? [])]),
    hasLeft: waybillNo !== '' || leftStatuses.has(status),
  }
}

function onlyParcel({ orderStatus, expressTrackingNo, expressCompanyCode, skuList }: Detail): Parcel {
  return parcelOf({
    status: orderStatus,
    expressTrackingNo,
    expressCompanyCode,
    skuIdList: (skuList ?? []).map((row) => textOf(row.skuId)),
  })
}

/** The parcels that have a number, with the pieces of `lines` that are in them. */
export function shipmentsOf(parcels: readonly Parcel[], lines: readonly LineMoney[]): Shipment[] {
  return parcels
    .filter(({ waybillNo }) => waybillNo !== '')
    .map(({ waybillNo, carrierNo, skuNos }) => ({
      carrierNo,
      carrierName: carrierNo === null ? null : carriers.nameOf(carrierNo),
      waybillNo,
      lines: lines
        .filter(({ row }) => skuNos.has(textOf(row.skuId)))
        .map(({ row, quantity }) => ({ channelSkuNo: textOf(row.skuId), quantity })),
    }))
}
