import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { OrderHead, Page, PullInput, SeenOrder, Span } from '../../../kit/channel.ts'
import { parseJson } from '../../../kit/json.ts'
import type { Account } from '../../../kit/plug.ts'
import { ask, type Call, nonsense, parsed } from './call.ts'
import { type Credentials, manifest, perPage } from './manifest.ts'
import { HeadPayload, OrderList } from './payload.ts'
import { seenOrder } from './to-order.ts'

/**
 * Orders changed in `span`, oldest change first, up to 100 a page, each in full. An order whose payload breaks the contract comes
 * with `full: null`, so that it fails alone in `orders.get` and holds up no other.
 * Source: own-site.md 6.2 [rule]. Throws what a call throws; CHANNEL_OPERATION_ABSENT when asked by creation.
 */
export async function pullOrders(
  account: Account<Credentials>,
  { span, by, cursor }: PullInput,
): Promise<Page<OrderHead>> {
  if (by !== 'modified') {
    throw new Failure('CHANNEL_OPERATION_ABSENT', { channel: manifest.id, operation: `orders.pull by ${by}` })
  }
  const { rows, next } = await changedOrders(account, { operation: 'orders.pull', span, cursor })
  return { rows: rows.map(({ value, head }) => ({ ...head, full: fullOrNull(value) })), total: null, next }
}

/** Throws CHANNEL_NOT_FOUND, and CHANNEL_NONSENSE naming the field that breaks the contract. */
export async function getOrder(account: Account<Credentials>, channelOrderNo: string): Promise<SeenOrder> {
  return seenOrder(await getOrderValue(account, { operation: 'orders.get', channelOrderNo }))
}

/** The JSON of one order, as the site keeps it now. */
export async function getOrderValue(
  account: Account<Credentials>,
  { operation, channelOrderNo }: { readonly operation: string; readonly channelOrderNo: string },
): Promise<unknown> {
  const path = `/oms/v1/orders/${encodeURIComponent(channelOrderNo)}`
  const value = await ask(account, { operation, method: 'GET', path, body: null, namesOrder: true })
  const { id } = parsed(HeadPayload, value, 'order')
  if (id !== channelOrderNo) throw nonsense('网站答了另一个订单')
  return value
}

interface ListedHead {
  readonly channelOrderNo: string
  readonly channelStatus: string
  readonly modifiedAt: Instant
}

export interface ChangedOrder {
  readonly value: unknown
  readonly head: ListedHead
}

/**
 * One page of the list. What changed at or after the end of the span is left for the next one; once a page that is in order ends
 * beyond it, nothing that follows can be wanted.
 */
export async function changedOrders(
  account: Account<Credentials>,
  { operation, span, cursor }: { readonly operation: string; readonly span: Span; readonly cursor: string | null },
): Promise<{ readonly rows: readonly ChangedOrder[]; readonly next: string | null }> {
  const answer = parsed(OrderList, await ask(account, listCall(operation, span.from, cursor)), 'answer')
  const rows = answer.orders.map((value, index) => ({ value, head: headOf(value, `orders.${index}`) }))
  if (answer.next_cursor !== null && answer.next_cursor === cursor) throw nonsense('next_cursor 没有前进')

  const isInOrder = rows.every(({ head }, i) => i === 0 || head.modifiedAt >= (rows[i - 1]?.head.modifiedAt ?? 0))
  const last = rows.at(-1)
  const isPastEnd = isInOrder && last !== undefined && last.head.modifiedAt >= span.to
  return {
    rows: rows.filter(({ head }) => head.modifiedAt < span.to),
    next: isPastEnd ? null : answer.next_cursor,
  }
}

/** Written as in the contract's worked example, whose signature covers these very characters. Pure. */
export function listCall(operation: string, from: Instant, cursor: string | null): Call {
  const since = isoText(from).replace('.000Z', 'Z')
  const query = `modified_since=${since}&cursor=${encodeURIComponent(cursor ?? '')}&limit=${perPage}`
  return { operation, method: 'GET', path: `/oms/v1/orders?${query}`, body: null, namesOrder: false }
}

/** What `inspect orders generic` shows: of a list, one order, an event, or an array of these. Throws CHANNEL_NONSENSE. */
export function inspectOrders(text: string): ChannelOrder[] {
  return ordersIn(readJson(text)).map((value) => seenOrder(value).order)
}

function ordersIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(ordersIn)
  if (value === null || typeof value !== 'object') return [value]
  if ('orders' in value) return parsed(OrderList, value, 'answer').orders
  return 'type' in value && 'data' in value ? ordersIn(value.data) : [value]
}

function readJson(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    throw nonsense('不是 JSON', error)
  }
}

function headOf(value: unknown, what: string): ListedHead {
  const head = parsed(HeadPayload, value, what)
  return { channelOrderNo: head.id, channelStatus: head.status, modifiedAt: head.modified_at }
}

function fullOrNull(value: unknown): SeenOrder | null {
  try {
    return seenOrder(value)
  } catch (error) {
    if (error instanceof Failure && error.code === 'CHANNEL_NONSENSE') return null
    throw error
  }
}
