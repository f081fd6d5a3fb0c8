import type { View } from '../graphql/answer.ts'
import type { Plain } from '../graphql/values.ts'
import type { Fulfilment, FulfilmentOrder, Order } from '../model.ts'
import { gid, utcTime } from '../text.ts'
import type { World } from '../world.ts'
import { lineView } from './line.ts'
import { locationView } from './locations.ts'
import { shortConnection } from './paging.ts'

const lineOf = (order: Order, lineNo: number) => order.lines.find(({ no }) => no === lineNo)!

/** The fields of `FulfillmentOrder` but for its order. */
export function fulfilmentOrderView(world: World, order: Order, fulfilmentOrder: FulfilmentOrder): View {
  const { no, status, locationNo, lines } = fulfilmentOrder
  const reason = order.paidAt === null ? 'AWAITING_PAYMENT' : 'OTHER'
  return {
    __typename: 'FulfillmentOrder',
    id: gid('FulfillmentOrder', no),
    status,
    requestStatus: 'UNSUBMITTED',
    orderId: gid('Order', order.no),
    createdAt: utcTime(order.createdAt),
    updatedAt: utcTime(order.updatedAt),
    assignedLocation: () => {
      const location = locationView(locationNo)!
      return { name: location.name, location }
    },
    fulfillmentHolds: status === 'ON_HOLD' ? [{ reason, reasonNotes: null }] : [],
    lineItems: shortConnection(lines, {
      no: (line) => line.no,
      view: (line) => ({
        __typename: 'FulfillmentOrderLineItem',
        id: gid('FulfillmentOrderLineItem', line.no),
        totalQuantity: line.total,
        remainingQuantity: line.remaining,
        sku: lineOf(order, line.lineNo).sku,
        lineItem: () => lineView(world, order, lineOf(order, line.lineNo)),
      }),
    }),
  }
}

/** The fields of `Fulfillment` but for its order. */
export function fulfilmentView(world: World, order: Order, fulfilment: Fulfilment): View {
  const { no, name, createdAt, updatedAt, deliveredAt, tracking, locationNo, lines } = fulfilment
  const quantity = lines.reduce((all, line) => all + line.quantity, 0)
  return {
    __typename: 'Fulfillment',
    id: gid('Fulfillment', no),
    legacyResourceId: String(no),
    name,
    status: 'SUCCESS',
    displayStatus: deliveredAt === null ? 'FULFILLED' : 'DELIVERED',
    createdAt: utcTime(createdAt),
    updatedAt: utcTime(updatedAt),
    deliveredAt: utcTime(deliveredAt),
    totalQuantity: quantity,
    trackingInfo: ({ first }: Plain) =>
      tracking.number === null && tracking.url === null
        ? []
        : [tracking].slice(0, typeof first === 'number' ? first : 1),
    location: () => locationView(locationNo),
    fulfillmentLineItems: shortConnection(lines, {
      no: (line) => line.lineNo,
      view: (line) => ({
        id: `gid://shopify/FulfillmentLineItem/${no}${line.lineNo}`,
        quantity: line.quantity,
        lineItem: () => lineView(world, order, lineOf(order, line.lineNo)),
      }),
    }),
  }
}
