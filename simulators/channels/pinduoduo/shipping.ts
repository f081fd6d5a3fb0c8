import type { ExtraKind, Order, Parcel } from './state.ts'
import { secondNow, touch, type World } from './world.ts'

/** The order leaves as a whole: the platform has no word for a part of it. Source: pinduoduo.md 7. */
export function ship(world: World, order: Order, parcel: Parcel): void {
  order.parcel = parcel
  order.orderStatus = 2
  order.shippedAt = secondNow(world)
  touch(world, order)
}

/** Takes down a report that came through the API. Nobody says what is in which parcel, so the first holds everything. */
export function recordWhole(world: World, order: Order, parcel: Parcel): void {
  const lines = order.lines.map(({ sku, quantity }) => ({ lineNo: String(sku.skuId), quantity }))
  record(world, order, { ...parcel, lines })
}

/** The first parcel has another carrier or number. */
export function relabel(world: World, order: Order, parcel: Parcel): void {
  if (order.parcel !== null) world.shipments.delete(markOf(order, order.parcel))
  order.parcel = parcel
  recordWhole(world, order, parcel)
  touch(world, order)
}

/** A parcel beside the first. */
export function addExtra(world: World, order: Order, parcel: Parcel & { readonly kind: ExtraKind }): void {
  order.extraParcels.push(parcel)
  record(world, order, { ...parcel, lines: [] })
  touch(world, order)
}

interface Report extends Parcel {
  readonly lines: readonly { readonly lineNo: string; readonly quantity: number }[]
}

function record(world: World, order: Order, { carrierId, waybillNo, lines }: Report): void {
  const mark = markOf(order, { carrierId, waybillNo })
  const known = world.shipments.get(mark)
  if (known !== undefined) {
    known.times += 1
    return
  }
  const carrier = String(carrierId)
  world.shipments.set(mark, { orderNo: order.orderSn, carrier, waybillNo, lines, at: world.clock.now(), times: 1 })
}

function markOf({ orderSn }: Order, { carrierId, waybillNo }: Parcel): string {
  return `${orderSn}/${carrierId}/${waybillNo}`
}
