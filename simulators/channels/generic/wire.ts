import type { Good, Order } from './model.ts'

/** The order object of the contract. Empty extras are left out as in the sheet's own example. Source: own-site.md 6.2 [rule]. */
export function orderJson(order: Order): Readonly<Record<string, unknown>> {
  const { extra, ...amounts } = order.amounts
  return {
    id: order.id,
    number: order.number,
    currency: 'CNY',
    placed_at: beijingTime(order.placedAt),
    paid_at: order.paidAt === null ? null : beijingTime(order.paidAt),
    modified_at: beijingTime(order.modifiedAt),
    status: order.status,
    amounts: extra === 0 ? amounts : { ...amounts, extra },
    receiver: order.receiver,
    lines: order.lines.map(({ id, sku, name, spec, quantity, list, paid }) => ({
      id,
      sku,
      name,
      spec: spec === '' ? null : spec,
      qty: quantity,
      list,
      paid,
    })),
    refunds: order.refunds.map(({ id, amount, reason, status }) => ({ id, amount, reason, status })),
    shipments: order.shipments.map((shipment) => ({
      id: shipment.id,
      carrier: shipment.carrier,
      carrier_name: shipment.carrierName,
      tracking_no: shipment.trackingNo,
      shipped_at: beijingTime(shipment.shippedAt),
      lines: shipment.lines.map(({ id, quantity }) => ({ id, qty: quantity })),
    })),
    note: order.note,
  }
}

/** A row of the product list; the shape is [assumed], an extension of our own contract. */
export function goodJson(good: Good): Readonly<Record<string, unknown>> {
  return {
    id: good.id,
    sku: good.sku,
    name: good.name,
    spec: good.spec === '' ? null : good.spec,
    price: good.price,
    available: good.available,
    on_sale: true,
    modified_at: beijingTime(good.modifiedAt),
  }
}

const beijingOffsetMs = 8 * 3_600_000

/** ISO 8601 with +08:00; whole seconds are written without a fraction. */
export function beijingTime(at: number): string {
  const text = new Date(at + beijingOffsetMs).toISOString().replace(/\.000Z$/, 'Z')
  return text.replace(/Z$/, '+08:00')
}

/** A cursor the caller cannot read anything into. */
export function toCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** What a cursor stands for; null when it is none of ours. */
export function fromCursor(cursor: string): unknown {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return place
  } catch {
    return null
  }
}
