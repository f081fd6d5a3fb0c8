import { type Asked, json, type Reply } from '../../aid/http.ts'
import { endRefund } from './acts.ts'
import type { LineQuantity, Order, Refund, Shipment } from './model.ts'
import { checkParcel, ship } from './moves.ts'
import { alter, type Shop } from './shop.ts'

/** A write as it came in. `isLie`: success is to be answered and nothing done. */
export interface Write {
  readonly asked: Asked
  readonly ids: readonly string[]
  readonly isLie: boolean
}

const stockItemsMax = 200

/**
 * POST /oms/v1/orders/{id}/shipments. 201 for a new parcel, 200 with the same id for one that is known by carrier and number,
 * 422 for an unknown line or too many units. Source: own-site.md 6.2.
 */
export function takeShipment(shop: Shop, { asked, ids, isLie }: Write): Reply {
  const order = shop.orders.get(ids[0] ?? '')
  if (!order) return no(404, 'not_found')
  const parcel = parcelOf(asked)
  if (!parcel) return no(422, 'invalid')

  const known = order.shipments.find((one) => one.carrier === parcel.carrier && one.trackingNo === parcel.trackingNo)
  if (known) {
    if (!isLie) report(shop, order.id, known)
    return json({ shipment_id: known.id })
  }
  const fault = checkParcel(order, parcel.lines)
  if (fault) return json(fault, 422)

  const shipment: Shipment = { ...parcel, id: `S-${shop.nextNumber('shipment')}` }
  if (!isLie) {
    alter(shop, { orderId: order.id, event: 'order.updated' }, (before, at) => ship(before, shipment, at))
    report(shop, order.id, shipment)
  }
  return json({ shipment_id: shipment.id }, 201)
}

/** PUT /oms/v1/stock: absolute numbers, each item answered for itself. Source: own-site.md 6.2. */
export function setStock(shop: Shop, { asked, isLie }: Write): Reply {
  const { items } = bodyOf(asked)
  if (!Array.isArray(items) || items.length === 0) return no(422, 'invalid')
  if (items.length > stockItemsMax) return no(422, 'too_many_items')
  return json({ results: items.map((item: unknown) => setOne(shop, item, isLie)) })
}

function setOne(shop: Shop, item: unknown, isLie: boolean): Readonly<Record<string, unknown>> {
  const { sku, available } = recordOf(item)
  if (typeof sku !== 'string') return { sku: null, ok: false, error: 'invalid_sku' }
  const good = shop.goods.get(sku)
  if (!good) return { sku, ok: false, error: 'unknown_sku' }
  if (!isWhole(available, 0)) return { sku, ok: false, error: 'invalid_available' }
  if (!isLie) {
    const at = shop.now()
    shop.goods.set(sku, { ...good, available, modifiedAt: at, pushes: good.pushes + 1, pushedAt: at })
  }
  return { sku, ok: true }
}

/**
 * POST /oms/v1/orders/{id}/refunds/{rid}. The answer, 200 with the refund, is [assumed], as are 404 for an unknown one, 200 for the
 * same decision again and 422 for another decision or too great an amount.
 */
export function decideRefund(shop: Shop, { asked, ids, isLie }: Write): Reply {
  const order = shop.orders.get(ids[0] ?? '')
  const refund = order?.refunds.find(({ id }) => id === ids[1])
  if (!order || !refund) return no(404, 'not_found')

  const { decision, amount_fen: amount, reason } = bodyOf(asked)
  if (decision !== 'approve' && decision !== 'reject') return no(422, 'invalid')
  if (decision === 'approve' && !isWhole(amount, 1)) return no(422, 'invalid')
  if (reason !== undefined && reason !== null && typeof reason !== 'string') return no(422, 'invalid')
  const ended: Refund =
    decision === 'approve'
      ? { ...refund, status: 'success', amount: Number(amount) }
      : { ...refund, status: 'rejected' }

  const isRepeat = ended.status === refund.status && ended.amount === refund.amount
  if (isRepeat) return json(refundJson(refund))
  if (refund.status !== 'requested') return no(422, 'already_decided')
  if (ended.amount > refund.amount) return no(422, 'amount')
  if (!isLie) endRefund(shop, order.id, ended)
  return json(refundJson(ended))
}

/** A refused call. */
export function no(status: number, error: string): Reply {
  return json({ error }, status)
}

function refundJson({ id, amount, reason, status }: Refund): Readonly<Record<string, unknown>> {
  return { id, amount, reason, status }
}

/** Keeps what took effect; the same parcel told again is counted. */
function report(shop: Shop, orderNo: Order['id'], { carrier, trackingNo, lines }: Shipment): void {
  const key = JSON.stringify([orderNo, carrier, trackingNo])
  const known = shop.reports.get(key)
  shop.reports.set(key, {
    orderNo,
    carrier,
    waybillNo: trackingNo,
    lines: lines.map(({ id, quantity }) => ({ lineNo: id, quantity })),
    at: known?.at ?? shop.now(),
    times: (known?.times ?? 0) + 1,
  })
}

function parcelOf(asked: Asked): Omit<Shipment, 'id'> | null {
  const {
    carrier,
    carrier_name: carrierName = null,
    tracking_no: trackingNo,
    shipped_at: shippedAt,
    lines,
  } = bodyOf(asked)
  if (typeof carrier !== 'string' || carrier === '' || typeof trackingNo !== 'string' || trackingNo === '') return null
  if (carrierName !== null && typeof carrierName !== 'string') return null
  if (typeof shippedAt !== 'string' || !isoTime.test(shippedAt) || Number.isNaN(Date.parse(shippedAt))) return null
  if (!Array.isArray(lines) || lines.length === 0) return null
  const pieces = lines.map(pieceOf)
  if (pieces.includes(null)) return null
  return {
    carrier,
    carrierName,
    trackingNo,
    shippedAt: Date.parse(shippedAt),
    lines: pieces.filter((piece) => piece !== null),
  }
}

/** With an offset: a time without one is nobody's. */
export const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/

function pieceOf(line: unknown): LineQuantity | null {
  const { id, qty } = recordOf(line)
  return typeof id === 'string' && isWhole(qty, 1) ? { id, quantity: qty } : null
}

function bodyOf(asked: Asked): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(asked.body.toString('utf8')))
  } catch {
    return {}
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function isWhole(value: unknown, least: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least
}
