import { Failure } from '../../../core/failures.ts'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { ChannelOperations, SeenOrder, Span } from '../../../kit/channel.ts'
import { unknownFields } from '../../../kit/unknown-fields.ts'
import { ask } from './call.ts'
import { type Credentials, manifest, type ShopifyAccount } from './manifest.ts'
import { notFound, parsed, strange } from './nonsense.ts'
import { HeadPayload, OrderData, OrderPayload, OrdersData } from './payload.ts'
import { type Depth, orderQuery, ordersPerPage, ordersQuery, unmarkedSizes } from './queries.ts'
import { channelStatusOf, toOrder } from './to-order.ts'

type Operations = ChannelOperations<Credentials>

/**
 * Orders changed in `span`, oldest change first, each in full. One that holds more than a page asks for, or breaks the contract, comes with
 * `full: null` and is asked for alone. Test orders are left out. Source: own-site.md 3 [doc S], [rule].
 * Throws what a call throws; CHANNEL_OPERATION_ABSENT when asked by creation.
 */
export const pullOrders: Operations['orders.pull'] = async (account, { span, by, cursor }) => {
  if (by !== 'modified') {
    throw new Failure('CHANNEL_OPERATION_ABSENT', { channel: manifest.id, operation: `orders.pull by ${by}` })
  }
  const { rows, next } = await changedOrders(account, { operation: 'orders.pull', span, cursor })
  return { rows: rows.map(({ value, head }) => ({ ...head, full: fullOrNull(value) })), total: null, next }
}

/** Throws CHANNEL_NOT_FOUND, also for a test order, and CHANNEL_NONSENSE naming the field that breaks the contract. */
export const getOrder: Operations['orders.get'] = async (account, channelOrderNo) =>
  seenOrder(await readOrder(account, { operation: 'orders.get', channelOrderNo, isWrite: false }))

/** An order as Shopify tells it, not looked into, and as much of it as tells which it is. */
interface ChangedOrder {
  readonly value: unknown
  readonly head: {
    readonly channelOrderNo: string
    readonly channelStatus: string
    readonly modifiedAt: Instant
  }
}

interface Asked {
  readonly operation: string
  readonly span: Span
  readonly cursor: string | null
}

/**
 * One page of the list. Both ends go into the query, in whole seconds [an upper end: assumed]; a row that changed since it was found says so,
 * and is left for the next span.
 */
export async function changedOrders(
  account: ShopifyAccount,
  { operation, span, cursor }: Asked,
): Promise<{ readonly rows: readonly ChangedOrder[]; readonly next: string | null }> {
  const variables = { first: ordersPerPage, after: cursor, q: changedIn(span) }
  const call = { operation, query: ordersQuery, variables, isWrite: false }
  const { orders } = await ask(account, call, OrdersData)
  const rows = orders.nodes.map((value, index) => ({ value, ...headOf(value, `orders.${index}`) }))
  const { hasNextPage, endCursor } = orders.pageInfo
  if (hasNextPage && (!endCursor || endCursor === cursor)) throw strange(call, 'endCursor 没有前进')

  return {
    rows: rows.filter(({ isTest, head }) => !isTest && head.modifiedAt < span.to),
    next: hasNextPage ? endCursor! : null,
  }
}

/** The whole seconds that hold a span, as a search filter. Pure. */
function changedIn({ from, to }: Span): string {
  const second = (at: Instant) => isoText(at).replace(/\.\d{3}Z$/, 'Z')
  return `updated_at:>='${second(from)}' AND updated_at:<'${second(Math.ceil(to / 1000) * 1000)}'`
}

/** Whose order, for which operation. */
interface Wanted {
  readonly operation: string
  readonly channelOrderNo: string
  readonly isWrite: boolean
}

/** The JSON of one order as it is now; asked for once more in more depth where it holds a lot. Throws CHANNEL_NOT_FOUND. */
export async function readOrder(account: ShopifyAccount, wanted: Wanted): Promise<unknown> {
  const value = await askOrder(account, wanted, 'usual')
  if (isWhole(value, 'usual')) return value
  const more = await askOrder(account, wanted, 'large')
  if (!isWhole(more, 'large')) throw strange(wanted, '订单的商品行、发货单或包裹太多，读不全')
  return more
}

async function askOrder(account: ShopifyAccount, wanted: Wanted, depth: Depth): Promise<unknown> {
  const { operation, channelOrderNo, isWrite } = wanted
  if (!/^gid:\/\/shopify\/Order\/\d+$/.test(channelOrderNo))
    throw notFound(`不是 Shopify 的订单编号：${channelOrderNo}`)
  const call = { operation, query: orderQuery[depth], variables: { id: channelOrderNo }, isWrite }
  const { order } = await ask(account, call, OrderData)
  if (order === null) throw notFound('店铺里没有这个订单')
  const head = parsed(HeadPayload, order, { what: 'order', isWrite })
  if (head.id !== channelOrderNo) throw strange(wanted, '答了另一个订单')
  if (head.test) throw notFound('这是测试订单')
  return order
}

/** Whether every list inside an order came to its end. One that breaks the contract counts as whole: its reader says what is wrong. */
function isWhole(value: unknown, depth: Depth): boolean {
  const read = OrderPayload.safeParse(value)
  if (!read.success) return true
  const { lineItems, fulfillmentOrders, fulfillments, refunds } = read.data
  const sizes = unmarkedSizes[depth]
  const marked = [
    lineItems,
    fulfillmentOrders,
    ...fulfillmentOrders.rows.map((order) => order.lineItems),
    ...fulfillments.flatMap(({ fulfillmentLineItems }) => fulfillmentLineItems ?? []),
    ...refunds.map(({ refundLineItems }) => refundLineItems),
  ]
  return (
    marked.every(({ hasMore }) => !hasMore) && fulfillments.length < sizes.fulfilments && refunds.length < sizes.refunds
  )
}

export function orderIn(value: unknown, isWrite = false): OrderPayload {
  return parsed(OrderPayload, value, { what: 'order', isWrite })
}

/** An order in our words, with the text it was made from. Throws CHANNEL_NONSENSE naming the field that is wrong. */
export function seenOrder(value: unknown): SeenOrder {
  const payload = orderIn(value)
  const notices = unknownFields(OrderPayload, value, 'order').map((field) => `unknown-field:${field}`)
  return { order: told(() => toOrder(payload, notices)), raw: JSON.stringify(value) }
}

/** An amount that is none is Shopify's nonsense; any other fault is ours. */
export function told<Value>(make: () => Value): Value {
  try {
    return make()
  } catch (error) {
    if (error instanceof RangeError) throw strange({ isWrite: false }, error.message, error)
    throw error
  }
}

function headOf(value: unknown, what: string) {
  const head = parsed(HeadPayload, value, { what, isWrite: false })
  const { id: channelOrderNo, updatedAt: modifiedAt, test: isTest } = head
  return { isTest, head: { channelOrderNo, channelStatus: channelStatusOf(head), modifiedAt } }
}

function fullOrNull(value: unknown): SeenOrder | null {
  if (!isWhole(value, 'usual')) return null
  try {
    return seenOrder(value)
  } catch (error) {
    if (error instanceof Failure && error.code === 'CHANNEL_NONSENSE') return null
    throw error
  }
}
