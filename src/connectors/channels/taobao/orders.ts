import { z } from 'zod'
import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import { parseBeijing } from '../../../core/time/instant.ts'
import type { ChannelOperations, OrderHead, SeenOrder, Span } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { TaobaoAccount, TaobaoCredentials } from './manifest.ts'
import { readAs } from './nonsense.ts'
import { refundsOf } from './order-refunds.ts'
import { listIn, type NumberedPage, secondsOf, totalIn, walkBack } from './paging.ts'
import { type RefundRow, Trade, textOf } from './payload.ts'
import { toOrder, tradeNo } from './to-order.ts'

type Operations = ChannelOperations<TaobaoCredentials>

const pageSize = 50
const headFields = 'tid,status,modified,created,pay_time,type,orders.oid,orders.status,orders.refund_status'
/** What is taken in; other kinds are virtual or foreign trades. Source: taobao.md 6.1 [rule]. */
const tradeTypes = 'fixed,step,cod,guarantee_trade,auto_delivery,ec'

/** The two list calls and how each names its times. Source: taobao.md 6.1 [doc M]. */
const lists = {
  modified: { method: 'taobao.trades.sold.increment.get', start: 'start_modified', end: 'end_modified' },
  created: { method: 'taobao.trades.sold.get', start: 'start_created', end: 'end_created' },
} as const

/** Source: taobao.md 6.1 [rule], with the times of promise and the holds of 7.1 added. All five fields that bring the OAID are here. */
const fullFields = [
  'tid,tid_str,status,type,title,created,pay_time,modified,end_time,consign_time,payment,total_fee,discount_fee,adjust_fee,post_fee',
  'received_payment,buyer_nick,buyer_open_uid,buyer_message,seller_memo,seller_flag,seller_nick,has_buyer_message,trade_from',
  'step_trade_status,step_paid_fee,shipping_type,receiver_name,receiver_state,receiver_city,receiver_district,receiver_town',
  'receiver_address,receiver_zip,receiver_mobile,receiver_phone,oaid,is_part_consign,send_time,delivery_time,est_con_time,orders',
  'promotion_details,service_orders,logistics_infos,step_pay_details,platform_subsidy_fee,coupon_fee,tmall_coupon_fee,point_fee',
  'top_hold,team_buy_hold,share_group_hold,ofp_hold,forbid_consign,lm',
].join(',')

const HeadRow = z.looseObject({
  tid: Trade.shape.tid,
  tid_str: Trade.shape.tid_str,
  status: Trade.shape.status,
  modified: z.string(),
})

export const countOrders: Operations['orders.count'] = async (account, { span, by }) =>
  (await listPage(account, { operation: 'orders.count', span, by, pageNo: 1, size: 1 })).total

/** Heads only: a list row holds no remarks, promotions or exact receiver. Source: taobao.md 6.1 [doc M]. */
export const pullOrders: Operations['orders.pull'] = (account, { span, by, cursor }) =>
  walkBack(cursor, pageSize, (pageNo) =>
    listPage(account, { operation: 'orders.pull', span, by, pageNo, size: pageSize }),
  )

interface ListPage {
  readonly operation: string
  readonly span: Span
  readonly by: 'modified' | 'created'
  readonly pageNo: number
  readonly size: number
}

async function listPage(account: TaobaoAccount, { operation, span, by, pageNo, size }: ListPage) {
  const seconds = secondsOf(span)
  if (seconds === null) return { rows: [], total: 0 }
  const { method, start, end } = lists[by]
  const { root } = await call(account, {
    operation,
    method,
    params: {
      fields: headFields,
      [start]: seconds.start,
      [end]: seconds.end,
      type: tradeTypes,
      page_no: String(pageNo),
      page_size: String(size),
    },
  })
  const page: NumberedPage<OrderHead> = { rows: listIn(root, 'trades', 'trade').map(headOf), total: totalIn(root) }
  return page
}

function headOf(row: unknown): OrderHead {
  return readAs('trade', () => {
    const head = HeadRow.parse(row)
    return {
      channelOrderNo: tradeNo(head),
      channelStatus: textOf(head.status),
      modifiedAt: parseBeijing(head.modified),
      full: null,
    }
  })
}

/**
 * One order with the record of each of its refunds, so that what came back is exact. `raw` keeps the answers as they came, as one JSON
 * text `{"trade":…,"refunds":[…]}`. Throws CHANNEL_NOT_FOUND.
 */
export const getOrder: Operations['orders.get'] = async (account, channelOrderNo) => {
  const { root, text } = await call(account, {
    operation: 'orders.get',
    method: 'taobao.trade.fullinfo.get',
    params: { fields: fullFields, tid: channelOrderNo, include_oaid: 'include_oaid' },
  })
  const trade = readTrade(root.trade)
  const { records, texts, missing } = await refundsOf(account, trade)
  const order = orderOf(trade, records)
  return {
    order: { ...order, warnings: [...order.warnings, ...missing.map((no) => `missing-refund:${no}`)] },
    raw: `{"trade":${text},"refunds":[${texts.join(',')}]}`,
  } satisfies SeenOrder
}

/** A trade of any answer in its parsed form. Throws CHANNEL_NONSENSE. */
export function readTrade(value: unknown): Trade {
  return readAs('trade', () => Trade.parse(value))
}

/** Throws CHANNEL_NONSENSE where an amount, a time or a quantity cannot be read. */
export function orderOf(trade: Trade, refunds: readonly RefundRow[]): ChannelOrder {
  return readAs(`trade ${tradeNo(trade)}`, () => toOrder(trade, refunds))
}
