import type { Shipment } from '../../../core/channel/shapes.ts'
import type { FulfilmentOrderPayload, FulfilmentPayload, LinePayload, OrderPayload } from './payload.ts'
import type { OrderRefund } from './refunds.ts'

interface ShippedLine {
  readonly shippedQuantity: number
  /** Neither shipped nor taken off. */
  readonly remaining: number
  /** Of these, what may leave now and waits for nothing. */
  readonly ready: number
  /** The parcels that hold pieces of the line, or do not say what they hold. */
  readonly shipments: Shipment[]
}

export interface Parcels {
  readonly shipments: Shipment[]
  /** One entry per line of the order, in its order. */
  readonly lines: readonly ShippedLine[]
  readonly isAllOnHold: boolean
  readonly isDelivered: boolean
}

/** Fulfilments that came to nothing. [assumed] */
const undone = new Set(['CANCELLED', 'ERROR', 'FAILURE'])
/** States of a fulfilment order (发货单) in which goods are still due, and in which they may leave. [assumed], ON_HOLD and OPEN [doc S]. */
const due = new Set(['OPEN', 'IN_PROGRESS', 'SCHEDULED', 'ON_HOLD'])
const ready = new Set(['OPEN', 'IN_PROGRESS'])

export const isReady = ({ status }: FulfilmentOrderPayload) => ready.has(status)

export const fulfilmentsOf = (payload: Pick<OrderPayload, 'fulfillments'>) =>
  payload.fulfillments.filter(({ status }) => !undone.has(status))

/**
 * What has left and what has not. The fulfilment orders say what is still to be sent; where the token may not see them, it is what is
 * neither sent nor refunded. Pure. Source: own-site.md 3 [doc S].
 */
export function parcelsOf(payload: OrderPayload, refund: OrderRefund): Parcels {
  const parcels = fulfilmentsOf(payload)
  const open = payload.fulfillmentOrders.rows.filter(({ status }) => due.has(status))
  const skuOf = new Map(payload.lineItems.rows.map((line) => [line.id, line.variant]))
  return {
    shipments: parcels.flatMap((parcel) => shipmentsOf(parcel, skuOf)),
    lines: payload.lineItems.rows.map((line, index) => {
      const own = parcels.filter((parcel) => holds(parcel, line.id))
      const counts = countsOf(payload, { line, refunded: refund.lines[index]?.refundedQuantity ?? 0 })
      return { ...counts, shipments: own.flatMap((parcel) => shipmentsOf(parcel, new Map([[line.id, line.variant]]))) }
    }),
    isAllOnHold: open.length > 0 && open.every(({ status }) => status === 'ON_HOLD'),
    isDelivered: parcels.length > 0 && parcels.every(({ deliveredAt }) => deliveredAt !== null),
  }
}

interface RefundedLine {
  readonly line: LinePayload
  readonly refunded: number
}

function countsOf(payload: OrderPayload, { line, refunded }: RefundedLine): Omit<ShippedLine, 'shipments'> {
  const orders = payload.fulfillmentOrders.rows
  const known = shippedOf(fulfilmentsOf(payload), line.id)
  const shipped = known ?? (orders.length === 0 ? guessOf(payload, line) : null)
  const left = Math.max(0, Math.min(line.quantity - refunded, line.currentQuantity ?? line.quantity) - (shipped ?? 0))
  if (orders.length === 0) return { shippedQuantity: shipped ?? 0, remaining: left, ready: left }

  const remaining = remainingIn(
    orders.filter(({ status }) => due.has(status)),
    line.id,
  )
  return {
    shippedQuantity: shipped ?? Math.max(0, line.quantity - refunded - remaining),
    remaining,
    ready: remainingIn(orders.filter(isReady), line.id),
  }
}

/** Null where a parcel does not say what it holds. */
function shippedOf(parcels: readonly FulfilmentPayload[], lineNo: string): number | null {
  const contents = parcels.map(({ fulfillmentLineItems }) => fulfillmentLineItems?.rows)
  if (contents.includes(undefined)) return null
  const own = contents.flatMap((rows) => rows ?? []).filter(({ lineItem }) => lineItem.id === lineNo)
  return own.reduce((sum, { quantity }) => sum + quantity, 0)
}

function guessOf({ displayFulfillmentStatus }: OrderPayload, { quantity }: LinePayload): number {
  return displayFulfillmentStatus === 'FULFILLED' ? quantity : 0
}

function remainingIn(orders: readonly FulfilmentOrderPayload[], lineNo: string): number {
  const rows = orders.flatMap(({ lineItems }) => lineItems.rows).filter(({ lineItem }) => lineItem.id === lineNo)
  return rows.reduce((sum, { remainingQuantity }) => sum + remainingQuantity, 0)
}

function holds({ fulfillmentLineItems }: FulfilmentPayload, lineNo: string): boolean {
  return fulfillmentLineItems === null || fulfillmentLineItems.rows.some(({ lineItem }) => lineItem.id === lineNo)
}

/** A fulfilment without a number is no parcel to follow; one with several does not say what is in which. */
function shipmentsOf(
  { trackingInfo, fulfillmentLineItems }: FulfilmentPayload,
  skuOf: ReadonlyMap<string, string>,
): Shipment[] {
  const numbered = trackingInfo.filter(({ number }) => number !== '')
  const rows = numbered.length === 1 ? (fulfillmentLineItems?.rows ?? []) : []
  const lines = rows.flatMap(({ lineItem, quantity }) => {
    const channelSkuNo = skuOf.get(lineItem.id)
    return channelSkuNo === undefined || quantity === 0 ? [] : [{ channelSkuNo, quantity }]
  })
  return numbered.map(({ number, company }) => ({
    carrierNo: null,
    carrierName: company || null,
    waybillNo: number,
    lines,
  }))
}
