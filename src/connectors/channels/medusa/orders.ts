import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { ChannelOperations, OrderHead, SeenOrder, Span } from '../../../kit/channel.ts'
import { unknownFields } from '../../../kit/unknown-fields.ts'
import { ask, type Call, parsed } from './call.ts'
import { type Credentials, type MedusaAccount, perPage } from './manifest.ts'
import { notFound, strange } from './nonsense.ts'
import { type CountedPage, walkBack } from './paging.ts'
import { HeadPayload, OrderAnswer, OrderPayload, OrdersAnswer, ReturnPayload } from './payload.ts'
import { hasReturns, readReturns } from './returns.ts'
import { channelStatusOf, draftWord } from './status.ts'
import { toOrder } from './to-order.ts'

type Operations = ChannelOperations<Credentials>

/** What must be asked for by name; an order alone holds little more than its number. Source: own-site.md 5.1 [sdk M]. */
export const orderFields = [
  ...'payment_status fulfillment_status currency_code customer_id summary metadata total credit_line_total discount_total shipping_total'
    .split(' ')
    .map((field) => `+${field}`),
  '*items',
  '*items.detail',
  '*shipping_address',
  '*fulfillments',
  '*fulfillments.items',
  '*fulfillments.labels',
  '*payment_collections',
  '*payment_collections.payments',
  '*payment_collections.payments.refunds',
  '*payment_collections.payments.refunds.refund_reason',
].join(',')

/** How many orders changed, or were placed, in a span. */
export const countOrders: Operations['orders.count'] = async (account, { span, by }) =>
  (await orderPage(account, { operation: 'orders.count', span, by, offset: 0, limit: 1 })).total

/**
 * Orders of a span, each in full; one with returns comes as a head, since their records must be asked for. An order whose payload cannot be
 * read comes as a head too, fails alone in `orders.get` and holds up no other. Source: own-site.md 5.1 [sdk M].
 */
export const pullOrders: Operations['orders.pull'] = async (account, { span, by, cursor }) => {
  const page = await walkBack({ cursor, size: perPage }, (offset) =>
    orderPage(account, { operation: 'orders.pull', span, by, offset, limit: perPage }),
  )
  return { ...page, rows: page.rows.map(({ value, head }) => headOf(value, head)) }
}

interface ListedOrder {
  readonly value: unknown
  readonly head: HeadPayload
}

interface ListPage {
  readonly operation: string
  readonly span: Span
  readonly by: 'modified' | 'created'
  readonly offset: number
  readonly limit: number
}

/** One page of the list. Drafts are left out, should there be any after all. */
export async function orderPage(
  account: MedusaAccount,
  { operation, span, by, offset, limit }: ListPage,
): Promise<CountedPage<ListedOrder>> {
  const at = by === 'modified' ? 'updated_at' : 'created_at'
  const query = {
    [`${at}[$gte]`]: isoText(span.from),
    [`${at}[$lt]`]: isoText(span.to),
    order: at,
    limit: String(limit),
    offset: String(offset),
    fields: orderFields,
  }
  const value = await ask(account, { operation, method: 'GET', path: '/orders', query, isWrite: false })
  const { orders, count } = parsed(OrdersAnswer, value, { what: 'list', isWrite: false })
  const rows = orders.map((each, index) => ({
    value: each,
    head: parsed(HeadPayload, each, { what: `orders.${index}`, isWrite: false }),
  }))
  return { rows: rows.filter(({ head }) => head.status !== draftWord), total: count }
}

function headOf(value: unknown, head: HeadPayload): OrderHead {
  return {
    channelOrderNo: head.id,
    channelStatus: channelStatusOf(head),
    modifiedAt: head.updated_at,
    full: hasReturns(head) ? null : fullOrNull(value),
  }
}

function fullOrNull(value: unknown): SeenOrder | null {
  try {
    return { order: orderOf(value, []), raw: JSON.stringify(value) }
  } catch (error) {
    if (error instanceof Failure && error.code === 'CHANNEL_NONSENSE') return null
    throw error
  }
}

/**
 * One order with the records of its returns. `raw` is the order as it came, or `{"order":…,"returns":[…]}` where there are some.
 * Throws CHANNEL_NOT_FOUND.
 */
export const getOrder: Operations['orders.get'] = async (account, channelOrderNo) => {
  const operation = 'orders.get'
  const { value, head } = await readOrder(account, { operation, channelOrderNo, isWrite: false })
  if (!hasReturns(head)) return { order: orderOf(value, []), raw: JSON.stringify(value) }

  const returns = await readReturns(account, { operation, orderNos: [channelOrderNo], isWrite: false })
  return { order: orderOf(value, returns), raw: JSON.stringify({ order: value, returns }) }
}

export interface Asking {
  readonly operation: string
  readonly channelOrderNo: string
  readonly isWrite: boolean
}

/** The JSON of one order as the shop keeps it now. A draft is no order yet. */
export async function readOrder(
  account: MedusaAccount,
  { operation, channelOrderNo, isWrite }: Asking,
): Promise<ListedOrder> {
  const call: Call = {
    operation,
    method: 'GET',
    path: orderPath(channelOrderNo),
    query: { fields: orderFields },
    isWrite,
  }
  const { order: value } = parsed(OrderAnswer, await ask(account, call), { what: 'answer', isWrite })
  const head = parsed(HeadPayload, value, { what: 'order', isWrite })
  if (head.id !== channelOrderNo) throw strange('网店答了另一个订单', isWrite)
  if (head.status === draftWord) throw notFound('这个订单还是草稿')
  return { value, head }
}

export function orderPath(channelOrderNo: string): string {
  return `/orders/${encodeURIComponent(channelOrderNo)}`
}

/** Throws CHANNEL_NONSENSE naming the field that is wrong, or telling that amounts add up to more than whole fen can say. Pure. */
export function orderOf(value: unknown, returns: readonly unknown[]): ChannelOrder {
  const payload = parsed(OrderPayload, value, { what: 'order', isWrite: false })
  const records = returns.map((record) => parsed(ReturnPayload, record, { what: 'return', isWrite: false }))
  const unknown = [
    ...unknownFields(OrderPayload, value, 'order'),
    ...returns.flatMap((record) => unknownFields(ReturnPayload, record, 'return')),
  ].map((field) => `unknown-field:${field}`)
  try {
    return toOrder(payload, records, unknown)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw strange(`order.total 大得无法计算：${error.message}`, false, error)
  }
}
