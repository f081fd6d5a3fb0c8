import { Failure } from '../../../core/failures.ts'
import type { Instant } from '../../../core/time/instant.ts'
import type { Span } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { PinduoduoAccount } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { listIn, type NumberedPage, pageSize, secondsOf, totalIn } from './paging.ts'
import { AfterSale, instantOrNull, Order, textOf } from './payload.ts'

/** The order as it is now. Throws CHANNEL_NOT_FOUND, also where the answer holds none [assumed]. */
export async function oneOrder(account: PinduoduoAccount, operation: string, orderNo: string) {
  const params = { order_sn: orderNo }
  const { response, text } = await call(account, { operation, method: 'pdd.order.information.get', params })
  if (response.order_info === undefined || response.order_info === null) {
    throw new Failure('CHANNEL_NOT_FOUND', { channel: 'pinduoduo', reason: '订单不存在' })
  }
  return { order: readOrder(response.order_info), text }
}

/** Throws CHANNEL_NONSENSE. */
export function readOrder(value: unknown): Order {
  return readAs('order', () => Order.parse(value))
}

/** Throws CHANNEL_NONSENSE. */
export function readCase(value: unknown): AfterSale {
  return readAs('after-sale', () => AfterSale.parse(value))
}

export interface CasePage {
  readonly operation: string
  readonly span: Span
  readonly page: number
}

/** After-sales of every kind and state that changed in a span. Source: pinduoduo.md 5 [doc]; that 1 is every state [assumed]. */
export async function casePage(
  account: PinduoduoAccount,
  { operation, span, page }: CasePage,
): Promise<NumberedPage<AfterSale>> {
  const { response } = await call(account, {
    operation,
    method: 'pdd.refund.list.increment.get',
    params: { after_sales_status: 1, after_sales_type: 1, ...secondsOf(span), page, page_size: pageSize },
  })
  return { rows: listIn(response, 'refund_list').map(readCase), total: totalIn(response) }
}

/** A list by change spans half an hour at most. Source: pinduoduo.md 5 [doc]. */
const spanMs = 28 * 60_000
/** How long after its after-sale an order may change, at most. [assumed] */
const slackMs = 14 * 60_000
/** So many lists are looked through: eleven hours. [rule] */
const mostSpans = 24

/**
 * The after-sales of an order, as far as they changed in the hours before it last did. No call lists those of one order, and an order names
 * neither its after-sales nor what went back; an after-sale changes its order with it [assumed], so the lists are looked through from the
 * order's last change back to its payment, and who has found what it looked for may stop.
 */
export async function* casesOf(
  account: PinduoduoAccount,
  operation: string,
  order: Order,
): AsyncGenerator<AfterSale, void> {
  for (const span of spansBack(order, account.now())) {
    for (let page = 1, isLast = false; !isLast; page += 1) {
      const { rows, total } = await casePage(account, { operation, span, page })
      yield* rows.filter(({ order_sn }) => order_sn === order.order_sn)
      isLast = rows.length === 0 || page * pageSize >= total
    }
  }
}

/** The latest first. */
function spansBack(order: Order, now: Instant): Span[] {
  const [since, changedAt] = readAs('order', () => {
    const paidAt = instantOrNull(order.pay_time) ?? instantOrNull(order.created_time)
    return [paidAt ?? 0, instantOrNull(order.updated_at) ?? paidAt ?? 0]
  })
  const to = Math.min(changedAt + slackMs, now + 1_000)
  const count = Math.min(mostSpans, Math.ceil((to - since) / spanMs))
  return Array.from({ length: Math.max(1, count) }, (_, place) => ({
    from: to - (place + 1) * spanMs,
    to: to - place * spanMs,
  }))
}

/** Whether the order says that nothing was ever asked back, so that its own fields tell all of it. Absent says so too. */
export function hasNoRefund({ refund_status, after_sales_status }: Order): boolean {
  return textOf(refund_status) === '1' && ['', '0'].includes(textOf(after_sales_status))
}
