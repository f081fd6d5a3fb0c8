import type { Shipment } from '../../../core/channel/shapes.ts'
import type { OrderPayload, ShipmentPayload } from './payload.ts'
import type { OrderRefund } from './refunds.ts'

export interface ShippedLine {
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
  readonly remaining: Shipment['lines']
  readonly warnings: readonly string[]
}

const leftAltogether = new Set(['shipped', 'completed'])

/**
 * What has left and what has not: remaining = quantity − shipped − refunded. Where the parcels do not list their lines, a shipped or
 * completed order left altogether; a partly shipped one keeps every piece as remaining and says so in a warning.
 */
export function parcelsOf(payload: OrderPayload, refund: OrderRefund): Parcels {
  const skuOf = new Map(payload.lines.map((line) => [line.id, line.sku]))
  const isListed = payload.shipments.length > 0 && payload.shipments.every((shipment) => shipment.lines.length > 0)
  const lines = payload.lines.map((line, index): ShippedLine => {
    const refunded = refund.lines[index]?.refundedQuantity ?? 0
    const listed = payload.shipments.flatMap((shipment) => shipment.lines).filter(({ id }) => id === line.id)
    const counted = listed.reduce((sum, { qty }) => sum + qty, 0)
    const shippedQuantity = !isListed && leftAltogether.has(payload.status) ? line.qty : counted
    const own = payload.shipments.filter((s) => s.lines.length === 0 || s.lines.some(({ id }) => id === line.id))
    return {
      shippedQuantity,
      remaining: Math.max(0, line.qty - shippedQuantity - refunded),
      shipments: own.map((shipment) => toShipment(shipment, new Map([[line.id, line.sku]]))),
    }
  })

  const strangers = payload.shipments.flatMap((shipment) => shipment.lines).filter(({ id }) => !skuOf.has(id))
  return {
    shipments: payload.shipments.map((shipment) => toShipment(shipment, skuOf)),
    lines,
    remaining: payload.lines.flatMap((line, index) => {
      const quantity = lines[index]?.remaining ?? 0
      return quantity > 0 ? [{ channelSkuNo: line.sku, quantity }] : []
    }),
    warnings: [
      ...(payload.status === 'partially_shipped' && !isListed ? ['shipped-lines-unknown'] : []),
      ...strangers.map(({ id }) => `shipment-line-unknown:${id}`),
    ],
  }
}

function toShipment(shipment: ShipmentPayload, skuOf: ReadonlyMap<string, string>): Shipment {
  return {
    carrierNo: shipment.carrier || null,
    carrierName: shipment.carrier_name || null,
    waybillNo: shipment.tracking_no,
    lines: shipment.lines.flatMap(({ id, qty }) => {
      const channelSkuNo = skuOf.get(id)
      return channelSkuNo === undefined ? [] : [{ channelSkuNo, quantity: qty }]
    }),
  }
}
