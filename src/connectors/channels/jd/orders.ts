import { z } from 'zod'
import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import { parseBeijing } from '../../../core/time/instant.ts'
import type { ChannelOperations, OrderHead, Span } from '../../../kit/channel.ts'
import { asFields } from '../../../kit/fields.ts'
import { call, resultIn } from './call.ts'
import type { JdAccount, JdCredentials } from './manifest.ts'
import { notFound, readAs } from './nonsense.ts'
import { recordsOf } from './order-refunds.ts'
import { listIn, secondsOf, totalIn, walkBack } from './paging.ts'
import { OrderInfo, type Records, textOf } from './payload.ts'
import { splitParent } from './status.ts'
import { toOrder } from './to-order.ts'

type Operations = ChannelOperations<JdCredentials>

const pageSize = 50
const headFields = 'orderId,orderState,modified,orderStartTime'
const dateTypes = { modified: '0', created: '1' } as const
const ascending = '0'

/** Source: jd.md 6.1 [doc D2, G]; the older name of the flag is asked for beside the newer. */
const fullFields = [
  'orderId,venderId,orderType,payType,orderTotalPrice,orderSellerPrice,orderPayment,shouldPay,actualPay,payDiscount,totalOriginalPrice',
  'totalSellerDiscount,totalSellerReceivable,freightPrice,sellerDiscount,serviceFee,taxFee,orderState,orderStateRemark,deliveryType',
  'invoiceInfo,invoiceEasyInfo,invoiceCode,orderRemark,orderStartTime,orderEndTime,modified,consigneeInfo,itemInfoList,couponDetailList',
  'venderRemark,venderRemarkFlagAlias,venderRemarkLevelFlag,balanceUsed,pin,open_id_buyer,xid_buyer,returnOrder,paymentConfirmTime,waybill',
  'logisticsId,directParentOrderId,parentOrderId,orderSource,storeOrder,idSopShipmenttype,scDT,storeId,partialLogisticsInfoModel',
  'sendpayMap,pauseBizInfo,orderMarkDesc',
].join(',')

const HeadRow = z.looseObject({ orderId: OrderInfo.shape.orderId, orderState: z.string(), modified: z.string() })

interface Listing {
  readonly operation: string
  readonly span: Span
  readonly by: 'modified' | 'created'
}

/** Parents that were split are counted by the platform and are no orders; so they are taken off its count. */
export const countOrders: Operations['orders.count'] = async (account, { span, by }) => {
  const listing = { operation: 'orders.count', span, by }
  const { total } = await listPage(account, listing, { pageNo: 1, size: 1 })
  return total - (await countParents(account, listing))
}

/**
 * Heads only, since what went back to the buyer is told by other calls. The count of parents that were split is asked once where a span
 * has several pages and travels in the cursor, so that every page tells the same total. Source: jd.md 6.1, 6.2.
 */
export const pullOrders: Operations['orders.pull'] = async (account, { span, by, cursor }) => {
  const listing = { operation: 'orders.pull', span, by }
  const at = cursor === null ? null : readCursor(cursor)
  const ask = (pageNo: number) => listPage(account, listing, { pageNo, size: pageSize })
  const { rows, total, next } = await walkBack(at?.pageNo ?? null, pageSize, ask)
  const parents =
    at?.parents ?? (total > pageSize ? await countParents(account, listing) : rows.filter(isParent).length)
  return {
    rows: rows.filter((head) => !isParent(head)),
    total: total - parents,
    next: next === null ? null : `${next}/${parents}`,
  }
}

function readCursor(cursor: string) {
  const [pageNo, parents] = cursor.split('/').map(Number)
  return { pageNo: pageNo ?? 1, parents: parents ?? 0 }
}

const isParent = (head: OrderHead) => head.channelStatus === splitParent

/** That a list can be asked for parents alone is [assumed]. */
async function countParents(account: JdAccount, listing: Listing): Promise<number> {
  return (await listPage(account, listing, { pageNo: 1, size: 1, states: splitParent })).total
}

interface PageAsked {
  readonly pageNo: number
  readonly size: number
  readonly states?: string
}

async function listPage(account: JdAccount, { operation, span, by }: Listing, asked: PageAsked) {
  const seconds = secondsOf(span)
  if (seconds === null) return { rows: [], total: 0 }
  const root = await call(account, {
    operation,
    method: 'jingdong.pop.order.search',
    params: {
      start_date: seconds.start,
      end_date: seconds.end,
      order_state: asked.states ?? 'ALL',
      optional_fields: headFields,
      page: String(asked.pageNo),
      page_size: String(asked.size),
      sortType: ascending,
      dateType: dateTypes[by],
    },
  })
  const result = resultIn(root, 'searchorderinfo_result')
  return { rows: listIn(result, 'orderInfoList').map(headOf), total: totalIn(result, 'orderTotal') }
}

function headOf(row: unknown): OrderHead {
  return readAs('order', () => {
    const head = HeadRow.parse(row)
    return {
      channelOrderNo: textOf(head.orderId),
      channelStatus: head.orderState,
      modifiedAt: parseBeijing(head.modified),
      full: null,
    }
  })
}

/**
 * One order with its refund applications and, once goods have left, its service orders. `raw` is one JSON text
 * `{"orderInfo":…,"refunds":[…],"services":[…],"results":[…]}` in which every number is text. Throws CHANNEL_NOT_FOUND, also for a parent
 * that was split.
 */
export const getOrder: Operations['orders.get'] = async (account, channelOrderNo) => {
  const { info, raw } = await readOrder(account, 'orders.get', channelOrderNo)
  if (textOf(info.orderState) === splitParent) throw notFound(`订单 ${channelOrderNo} 已拆成子订单`)
  const records = await recordsOf(account, info)
  const { applications, services, results } = records
  return {
    order: orderOf(info, records),
    raw: JSON.stringify({ orderInfo: raw, refunds: applications, services, results }, numbersAsText),
  }
}

/** Ids come as numbers in some calls and as text in others; what is kept has them as text. Source: jd.md 1. */
export function numbersAsText(_: string, value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value
}

/** An order as it is now, with stars in the place of the buyer's telephone. Throws CHANNEL_NOT_FOUND. */
export function readOrder(account: JdAccount, operation: string, channelOrderNo: string) {
  return orderBy(account, { operation, method: 'jingdong.pop.order.get', fields: fullFields }, channelOrderNo)
}

/** Words of a "no" to the number of an order that is not there. [assumed] */
const absent = /不存在|未找到|找不到|没有找到|查不到|查询不到|not exist|not found/i

interface OrderCall {
  readonly operation: string
  readonly method: 'jingdong.pop.order.get' | 'jingdong.pop.order.enGet'
  readonly fields: string
}

/** One order by one of the two calls, parsed and as it came. Throws CHANNEL_NOT_FOUND. Source: jd.md 5, 6.1. */
export async function orderBy(account: JdAccount, { operation, method, fields }: OrderCall, channelOrderNo: string) {
  const params = { order_id: channelOrderNo, optional_fields: fields }
  const root = await call(account, { operation, method, params }).catch((error: unknown) => {
    const isAbsent =
      error instanceof Failure && error.code === 'CHANNEL_REFUSED' && absent.test(String(error.details.reason))
    throw isAbsent ? notFound(`没有订单 ${channelOrderNo}`) : error
  })
  const raw = asFields(resultIn(root, 'orderDetailInfo').orderInfo)
  if (raw === null || Object.keys(raw).length === 0) throw notFound(`没有订单 ${channelOrderNo}`)
  return { info: parseOrder(raw), raw }
}

/** An order of any answer in its parsed form. Throws CHANNEL_NONSENSE. */
export function parseOrder(value: unknown): OrderInfo {
  return readAs('order', () => OrderInfo.parse(value))
}

/** Throws CHANNEL_NONSENSE where an amount, a time or a quantity cannot be read. */
export function orderOf(info: OrderInfo, records: Records): ChannelOrder {
  return readAs(`order ${textOf(info.orderId)}`, () => toOrder(info, records))
}
