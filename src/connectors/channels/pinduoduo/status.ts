import type { ChannelStatus, RefundState } from '../../../core/channel/words.ts'
import { type Order, textOf } from './payload.ts'

/** What `order_status` means of an order that goes its way. Source: pinduoduo.md 4 [doc]. */
export const statuses = {
  1: 'paid-wait-ship',
  2: 'shipped',
  3: 'completed',
} as const satisfies Readonly<Record<string, ChannelStatus>>

/**
 * `after_sales_status`, of orders and of after-sales. Exchanges, repairs and goods sent anew bring no money, so the end of one is closed.
 * Source: pinduoduo.md 4 [doc]; which of 14 to 33 wait for somebody [sdk]; 23 and 26 [assumed].
 */
export const caseStatuses = {
  0: 'none',
  2: 'requested',
  3: 'requested',
  4: 'requested',
  5: 'requested',
  6: 'rejected',
  7: 'wait-return',
  8: 'requested',
  9: 'rejected',
  10: 'success',
  11: 'closed',
  12: 'closed',
  13: 'closed',
  14: 'requested',
  15: 'requested',
  16: 'closed',
  17: 'closed',
  18: 'requested',
  21: 'requested',
  22: 'requested',
  23: 'requested',
  24: 'closed',
  25: 'closed',
  26: 'requested',
  27: 'requested',
  31: 'wait-return',
  32: 'requested',
  33: 'requested',
} as const satisfies Readonly<Record<string, RefundState>>

/** `refund_status`, the coarser word. Source: pinduoduo.md 4 [doc]. */
export const refundStatuses = { 1: 'none', 2: 'open', 3: 'open', 4: 'given-back' } as const

const statusWords: ReadonlyMap<string, ChannelStatus> = new Map(Object.entries(statuses))
const caseWords: ReadonlyMap<string, RefundState> = new Map(Object.entries(caseStatuses))
const refundWords: ReadonlyMap<string, 'none' | 'open' | 'given-back'> = new Map(Object.entries(refundStatuses))

export interface OrderStatus {
  readonly status: ChannelStatus
  readonly isPaid: boolean
  readonly warnings: readonly string[]
}

/**
 * The status of an order, first match wins. A word nobody has told us about is not guessed: the order is held and the warning names the
 * word, or the field where the word is not that of the order itself. Source: pinduoduo.md 4 [rule].
 */
export function statusOf(order: Order): OrderStatus {
  const [confirm, group] = [textOf(order.confirm_status), textOf(order.group_status)]
  const hasPaid = textOf(order.pay_time) !== ''
  if (confirm === '2' || group === '2') {
    return { status: hasPaid ? 'closed-refunded' : 'closed-unpaid', isPaid: hasPaid, warnings: [] }
  }
  if (confirm === '0' && !hasPaid) return { status: 'unpaid', isPaid: false, warnings: [] }

  const word = textOf(order.order_status)
  const known = statusWords.get(word)
  const strange = strangeFieldsOf(order)
  const warnings = [
    ...(known === undefined ? [`unknown-status:${word || 'absent'}`] : []),
    ...strange.map((field) => `held:${field}`),
  ]
  const isPaid = hasPaid || confirm === '1'
  if (known === undefined || strange.length > 0 || isHeld(order)) return { status: 'on-hold', isPaid, warnings }
  const isBackUnsent = refundWords.get(textOf(order.refund_status)) === 'given-back' && !hasShipped(order)
  return { status: isBackUnsent ? 'closed-refunded' : known, isPaid, warnings }
}

/** Paid but not yet agreed, the group not full, the platform looking into it, or asking to wait. */
function isHeld({ confirm_status, group_status, risk_control_status, order_tag_list }: Order): boolean {
  const isTagged = (order_tag_list ?? []).some(
    ({ name, value }) => textOf(name) === 'ship_hold' && !['0', 'false', ''].includes(String(value ?? '')),
  )
  return (
    textOf(confirm_status) === '0' || textOf(group_status) === '0' || textOf(risk_control_status) === '1' || isTagged
  )
}

/** The other fields that decide whether goods may leave, each with all it may say; absent says nothing. */
const decidingWords = {
  confirm_status: ['', '0', '1', '2'],
  group_status: ['', '0', '1', '2'],
  risk_control_status: ['', '0', '1'],
} as const

function strangeFieldsOf(order: Order): string[] {
  const fields = Object.entries(decidingWords) as [keyof typeof decidingWords, readonly string[]][]
  return fields.filter(([field, words]) => !words.includes(textOf(order[field]))).map(([field]) => field)
}

/** Something of the order has left. There is no word for a part of it. Source: pinduoduo.md 4, 7. */
export function hasShipped({ order_status, shipping_time, tracking_number }: Order): boolean {
  const isSent = ['2', '3'].includes(textOf(order_status))
  return isSent || textOf(shipping_time) !== '' || textOf(tracking_number) !== ''
}

/** Everything went to the buyer; what is not told in parts has left whole. */
export function hasLeftWhole({ order_status }: Order): boolean {
  return ['2', '3'].includes(textOf(order_status))
}

/** What an order's two words say of its refunds: that of its lines, and the money's way. */
export interface RefundWords {
  readonly state: RefundState
  readonly isOpen: boolean
  /** The platform says that money went back, of all or of some. */
  readonly isGivenBack: boolean
  readonly warnings: readonly string[]
}

/**
 * The coarser word tells where the money is, the finer one what is waited for. An open one wins. A word nobody told us about counts as an
 * open request, so that nothing leaves before somebody looked. Source: pinduoduo.md 4 [rule].
 */
export function refundWordsOf(order: Order): RefundWords {
  const [coarse, fine] = [textOf(order.refund_status) || '1', textOf(order.after_sales_status) || '0']
  const money = refundWords.get(coarse)
  const state = caseWords.get(fine)
  const unknown = [...(isKnownRefund(coarse, fine) ? [] : [coarse]), ...(state === undefined ? [fine] : [])]
  const isStopped = money === undefined || state === undefined || isOpen(state)
  return {
    state: stateBy(money, state),
    isOpen: isStopped || money === 'open',
    isGivenBack: money === 'given-back',
    warnings: [...new Set(unknown)].map((word) => `unknown-refund-status:${word}`),
  }
}

/** A number told in both fields is judged by the finer; in the coarser it keeps the goods back and needs no second warning. */
function isKnownRefund(coarse: string, fine: string): boolean {
  return refundWords.has(coarse) || (coarse === fine && caseWords.has(fine))
}

function stateBy(money: 'none' | 'open' | 'given-back' | undefined, state: RefundState | undefined): RefundState {
  if (money === undefined || state === undefined) return 'requested'
  if (isOpen(state)) return state
  if (money === 'given-back') return 'success'
  if (money === 'open') return state === 'rejected' ? 'rejected' : 'requested'
  return state === 'success' ? 'closed' : state
}

/** The state of an after-sale; an unknown word counts as an open request. */
export function caseStateOf({
  after_sales_status,
}: {
  readonly after_sales_status?: string | number | null | undefined
}) {
  return caseWords.get(textOf(after_sales_status)) ?? 'requested'
}

const openStates: ReadonlySet<RefundState> = new Set(['requested', 'wait-return', 'wait-receive-return'])

/** Somebody still has to act on it. */
export function isOpen(state: RefundState): boolean {
  return openStates.has(state)
}

/** An open one wins, then success, then rejected, then closed. Source: pinduoduo.md 4 [rule]. */
export function strongestOf(states: readonly RefundState[]): RefundState {
  const order: readonly RefundState[] = ['success', 'rejected', 'closed']
  return states.find(isOpen) ?? order.find((state) => states.includes(state)) ?? 'none'
}
