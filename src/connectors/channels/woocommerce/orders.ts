import { z } from 'zod'
import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, OrderHead, SeenOrder, Span } from '../../../kit/channel.ts'
import { unknownFields } from '../../../kit/unknown-fields.ts'
import { ask, type Call, parsed, strange } from './call.ts'
import { type Credentials, perPage, type WooAccount } from './manifest.ts'
import { borders, countsIn, type NumberedPage, secondsOf, walkBack } from './paging.ts'
import { HeadPayload, OrderPayload, RefundPayload } from './payload.ts'
import { toOrder } from './to-order.ts'

type Operations = ChannelOperations<Credentials>

/** How the list names its times and sorts by them. Source: own-site.md 2.2 [doc]. */
const lists = {
  modified: { after: 'modified_after', before: 'modified_before', orderby: 'modified' },
  created: { after: 'after', before: 'before', orderby: 'date' },
} as const

export const countOrders: Operations['orders.count'] = async (account, { span, by }) =>
  (await orderPage(account, { operation: 'orders.count', span, by, pageNo: 1, size: 1 })).total

/**
 * Orders of a span, up to 100 a page, each in full; one with refunds comes as a head, since their records must be asked for. An order whose
 * payload cannot be read comes as a head too, fails alone in `orders.get` and holds up no other. Source: own-site.md 2.2 [doc].
 */
export const pullOrders: Operations['orders.pull'] = async (account, { span, by, cursor }) => {
  const page = await walkBack(cursor, (pageNo) =>
    orderPage(account, { operation: 'orders.pull', span, by, pageNo, size: perPage }),
  )
  return { ...page, rows: page.rows.map(({ value, head }) => headOf(value, head)) }
}

interface ListedOrder {
  readonly value: unknown
  readonly head: z.output<typeof HeadPayload>
}

interface ListPage {
  readonly operation: string
  readonly span: Span
  readonly by: 'modified' | 'created'
  readonly pageNo: number
  readonly size: number
}

/** One page of the list as the platform keeps it; rows outside the span are left out, should its ends count after all. */
export async function orderPage(
  account: WooAccount,
  { operation, span, by, pageNo, size }: ListPage,
): Promise<NumberedPage<ListedOrder>> {
  const seconds = secondsOf(span)
  if (seconds === null) return { rows: [], total: 0, pages: 0 }
  const { after, before, orderby } = lists[by]
  const ends = borders(seconds)
  const call: Call = {
    operation,
    method: 'GET',
    path: '/wc/v3/orders',
    query: {
      [after]: ends.after,
      [before]: ends.before,
      dates_are_gmt: 'true',
      orderby,
      order: 'asc',
      per_page: String(size),
      page: String(pageNo),
      status: 'any',
      ...twoDecimals,
    },
    isWrite: false,
  }
  const { value, headers } = await ask(account, call)
  const values = parsed(z.array(z.unknown()), value, { what: 'orders', isWrite: false })
  const rows = values.map((each, index) => ({
    value: each,
    head: parsed(HeadPayload, each, { what: `orders.${index}`, isWrite: false }),
  }))
  const isInside = ({ head }: ListedOrder) => {
    const at = by === 'modified' ? head.date_modified_gmt : head.date_created_gmt
    return at === null || (at >= seconds.first && at <= seconds.last)
  }
  return { rows: rows.filter(isInside), ...countsIn(headers, call) }
}

/** A shop that shows whole yuan would round every amount. Source: own-site.md 2.2 [doc]. */
const twoDecimals = { dp: '2' } as const

function headOf(value: unknown, { id, status, date_modified_gmt, refunds }: ListedOrder['head']): OrderHead {
  const full = refunds.length > 0 ? null : fullOrNull(value)
  return { channelOrderNo: id, channelStatus: status, modifiedAt: date_modified_gmt, full }
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
 * One order with the records of its refunds. `raw` is the order as it came, or `{"order":…,"refunds":[…]}` where there are some.
 * Throws CHANNEL_NOT_FOUND.
 */
export const getOrder: Operations['orders.get'] = async (account, channelOrderNo) => {
  const { value, records } = await readOrder(account, { operation: 'orders.get', channelOrderNo, isWrite: false })
  const raw = records.length === 0 ? JSON.stringify(value) : JSON.stringify({ order: value, refunds: records })
  return { order: orderOf(value, records), raw } satisfies SeenOrder
}

export interface Asking {
  readonly operation: string
  readonly channelOrderNo: string
  readonly isWrite: boolean
}

/** The JSON of one order and of its refunds, as the shop keeps them now. */
export async function readOrder(
  account: WooAccount,
  asking: Asking,
): Promise<{ readonly value: unknown; readonly records: readonly unknown[] }> {
  const { operation, channelOrderNo, isWrite } = asking
  const call: Call = { operation, method: 'GET', path: orderPath(channelOrderNo), query: twoDecimals, isWrite }
  const { value } = await ask(account, call)
  const head = parsed(HeadPayload, value, { what: 'order', isWrite })
  if (head.id !== channelOrderNo) throw strange(call, '网店答了另一个订单')
  return { value, records: head.refunds.length === 0 ? [] : await readRefundRecords(account, asking) }
}

/** The records of an order's refunds: which goods, and when. Source: own-site.md 2.3 [doc]. */
export async function readRefundRecords(
  account: WooAccount,
  { operation, channelOrderNo, isWrite }: Asking,
): Promise<readonly unknown[]> {
  const query = { per_page: String(perPage), ...twoDecimals }
  const path = `${orderPath(channelOrderNo)}/refunds`
  const { value } = await ask(account, { operation, method: 'GET', path, query, isWrite })
  return parsed(z.array(z.unknown()), value, { what: 'refunds', isWrite })
}

export function orderPath(channelOrderNo: string): string {
  return `/wc/v3/orders/${encodeURIComponent(channelOrderNo)}`
}

/** Throws CHANNEL_NONSENSE naming the field that is wrong, or telling that amounts add up to more than whole fen can say. Pure. */
export function orderOf(value: unknown, records: readonly unknown[]): ChannelOrder {
  const payload = parsed(OrderPayload, value, { what: 'order', isWrite: false })
  const refunds = records.map((record) => parsed(RefundPayload, record, { what: 'refund', isWrite: false }))
  const unknown = unknownFields(OrderPayload, value, 'order').map((field) => `unknown-field:${field}`)
  try {
    return toOrder(payload, refunds, unknown)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw strange({ isWrite: false }, `order.total 大得无法计算：${error.message}`, error)
  }
}
