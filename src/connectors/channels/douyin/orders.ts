import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { ChannelOperations, OrderHead, Span } from '../../../kit/channel.ts'
import { call, fieldsOf } from './call.ts'
import type { DouyinAccount, DouyinCredentials } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { casesOfOrder, hintsAtCases, oneDetail, readDetail } from './order-parts.ts'
import { listIn, type NumberedPage, pageSize, secondsOf, totalIn, walkBack } from './paging.ts'
import { type AfterSale, type Detail, instantOrNull, textOf } from './payload.ts'
import { toOrder } from './to-order.ts'

type Operations = ChannelOperations<DouyinCredentials>

/** The names of the times by which orders are listed. Source: douyin.md 4 [doc]. */
const timeNames = { modified: 'update_time', created: 'create_time' } as const

export const countOrders: Operations['orders.count'] = (account, { span, by }) =>
  countFor(account, 'orders.count', { span, by })

/** The platform's own count, asked on behalf of an operation of ours. */
export async function countFor(
  account: DouyinAccount,
  operation: string,
  { span, by }: Pick<ListPage, 'span' | 'by'>,
): Promise<number> {
  return (await listPage(account, { operation, span, by, page: 0, size: 1 })).total
}

/** Whole orders, but for those that hint at an after-sale: what that gave back stands elsewhere. Source: douyin.md 4 [doc]. */
export const pullOrders: Operations['orders.pull'] = (account, { span, by, cursor }) =>
  walkBack(cursor, (page) => listPage(account, { operation: 'orders.pull', span, by, page, size: pageSize }))

interface ListPage {
  readonly operation: string
  readonly span: Span
  readonly by: 'modified' | 'created'
  readonly page: number
  readonly size: number
}

async function listPage(
  account: DouyinAccount,
  { operation, span, by, page, size }: ListPage,
): Promise<NumberedPage<OrderHead>> {
  const { start, end } = secondsOf(span)
  const name = timeNames[by]
  const reply = await call(account, {
    operation,
    method: 'order.searchList',
    params: { [`${name}_start`]: start, [`${name}_end`]: end, order_by: name, order_asc: true, page, size },
  })
  const fields = fieldsOf(reply)
  return { rows: listIn(fields, 'shop_order_list').map(headOf), total: totalIn(fields) }
}

function headOf(row: unknown): OrderHead {
  const detail = readDetail(row)
  return {
    channelOrderNo: detail.order_id,
    channelStatus: textOf(detail.order_status),
    modifiedAt: readAs('order', () => instantOrNull(detail.update_time)),
    full: hintsAtCases(detail) ? null : { order: orderOf(detail, []), raw: JSON.stringify(row) },
  }
}

/**
 * One order with its after-sales, so that what came back is exact. `raw` keeps the answers as they came:
 * `{"orderDetail":…,"afterSaleList":[…]}`. Throws CHANNEL_NOT_FOUND.
 */
export const getOrder: Operations['orders.get'] = async (account, channelOrderNo) => {
  const operation = 'orders.get'
  const { detail, text } = await oneDetail(account, operation, channelOrderNo)
  if (!hintsAtCases(detail)) return { order: orderOf(detail, []), raw: `{"orderDetail":${text}}` }

  const { records, texts } = await casesOfOrder(account, operation, channelOrderNo)
  return { order: orderOf(detail, records), raw: `{"orderDetail":${text},"afterSaleList":[${texts.join(',')}]}` }
}

/** Throws CHANNEL_NONSENSE where an amount, a time or a quantity cannot be read. */
export function orderOf(detail: Detail, cases: readonly AfterSale[]): ChannelOrder {
  return readAs(`order ${detail.order_id}`, () => toOrder(detail, cases))
}
