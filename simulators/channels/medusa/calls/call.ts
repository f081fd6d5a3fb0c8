import { notFound } from '../answers.ts'
import { project, type Row, readFields } from '../fields.ts'
import type { Order } from '../model.ts'
import type { Paging } from '../query.ts'
import { type Alteration, alter, type Shop } from '../shop.ts'
import { orderRow } from '../views/order.ts'

/** A call that was let in. */
export interface Call {
  readonly shop: Shop
  /** Ids of the path, in its order. */
  readonly path: readonly string[]
  readonly search: URLSearchParams
  /** Parsed JSON; an empty body is an empty object. */
  readonly body: unknown
  readonly twist: Twist
}

/** What faults do to a list of orders. */
export interface Twist {
  readonly hides: (order: Order) => boolean
  readonly rows: (orders: readonly Order[]) => readonly Order[]
  /** Called when more is to come after this page, with its last row. */
  readonly onMore: (last: Order) => void
}

/** `{ orders, count, offset, limit }` and its like: count is of all that match. Source: own-site.md 5, List. */
export function pageAnswer(name: string, rows: unknown, { count, paging }: { count: number; paging: Paging }): Row {
  return { [name]: rows, count, offset: paging.offset, limit: paging.limit }
}

/** The order that the path names. Throws for one that is not there. */
export function orderOf({ shop, path }: Call): Order {
  const order = shop.orders.get(path[0]!)
  if (!order) throw notFound('Order', path[0]!)
  return order
}

/** What one order alone comes with; a list asks for each relation [assumed]. */
const usual = [
  'items',
  'shipping_address',
  'billing_address',
  'shipping_methods',
  'fulfillments',
  'fulfillments.items',
  'fulfillments.labels',
  'payment_collections',
  'payment_collections.payments',
  'payment_collections.payments.refunds',
]

/** `{ order }`. */
export function orderAnswer({ shop, search }: Call, order: Order): Row {
  return { order: project('order', orderRow(shop, order), readFields(search.get('fields'), 'order', usual)) }
}

/** Lets something happen to the order of the path and answers it. */
export function altered(call: Call, alteration: Alteration): Row {
  const { id } = orderOf(call)
  return orderAnswer(call, alter(call.shop, id, alteration) ?? orderOf(call))
}
