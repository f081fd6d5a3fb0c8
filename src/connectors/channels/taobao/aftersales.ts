import type { ChannelCase } from '../../../core/channel/shapes.ts'
import type { ChannelOperations, Span } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { TaobaoAccount, TaobaoCredentials } from './manifest.ts'
import { fenOf, quantityOf } from './money.ts'
import { readAs } from './nonsense.ts'
import { readRefund, refundFields } from './order-refunds.ts'
import { listIn, secondsOf, totalIn, walkBack } from './paging.ts'
import { isoOrNull, isTrue, type RefundRow, textOf, textOrNull } from './payload.ts'
import { refundStateOf } from './status.ts'

type Operations = ChannelOperations<TaobaoCredentials>

const pageSize = 100

/** Refunds changed in a span, read from the last page to the first as orders are. Source: taobao.md 15 [doc M]. */
export const pullCases: Operations['aftersales.pull'] = (account, { span, cursor }) =>
  walkBack(cursor, pageSize, (pageNo) => casePage(account, span, pageNo))

async function casePage(account: TaobaoAccount, span: Span, pageNo: number) {
  const seconds = secondsOf(span)
  if (seconds === null) return { rows: [], total: 0 }
  const { root } = await call(account, {
    operation: 'aftersales.pull',
    method: 'taobao.refunds.receive.get',
    params: {
      fields: refundFields,
      start_modified: seconds.start,
      end_modified: seconds.end,
      page_no: String(pageNo),
      page_size: String(pageSize),
    },
  })
  const rows = listIn(root, 'refunds', 'refund').map((row) => ({
    case: toCase(readRefund(row)),
    raw: JSON.stringify(row),
  }))
  return { rows, total: totalIn(root) }
}

/** Throws CHANNEL_NOT_FOUND. */
export const getCase: Operations['aftersales.get'] = async (account, { channelCaseNo }) => {
  const { record, text } = await readRecord(account, 'aftersales.get', channelCaseNo)
  return { case: toCase(record), raw: text }
}

/** The record of one refund as it is now. */
export async function readRecord(account: TaobaoAccount, operation: string, channelCaseNo: string) {
  const { root, text } = await call(account, {
    operation,
    method: 'taobao.refund.get',
    params: { fields: refundFields, refund_id: channelCaseNo },
  })
  return { record: readRefund(root.refund), text }
}

/** What each kind of dispute is in our words. Source: taobao.md 15 [doc M]. */
const caseKinds: Readonly<Record<string, ChannelCase['kind']>> = {
  REFUND: 'refund-only',
  REFUND_AND_RETURN: 'return-and-refund',
  TMALL_EXCHANGE: 'exchange',
  TAOBAO_EXCHANGE: 'exchange',
  REPAIR: 'repair',
  RESHIPPING: 'reship',
  OTHERS: 'other',
}

const beforeShippingStatuses = new Set(['WAIT_SELLER_SEND_GOODS', 'PAID_FORBID_CONSIGN'])
const shippedStatuses = new Set(['WAIT_BUYER_CONFIRM_GOODS', 'TRADE_BUYER_SIGNED', 'TRADE_FINISHED'])

/** A refund record in our words. Pure. Throws CHANNEL_NONSENSE where an amount or a time is none. Source: taobao.md 15 [doc M]. */
export function toCase(record: RefundRow): ChannelCase {
  return readAs(`refund ${textOf(record.refund_id)}`, () => {
    const createdAt = isoOrNull(record.created)
    if (createdAt === null) throw new RangeError('created is absent')
    return {
      channelCaseNo: textOf(record.refund_id),
      channelOrderNo: textOf(record.tid),
      channelLineNo: textOrNull(record.oid),
      channelStatus: textOf(record.status),
      state: refundStateOf(textOf(record.status)),
      kind: kindOf(record),
      refundFen: fenOf(record.refund_fee),
      quantity: textOf(record.num) === '' ? null : quantityOf(record),
      reason: textOf(record.reason),
      beforeShipping: wasBeforeShipping(record),
      returnWaybillNo: textOrNull(record.sid),
      createdAt,
      modifiedAt: isoOrNull(record.modified) ?? createdAt,
    }
  })
}

function kindOf(record: RefundRow): ChannelCase['kind'] {
  const word = textOf(record.dispute_type)
  if (word === '') return isTrue(record.has_good_return) ? 'return-and-refund' : 'refund-only'
  return caseKinds[word] ?? 'other'
}

/** Whether the goods were still here. A closed order no longer tells, unless the buyer has them or sent them back. */
function wasBeforeShipping(record: RefundRow): boolean | null {
  const orderStatus = textOf(record.order_status)
  if (beforeShippingStatuses.has(orderStatus)) return true
  const hasLeft =
    shippedStatuses.has(orderStatus) ||
    ['BUYER_RECEIVED', 'BUYER_RETURNED_GOODS'].includes(textOf(record.good_status)) ||
    isTrue(record.has_good_return) ||
    textOf(record.refund_phase) === 'aftersale'
  return hasLeft ? false : null
}
