import type { RefundState } from '../../../core/channel/words.ts'
import { type Fen, fen, splitFen, sumFen } from '../../../core/money/fen.ts'
import type { LineMoney } from './money.ts'
import { type AfterSale, fenOf, piecesOf, textOf } from './payload.ts'
import { caseStateOf, isOpen, isStrangeLine, lineStateOf, priceProtectionType, strongestOf } from './status.ts'

export interface LineRefund {
  readonly refundState: RefundState
  readonly refundedFen: Fen
  readonly refundedQuantity: number
  readonly refundingQuantity: number
}

/** What an after-sale says of one line. */
interface Share {
  readonly state: RefundState
  readonly pieces: number
  readonly refundedFen: Fen
}

interface Told {
  readonly lines: readonly LineMoney[]
  readonly cases: readonly AfterSale[]
  /** The order says that all of it was paid back. */
  readonly isGivenBack: boolean
}

/**
 * What came back to the buyer for one line and what is still being asked for; refunds never lower `paidFen`. After-sales that name the
 * line tell it exactly; without them its own word counts for the whole line. Source: douyin.md 4, 6.
 */
export function lineRefundOf(line: LineMoney, { lines, cases, isGivenBack }: Told): LineRefund {
  const own = cases.flatMap((each) => shareOf(each, line, lines))
  if (own.length > 0) return refundByCases(line, own)
  return refundByWord(line, isGivenBack && cases.length === 0)
}

function refundByWord({ row, quantity, paidFen }: LineMoney, isGivenBack: boolean): LineRefund {
  const told = lineStateOf(row.after_sale_info)
  const refundState = told === 'none' && isGivenBack ? 'success' : told
  const isGoods = textOf(row.after_sale_info?.after_sale_type) !== priceProtectionType
  const isBack = refundState === 'success' && (isGoods || isGivenBack)
  return {
    refundState,
    refundedFen: isBack ? paidFen : fen(0),
    refundedQuantity: isBack ? quantity : 0,
    refundingQuantity: isOpen(refundState) && isGoods ? quantity : 0,
  }
}

function refundByCases(line: LineMoney, own: readonly Share[]): LineRefund {
  const refundedFen = sumFen(own.map((share) => share.refundedFen))
  const pieces = (wanted: (state: RefundState) => boolean) =>
    own.filter(({ state }) => wanted(state)).reduce((sum, share) => sum + share.pieces, 0)
  const paidBack = pieces((state) => state === 'success')
  const refundedQuantity = Math.min(line.quantity, paidBack, piecesCovered(line, refundedFen))
  return {
    refundState: strongestOf([...own.map(({ state }) => state), ...strangeStateOf(line)]),
    refundedFen,
    refundedQuantity,
    refundingQuantity: Math.min(line.quantity - refundedQuantity, pieces(isOpen)),
  }
}

/** A word of the line's own that nobody knows keeps it here, whatever its after-sales say. */
function strangeStateOf({ row }: LineMoney): RefundState[] {
  return isStrangeLine(row.after_sale_info) ? ['requested'] : []
}

/** How many pieces what came back has paid for, cheaper ones first: part of the money is not part of the goods. */
function piecesCovered({ unitPaidFen }: LineMoney, refundedFen: Fen): number {
  let left: number = refundedFen
  return unitPaidFen.toReversed().filter((unit) => {
    left -= unit
    return left >= 0
  }).length
}

function shareOf(each: AfterSale, line: LineMoney, lines: readonly LineMoney[]): Share[] {
  const lineNos = lineNosOf(each)
  const place = lineNos.indexOf(textOf(line.row.order_id))
  if (place < 0) return []
  const info = each.aftersale_info
  const weights = lineNos.map((no) => lines.find(({ row }) => textOf(row.order_id) === no)?.paidFen ?? 0)
  const goods = Math.max(0, refundedFenOf(each) - fenOf(info.refund_post_amount))
  const parts = splitFen(goods, weights.some((weight) => weight > 0) ? weights : weights.map(() => 1))
  const told = textOf(each.order_info.related_order_info?.[place]?.aftersale_item_num) || textOf(info.aftersale_num)
  const isGoods = textOf(info.aftersale_type) !== priceProtectionType
  return [
    {
      state: caseStateOf(each),
      pieces: isGoods ? Number(told || line.quantity) : 0,
      refundedFen: parts[place] ?? fen(0),
    },
  ]
}

/** The lines an after-sale is about; where it lists none, the one number it hangs on. */
export function lineNosOf({ aftersale_info, order_info }: AfterSale): string[] {
  const listed = (order_info.related_order_info ?? []).map((row) => textOf(row.sku_order_id))
  return listed.length > 0 ? listed : [textOf(aftersale_info.related_id)]
}

/** What an after-sale really gave back, freight included; 0 while it is open. Source: douyin.md 6 [doc]. */
export function refundedFenOf(each: AfterSale): Fen {
  return caseStateOf(each) === 'success' ? fenOf(each.aftersale_info.refund_amount) : fen(0)
}

/** The pieces an after-sale of one line is about; null where it is about several, or about money alone. */
export function casePiecesOf({ aftersale_info, order_info }: AfterSale): number | null {
  const [row, ...others] = order_info.related_order_info ?? []
  if (others.length > 0 || textOf(aftersale_info.aftersale_type) === priceProtectionType) return null
  const told = textOf(row?.aftersale_item_num) || textOf(aftersale_info.aftersale_num)
  return ['', '0'].includes(told) ? null : piecesOf(told)
}
