import type { Fields } from './fields.ts'
import { openRefundStatuses, type Refund } from './state.ts'
import { timeText, whole, yuan } from './text.ts'
import { seller } from './tokens.ts'
import { alipayNo } from './trade-fields.ts'

/** Source: taobao.md 15 [doc]; the text of `sku` is [assumed]. */
export const refundFields: Fields<Refund> = {
  refund_id: ({ refundNo }) => refundNo,
  tid: ({ trade }) => whole(trade.tid),
  oid: ({ line }) => whole(line.oid),
  status: ({ status }) => status,
  order_status: ({ line }) => line.status,
  good_status: ({ goodStatus }) => goodStatus,
  has_good_return: ({ hasGoodReturn }) => hasGoodReturn,
  refund_fee: ({ feeFen }) => yuan(feeFen),
  total_fee: (refund) => yuan(totalFen(refund)),
  payment: (refund) => yuan(totalFen(refund) - refund.feeFen),
  reason: ({ reason }) => reason,
  desc: ({ description }) => description,
  title: ({ line }) => line.title,
  num: ({ line }) => line.quantity,
  sku: ({ line }) => (line.skuNo === '' ? undefined : `${line.skuNo}|${line.specification}`),
  outer_id: ({ line }) => line.merchantCode,
  company_name: ({ returnCarrier }) => returnCarrier,
  sid: ({ returnWaybillNo }) => returnWaybillNo,
  refund_phase: ({ phase }) => phase,
  refund_version: ({ version }) => version,
  dispute_type: ({ hasGoodReturn }) => (hasGoodReturn ? 'REFUND_AND_RETURN' : 'REFUND'),
  seller_nick: () => seller.nick,
  buyer_nick: ({ trade }) => trade.buyerNick,
  buyer_open_uid: ({ trade }) => trade.buyerOpenUid,
  created: ({ createdAt }) => timeText(createdAt),
  modified: ({ modifiedAt }) => timeText(modifiedAt),
}

const answerDays = 2

export const refundDetailFields: Fields<Refund> = {
  alipay_no: ({ trade }) => alipayNo(trade),
  num_iid: ({ line }) => whole(line.itemNo),
  price: ({ line }) => yuan(line.priceFen),
  cs_status: () => 1,
  advance_status: () => 0,
  refund_remind_timeout: ({ status, modifiedAt }) =>
    openRefundStatuses.has(status)
      ? { exist_timeout: true, remind_type: 2, timeout: timeText(modifiedAt + answerDays * 86_400_000) }
      : { exist_timeout: false },
  shipping_type: ({ trade }) => (trade.postFen === 0 ? 'free' : 'express'),
}

/** What the line was worth, or the refund where freight makes it more. */
function totalFen({ line, feeFen }: Refund): number {
  return Math.max(line.paidFen, feeFen)
}
