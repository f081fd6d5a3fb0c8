import { Failure } from '../../../core/failures.ts'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { ChannelOperations, OrderHead, Page, SeenOrder, Span } from '../../../kit/channel.ts'
import { unknownFields } from '../../../kit/unknown-fields.ts'
import { ask } from './call.ts'
import { type Credentials, manifest, type VendureAccount } from './manifest.ts'
import { notFound, parsed, readAs, strange } from './nonsense.ts'
import { CountData, HeadPayload, OrderData, OrderPayload, OrdersData } from './payload.ts'
import { countQuery, orderQuery, ordersPerPage, ordersQuery } from './queries.ts'
import { toOrder } from './to-order.ts'

type Operations = ChannelOperations<Credentials>

/**
 * Orders changed in `span`, each in full; baskets and drafts are left out. One that breaks the contract comes with
 * `full: null`, fails alone in `orders.get` and holds up no other. Source: own-site.md 4 [sdk V], [rule].
 * Throws what a call throws; CHANNEL_OPERATION_ABSENT when asked by creation.
 */
export const pullOrders: Operations['orders.pull'] = async (account, { span, by, cursor }) => {
  checkBy(by, 'orders.pull')
  const page = await changedOrders(account, { operation: 'orders.pull', span, cursor })
  return { ...page, rows: page.rows.map(headOf) }
}

/** As many as `orders.pull` lists. */
export const countOrders: Operations['orders.count'] = async (account, { span, by }) => {
  checkBy(by, 'orders.count')
  const variables = { o: { skip: 0, take: 1, filter: changedIn(span) } }
  const call = { operation: 'orders.count', query: countQuery, variables, isWrite: false }
  return (await ask(account, call, CountData)).orders.totalItems
}

function checkBy(by: 'modified' | 'created', operation: string): void {
  if (by === 'modified') return
  throw new Failure('CHANNEL_OPERATION_ABSENT', { channel: manifest.id, operation: `${operation} by ${by}` })
}

/**
 * Throws CHANNEL_NOT_FOUND, also for a basket or draft, and CHANNEL_NONSENSE naming the field that breaks the
 * contract.
 */
export const getOrder: Operations['orders.get'] = async (account, channelOrderNo) =>
  seenOrder(await readOrder(account, { operation: 'orders.get', channelOrderNo, isWrite: false }))

interface Asked {
  readonly operation: string
  readonly span: Span
  readonly cursor: string | null
}

/**
 * One step of reading the list from its last page to its first, as they are. Rows stand by their change, oldest
 * first: what changes meanwhile leaves the span, and what stood behind it moves towards the pages still to come, so
 * nothing is missed; forward reading would miss a row at each seam. The cursor is the number of the page to read, 0
 * the first. Source: own-site.md 4 [rule].
 */
export async function changedOrders(
  account: VendureAccount,
  { operation, span, cursor }: Asked,
): Promise<Page<unknown>> {
  const pageAt = async (page: number) => {
    const o = { skip: page * ordersPerPage, take: ordersPerPage, sort: inOrder, filter: changedIn(span) }
    const call = { operation, query: ordersQuery, variables: { o }, isWrite: false }
    const { orders } = await ask(account, call, OrdersData)
    return { rows: orders.items, total: orders.totalItems, next: page > 0 ? String(page - 1) : null }
  }
  if (cursor !== null) return pageAt(Number(cursor))
  const first = await pageAt(0)
  return first.total <= ordersPerPage ? first : pageAt(Math.ceil(first.total / ordersPerPage) - 1)
}

const inOrder = { updatedAt: 'ASC', id: 'ASC' } as const

/** Both ends of a filter are outside it, and time is kept to the millisecond. Pure. */
function changedIn({ from, to }: Span) {
  return {
    updatedAt: { after: isoText(from - 1), before: isoText(to) },
    active: { eq: false },
    orderPlacedAt: { isNull: false },
  }
}

/** Whose order, for which operation. */
interface Wanted {
  readonly operation: string
  readonly channelOrderNo: string
  readonly isWrite: boolean
}

/** The JSON of one order as it is now. Throws CHANNEL_NOT_FOUND. */
export async function readOrder(account: VendureAccount, wanted: Wanted): Promise<unknown> {
  const { operation, channelOrderNo, isWrite } = wanted
  const call = { operation, query: orderQuery, variables: { id: channelOrderNo }, isWrite }
  const { order } = await ask(account, call, OrderData)
  if (order === null) throw notFound('店铺里没有这个订单')
  const { id, orderPlacedAt } = parsed(HeadPayload, order, { what: 'order', isWrite })
  if (id !== channelOrderNo) throw strange('答了另一个订单', isWrite)
  if (orderPlacedAt === null) throw notFound('还没有下单，只是购物车或草稿')
  return order
}

export function orderIn(value: unknown, isWrite = false): OrderPayload {
  return parsed(OrderPayload, value, { what: 'order', isWrite })
}

/** An order in our words, with the text it was made from. Throws CHANNEL_NONSENSE naming the field that is wrong. */
export function seenOrder(value: unknown): SeenOrder {
  const payload = orderIn(value)
  const notices = unknownFields(OrderPayload, value, 'order').map((field) => `unknown-field:${field}`)
  return { order: readAs('order', () => toOrder(payload, notices)), raw: JSON.stringify(value) }
}

function headOf(value: unknown, place: number): OrderHead {
  const head = parsed(HeadPayload, value, { what: `orders.${place}`, isWrite: false })
  const modifiedAt: Instant = head.updatedAt
  return { channelOrderNo: head.id, channelStatus: head.state, modifiedAt, full: fullOrNull(value) }
}

function fullOrNull(value: unknown): SeenOrder | null {
  try {
    return seenOrder(value)
  } catch (error) {
    if (error instanceof Failure && error.code === 'CHANNEL_NONSENSE') return null
    throw error
  }
}
