import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, OrderHead, SeenOrder, Span } from '../../../kit/channel.ts'
import { asFields } from '../../../kit/fields.ts'
import { call } from './call.ts'
import type { WechatShopAccount, WechatShopCredentials } from './manifest.ts'
import { readAs, strange } from './nonsense.ts'
import { idPage, secondsOf } from './paging.ts'
import { AftersalePayload, OrderPayload, textOf } from './payload.ts'
import { toOrder } from './to-order.ts'

type Operations = ChannelOperations<WechatShopCredentials>

/** The most the list gives. Source: wechat-shop.md 3 [doc]. */
const pageSize = 100

const ranges = { modified: 'update_time_range', created: 'create_time_range' } as const

/**
 * The list gives numbers and nothing else, and no count. The span stays the same from page to page, as the platform
 * wants it. Source: wechat-shop.md 3 [doc].
 */
export const pullOrders: Operations['orders.pull'] = async (account, { span, by, cursor }) => {
  const range = rangeOf(span)
  if (range === null) return { rows: [], total: null, next: null }
  const { root } = await call(account, {
    operation: 'orders.pull',
    path: '/channels/ec/order/list/get',
    body: { [ranges[by]]: range, page_size: pageSize, ...(cursor === null ? {} : { next_key: cursor }) },
  })
  const { ids, next } = idPage(root, 'order_id_list')
  return { rows: ids.map(headOf), total: null, next }
}

function rangeOf(span: Span) {
  const seconds = secondsOf(span)
  return seconds === null ? null : { start_time: seconds.start, end_time: seconds.end }
}

function headOf(channelOrderNo: string): OrderHead {
  return { channelOrderNo, channelStatus: null, modifiedAt: null, full: null }
}

/**
 * One order with each of its after-sale orders, so that what came back is exact. `raw` keeps the answers as they came,
 * as one JSON text `{"orderGet":…,"aftersaleGet":[…]}`. Throws CHANNEL_NOT_FOUND, also for a moment after an order was
 * placed.
 */
export const getOrder: Operations['orders.get'] = async (account, channelOrderNo) => {
  const { order, text } = await fetchOrder(account, 'orders.get', channelOrderNo)
  const records: AftersalePayload[] = []
  const texts: string[] = []
  const missing: string[] = []
  for (const row of order.aftersale_detail?.aftersale_order_list ?? []) {
    const caseNo = textOf(row.aftersale_order_id)
    const reply = await findAftersale(account, caseNo)
    if (reply === null) missing.push(caseNo)
    else {
      records.push(reply.record)
      texts.push(reply.text)
    }
  }
  const seen = orderOf(order, records)
  return {
    order: { ...seen, warnings: [...seen.warnings, ...missing.map((no) => `missing-refund:${no}`)] },
    raw: `{"orderGet":${text},"aftersaleGet":[${texts.join(',')}]}`,
  } satisfies SeenOrder
}

/** An order as it is now, with the answer it came in. Source: wechat-shop.md 4 [doc]. */
export async function fetchOrder(account: WechatShopAccount, operation: string, channelOrderNo: string) {
  const { root, text } = await call(account, {
    operation,
    path: '/channels/ec/order/get',
    body: { order_id: channelOrderNo },
  })
  return { order: readOrder(root.order), text }
}

/**
 * An after-sale order as it is now, with the answer it came in. Throws CHANNEL_NOT_FOUND. Source: wechat-shop.md 10
 * [doc].
 */
export async function fetchAftersale(account: WechatShopAccount, operation: string, channelCaseNo: string) {
  const { root, text } = await call(account, {
    operation,
    path: '/channels/ec/aftersale/getaftersaleorder',
    body: { after_sale_order_id: channelCaseNo },
  })
  return { record: readAftersale(root.after_sale_order), text }
}

/** Null when the platform does not know it any more. */
async function findAftersale(account: WechatShopAccount, channelCaseNo: string) {
  try {
    return await fetchAftersale(account, 'orders.get', channelCaseNo)
  } catch (error) {
    if (error instanceof Failure && error.code === 'CHANNEL_NOT_FOUND') return null
    throw error
  }
}

/** Throws CHANNEL_NONSENSE. */
export function readOrder(value: unknown): OrderPayload {
  const order = readAs('order', () => OrderPayload.parse(value))
  if (textOf(order.order_id) === '' || asFields(order.order_detail) === null) throw strange('没有 order')
  return order
}

/** Throws CHANNEL_NONSENSE. */
export function readAftersale(value: unknown): AftersalePayload {
  const record = readAs('after_sale_order', () => AftersalePayload.parse(value))
  if (textOf(record.after_sale_order_id) === '') throw strange('没有 after_sale_order')
  return record
}

/** Throws CHANNEL_NONSENSE where an amount, a time or a quantity cannot be read. */
export function orderOf(order: OrderPayload, aftersales: readonly AftersalePayload[]): ChannelOrder {
  return readAs(`order ${textOf(order.order_id)}`, () => toOrder(order, aftersales))
}
