import { z } from 'zod'
import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { ChannelOperations, OrderHead, Span } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { XiaohongshuAccount, XiaohongshuCredentials } from './manifest.ts'
import { masksOf, noMasks } from './masks.ts'
import { readAs } from './nonsense.ts'
import { casesOfOrder, oneDetail, receiverOfOrder } from './order-parts.ts'
import { listIn, type NumberedPage, type Pages, secondsOf, totalIn, walkBack } from './paging.ts'
import { Detail, instantOrNull, textOf } from './payload.ts'
import { type Told, toOrder } from './to-order.ts'

type Operations = ChannelOperations<XiaohongshuCredentials>

/** Source: xiaohongshu.md 5 [doc]: both at most 100. */
const pages: Pages = { size: 100, most: 100 }
const timeTypes = { created: 1, modified: 2 } as const

const HeadRow = z.looseObject({
  orderId: Detail.shape.orderId,
  orderStatus: Detail.shape.orderStatus,
  updateTime: Detail.shape.updateTime,
})

export const countOrders: Operations['orders.count'] = async (account, { span, by }) =>
  (await listPage(account, { operation: 'orders.count', span, by, pageNo: 1, size: 1 })).total

/** Heads only: a list row has neither lines nor amounts. Source: xiaohongshu.md 5 [doc]. */
export const pullOrders: Operations['orders.pull'] = (account, { span, by, cursor }) =>
  walkBack(cursor, pages, (pageNo) =>
    listPage(account, { operation: 'orders.pull', span, by, pageNo, size: pages.size }),
  )

interface ListPage {
  readonly operation: string
  readonly span: Span
  readonly by: 'modified' | 'created'
  readonly pageNo: number
  readonly size: number
}

async function listPage(
  account: XiaohongshuAccount,
  { operation, span, by, pageNo, size }: ListPage,
): Promise<NumberedPage<OrderHead>> {
  const { data } = await call(account, {
    operation,
    method: 'order.getOrderList',
    params: { ...secondsOf(span), timeType: timeTypes[by], pageNo, pageSize: size },
  })
  return { rows: listIn(data, 'orderList').map(headOf), total: totalIn(data, 'total') }
}

function headOf(row: unknown): OrderHead {
  return readAs('order', () => {
    const { orderId, orderStatus, updateTime } = HeadRow.parse(row)
    return {
      channelOrderNo: orderId,
      channelStatus: textOf(orderStatus),
      modifiedAt: instantOrNull(updateTime),
      full: null,
    }
  })
}

/**
 * One order with its after-sales, so that what came back is exact, and with its masked receiver while it waits to be sent. `raw` keeps the
 * answers as they came: `{"getOrderDetail":…,"getAfterSaleInfo":[…],"getOrderReceiverInfo":…,"batchDesensitise":…}`. Throws
 * CHANNEL_NOT_FOUND.
 */
export const getOrder: Operations['orders.get'] = async (account, channelOrderNo) => {
  const operation = 'orders.get'
  const { detail, text } = await oneDetail(account, operation, channelOrderNo)
  const cases = await casesOfOrder(account, operation, detail)
  const { read, isRefused } = await receiverOfOrder(account, operation, detail)
  const masked = read === null ? null : await masksOf(account, operation, read.row)
  const order = orderOf(detail, {
    cases: cases.map(({ record }) => record),
    receiver: { row: read?.row ?? null, masks: masked?.masks ?? noMasks },
    at: account.now(),
  })
  const parts = [
    `"getOrderDetail":${text}`,
    ...(cases.length === 0 ? [] : [`"getAfterSaleInfo":[${cases.map((each) => each.text).join(',')}]`]),
    ...(read === null ? [] : [`"getOrderReceiverInfo":${read.text}`]),
    ...(masked === null ? [] : [`"batchDesensitise":${masked.text}`]),
  ]
  return {
    order: isRefused ? { ...order, warnings: [...order.warnings, 'receiver-refused'] } : order,
    raw: `{${parts.join(',')}}`,
  }
}

/** Throws CHANNEL_NONSENSE where an amount, a time or a quantity cannot be read. */
export function orderOf(detail: Detail, told: Told): ChannelOrder {
  return readAs(`order ${detail.orderId}`, () => toOrder(detail, told))
}
