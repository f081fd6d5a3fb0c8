import type { Shipment } from '../../../core/channel/shapes.ts'
import { carrierName } from './carriers.ts'
import { type LineMoney, quantityOf } from './money.ts'
import { type OrderInfo, textOf } from './payload.ts'

/** In these states everything has left the house. Source: jd.md 6.3. */
const leftStates: ReadonlySet<string> = new Set(['WAIT_GOODS_RECEIVE_CONFIRM', 'FINISHED_L'])
/** In these it may have, and a waybill tells. */
const endedStates: ReadonlySet<string> = new Set(['TRADE_CANCELED', 'LOCKED', 'PAUSE', 'POP_ORDER_PAUSE'])

/** Whether goods of the order have left, altogether or in part. */
export function hasLeft(info: OrderInfo): boolean {
  return hasLeftAltogether(info) || partialsOf(info).length > 0
}

function hasLeftAltogether(info: OrderInfo): boolean {
  const state = textOf(info.orderState)
  if (leftStates.has(state)) return true
  return endedStates.has(state) && textOf(info.waybill) !== '' && partialsOf(info).length === 0
}

export interface Parcels {
  readonly shipments: readonly Shipment[]
  /** In the order of the lines. */
  readonly lines: readonly { readonly shippedQuantity: number; readonly shipments: Shipment[] }[]
}

/** What has left, and in which parcels. Only partial shipments say what is in them; a lone parcel of a whole order holds everything. */
export function parcelsOf(info: OrderInfo, lines: readonly LineMoney[]): Parcels {
  const all = hasLeftAltogether(info)
  const shipments = all ? withContents(mergedParcels(info), lines) : mergedParcels(info)
  const counted = countedBySku(shipments)
  return {
    shipments,
    lines: lines.map(({ item }) => {
      const [sku, quantity] = [textOf(item.skuId), quantityOf(item)]
      const left = counted.get(sku) ?? 0
      const own = Math.min(quantity, left)
      counted.set(sku, left - own)
      return {
        shippedQuantity: all ? quantity : own,
        shipments: shipments
          .filter((shipment) => shipment.lines.length === 0 || shipment.lines.some((line) => line.channelSkuNo === sku))
          .map((shipment) => ({ ...shipment, lines: shipment.lines.filter((line) => line.channelSkuNo === sku) })),
      }
    }),
  }
}

function countedBySku(shipments: readonly Shipment[]): Map<string, number> {
  const counted = new Map<string, number>()
  for (const { channelSkuNo, quantity } of shipments.flatMap((shipment) => shipment.lines)) {
    counted.set(channelSkuNo, (counted.get(channelSkuNo) ?? 0) + quantity)
  }
  return counted
}

function withContents(parcels: readonly Shipment[], lines: readonly LineMoney[]): Shipment[] {
  const [only, ...others] = parcels
  if (only === undefined || others.length > 0 || only.lines.length > 0) return [...parcels]
  const contents = lines.map(({ item }) => ({ channelSkuNo: textOf(item.skuId), quantity: quantityOf(item) }))
  return [{ ...only, lines: contents }]
}

/** The parcels of partial shipments, then those the order names beside them; one for each waybill number. */
function mergedParcels(info: OrderInfo): Shipment[] {
  const parcels = new Map<string, Shipment>()
  for (const { carrierId, waybillNo, lines } of [...partialsOf(info), ...waybillsOf(info)]) {
    const known = parcels.get(waybillNo)
    parcels.set(waybillNo, {
      carrierNo: known?.carrierNo ?? (carrierId || null),
      carrierName: known?.carrierName ?? carrierName(carrierId),
      waybillNo,
      lines: [...(known?.lines ?? []), ...lines],
    })
  }
  return [...parcels.values()]
}

export interface Waybill {
  readonly carrierId: string
  readonly waybillNo: string
}
type Parcel = Waybill & { readonly lines: Shipment['lines'] }

/** The waybills of an order: `|` between carriers, the same places in both fields, `,` between those of one. Source: jd.md 6.4 [doc G]. */
export function waybillsOf(info: Pick<OrderInfo, 'waybill' | 'logisticsId'>): Parcel[] {
  const carrierIds = textOf(info.logisticsId).split('|')
  return textOf(info.waybill)
    .split('|')
    .flatMap((group, place) =>
      numbersIn(group).map((waybillNo) => ({ carrierId: carrierIds[place]?.trim() ?? '', waybillNo, lines: [] })),
    )
}

/** The same written back, carriers in the order in which they first appear. */
export function waybillFields(waybills: readonly Waybill[]): {
  readonly logisticsId: string
  readonly waybill: string
} {
  const byCarrier = Map.groupBy(waybills, ({ carrierId }) => carrierId)
  return {
    logisticsId: [...byCarrier.keys()].join('|'),
    waybill: [...byCarrier.values()].map((group) => group.map(({ waybillNo }) => waybillNo).join(',')).join('|'),
  }
}

function partialsOf(info: OrderInfo): Parcel[] {
  return (info.partialLogisticsInfoModel ?? []).flatMap((row) => {
    const lines = row.skus.map(({ skuId, num }) => ({
      channelSkuNo: textOf(skuId),
      quantity: quantityOf({ itemTotal: num }),
    }))
    const carrierId = textOf(row.logicId)
    // Several numbers in one row share its contents, which are counted once.
    return numbersIn(textOf(row.waybillId)).map((waybillNo, place) => ({
      carrierId,
      waybillNo,
      lines: place === 0 ? lines : [],
    }))
  })
}

function numbersIn(group: string): string[] {
  return group
    .split(',')
    .map((number) => number.trim())
    .filter((number) => number !== '')
}
