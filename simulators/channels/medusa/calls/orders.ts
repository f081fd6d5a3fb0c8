import { fault } from '../answers.ts'
import { type Body, metadataOf, objectOf } from '../body.ts'
import { project, type Row, readFields } from '../fields.ts'
import type { Order } from '../model.ts'
import { cancel, complete, hasLive, mergeMetadata } from '../moves.ts'
import { always, cut, isWithin, type Paging, type Query, readQuery, type Span } from '../query.ts'
import type { Shop } from '../shop.ts'
import { orderRow } from '../views/order.ts'
import { altered, type Call, orderAnswer, orderOf, pageAnswer } from './call.ts'

const filters = ['id', 'status', 'q', 'region_id', 'customer_id', 'sales_channel_id', 'created_at', 'updated_at']
/** Rows of a page when nobody says how many [assumed]. */
const usualLimit = 15

interface Wanted {
  readonly key: 'updated_at' | 'created_at' | 'display_id'
  readonly isDescending: boolean
  readonly updated: Span
  readonly created: Span
  readonly paging: Paging
  /** Null where nothing but time chooses. */
  readonly shows: ((order: Order) => boolean) | null
  readonly ids: readonly string[] | null
}

/** GET /admin/orders. Drafts have a list of their own. Source: own-site.md 5, List. */
export function listOrders({ shop, search, twist }: Call): Row {
  const wanted = wantedOf(readQuery(search, filters))
  const wish = readFields(search.get('fields'), 'order')
  const { count, rows: found } = pageOf(shop, wanted)
  const rows = found.filter((order) => !twist.hides(order))
  const last = rows.at(-1)
  const { paging } = wanted
  if (last && paging.offset + paging.limit < count) twist.onMore(last)
  const shown = twist.rows(rows).map((order) => project('order', orderRow(shop, order), wish))
  return pageAnswer('orders', shown, { count, paging })
}

function wantedOf(query: Query): Wanted {
  const order = query.text('order') ?? '-created_at'
  const key = (['updated_at', 'created_at', 'display_id'] as const).find((name) => name === order.replace(/^-/, ''))
  if (key === undefined) throw fault('invalid_data', `Order field ${order} is not valid`)
  return {
    key,
    isDescending: order.startsWith('-'),
    updated: query.time('updated_at'),
    created: query.time('created_at'),
    paging: query.paging(usualLimit),
    ids: query.list('id'),
    shows: filterOf(query),
  }
}

function filterOf(query: Query): Wanted['shows'] {
  const [status, q] = [query.list('status'), query.text('q')]
  const others = { region_id: 'reg_01JA0CN', sales_channel_id: 'sc_01JA0WEB' }
  const fixed = Object.entries(others).every(([name, id]) => query.list(name)?.includes(id) ?? true)
  const customers = query.list('customer_id')
  const tests: ((order: Order) => boolean)[] = [
    ...(status ? [(order: Order) => status.includes(order.status)] : []),
    ...(customers ? [({ displayId }: Order) => customers.includes(`cus_${displayId}`)] : []),
    ...(q
      ? [(order: Order) => [String(order.displayId), order.email, order.receiver.name].some((text) => text.includes(q))]
      : []),
    ...(fixed ? [] : [() => false]),
  ]
  return tests.length === 0 ? null : (order) => tests.every((test) => test(order))
}

interface Found {
  readonly rows: readonly Order[]
  readonly count: number
}

/** A page of a time's own order is cut out of the sorted orders; anything else is looked for among all. */
function pageOf(shop: Shop, wanted: Wanted): Found {
  const { key, isDescending, paging, shows, ids, updated, created } = wanted
  const [own, other] = key === 'updated_at' ? [updated, created] : [created, updated]
  const isPlain = key !== 'display_id' && shows === null && ids === null && other === always
  if (!isPlain) {
    const rows = search(shop, wanted)
    return { rows: cut(rows, paging), count: rows.length }
  }
  const sorted = key === 'updated_at' ? shop.orders.byUpdated : shop.orders.byCreated
  const [from, to] = sorted.span(own.from, own.to)
  const count = Math.max(0, to - from)
  const many = Math.max(0, Math.min(paging.limit, count - paging.offset))
  const positions = Array.from({ length: many }, (_, place) => paging.offset + place)
  return { count, rows: positions.map((place) => sorted.at(isDescending ? to - 1 - place : from + place)) }
}

function search(shop: Shop, { key, isDescending, updated, created, shows, ids }: Wanted): readonly Order[] {
  const found = (ids ? named(shop, ids) : changedIn(shop, updated)).filter(
    (order) => isWithin(order.createdAt, created) && isWithin(order.updatedAt, updated) && (shows?.(order) ?? true),
  )
  const numberOf = (order: Order) => {
    if (key === 'updated_at') return order.updatedAt
    return key === 'created_at' ? order.createdAt : order.displayId
  }
  return found.sort((a, b) => (numberOf(a) - numberOf(b)) * (isDescending ? -1 : 1))
}

function named(shop: Shop, ids: readonly string[]): Order[] {
  return [...new Set(ids)].flatMap((id) => {
    const order = shop.orders.get(id)
    return order && order.status !== 'draft' ? [order] : []
  })
}

function changedIn({ orders: { byUpdated } }: Shop, { from, to }: Span): Order[] {
  const [first, end] = byUpdated.span(from, to)
  return Array.from({ length: Math.max(0, end - first) }, (_, place) => byUpdated.at(first + place))
}

/** GET /admin/orders/{id}. */
export function getOrder(call: Call): Row {
  readQuery(call.search, [])
  return orderAnswer(call, orderOf(call))
}

/** POST /admin/orders/{id}: metadata is merged by key; of the address the street and the telephone count here. [sdk M] */
export function updateOrder(call: Call): Row {
  const body = objectOf(call.body, ['email', 'shipping_address', 'billing_address', 'locale', 'metadata'])
  const metadata = metadataOf(body)
  const { address_1: address, phone } = Object(body['shipping_address'] ?? {}) as Body
  return altered(call, {
    change: (order) => {
      const receiver = {
        ...order.receiver,
        ...(typeof address === 'string' ? { address } : {}),
        ...(typeof phone === 'string' ? { phone, hasCountryCode: false } : {}),
      }
      return metadata ? mergeMetadata({ ...order, receiver }, metadata) : { ...order, receiver }
    },
  })
}

/** POST /admin/orders/{id}/complete. Source: own-site.md 5, Ship. */
export function completeOrder(call: Call): Row {
  const { status, id } = orderOf(call)
  if (status === 'canceled') throw fault('not_allowed', `Order with id: ${id} is canceled and cannot be completed`)
  return altered(call, { change: complete, event: 'order.completed' })
}

/** POST /admin/orders/{id}/cancel: nothing may be packed or sent; what was captured goes back [assumed]. */
export function cancelOrder(call: Call): Row {
  const order = orderOf(call)
  if (order.status === 'canceled') throw fault('not_allowed', `Order with id ${order.id} has been canceled.`)
  if (hasLive(order)) throw fault('not_allowed', 'All fulfillments must be canceled before canceling an order')
  return altered(call, { change: (before) => cancel(call.shop, before), event: 'order.canceled' })
}

/** POST /admin/orders/{id}/archive: what is over may be put away [assumed]. */
export function archiveOrder(call: Call): Row {
  const { status, id } = orderOf(call)
  if (status !== 'completed' && status !== 'canceled')
    throw fault('not_allowed', `Order with id: ${id} cannot be archived`)
  return altered(call, { change: (order) => ({ ...order, status: 'archived' }) })
}
