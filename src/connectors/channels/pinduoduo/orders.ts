import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { ChannelOperations, OrderHead, Span } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { PinduoduoAccount, PinduoduoCredentials } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { casesOf, hasNoRefund, oneOrder, readOrder } from './order-parts.ts'
import { listIn, type NumberedPage, pageSize, secondsOf, totalIn, walkBack } from './paging.ts'
import { type AfterSale, instantOrNull, type Order, textOf } from './payload.ts'
import { type Told, toOrder } from './to-order.ts'

type Operations = ChannelOperations<PinduoduoCredentials>

/** All of a filter of the lists. Source: pinduoduo.md 4 [doc]. */
const every = 5

export const countOrders: Operations['orders.count'] = async (account, { span }) =>
  (await listPage(account, { operation: 'orders.count', span, page: 1, size: 1 })).total

/** Whole orders where nothing was asked back; the others are heads, since what went back takes a call more. */
export const pullOrders: Operations['orders.pull'] = (account, { span, cursor }) =>
  walkBack(cursor, (page) => listPage(account, { operation: 'orders.pull', span, page, size: pageSize }))

interface ListPage {
  readonly operation: string
  readonly span: Span
  readonly page: number
  readonly size: number
}

/** Counted, since with `use_has_next` the platform may leave the count out [sdk]. Source: pinduoduo.md 4 [doc]. */
async function listPage(
  account: PinduoduoAccount,
  { operation, span, page, size }: ListPage,
): Promise<NumberedPage<OrderHead>> {
  const { response } = await call(account, {
    operation,
    method: 'pdd.order.number.list.increment.get',
    params: {
      ...secondsOf(span),
      is_lucky_flag: 0,
      order_status: every,
      refund_status: every,
      page,
      page_size: size,
      use_has_next: false,
    },
  })
  return { rows: listIn(response, 'order_sn_list').map(headOf), total: totalIn(response) }
}

function headOf(row: unknown): OrderHead {
  const order = readOrder(row)
  return {
    channelOrderNo: order.order_sn,
    channelStatus: textOf(order.order_status),
    modifiedAt: readAs('order', () => instantOrNull(order.updated_at)),
    full: hasNoRefund(order) ? { order: orderOf(order), raw: JSON.stringify(row) } : null,
  }
}

/**
 * One order, with its after-sales where money was ever asked back. `raw` is the answer as it came, or
 * `{"orderInformationGet":…,"refundListIncrementGet":[…]}` with the rows of this order. Throws CHANNEL_NOT_FOUND.
 */
export const getOrder: Operations['orders.get'] = async (account, channelOrderNo) => {
  const { order, text } = await oneOrder(account, 'orders.get', channelOrderNo)
  const cases = await casesFor(account, order)
  return {
    order: orderOf(order, { cases }),
    raw:
      cases.length === 0 ? text : `{"orderInformationGet":${text},"refundListIncrementGet":${JSON.stringify(cases)}}`,
  }
}

async function casesFor(account: PinduoduoAccount, order: Order): Promise<AfterSale[]> {
  const cases: AfterSale[] = []
  if (hasNoRefund(order)) return cases
  for await (const each of casesOf(account, 'orders.get', order)) cases.push(each)
  return cases
}

/** Throws CHANNEL_NONSENSE where an amount, a time or a quantity cannot be read. */
export function orderOf(order: Order, told: Told = {}): ChannelOrder {
  return readAs(`order ${order.order_sn}`, () => toOrder(order, told))
}
