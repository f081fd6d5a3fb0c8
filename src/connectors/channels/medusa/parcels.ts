import type { Shipment } from '../../../core/channel/shapes.ts'
import { carrierKey, carrierNameKey, textIn } from './metadata.ts'
import type { FulfillmentPayload, LinePayload, OrderPayload } from './payload.ts'

interface ShippedLine {
  readonly shippedQuantity: number
  /** Neither shipped, nor come back, nor written off. */
  readonly remaining: number
  /** The parcels that hold pieces of the line, or do not say what they hold. */
  readonly shipments: Shipment[]
}

export interface Parcels {
  readonly shipments: Shipment[]
  /** One entry per line of the order, in its order. */
  readonly lines: readonly ShippedLine[]
  /** True when parts have left and nobody says which. */
  readonly isVague: boolean
}

/**
 * What has left and what has not. A fulfilment is a parcel only once it was handed over: `fulfilled` means packed. Pieces that came back had
 * left before, so they are not taken off twice. Source: own-site.md 5.2, 8 [sdk M].
 */
export function parcelsOf(order: OrderPayload): Parcels {
  const sent = order.fulfillments.filter(isSent)
  const lines = order.items.map((line): ShippedLine => {
    const shippedQuantity = shippedOf(line, order, sent)
    const gone = Math.max(shippedQuantity, cameBackOf(line) ?? 0)
    return {
      shippedQuantity,
      remaining: Math.max(0, line.quantity - gone - (line.detail?.written_off_quantity ?? 0)),
      shipments: sent.filter((parcel) => mayHold(parcel, line)).flatMap((parcel) => toShipments(parcel, [line])),
    }
  })
  return { shipments: sent.flatMap((parcel) => toShipments(parcel, order.items)), lines, isVague: isVague(order, sent) }
}

/** The API counts each line; a file names numbers alone. */
function isVague({ items, fulfillment_status }: OrderPayload, sent: readonly FulfillmentPayload[]): boolean {
  const isUncounted = items.some(({ detail }) => detail === null) && !tellsGoods(sent)
  return isUncounted && ['partially_shipped', 'partially_delivered'].includes(fulfillment_status)
}

function tellsGoods(sent: readonly FulfillmentPayload[]): boolean {
  return sent.length > 0 && sent.every(({ items }) => items.length > 0)
}

/** Pieces that came back, sound or not; null where nobody counts them. */
export function cameBackOf({ detail }: LinePayload): number | null {
  return detail === null ? null : detail.return_received_quantity + detail.return_dismissed_quantity
}

export function isSent({ shipped_at, canceled_at }: FulfillmentPayload): boolean {
  return shipped_at !== null && canceled_at === null
}

/** By the line's own count, else by what the parcels hold, else by the word of the whole order. */
function shippedOf(line: LinePayload, order: OrderPayload, sent: readonly FulfillmentPayload[]): number {
  if (line.detail !== null) return Math.min(line.quantity, line.detail.shipped_quantity)
  if (!tellsGoods(sent)) {
    return ['shipped', 'delivered'].includes(order.fulfillment_status) ? line.quantity : 0
  }
  const held = sent.flatMap(({ items }) => items).filter(({ line_item_id }) => line_item_id === line.id)
  return Math.min(
    line.quantity,
    held.reduce((sum, { quantity }) => sum + quantity, 0),
  )
}

function mayHold({ items }: FulfillmentPayload, line: LinePayload): boolean {
  return items.length === 0 || items.some(({ line_item_id }) => line_item_id === line.id)
}

/** One for each number. Of several numbers nobody says which goods are where. */
function toShipments(parcel: FulfillmentPayload, lines: readonly LinePayload[]): Shipment[] {
  const numbers = parcel.labels.map((label) => label.tracking_number).filter((number) => number !== '')
  const held = parcel.items.flatMap(({ line_item_id, quantity }) => {
    const line = lines.find((each) => each.id === line_item_id)
    return line === undefined || quantity === 0 ? [] : [{ channelSkuNo: line.variant_id, quantity }]
  })
  return numbers.map((waybillNo) => ({
    carrierNo: textIn(parcel.metadata, carrierKey),
    carrierName: textIn(parcel.metadata, carrierNameKey),
    waybillNo,
    lines: numbers.length === 1 ? held : [],
  }))
}
