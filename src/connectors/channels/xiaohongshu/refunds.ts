import type { RefundState } from '../../../core/channel/words.ts'
import { type Fen, fen, splitFen, sumFen } from '../../../core/money/fen.ts'
import type { LineMoney } from './money.ts'
import { type AfterSale, piecesOf, textOf, yuanOf } from './payload.ts'
import {
  caseStateOf,
  exchangeType,
  isKnownLineRefund,
  isOpen,
  lineRefundStateOf,
  priceProtectionType,
  strongestOf,
} from './status.ts'

export interface LineRefund {
  readonly refundState: RefundState
  readonly refundedFen: Fen
  readonly refundedQuantity: number
  readonly refundingQuantity: number
}

/** What an after-sale says of one SKU. */
interface SkuCase {
  readonly state: RefundState
  readonly pieces: number
  readonly refundedFen: Fen
}

/**
 * What came back to the buyer for one line and what is still being asked for; refunds never lower `paidFen`. After-sales that name the
 * line tell it exactly. Without them a finished line counts as paid back whole. `cases` are those that this line answers for.
 * Source: xiaohongshu.md 7, 10, 13 [rule].
 */
export function lineRefundOf(line: LineMoney, cases: readonly AfterSale[]): LineRefund {
  const own = cases.flatMap((each) => skuCasesOf(each, textOf(line.row.skuId)))
  return own.length === 0 ? refundByWord(line) : refundByCases(line, own)
}

function refundByWord({ row, quantity, paidFen }: LineMoney): LineRefund {
  const refundState = lineRefundStateOf(textOf(row.skuAfterSaleStatus))
  const isBack = refundState === 'success'
  return {
    refundState,
    refundedFen: isBack ? paidFen : fen(0),
    refundedQuantity: isBack ? quantity : 0,
    refundingQuantity: isOpen(refundState) ? quantity : 0,
  }
}

function refundByCases(line: LineMoney, own: readonly SkuCase[]): LineRefund {
  const { quantity, row } = line
  const word = textOf(row.skuAfterSaleStatus)
  const refundState = isKnownLineRefund(word) ? strongestOf(own.map(({ state }) => state)) : lineRefundStateOf(word)
  const refundedFen = sumFen(own.map((each) => each.refundedFen))
  const pieces = (wanted: (state: RefundState) => boolean) =>
    sumFen(own.filter(({ state }) => wanted(state)).map((each) => each.pieces))
  const refundedQuantity = Math.min(
    quantity,
    pieces((state) => state === 'success'),
    piecesCovered(line, refundedFen),
  )
  const left = quantity - refundedQuantity
  return {
    refundState,
    refundedFen,
    refundedQuantity,
    refundingQuantity: Math.min(left, isKnownLineRefund(word) ? pieces(isOpen) : left),
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

function skuCasesOf(each: AfterSale, skuNo: string): SkuCase[] {
  const skus = each.skus ?? []
  const shares = goodsSharesOf(each)
  return skus.flatMap((sku, index) => {
    if (textOf(sku.skuId) !== skuNo) return []
    const isGoods = textOf(each.returnType) !== priceProtectionType
    const pieces = isGoods && textOf(sku.appliedCount) !== '' ? Number(textOf(sku.appliedCount)) : 0
    return [{ state: caseStateOf(each), pieces, refundedFen: shares[index] ?? fen(0) }]
  })
}

/** What went back for goods, shared over the SKUs of the after-sale by what was asked for each, or evenly where nothing is told. */
function goodsSharesOf(each: AfterSale): Fen[] {
  const asked = (each.skus ?? []).map((sku) => Math.max(0, yuanOf(sku.appliedTotalAmountYuan)))
  const goods = Math.max(0, refundedFenOf(each) - yuanOf(each.appliedShipFeeAmountYuan))
  return splitFen(goods, asked.some((weight) => weight > 0) ? asked : asked.map(() => 1))
}

/** What an after-sale really gave back, freight included; 0 while it is open. Source: xiaohongshu.md 10 [doc]. */
export function refundedFenOf(each: AfterSale): Fen {
  return caseStateOf(each) === 'success' ? caseFenOf(each) : fen(0)
}

/** What an after-sale is about: what went back, and until then what is asked for. An exchange is about no money. */
export function caseFenOf(each: AfterSale): Fen {
  if (textOf(each.returnType) === exchangeType) return fen(0)
  const isDone = caseStateOf(each) === 'success' && textOf(each.refundAmountYuan) !== ''
  return yuanOf(isDone ? each.refundAmountYuan : each.expectedRefundAmountYuan)
}

/** The pieces an after-sale of one SKU is about; null where it is about several, or about money alone. */
export function casePiecesOf({ skus, returnType }: AfterSale): number | null {
  const [sku, ...others] = skus ?? []
  if (sku === undefined || others.length > 0 || textOf(returnType) === priceProtectionType) return null
  return textOf(sku.appliedCount) === '' ? null : piecesOf(sku.appliedCount)
}
