import type { ChannelStatus, OrderRefundState, RefundState } from '../../../core/channel/words.ts'
import { type Trade, textOf } from './payload.ts'

interface StatusMeaning {
  readonly status: ChannelStatus
  /** Whether the buyer has paid in full, as far as the platform's books go (rule T2). */
  readonly isPaid: boolean
}

/** Every status of a trade and of its lines. Source: taobao.md 7.3 [doc M, rule]. */
export const statuses = {
  TRADE_NO_CREATE_PAY: { status: 'unpaid', isPaid: false },
  WAIT_BUYER_PAY: { status: 'unpaid', isPaid: false },
  PAY_PENDING: { status: 'unpaid', isPaid: false },
  WAIT_PRE_AUTH_CONFIRM: { status: 'unpaid', isPaid: false },
  PAID_FORBID_CONSIGN: { status: 'on-hold', isPaid: true },
  WAIT_SELLER_SEND_GOODS: { status: 'paid-wait-ship', isPaid: true },
  SELLER_CONSIGNED_PART: { status: 'partially-shipped', isPaid: true },
  WAIT_BUYER_CONFIRM_GOODS: { status: 'shipped', isPaid: true },
  TRADE_BUYER_SIGNED: { status: 'shipped', isPaid: true },
  TRADE_FINISHED: { status: 'completed', isPaid: true },
  TRADE_CLOSED: { status: 'closed-refunded', isPaid: true },
  TRADE_CLOSED_BY_TAOBAO: { status: 'closed-unpaid', isPaid: false },
} as const satisfies Readonly<Record<string, StatusMeaning>>

/** What the platform says of a refund. The last three are those of exchanges and repairs. Source: taobao.md 7.4 [rule], 15 [doc M]. */
export const refundStatuses = {
  NO_REFUND: 'none',
  WAIT_SELLER_AGREE: 'requested',
  WAIT_BUYER_RETURN_GOODS: 'wait-return',
  WAIT_SELLER_CONFIRM_GOODS: 'wait-receive-return',
  SELLER_REFUSE_BUYER: 'rejected',
  CLOSED: 'closed',
  SUCCESS: 'success',
  // [assumed] The old goods are back and the new ones not yet confirmed: open, with nothing for the buyer to send.
  WAIT_SELLER_CONSIGN_GOODS: 'wait-receive-return',
  WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS: 'wait-receive-return',
  // [assumed] The exchange is over; a refund record of its own goes on.
  EXCHANGE_TRANSFORM_TO_REFUND: 'closed',
} as const satisfies Readonly<Record<string, RefundState>>

/** Stages of a presale (预售). Source: taobao.md 7.5 [doc M]. */
export const stepStatuses: ReadonlySet<string> = new Set([
  'FRONT_NOPAID_FINAL_NOPAID',
  'FRONT_PAID_FINAL_NOPAID',
  'FRONT_PAID_FINAL_PAID',
  'FRONT_PAID_FRONT_FORFEITED',
])

const statusWords: ReadonlyMap<string, StatusMeaning> = new Map(Object.entries(statuses))
const refundWords: ReadonlyMap<string, RefundState> = new Map(Object.entries(refundStatuses))

const codTypes: ReadonlySet<string> = new Set(['cod', 'b2c_cod', 'super_market_cod_trade'])

/** Whether a trade's `type` means cash on delivery (货到付款). Source: taobao.md 6.1 [doc M]. */
export function isCod(type: string): boolean {
  return codTypes.has(type)
}

export interface TradeStatus extends StatusMeaning {
  /** The deposit is paid or forfeited, the balance is not paid: `step_paid_fee` is what the buyer has paid. */
  readonly isDepositOnly: boolean
  readonly warning: string | null
}

/**
 * The status of a trade, presale stages included. A word nobody has told us about is not guessed: the order is held, it counts
 * as paid when it has a time of payment, and the warning names the word. Source: taobao.md 7.3, 7.5 [rule].
 */
export function statusOf(trade: Trade): TradeStatus {
  const word = textOf(trade.status)
  const known = statusWords.get(word)
  if (!known) {
    const isPaid = textOf(trade.pay_time) !== ''
    return { status: 'on-hold', isPaid, isDepositOnly: false, warning: `unknown-status:${word || 'absent'}` }
  }
  const step = textOf(trade.step_trade_status)
  if (step !== '' && !stepStatuses.has(step)) {
    return { ...known, isDepositOnly: false, warning: `unknown-step-status:${step}` }
  }
  if (step === 'FRONT_PAID_FRONT_FORFEITED' && (!known.isPaid || known.status === 'closed-refunded')) {
    return { status: 'closed-unpaid', isPaid: false, isDepositOnly: true, warning: null }
  }
  if (step === 'FRONT_PAID_FINAL_NOPAID' && !known.isPaid) {
    const status = known.status === 'unpaid' ? 'deposit-paid' : known.status
    return { status, isPaid: false, isDepositOnly: true, warning: null }
  }
  return { ...known, isDepositOnly: false, warning: null }
}

export function isKnownStatus(word: string): boolean {
  return statusWords.has(word)
}

/** The state of one refund; absent is none. An unknown word counts as an open request, so that nothing leaves before somebody looked. */
export function refundStateOf(word: string): RefundState {
  return word === '' ? 'none' : (refundWords.get(word) ?? 'requested')
}

export function isKnownRefundStatus(word: string): boolean {
  return word === '' || refundWords.has(word)
}

const openStates: ReadonlySet<RefundState> = new Set(['requested', 'wait-return', 'wait-receive-return', 'rejected'])

/** Open at Taobao: somebody may still move it; a refused buyer may change the request or call for the platform. Source: taobao.md 7.4. */
export function isOpenRefund(state: RefundState): boolean {
  return openStates.has(state)
}

/** Source: taobao.md 7.4 [rule]. */
export function orderRefundStateOf(
  lines: readonly {
    readonly refundState: RefundState
    readonly isGift: boolean
    readonly paidFen: number
    readonly refundedFen: number
  }[],
): OrderRefundState {
  if (lines.some((line) => isOpenRefund(line.refundState))) return 'in-progress'
  if (!lines.some((line) => line.refundState === 'success')) return 'none'
  const isPaidBack = lines.every((line) => line.isGift || line.refundedFen >= line.paidFen)
  return isPaidBack ? 'full' : 'partial'
}
