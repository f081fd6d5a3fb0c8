import type { ChannelCase } from '../../../core/channel/shapes.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import type { Credentials } from './manifest.ts'
import { minorUnits } from './money.ts'
import { notFound } from './nonsense.ts'
import { changedOrders, orderIn, readOrder, told } from './orders.ts'
import type { OrderPayload, RefundPayload } from './payload.ts'
import { refundWordOf } from './refunds.ts'

type Operations = ChannelOperations<Credentials>

/** A refund in our words with the JSON it was made from. */
interface SeenCase {
  readonly case: ChannelCase
  readonly raw: string
}

/**
 * The refunds (退款) of every order that changed in `span`: there is no list of refunds, and each changes its order. They are made by the
 * merchant in Shopify, so there is nothing to answer. A page may be empty while others follow. Source: own-site.md 3 [doc S].
 */
export const pullCases: Operations['aftersales.pull'] = async (account, { span, cursor }) => {
  const { rows, next } = await changedOrders(account, { operation: 'aftersales.pull', span, cursor })
  return { rows: rows.flatMap(({ value }) => casesOf(value)), total: null, next }
}

/** Throws CHANNEL_NOT_FOUND when the order, or the refund of it, is not there. */
export const getCase: Operations['aftersales.get'] = async (account, { channelOrderNo, channelCaseNo }) => {
  const value = await readOrder(account, { operation: 'aftersales.get', channelOrderNo, isWrite: false })
  const found = casesOf(value).find((seen) => seen.case.channelCaseNo === channelCaseNo)
  if (!found) throw notFound('订单里没有这笔退款')
  return found
}

function casesOf(value: unknown): SeenCase[] {
  const order = orderIn(value)
  const rawRefunds = (value as { readonly refunds?: readonly unknown[] | null }).refunds ?? []
  return order.refunds.map((refund, index) => ({
    case: told(() => toCase(order, refund)),
    raw: JSON.stringify(rawRefunds[index]),
  }))
}

function toCase(order: OrderPayload, refund: RefundPayload): ChannelCase {
  const { word, state } = refundWordOf(refund)
  const { rows } = refund.refundLineItems
  const lineNos = new Set(rows.map(({ lineItem }) => lineItem.id))
  const quantity = rows.reduce((sum, row) => sum + row.quantity, 0)
  const createdAt = refund.createdAt ?? order.updatedAt
  return {
    channelCaseNo: refund.id,
    channelOrderNo: order.id,
    channelLineNo: lineNos.size === 1 ? [...lineNos][0]! : null,
    channelStatus: word,
    state,
    kind: rows.some(({ restockType }) => restockType === 'RETURN') ? 'return-and-refund' : 'refund-only',
    refundFen: minorUnits(refund.totalRefundedSet ?? '0', order.currencyCode),
    quantity: quantity > 0 ? quantity : null,
    reason: refund.note,
    beforeShipping: beforeShipping(rows),
    returnWaybillNo: null,
    createdAt: isoText(createdAt),
    modifiedAt: isoText(refund.updatedAt ?? createdAt),
  }
}

/** Pieces are cancelled before they left and returned after; what is refunded without either says nothing. [assumed] */
function beforeShipping(rows: RefundPayload['refundLineItems']['rows']): boolean | null {
  const types = new Set(rows.map(({ restockType }) => restockType))
  if (types.has('RETURN')) return false
  return types.size === 1 && types.has('CANCEL') ? true : null
}
