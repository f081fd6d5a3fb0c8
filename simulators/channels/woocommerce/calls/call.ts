import type { Order } from '../model.ts'
import type { Params } from '../params.ts'
import { type Answer, noOrder } from '../rest.ts'
import type { Shop } from '../shop.ts'

/** A call that was let in. */
export interface Call {
  readonly shop: Shop
  /** Numbers and words of the path, in its order. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly params: Params
  /** The path as called, for links to other pages. */
  readonly address: string
  readonly twist: Twist
}

/** What faults do to a list of orders. */
export interface Twist {
  readonly hides: (order: Order) => boolean
  readonly rows: (orders: readonly Order[]) => readonly Order[]
  /** Called when more is to come after this page, with its last row. */
  readonly onMore: (last: Order) => void
}

export interface Paging {
  readonly page: number
  readonly perPage: number
  /** Rows before this page. */
  readonly offset: number
}

/** Rows on a page at most. Source: own-site.md 2.1. */
const perPageMax = 100

export function pagingOf({ params }: Call): Paging {
  const perPage = params.whole('per_page', { least: 1, most: perPageMax, usual: 10 })
  const page = params.whole('page', { least: 1, usual: 1 })
  const offset = params.whole('offset', { least: 0, usual: (page - 1) * perPage })
  return { page, perPage, offset }
}

/** A page with its headers; one past the end is empty [assumed]. Source: own-site.md 2.1 [doc W]. */
export function pageAnswer(
  call: Call,
  { page, perPage }: Paging,
  { rows, total }: { rows: readonly unknown[]; total: number },
): Answer {
  const pages = Math.ceil(total / perPage)
  const links = [
    ...(page > 1 ? [linkTo(call, Math.min(page - 1, pages), 'prev'), linkTo(call, 1, 'first')] : []),
    ...(page < pages ? [linkTo(call, page + 1, 'next'), linkTo(call, pages, 'last')] : []),
  ]
  return {
    headers: {
      'x-wp-total': String(total),
      'x-wp-totalpages': String(pages),
      ...(links.length > 0 ? { link: links.join(', ') } : {}),
    },
    body: rows,
  }
}

const secrets = ['consumer_key', 'consumer_secret']

function linkTo({ address, query }: Call, page: number, rel: string): string {
  const kept = [...query].filter(([name]) => name !== 'page' && !secrets.includes(name) && !name.startsWith('oauth_'))
  return `<${address}?${new URLSearchParams([...kept, ['page', String(page)]])}>; rel="${rel}"`
}

/** Cuts a page out of rows that were all found. */
export function cut<Row>(rows: readonly Row[], { offset, perPage }: Paging): readonly Row[] {
  return rows.slice(offset, offset + perPage)
}

/** The order that the path names. Throws for one that is not there. */
export function orderOf({ shop, path }: Call): Order {
  const order = shop.orders.get(Number(path[0]))
  if (!order || order.isDeleted) throw noOrder()
  return order
}
