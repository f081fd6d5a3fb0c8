import type { Shipment } from '../../../core/channel/shapes.ts'
import { plainWaybillNo } from '../../../core/channel/shipment.ts'
import { ownParcelsIn, trackingIn } from './meta.ts'
import type { LinePayload, OrderPayload, OwnParcel } from './payload.ts'
import type { OrderRefund } from './refunds.ts'
import { completedWord, partShippedWord, takesParcels } from './status.ts'

interface ShippedLine {
  readonly shippedQuantity: number
  /** Neither shipped nor refunded. */
  readonly remaining: number
  /** The parcels that hold pieces of the line, or do not say what they hold. */
  readonly shipments: Shipment[]
}

export interface Parcels {
  readonly shipments: Shipment[]
  /** One entry per line of the order, in its order. */
  readonly lines: readonly ShippedLine[]
  /** Whether goods left, as far as parcels tell; `unknown` when a number is there and nobody says what is in it. */
  readonly left: 'nothing' | 'some' | 'all' | 'unknown'
}

/**
 * What has left and what has not. Until an order is completed only our own notes say what is in a parcel, since tracking plugins keep
 * bare numbers. Source: own-site.md 2.2, 2.3 [rule].
 */
export function parcelsOf(order: OrderPayload, refund: OrderRefund): Parcels {
  const parcels = allParcels(order)
  const isDone = leftAltogether(order)
  const lines = order.line_items.map((line, index): ShippedLine => {
    const shippedQuantity = isDone ? line.quantity : shippedOf(line, parcels)
    const own = parcels.filter(({ lines: held }) => held.length === 0 || held.some(({ id }) => id === line.id))
    return {
      shippedQuantity,
      remaining: Math.max(0, line.quantity - shippedQuantity - (refund.lines[index]?.refundedQuantity ?? 0)),
      shipments: own.map((parcel) => toShipment(parcel, [line])),
    }
  })
  return {
    shipments: parcels.map((parcel) => toShipment(parcel, order.line_items)),
    lines,
    left: isDone ? 'all' : leftOf(order.status, parcels, lines),
  }
}

/** A completed order left altogether, whatever became of it later; one that somebody opened for shipping again begins anew. */
function leftAltogether({ status, date_completed_gmt }: OrderPayload): boolean {
  return status === completedWord || (date_completed_gmt !== null && !takesParcels.has(status))
}

function leftOf(status: string, parcels: readonly OwnParcel[], lines: readonly ShippedLine[]): Parcels['left'] {
  if (parcels.length === 0) return status === partShippedWord ? 'unknown' : 'nothing'
  if (parcels.some((parcel) => parcel.lines.length === 0)) return 'unknown'
  return lines.every(({ remaining }) => remaining === 0) ? 'all' : 'some'
}

/** Numbers of the plugin with what we noted of the same parcel, then those only we noted. */
function allParcels({ meta_data: meta }: OrderPayload): readonly OwnParcel[] {
  const noted = new Map(ownParcelsIn(meta).map((parcel) => [plainWaybillNo(parcel.waybillNo), parcel]))
  const tracked = trackingIn(meta).map((item): OwnParcel => {
    const own = noted.get(plainWaybillNo(item.tracking_number))
    const carrierName = item.custom_tracking_provider || item.tracking_provider
    return {
      carrier: item.tracking_provider,
      carrierName,
      waybillNo: item.tracking_number,
      lines: own?.lines ?? [],
    }
  })
  const known = new Set(tracked.map(({ waybillNo }) => plainWaybillNo(waybillNo)))
  return [...tracked, ...[...noted].flatMap(([waybillNo, parcel]) => (known.has(waybillNo) ? [] : [parcel]))]
}

function shippedOf(line: LinePayload, parcels: readonly OwnParcel[]): number {
  const held = parcels.flatMap((parcel) => parcel.lines).filter(({ id }) => id === line.id)
  return Math.min(
    line.quantity,
    held.reduce((sum, { quantity }) => sum + quantity, 0),
  )
}

function toShipment(parcel: OwnParcel, lines: readonly LinePayload[]): Shipment {
  return {
    carrierNo: parcel.carrier || null,
    carrierName: parcel.carrierName || null,
    waybillNo: parcel.waybillNo,
    lines: parcel.lines.flatMap(({ id, quantity }) => {
      const line = lines.find((each) => each.id === id)
      return line === undefined ? [] : [{ channelSkuNo: line.variation_id, quantity }]
    }),
  }
}
