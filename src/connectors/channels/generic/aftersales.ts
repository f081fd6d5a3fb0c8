import type { ChannelCase } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { CaseAnswer, Page, Span } from '../../../kit/channel.ts'
import type { Account } from '../../../kit/plug.ts'
import { ask, type Call, parsed } from './call.ts'
import { type Credentials, manifest } from './manifest.ts'
import { changedOrders, getOrderValue } from './orders.ts'
import { type RefundPayload, RefundsPayload } from './payload.ts'
import { refundStateOf } from './refunds.ts'

/** A refund of the site in our words with the JSON it was made from. */
export interface SeenCase {
  readonly case: ChannelCase
  readonly raw: string
}

/**
 * The refunds (退款单) of every order that changed in `span`: the contract has no list of refunds, they live inside their orders.
 * Source: own-site.md 6.2 [rule]. A page may be empty while others follow.
 */
export async function pullCases(
  account: Account<Credentials>,
  { span, cursor }: { readonly span: Span; readonly cursor: string | null },
): Promise<Page<SeenCase>> {
  const { rows, next } = await changedOrders(account, { operation: 'aftersales.pull', span, cursor })
  return { rows: rows.flatMap(({ value }) => casesOf(value)), total: null, next }
}

/** Throws CHANNEL_NOT_FOUND when the order, or the refund in it, is not there. */
export async function getCase(
  account: Account<Credentials>,
  { channelOrderNo, channelCaseNo }: { readonly channelOrderNo: string; readonly channelCaseNo: string },
): Promise<SeenCase> {
  const cases = casesOf(await getOrderValue(account, { operation: 'aftersales.get', channelOrderNo }))
  const found = cases.find((seen) => seen.case.channelCaseNo === channelCaseNo)
  if (!found) throw new Failure('CHANNEL_NOT_FOUND', { channel: manifest.id, reason: '订单里没有这个退款单' })
  return found
}

/** Agrees to a refund with an amount, or refuses it. Throws what a call throws; CHANNEL_ALREADY_DONE when it was decided before. */
export async function answerCase(account: Account<Credentials>, answer: CaseAnswer): Promise<void> {
  await ask(account, answerCall(answer))
}

/** Pure. Source: own-site.md 6.2 [rule]. */
function answerCall(answer: CaseAnswer): Call {
  const [order, refund] = [answer.channelOrderNo, answer.channelCaseNo].map(encodeURIComponent)
  return {
    operation: 'aftersales.answer',
    method: 'POST',
    path: `/oms/v1/orders/${order}/refunds/${refund}`,
    body: {
      decision: answer.decision === 'agree' ? 'approve' : 'reject',
      amount_fen: answer.amountFen,
      reason: answer.message,
    },
    namesOrder: true,
  }
}

/** The refunds of one order. Without times of its own a refund has those of its order [assumed]. Throws CHANNEL_NONSENSE. */
export function casesOf(value: unknown): SeenCase[] {
  const order = parsed(RefundsPayload, value, 'order')
  const rawRefunds = (value as { readonly refunds?: readonly unknown[] | null }).refunds ?? []
  return order.refunds.map((refund, index) => ({
    case: toCase(order, refund),
    raw: JSON.stringify(rawRefunds[index]),
  }))
}

function toCase(order: RefundsPayload, refund: RefundPayload): ChannelCase {
  const concerned = refund.lines.length > 0 ? refund.lines : order.lines
  const quantity = refund.lines.reduce((sum, { qty }) => sum + qty, 0)
  return {
    channelCaseNo: refund.id,
    channelOrderNo: order.id,
    channelLineNo: concerned.length === 1 ? (concerned[0]?.id ?? null) : null,
    channelStatus: refund.status,
    state: refundStateOf(refund.status).state,
    kind: 'refund-only',
    refundFen: refund.amount,
    quantity: quantity > 0 ? quantity : null,
    reason: refund.reason,
    beforeShipping: order.status === 'paid' ? true : null,
    returnWaybillNo: null,
    createdAt: isoText(refund.created_at ?? order.modified_at),
    modifiedAt: isoText(refund.modified_at ?? order.modified_at),
  }
}
