import type { ReportedShipment } from '../../simulator.ts'
import { goodOf, moveStock } from './goods.ts'
import type { Fulfilment, FulfilmentState, LineQuantity, Order } from './model.ts'
import { changedOrder, type World } from './world.ts'

/** Where a fulfilment may go from a state. Source: own-site.md 4 names the states; the moves are [assumed]. */
export const fulfilmentMoves: Readonly<Record<FulfilmentState, readonly FulfilmentState[]>> = {
  Created: ['Pending'],
  Pending: ['Shipped', 'Delivered', 'Cancelled'],
  Shipped: ['Delivered', 'Cancelled'],
  Delivered: ['Cancelled'],
  Cancelled: [],
}

/** What goes into a parcel, and its number. */
export interface Parcel {
  readonly lines: readonly LineQuantity[]
  readonly method: string
  readonly trackingCode: string | null
}

/** The parcel as it would be made out; nothing is done yet. */
export function draftFulfilment(world: World, { lines, method, trackingCode }: Parcel): Fulfilment {
  const at = world.clock.now()
  return {
    no: world.nextNo('fulfilment'),
    createdAt: at,
    updatedAt: at,
    state: 'Pending',
    method,
    trackingCode,
    lines,
  }
}

/** Makes a parcel out: its pieces leave the stock, though nothing has been handed over. */
export function makeOut(world: World, order: Order, fulfilment: Fulfilment): void {
  order.fulfilments.push(fulfilment)
  world.fulfilments.set(fulfilment.no, { order, fulfilment })
  stockFor(world, order, fulfilment, -1)
  changedOrder(world, order)
}

/** Hands a parcel over, has it delivered, or takes it back; pieces that come back are to be sent again. */
export function moveFulfilment(world: World, order: Order, fulfilment: Fulfilment, state: FulfilmentState): void {
  fulfilment.state = state
  fulfilment.updatedAt = world.clock.now()
  if (state === 'Cancelled') {
    stockFor(world, order, fulfilment, 1)
    world.shipments.delete(fulfilment.no)
  }
  changedOrder(world, order)
}

function stockFor(world: World, { lines }: Order, fulfilment: Fulfilment, sign: 1 | -1): void {
  for (const { lineNo, quantity } of fulfilment.lines) {
    const good = goodOf(world, lines.find(({ no }) => no === lineNo)!.variantNo)
    moveStock(world, good, { onHand: sign * quantity, allocated: sign * quantity })
  }
}

/** Takes down a parcel that was handed over by a call from outside. */
export function report(world: World, order: Order, { no, method, trackingCode, lines }: Fulfilment): void {
  if (world.shipments.has(no)) return
  world.shipments.set(no, {
    orderNo: String(order.no),
    carrier: method,
    waybillNo: trackingCode ?? '',
    lines: lines.map(({ lineNo, quantity }) => ({ lineNo: String(lineNo), quantity })),
    at: world.clock.now(),
    times: 1,
  })
}

/** The reported parcels; one was doubled when several reports with its number named the same line. */
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
