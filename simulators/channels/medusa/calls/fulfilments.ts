import { fault, notFound } from '../answers.ts'
import { type Body, listOf, metadataOf, objectOf, piecesOf, textOf } from '../body.ts'
import type { Row } from '../fields.ts'
import type { Fulfilment, Order, Pieces } from '../model.ts'
import { deliver, handOver, labelOf, pack, unpack } from '../shipping.ts'
import { locations, ourLocationId } from '../shop.ts'
import { progressOf } from '../sums.ts'
import { altered, type Call, orderOf } from './call.ts'

/**
 * POST /admin/orders/{id}/fulfillments: packs pieces. Whether the order is paid nobody asks, as in the admin's own pages [assumed].
 * Source: own-site.md 5, Ship; words of refusals are [assumed].
 */
export function createFulfilment(call: Call): Row {
  const names = ['items', 'location_id', 'shipping_option_id', 'no_notification', 'delivery_address', 'metadata']
  const body = objectOf(call.body, names)
  const order = orderOf(call)
  if (order.status === 'canceled') throw fault('invalid_data', `Order with id ${order.id} has been canceled.`)
  const locationId =
    body['location_id'] === undefined || body['location_id'] === null ? ourLocationId : textOf(body, 'location_id')
  if (!locations.some(({ id }) => id === locationId)) throw notFound('StockLocation', locationId)
  const pieces = piecesOf(body)
  checkPieces(order, pieces)
  const metadata = metadataOf(body)
  return altered(call, { change: (before) => pack(call.shop, before, { locationId, pieces, metadata }) })
}

function checkPieces(order: Order, pieces: readonly Pieces[]): void {
  const strange = pieces.filter(({ lineId }) => !order.lines.some(({ id }) => id === lineId))
  if (strange.length > 0) {
    const ids = strange.map(({ lineId }) => lineId).join(', ')
    throw fault('invalid_data', `Items with ids ${ids} does not exist in order with id ${order.id}.`)
  }
  for (const [lineId, same] of Map.groupBy(pieces, (each) => each.lineId)) {
    const { left } = progressOf(order, order.lines.find(({ id }) => id === lineId)!)
    if (same.length > 1 || same[0]!.quantity > left) {
      throw fault('invalid_data', `Cannot fulfill more items than what is left: item ${lineId} has ${left}`)
    }
  }
}

/** POST /admin/orders/{id}/fulfillments/{fid}/shipments: hands it over, once. Any word of a carrier is taken. Source: own-site.md 5, Ship. */
export function createShipment(call: Call): Row {
  const body = objectOf(call.body, ['items', 'labels', 'no_notification', 'metadata'])
  const fulfilment = fulfilmentOf(call)
  if (fulfilment.shippedAt !== null) throw fault('not_allowed', 'Shipment has already been created')
  const isInside = ({ lineId, quantity }: Pieces) =>
    fulfilment.pieces.some((each) => each.lineId === lineId && quantity <= each.quantity)
  const strange = piecesOf(body).find((each) => !isInside(each))
  if (strange) throw fault('invalid_data', `Item ${strange.lineId} is not in fulfillment ${fulfilment.id}`)
  const labels = listOf(body, 'labels').map((element) => labelOf(call.shop, readLabel(element)))
  const told = { id: fulfilment.id, labels, metadata: metadataOf(body), isReported: true }
  return altered(call, { change: (order, at) => handOver(order, told, at) })
}

function readLabel(element: unknown) {
  const label: Body = objectOf(element, ['tracking_number', 'tracking_url', 'label_url'])
  return {
    trackingNumber: textOf(label, 'tracking_number'),
    trackingUrl: textOf(label, 'tracking_url'),
    labelUrl: textOf(label, 'label_url'),
  }
}

/** POST /admin/orders/{id}/fulfillments/{fid}/mark-as-delivered. Only what was handed over can arrive [assumed]. */
export function markDelivered(call: Call): Row {
  objectOf(call.body, ['no_notification'])
  const { id, shippedAt, deliveredAt } = fulfilmentOf(call)
  if (shippedAt === null) throw fault('not_allowed', 'Fulfillment has not been shipped')
  if (deliveredAt !== null) throw fault('not_allowed', 'Fulfillment has already been marked delivered')
  return altered(call, { change: (order, at) => deliver(order, id, at) })
}

/** POST /admin/orders/{id}/fulfillments/{fid}/cancel: only before it is handed over [assumed]; its pieces are reserved again. */
export function cancelFulfilment(call: Call): Row {
  objectOf(call.body, ['no_notification'])
  const fulfilment = fulfilmentOf(call)
  if (fulfilment.shippedAt !== null)
    throw fault('not_allowed', 'The fulfillment has already been shipped. Shipped fulfillments cannot be canceled')
  return altered(call, { change: (order) => unpack(call.shop, order, fulfilment) })
}

/** The fulfilment that the path names. Throws for one that is not there or was cancelled. */
function fulfilmentOf(call: Call): Fulfilment {
  const fulfilment = orderOf(call).fulfilments.find(({ id }) => id === call.path[1])
  if (!fulfilment) throw notFound('Fulfillment', call.path[1]!)
  if (fulfilment.canceledAt !== null)
    throw fault('not_allowed', `Fulfillment with id ${fulfilment.id} has been canceled`)
  return fulfilment
}
