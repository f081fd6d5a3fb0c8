import { extInfo, tellExtInfo, tellOrder } from './events.ts'
import { type Line, type Load, type Order, type Parcel, unitsRepaid, unitsToShip } from './state.ts'
import { secondNow, touch, type World } from './world.ts'

export interface Consignment {
  readonly carrierId: string
  readonly carrierName: string
  readonly waybillNo: string
  readonly deliverType: 1 | 3
  readonly loads: readonly Load[]
  readonly isReported: boolean
}

/** Puts parcels on their way and moves the order. An open wish for another address lapses. */
export function ship(world: World, order: Order, consignments: readonly Consignment[]): void {
  for (const consignment of consignments) put(world, order, consignment)
  settle(world, order)
  touch(world, order)
  tellOrder(world, order, 'channels_ec_order_deliver', { finish_delivery: order.status === 30 ? 1 : 0 })
  if (order.addressWish === null) return
  order.addressWish = null
  tellExtInfo(world, order, extInfo.addressLapsed)
}

/** A number told before for this order is the same parcel, with more in it. */
function put(world: World, order: Order, consignment: Consignment): void {
  const { carrierId, waybillNo, loads } = consignment
  const isSame = (parcel: Parcel) => parcel.carrierId === carrierId && parcel.waybillNo === waybillNo
  const known = waybillNo === '' ? undefined : order.parcels.find(isSame)
  if (known !== undefined) {
    known.loads = [...known.loads, ...loads]
    known.times += 1
    return
  }
  const parcel: Parcel = { ...consignment, order, sentAt: secondNow(world), times: 1 }
  order.parcels.push(parcel)
  if (parcel.isReported) world.reported.add(parcel)
}

/** Pieces already sent are in other parcels than was told: they leave those of earliest date first [assumed]. */
export function correct(world: World, order: Order, consignments: readonly Consignment[]): void {
  for (const { loads } of consignments) {
    for (const { line, quantity } of loads) takeOut(order, line, quantity)
  }
  for (const parcel of order.parcels.filter(({ loads }) => loads.length === 0)) {
    order.parcels.splice(order.parcels.indexOf(parcel), 1)
    world.reported.delete(parcel)
  }
  for (const consignment of consignments) put(world, order, consignment)
  touch(world, order)
}

function takeOut(order: Order, line: Line, quantity: number): void {
  let left = quantity
  for (const parcel of order.parcels) {
    parcel.loads = parcel.loads.flatMap((load) => {
      if (load.line !== line || left === 0) return [load]
      const taken = Math.min(left, load.quantity)
      left -= taken
      return taken === load.quantity ? [] : [{ line, quantity: load.quantity - taken }]
    })
  }
}

/** Lets a paid order's status follow from its lines; what is closed or waits stays so. Source: wechat-shop.md 5, 15. */
export function settle(world: World, order: Order): void {
  if (![20, 21, 30, 100].includes(order.status)) return
  if (order.lines.every((line) => line.giftOf !== null || unitsRepaid(line) >= line.quantity)) {
    order.status = 200
    return
  }
  if (order.status !== 20 && order.status !== 21) return
  if (order.lines.some((line) => unitsToShip(order, line) > 0)) {
    order.status = order.parcels.length > 0 ? 21 : 20
    return
  }
  order.status = 30
  order.shipDoneAt = secondNow(world)
}
