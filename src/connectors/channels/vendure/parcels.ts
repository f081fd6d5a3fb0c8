import type { Shipment } from '../../../core/channel/shapes.ts'
import { boughtOf } from './money.ts'
import type { FulfilmentPayload, OrderPayload } from './payload.ts'
import type { OrderRefund } from './refunds.ts'

interface ShippedLine {
  readonly shippedQuantity: number
  /** Neither shipped nor cancelled nor refunded. */
  readonly remaining: number
  /** The parcels that hold pieces of the line. */
  readonly shipments: Shipment[]
}

export interface Parcels {
  readonly shipments: Shipment[]
  /** One entry per line of the order, in its order. */
  readonly lines: readonly ShippedLine[]
  /** Parcels have left, and goods that are still wanted have not. */
  readonly isPartLeft: boolean
}

/**
 * States in which a parcel has been handed over, and in which it has been prepared and is still here. Source:
 * own-site.md 4 [sdk V].
 */
const handedOver = new Set(['Shipped', 'Delivered'])
const prepared = new Set(['Created', 'Pending'])

export const isHandedOver = ({ state }: FulfilmentPayload) => handedOver.has(state)
export const isPrepared = ({ state }: FulfilmentPayload) => prepared.has(state)

/** An order that is through and tells no parcels has left all the same. */
const throughStates = new Set(['Shipped', 'PartiallyDelivered', 'Delivered'])

/**
 * What has left and what has not. A parcel that is only prepared has not left, nor one in a state we do not know.
 * Pure.
 */
export function parcelsOf(payload: OrderPayload, refund: OrderRefund): Parcels {
  const gone = payload.fulfillments.filter(isHandedOver)
  const isThrough = gone.length === 0 && throughStates.has(payload.state)
  const lines = payload.lines.map((line, place) => {
    const { refundedQuantity } = refund.lines[place]!
    const kept = Math.min(line.quantity, boughtOf(line) - refundedQuantity)
    const own = piecesIn(gone, line.id)
    const skuOf = new Map([[line.id, line.productVariant.id]])
    return {
      shippedQuantity: isThrough ? line.quantity : own,
      remaining: isThrough ? 0 : Math.max(0, kept - own),
      shipments: gone
        .filter((parcel) => parcel.lines.some(({ orderLineId }) => orderLineId === line.id))
        .flatMap((parcel) => shipmentsOf(parcel, skuOf)),
    }
  })
  const skuOf = new Map(payload.lines.map((line) => [line.id, line.productVariant.id]))
  return {
    shipments: gone.flatMap((parcel) => shipmentsOf(parcel, skuOf)),
    lines,
    isPartLeft: gone.length > 0 && lines.some(({ remaining }) => remaining > 0),
  }
}

export function piecesIn(parcels: readonly FulfilmentPayload[], lineNo: string): number {
  const own = parcels.flatMap(({ lines }) => lines).filter(({ orderLineId }) => orderLineId === lineNo)
  return own.reduce((sum, { quantity }) => sum + quantity, 0)
}

/** A parcel without a number is none to follow. The carrier is free text. */
function shipmentsOf(
  { method, trackingCode, lines }: FulfilmentPayload,
  skuOf: ReadonlyMap<string, string>,
): Shipment[] {
  if (trackingCode === '') return []
  const pieces = lines.flatMap(({ orderLineId, quantity }) => {
    const channelSkuNo = skuOf.get(orderLineId)
    return channelSkuNo === undefined || quantity === 0 ? [] : [{ channelSkuNo, quantity }]
  })
  return [{ carrierNo: null, carrierName: method || null, waybillNo: trackingCode, lines: pieces }]
}
