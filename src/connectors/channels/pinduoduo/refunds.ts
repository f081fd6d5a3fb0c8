import type { OrderRefundState, RefundState } from '../../../core/channel/words.ts'
import { type Fen, fen, sumFen } from '../../../core/money/fen.ts'
import type { LineMoney } from './money.ts'
import { type AfterSale, textOf, yuanOf } from './payload.ts'
import { caseStateOf, isOpen, type RefundWords, strongestOf } from './status.ts'

export interface LineRefund {
  readonly refundState: RefundState
  readonly refundedFen: Fen
  readonly refundedQuantity: number
  readonly refundingQuantity: number
}

/** What is known of an order's refunds: its own words, and the after-sales that name amounts. */
export interface RefundFacts {
  readonly words: RefundWords
  readonly cases: readonly AfterSale[]
  /** Money went back, though it may be that no after-sale says how much. */
  readonly isGivenBack: boolean
  readonly paidTotalFen: number
}

/** What went back: by the after-sales that are done; without one that says so, all of it. Source: pinduoduo.md 4 [rule]. */
export function refundedFenOf({ cases, isGivenBack, paidTotalFen }: RefundFacts): Fen {
  const done = cases.filter((each) => caseStateOf(each) === 'success')
  if (done.length > 0) return sumFen(done.map((each) => yuanOf(each.refund_amount)))
  return fen(isGivenBack ? paidTotalFen : 0)
}

/** Source: pinduoduo.md 4 [rule]: in progress while anything is open, else by the money. */
export function orderRefundStateOf(facts: RefundFacts): OrderRefundState {
  if (facts.words.isOpen) return 'in-progress'
  if (!facts.isGivenBack) return 'none'
  return refundedFenOf(facts) >= facts.paidTotalFen ? 'full' : 'partial'
}

/** Whether a line is the order's only one, and whether it is the one that after-sales of its SKU are about. */
interface LinePlace {
  readonly isOnly: boolean
  readonly isOwner: boolean
}

/**
 * What came back to the buyer for one line and what is still being asked for; refunds never lower `paidFen`. After-sales that name the
 * line's SKU tell it; without any the order's words count for every line.
 */
export function lineRefundOf(line: LineMoney, facts: RefundFacts & LinePlace): LineRefund {
  const { words, cases, isGivenBack, isOnly, isOwner } = facts
  if (isPaidBackWhole(facts) && line.paidFen > 0) return paidBackWhole(line)
  const skuNo = textOf(line.row.sku_id)
  const own = cases.filter((each) => isOnly || (isOwner && textOf(each.sku_id) === skuNo))
  if (words.warnings.length === 0 && own.length > 0) return refundByCases(line, own)

  const isOthers = cases.length > 0 && words.warnings.length === 0
  const refundState = isOthers ? 'none' : givenBackState(words, isGivenBack)
  if (refundState === 'success') return paidBackWhole(line)
  const refundingQuantity = isOpen(refundState) ? line.quantity : 0
  return { refundState, refundedFen: fen(0), refundedQuantity: 0, refundingQuantity }
}

/** After-sales name one SKU each; where they brought all the money back, they were about every line that cost any. */
function isPaidBackWhole(facts: RefundFacts): boolean {
  return facts.cases.length > 0 && facts.words.warnings.length === 0 && orderRefundStateOf(facts) === 'full'
}

function paidBackWhole({ paidFen, quantity }: LineMoney): LineRefund {
  return { refundState: 'success', refundedFen: paidFen, refundedQuantity: quantity, refundingQuantity: 0 }
}

/** An order closed by the platform gave its money back without an after-sale. */
function givenBackState({ state, isOpen: isWaiting }: RefundWords, isGivenBack: boolean): RefundState {
  return isGivenBack && !isWaiting ? 'success' : state
}

function refundByCases(line: LineMoney, own: readonly AfterSale[]): LineRefund {
  const states = own.map((each) => caseStateOf(each))
  const pieces = (wanted: (state: RefundState) => boolean) =>
    sumFen(
      own.filter((each) => wanted(caseStateOf(each))).map((each) => Number(textOf(each.goods_number) || line.quantity)),
    )
  const back = own.filter((each) => caseStateOf(each) === 'success').map((each) => yuanOf(each.refund_amount))
  const refundedFen = fen(Math.min(line.paidFen, sumFen(back)))
  const refundedQuantity = Math.min(
    line.quantity,
    pieces((state) => state === 'success'),
    piecesCovered(line, refundedFen),
  )
  return {
    refundState: strongestOf(states),
    refundedFen,
    refundedQuantity,
    refundingQuantity: Math.min(line.quantity - refundedQuantity, pieces(isOpen)),
  }
}

/** How many pieces what came back has paid for, cheaper ones first: part of the money is not part of the goods. */
function piecesCovered({ unitPaidFen }: LineMoney, refundedFen: Fen): number {
  let left: number = refundedFen
  return unitPaidFen.toReversed().filter((unit) => {
    left -= unit
    return left >= 0
  }).length
}
