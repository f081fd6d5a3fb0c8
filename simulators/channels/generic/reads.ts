import { type Asked, json, type Reply } from '../../aid/http.ts'
import type { Place } from './ledger.ts'
import type { Good, Order } from './model.ts'
import type { Shop } from './shop.ts'
import { beijingTime, fromCursor, goodJson, orderJson, toCursor } from './wire.ts'
import { isoTime, no } from './writes.ts'

const limitMax = 100

/** What faults do to a list of orders. */
export interface ListFaults {
  readonly hides: (order: Order) => boolean
  /** Rows as they are handed out: doubled, in another order. */
  readonly twist: (orders: readonly Order[]) => readonly Order[]
  /** Called when more is to come after this page, with the last row of it. */
  readonly onMore: (last: Order) => void
}

/**
 * GET /oms/v1/orders?modified_since=&cursor=&limit≤100: changed at or after, in the order (modified_at, id). Without
 * modified_since from the beginning, without limit a hundred, both [assumed]. Source: own-site.md 6.2.
 */
export function listOrders(shop: Shop, asked: Asked, faults: ListFaults): Reply {
  const since = sinceOf(asked.query.get('modified_since'))
  const limit = limitOf(asked)
  const cursor = asked.query.get('cursor') ?? ''
  const after = cursor === '' ? null : placeOf(cursor)
  if (since === null) return no(422, 'modified_since')
  if (limit === null) return no(422, 'limit')
  if (cursor !== '' && !after) return no(422, 'cursor')

  const { rows, next } = shop.orders.page({ since, after, limit, shows: (order) => !faults.hides(order) })
  const last = rows.at(-1)
  if (next && last) faults.onMore(last)
  return json({ orders: faults.twist(rows).map(orderJson), next_cursor: next && toCursor([next.modifiedAt, next.id]) })
}

/** GET /oms/v1/orders/{id}. */
export function getOrder(shop: Shop, id: string): Reply {
  const order = shop.orders.get(id)
  return order ? json(orderJson(order)) : no(404, 'not_found')
}

/** GET /oms/v1/products?cursor=&limit=, in the order in which the shop took the goods up. [assumed], not in the sheet. */
export function listProducts(shop: Shop, asked: Asked): Reply {
  const limit = limitOf(asked)
  if (limit === null) return no(422, 'limit')
  const cursor = asked.query.get('cursor') ?? ''
  const after = cursor === '' ? 0 : fromCursor(cursor)
  if (typeof after !== 'number') return no(422, 'cursor')

  const behind = [...shop.goods.values()].filter((good) => numberOf(good) > after)
  const rows = behind.slice(0, limit)
  const last = rows.at(-1)
  return json({
    products: rows.map(goodJson),
    next_cursor: last && behind.length > rows.length ? toCursor(numberOf(last)) : null,
  })
}

/** GET /oms/v1/ping. */
export function ping(shop: Shop): Reply {
  return json({ name: '木白家居官网', currency: 'CNY', time: beijingTime(shop.now()) })
}

function numberOf(good: Good): number {
  return Number(good.id.slice('G-'.length))
}

function sinceOf(text: string | null): number | null {
  if (text === null || text === '') return 0
  return isoTime.test(text) && !Number.isNaN(Date.parse(text)) ? Date.parse(text) : null
}

function limitOf(asked: Asked): number | null {
  const text = asked.query.get('limit') ?? String(limitMax)
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  return limit >= 1 && limit <= limitMax ? limit : null
}

function placeOf(cursor: string): Place | null {
  const place = fromCursor(cursor)
  if (!Array.isArray(place) || typeof place[0] !== 'number' || typeof place[1] !== 'string') return null
  return { modifiedAt: place[0], id: place[1] }
}
