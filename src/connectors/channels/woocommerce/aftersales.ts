import type { ChannelCase } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import { fen } from '../../../core/money/fen.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { parsed } from './call.ts'
import { type Credentials, manifest, perPage } from './manifest.ts'
import { ownParcelsIn, trackingIn } from './meta.ts'
import { orderPage, readOrder, readRefundRecords } from './orders.ts'
import { walkBack } from './paging.ts'
import { RefundedPayload, RefundPayload } from './payload.ts'
import { refundedLineNo } from './refunds.ts'
import { refundWord, refundWords } from './status.ts'

type Operations = ChannelOperations<Credentials>

/** A refund in our words with the JSON it was made from. */
interface SeenCase {
  readonly case: ChannelCase
  readonly raw: string
}

/**
 * The refunds (退款) of every order that changed in `span`: they change their order with them. Each is money already gone; the platform
 * knows no asking and no answering. A page may be empty while others follow. Source: own-site.md 2.3 [doc].
 */
export const pullCases: Operations['aftersales.pull'] = async (account, { span, cursor }) => {
  const operation = 'aftersales.pull'
  const page = await walkBack(cursor, (pageNo) =>
    orderPage(account, { operation, span, by: 'modified', pageNo, size: perPage }),
  )
  const rows: SeenCase[] = []
  for (const { value, head } of page.rows) {
    if (head.refunds.length === 0) continue
    const records = await readRefundRecords(account, { operation, channelOrderNo: head.id, isWrite: false })
    rows.push(...casesOf(value, records))
  }
  return { rows, total: null, next: page.next }
}

/** Throws CHANNEL_NOT_FOUND when the order, or the refund of it, is not there. */
export const getCase: Operations['aftersales.get'] = async (account, { channelOrderNo, channelCaseNo }) => {
  const { value, records } = await readOrder(account, { operation: 'aftersales.get', channelOrderNo, isWrite: false })
  const found = casesOf(value, records).find((seen) => seen.case.channelCaseNo === channelCaseNo)
  if (!found) throw new Failure('CHANNEL_NOT_FOUND', { channel: manifest.id, reason: '订单里没有这笔退款' })
  return found
}

function casesOf(value: unknown, records: readonly unknown[]): SeenCase[] {
  const order = parsed(RefundedPayload, value, { what: 'order', isWrite: false })
  return records.map((record) => {
    const refund = parsed(RefundPayload, record, { what: 'refund', isWrite: false })
    return { case: toCase(order, refund), raw: JSON.stringify(record) }
  })
}

/** A refund never changes once it is made, so both its times are the same. */
function toCase(order: RefundedPayload, refund: RefundPayload): ChannelCase {
  const lineNos = refund.line_items.map((item) => refundedLineNo(item, order.line_items))
  const quantity = refund.line_items.reduce((sum, item) => sum + Math.abs(item.quantity ?? 0), 0)
  return {
    channelCaseNo: refund.id,
    channelOrderNo: order.id,
    channelLineNo: lineNos.length === 1 ? (lineNos[0] ?? null) : null,
    channelStatus: refundWord,
    state: refundWords[refundWord],
    kind: 'refund-only',
    refundFen: fen(Math.abs(refund.amount)),
    quantity: quantity > 0 ? quantity : null,
    reason: refund.reason,
    beforeShipping: isBeforeShipping(order, refund),
    returnWaybillNo: null,
    createdAt: isoText(refund.date_created_gmt),
    modifiedAt: isoText(refund.date_created_gmt),
  }
}

/** What is completed had left; of an order in parts nobody can tell. */
function isBeforeShipping(order: RefundedPayload, { date_created_gmt }: RefundPayload): boolean | null {
  const { status, date_completed_gmt, meta_data } = order
  if (date_completed_gmt !== null && date_created_gmt >= date_completed_gmt) return false
  const hasParcels = trackingIn(meta_data).length + ownParcelsIn(meta_data).length > 0
  return status === 'processing' && !hasParcels ? true : null
}
