import { carriers, isCarrier, ownDelivery } from '../carriers.ts'
import {
  type BusinessError,
  badParameter,
  cannotShip,
  carrierUnknown,
  goodsMismatch,
  jdShips,
  notShipped,
  orderUnknown,
  reject,
  waybillMissing,
} from '../errors.ts'
import { type Consignment, leftOf, relabel, ship } from '../shipping.ts'
import type { Load, Order } from '../state.ts'
import type { Branch } from '../text.ts'
import {
  type Call,
  flag,
  isObject,
  type Operations,
  objectArgument,
  optional,
  type Params,
  reads,
  required,
  rowsIn,
  textOf,
  writes,
} from './call.ts'

/**
 * Shipping: jd.md 9. The result keys of the partial shipment, of its judge and of the waybill's change are [assumed]: the sheet names
 * none.
 */
export const shippingCalls: Operations = {
  'jingdong.pop.order.shipment': writes(shipWhole, (error, call) => ({ sopjosshipment_result: outcome(call, error) })),
  'jingdong.pop.order.partial.outship': writes(shipPart, (error, call) => ({ result: outcome(call, error) })),
  'jingdong.pop.order.partialship.judge': reads(judge, (error, call) => ({ result: outcome(call, error) })),
  '360buy.order.sop.waybill.update': writes(changeWaybill, (error, call) => ({ result: outcome(call, error) })),
  'jingdong.fce.alpha.getVenderCarrier': reads(listCarriers),
}

function outcome(call: Call, error: BusinessError | null = null): Branch {
  return {
    success: flag(call, error === null),
    chineseErrCode: error?.chinese ?? '',
    englishErrCode: error?.english ?? '',
    errorCode: error === null ? '' : String(error.number),
  }
}

function shipWhole(call: Call): Branch {
  const order = shippable(call, required(call, 'orderId'))
  const consignments = consignmentsOf(order, required(call, 'logiCoprId'), optional(call, 'logiNo') ?? '')
  if (!call.pretend) ship(call.world, order, { consignments, isPart: false, isReported: true })
  return { sopjosshipment_result: outcome(call) }
}

function orderOf({ world }: Call, orderId: string): Order {
  const order = world.orders.get(orderId)
  if (order === undefined) throw reject(orderUnknown)
  return order
}

function shippable(call: Call, orderId: string): Order {
  const order = orderOf(call, orderId)
  if (order.warehouse !== '') throw reject(jdShips)
  if (order.state !== 'WAIT_SELLER_STOCK_OUT') throw reject(cannotShip)
  return order
}

/** `|` parts carriers, `,` parts the waybills of one. Nobody says what is in which parcel, so the first holds everything. */
function consignmentsOf(order: Order, carrierIds: string, waybills: string): Consignment[] {
  const ids = carrierIds.split('|')
  const groups = waybills.split('|')
  if (groups.length !== ids.length) throw reject(badParameter('logiCoprId与logiNo数量不一致'))
  const labels = ids.flatMap((carrierId, place) =>
    groups[place]!.split(',').map((text) => ({ carrierId, waybillNo: text.trim() })),
  )
  for (const { carrierId, waybillNo } of labels) checkLabel(carrierId, waybillNo)
  return labels.map((label, place) => ({ ...label, loads: place === 0 ? leftOf(order) : [] }))
}

/** What travels in the seller's own van needs no number. */
function checkLabel(carrierId: string, waybillNo: string): void {
  if (!isCarrier(carrierId)) throw reject(carrierUnknown)
  if (waybillNo === '' && carrierId !== ownDelivery) throw reject(waybillMissing)
}

const mostRows = 50

/** Each row is an order with its parcels, each parcel with its goods `[{skuId, num}]`: jd.md 9.2 [doc], the goods [assumed]. */
function shipPart(call: Call): Branch {
  const shippings = rowsIn(objectArgument(call, 'request'), 'data', mostRows).map((row) => {
    const order = shippable(call, idsIn(row.orderIds)[0] ?? '')
    const consignments = rowsIn(row, 'deliveryNumberDtoList', mostRows).map((parcel) => partOf(order, parcel))
    checkLoads(consignments.flatMap(({ loads }) => loads))
    return { order, consignments }
  })
  if (!call.pretend)
    for (const { order, consignments } of shippings)
      ship(call.world, order, { consignments, isPart: true, isReported: true })
  return { result: outcome(call) }
}

/** One id, several with commas, or an array: the sheet does not say. */
function idsIn(value: unknown): string[] {
  const ids = Array.isArray(value) ? value.map(textOf) : textOf(value).split(',')
  return ids.filter((id) => id !== '')
}

function partOf(order: Order, parcel: Params): Consignment {
  const carrierId = textOf(parcel.deliveryId)
  const waybillNo = idsIn(parcel.deliveryNums)[0] ?? ''
  checkLabel(carrierId, waybillNo)
  const loads = rowsIn(parcel, 'partialShipmentGoodsList', mostRows).map(({ skuId, num }): Load => {
    const line = order.lines.find((one) => one.skuId === textOf(skuId))
    const quantity = Number(textOf(num))
    if (line === undefined || !Number.isInteger(quantity) || quantity < 1) throw reject(goodsMismatch)
    return { line, quantity }
  })
  return { carrierId, waybillNo, loads }
}

/** No more of a line than what is left of it, over all parcels. */
function checkLoads(loads: readonly Load[]): void {
  for (const { line } of loads) {
    const pieces = loads.reduce((all, load) => all + (load.line === line ? load.quantity : 0), 0)
    if (pieces > line.quantity - line.shippedQuantity) throw reject(goodsMismatch)
  }
}

function judge(call: Call): Branch {
  const given = call.params.request
  const orderId = optional(call, 'orderId') ?? (isObject(given) ? textOf(given.orderId) : '')
  const { state, warehouse } = orderOf(call, orderId)
  return { result: { ...outcome(call), data: state === 'WAIT_SELLER_STOCK_OUT' && warehouse === '' } }
}

function changeWaybill(call: Call): Branch {
  const order = orderOf(call, required(call, 'order_id'))
  const carrierId = required(call, 'logistics_id')
  const waybillNo = required(call, 'waybill')
  if (order.state !== 'WAIT_GOODS_RECEIVE_CONFIRM') throw reject(notShipped)
  checkLabel(carrierId, waybillNo)
  if (!call.pretend) relabel(call.world, order, { carrierId, waybillNo })
  return { result: outcome(call) }
}

/** The whole shape is [assumed]: jd.md 9.3. */
function listCarriers(): Branch {
  const data = carriers.map(({ id, name }) => ({ id: Number(id), name }))
  return { StandardGenericResponse: { code: 0, message: 'success', data } }
}
