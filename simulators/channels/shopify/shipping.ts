import type { ReportedShipment } from '../../simulator.ts'
import { moveStock } from './goods.ts'
import type { Fulfilment, FulfilmentOrder, FulfilmentOrderLine, Order, Tracking } from './model.ts'
import { remainingIn } from './sums.ts'
import { gid } from './text.ts'
import { changedOrder, secondNow, type World } from './world.ts'

/** Pieces of one fulfilment order that go into a parcel. */
export interface Part {
  readonly fulfilmentOrder: FulfilmentOrder
  readonly pieces: readonly { readonly line: FulfilmentOrderLine; readonly quantity: number }[]
}
/** What goes into a parcel, and its number. */
export interface Parcel {
  readonly parts: readonly Part[]
  readonly tracking: Tracking
}

/** The parcel as it would stand in the order; nothing is done yet. */
export function draftFulfilment(world: World, order: Order, { parts, tracking }: Parcel): Fulfilment {
  const at = secondNow(world)
  return {
    no: world.nextNo('fulfilment'),
    name: `${order.name}-F${order.fulfilments.length + 1}`,
    locationNo: parts[0]!.fulfilmentOrder.locationNo,
    createdAt: at,
    updatedAt: at,
    tracking,
    deliveredAt: null,
    lines: parts.flatMap(({ pieces }) => pieces.map(({ line, quantity }) => ({ lineNo: line.lineNo, quantity }))),
  }
}

/** Sends a parcel off; a fulfilment order with nothing left is closed. */
export function send(
  world: World,
  order: Order,
  { parts, fulfilment }: Pick<Parcel, 'parts'> & { fulfilment: Fulfilment },
): void {
  for (const { fulfilmentOrder, pieces } of parts) {
    for (const { line, quantity } of pieces) line.remaining -= quantity
    fulfilmentOrder.status = remainingIn(fulfilmentOrder) === 0 ? 'CLOSED' : 'IN_PROGRESS'
  }
  for (const { lineNo, quantity } of fulfilment.lines) {
    const good = world.goodsBySku.get(order.lines.find(({ no }) => no === lineNo)!.sku)
    if (good) moveStock(good, { available: 0, committed: -quantity })
  }
  order.fulfilments.push(fulfilment)
  world.fulfilments.set(fulfilment.no, { order, fulfilment })
  changedOrder(world, order)
}

/** Takes down a parcel that was reported from outside. */
export function report(world: World, order: Order, { no, tracking, lines }: Fulfilment): void {
  world.shipments.set(String(no), {
    orderNo: gid('Order', order.no),
    carrier: tracking.company ?? '',
    waybillNo: tracking.number ?? '',
    lines: lines.map(({ lineNo, quantity }) => ({ lineNo: gid('LineItem', lineNo), quantity })),
    at: world.clock.now(),
    times: 1,
  })
}

/**
 * The reported parcels. A parcel that leaves from two locations needs two reports and is one parcel all the same; it was doubled when
 * several reports named the same line.
 */
export function reportedShipments({ shipments }: World): readonly ReportedShipment[] {
  const parcels = Map.groupBy(shipments.values(), ({ orderNo, waybillNo }) => `${orderNo}/${waybillNo}`)
  return [...parcels.values()].map((reports) => {
    const byLine = Map.groupBy(
      reports.flatMap(({ lines }) => lines),
      ({ lineNo }) => lineNo,
    )
    return {
      ...reports[0]!,
      lines: [...byLine].map(([lineNo, lines]) => ({
        lineNo,
        quantity: lines.reduce((all, { quantity }) => all + quantity, 0),
      })),
      times: Math.max(...[...byLine.values()].map((lines) => lines.length)),
    }
  })
}
