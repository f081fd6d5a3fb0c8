import type { Load, Order, Parcel } from './state.ts'
import { secondNow, touch, type World } from './world.ts'

export interface Consignment {
  readonly carrierId: string
  readonly waybillNo: string
  readonly loads: readonly Load[]
}

export interface Shipping {
  readonly consignments: readonly Consignment[]
  readonly isPart: boolean
  /** It came through the API and is listed at `/_sim/shipments`. */
  readonly isReported: boolean
}

/**
 * Puts parcels on their way. While something is left the order goes on waiting, and only its list of parts tells: that is [assumed],
 * jd.md 6.3.
 */
export function ship(world: World, order: Order, { consignments, isPart, isReported }: Shipping): void {
  for (const consignment of consignments) {
    addParcel(world, order, { ...consignment, isPart })
    for (const { line, quantity } of consignment.loads) line.shippedQuantity += quantity
    if (isReported) record(world, order, consignment)
  }
  if (leftOf(order).length === 0) order.state = 'WAIT_GOODS_RECEIVE_CONFIRM'
  touch(world, order)
}

/** What has not left yet. */
export function leftOf(order: Order): Load[] {
  return order.lines
    .map((line) => ({ line, quantity: line.quantity - line.shippedQuantity }))
    .filter(({ quantity }) => quantity > 0)
}

/** All parcels of an order become one with another carrier and number. */
export function relabel(world: World, order: Order, label: Pick<Consignment, 'carrierId' | 'waybillNo'>): void {
  const loads = order.lines.map((line) => ({ line, quantity: line.shippedQuantity }))
  order.parcels.length = 0
  for (const [mark, shipment] of world.shipments) if (shipment.orderNo === order.orderId) world.shipments.delete(mark)
  addParcel(world, order, { ...label, loads, isPart: false })
  record(world, order, { ...label, loads })
  touch(world, order)
}

function addParcel(world: World, order: Order, parcel: Omit<Parcel, 'shipmentId' | 'at'>): void {
  world.parcelCount += 1
  order.parcels.push({ ...parcel, shipmentId: String(880_000_000 + world.parcelCount), at: secondNow(world) })
}

function record(world: World, { orderId }: Order, { carrierId, waybillNo, loads }: Consignment): void {
  const mark = `${orderId}/${carrierId}/${waybillNo}`
  const lines = loads.map(({ line, quantity }) => ({ lineNo: line.skuId, quantity }))
  const known = world.shipments.get(mark)
  if (known !== undefined) {
    known.times += 1
    known.lines = [...known.lines, ...lines]
    return
  }
  const at = world.clock.now()
  world.shipments.set(mark, { orderNo: orderId, carrier: carrierId, waybillNo, lines, at, times: 1 })
}
