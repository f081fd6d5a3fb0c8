import { carriers, isCarrier } from '../carriers.ts'
import * as errors from '../errors.ts'
import { isOpen } from '../refunding.ts'
import { addExtra, recordWhole, relabel, ship } from '../shipping.ts'
import type { ExtraKind, Order, Parcel } from '../state.ts'
import { statusOf } from '../truth.ts'
import {
  type Call,
  idArgument,
  type Operations,
  optional,
  orderOf,
  reads,
  required,
  rowsArgument,
  wholeArgument,
  writes,
} from './call.ts'

/** Shipping: pinduoduo.md 5. What the answer about further parcels is called is [assumed]. */
export const shippingCalls: Operations = {
  'pdd.logistics.online.send': writes('logistics_online_send_response', send),
  'pdd.order.upload.extra.logistics': writes('order_upload_extra_logistics_response', sendFurther),
  'pdd.logistics.companies.get': reads('logistics_companies_get_response', () => ({
    logistics_companies: carriers.map(({ id, name, available }) => ({ id, logistics_company: name, available })),
  })),
}

function send(call: Call): object {
  const order = orderOf(call)
  const parcel = checked({ carrierId: idArgument(call, 'logistics_id'), waybillNo: required(call, 'tracking_number') })
  const isChange = wholeArgument(call, 'redelivery_type', { least: 1, most: 2, otherwise: 1 }) === 2
  if (isChange && (order.parcel === null || order.orderStatus !== 2)) throw errors.refuse(errors.notShipped)
  if (!isChange) checkShippable(order)
  if (call.pretend) return { is_success: true }
  if (isChange) relabel(call.world, order, parcel)
  else {
    ship(call.world, order, parcel)
    recordWhole(call.world, order, parcel)
  }
  return { is_success: true }
}

/** That an open case keeps the goods back is [assumed]. */
function checkShippable(order: Order): void {
  if (order.shippedAt !== null) throw errors.refuse(errors.alreadyShipped)
  if (statusOf(order) !== 'paid-wait-ship') throw errors.refuse(errors.cannotShip)
  if (order.cases.some(isOpen)) throw errors.refuse(errors.inAftersales)
}

function checked(parcel: Parcel): Parcel {
  if (!isCarrier(parcel.carrierId)) throw errors.refuse(errors.carrierUnknown)
  if (!/^[\dA-Za-z-]+$/.test(parcel.waybillNo)) throw errors.refuse(errors.invalid('tracking_number不正确'))
  return parcel
}

const mostParcels = 10

/**
 * Parcels beside the first, once that has left. The sheet does not say how they are given: here it is one by the names that `send` has, or
 * rows `[{shipping_id, tracking_number}]` in `extra_track_list` with `extra_track_type` 1 further, 2 sent again, 3 gift [assumed].
 */
function sendFurther(call: Call): object {
  const order = orderOf(call)
  const kind = wholeArgument(call, 'extra_track_type', { least: 1, most: 3, otherwise: 1 }) as ExtraKind
  const parcels = furtherParcels(call).map(checked)
  if (order.parcel === null) throw errors.refuse(errors.notShipped)
  const known = new Set([order.parcel, ...order.extraParcels].map(({ waybillNo }) => waybillNo))
  if (parcels.some(({ waybillNo }) => known.has(waybillNo))) throw errors.refuse(errors.parcelKnown)
  if (!call.pretend) for (const parcel of parcels) addExtra(call.world, order, { ...parcel, kind })
  return { is_success: true }
}

function furtherParcels(call: Call): Parcel[] {
  if (optional(call, 'extra_track_list') === undefined)
    return [{ carrierId: idArgument(call, 'logistics_id'), waybillNo: required(call, 'tracking_number') }]
  return rowsArgument(call, 'extra_track_list', mostParcels).map((row) => ({
    carrierId: Number(row.shipping_id ?? row.logistics_id),
    waybillNo: row.tracking_number ?? '',
  }))
}
