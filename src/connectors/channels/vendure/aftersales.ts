import type { ChannelCase } from '../../../core/channel/shapes.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import type { Credentials } from './manifest.ts'
import { notFound } from './nonsense.ts'
import { changedOrders, orderIn, readOrder } from './orders.ts'
import { isHandedOver } from './parcels.ts'
import type { OrderPayload, RefundPayload } from './payload.ts'
import { refundsOf } from './refunds.ts'
import { refundStateOf } from './status.ts'

type Operations = ChannelOperations<Credentials>

/** A refund in our words with the JSON it was made from. */
interface SeenCase {
  readonly case: ChannelCase
  readonly raw: string
}

/**
 * The refunds (退款) of every order that changed in `span`: there is no list of refunds. They are made by the merchant
 * in Vendure, so there is nothing to answer. A page may be empty while others follow. Source: own-site.md 4 [sdk V];
 * that a refund changes its order [assumed].
 */
export const pullCases: Operations['aftersales.pull'] = async (account, { span, cursor }) => {
  const { rows, next } = await changedOrders(account, { operation: 'aftersales.pull', span, cursor })
  return { rows: rows.flatMap(casesOf), total: null, next }
}

/** Throws CHANNEL_NOT_FOUND when the order, or the refund of it, is not there. */
export const getCase: Operations['aftersales.get'] = async (account, { channelOrderNo, channelCaseNo }) => {
  const value = await readOrder(account, { operation: 'aftersales.get', channelOrderNo, isWrite: false })
  const found = casesOf(value).find((seen) => seen.case.channelCaseNo === channelCaseNo)
  if (!found) throw notFound('订单里没有这笔退款')
  return found
}

interface RawOrder {
  readonly payments?: readonly { readonly refunds?: readonly unknown[] | null }[] | null
}

function casesOf(value: unknown): SeenCase[] {
  const order = orderIn(value)
  const raws = ((value as RawOrder).payments ?? []).flatMap(({ refunds }) => refunds ?? [])
  return refundsOf(order).map((refund, place) => ({ case: toCase(order, refund), raw: JSON.stringify(raws[place]) }))
}

function toCase(order: OrderPayload, refund: RefundPayload): ChannelCase {
  const lineNos = new Set(refund.lines.map(({ orderLineId }) => orderLineId))
  const quantity = refund.lines.reduce((sum, row) => sum + row.quantity, 0)
  const createdAt = refund.createdAt ?? order.updatedAt
  return {
    channelCaseNo: refund.id,
    channelOrderNo: order.id,
    channelLineNo: lineNos.size === 1 ? [...lineNos][0]! : null,
    channelStatus: refund.state,
    state: refundStateOf(refund.state).state,
    kind: 'refund-only',
    refundFen: refund.total,
    quantity: quantity > 0 ? quantity : null,
    reason: refund.reason,
    // Only where nothing ever left is it sure.
    beforeShipping: order.fulfillments.some(isHandedOver) ? null : true,
    returnWaybillNo: null,
    createdAt: isoText(createdAt),
    modifiedAt: isoText(refund.updatedAt ?? createdAt),
  }
}
