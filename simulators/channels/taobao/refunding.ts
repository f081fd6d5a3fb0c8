import { chance } from '../../aid/random.ts'
import { settle } from './shipping.ts'
import { type Line, lastRefund, openRefund, type Refund, type Trade, unpaidStatuses } from './state.ts'
import { announce, announceRefund, secondNow, type World } from './world.ts'

/** What is still the seller's of a line. */
export function remainingFen(line: Line): number {
  return Math.max(0, line.paidFen - line.refundedFen)
}

/**
 * The most a refund of this line may be: what is left of it and, while nothing has left the warehouse and nothing else remains, the
 * freight as well.
 */
export function mostRefundable(trade: Trade, line: Line): number {
  const others = trade.lines.filter((other) => other !== line && !other.isGift)
  const isLast = others.every((other) => other.status === 'TRADE_CLOSED')
  const isUnshipped = trade.lines.every(({ shippedQuantity }) => shippedQuantity === 0)
  return remainingFen(line) + (isLast && isUnshipped ? trade.postFen : 0)
}

export function canOpenRefund(trade: Trade, line: Line): boolean {
  const isPaid = !unpaidStatuses.has(trade.status) && trade.status !== 'TRADE_CLOSED_BY_TAOBAO'
  return (
    isPaid && !line.isGift && line.status !== 'TRADE_CLOSED' && openRefund(line) === undefined && remainingFen(line) > 0
  )
}

/** The buyer asks for money. A shipped line asked for in full comes back as goods, a part of the money does not. */
export function openNewRefund(world: World, trade: Trade, line: Line, feeFen: number): Refund {
  const isShipped = line.shippedQuantity > 0
  const hasGoodReturn = isShipped && feeFen >= remainingFen(line)
  world.refundCount += 1
  const dice = chance(`${world.seed}:refund:${world.refundCount}`)
  const refund: Refund = {
    refundNo: `${271_030_018_844 + world.refundCount * 13}120915`,
    trade,
    line,
    createdAt: secondNow(world),
    reason: dice.pick(
      isShipped ? ['尺寸/厚度与描述不符', '不喜欢/不想要', '质量问题'] : ['拍错/多拍/不喜欢', '不想要了', '地址写错'],
    ),
    description: dice.pick(['', '', '请尽快处理', '和客服说好了']),
    phase: line.status === 'TRADE_FINISHED' ? 'aftersale' : 'onsale',
    feeFen,
    hasGoodReturn,
    status: 'WAIT_SELLER_AGREE',
    goodStatus: isShipped ? 'BUYER_RECEIVED' : 'BUYER_NOT_RECEIVED',
    modifiedAt: 0,
    touchedAt: 0,
    version: 0,
    returnCarrier: '',
    returnWaybillNo: '',
  }
  line.refunds.push(refund)
  world.refunds.set(refund.refundNo, refund)
  announceRefund(world, refund, 'RefundCreated')
  return refund
}

/** The buyer does the next thing: asks again after a refusal or with another sum, or sends the goods back. */
export function buyerInsists(world: World, refund: Refund, feeFen: number | undefined): void {
  if (refund.status === 'WAIT_BUYER_RETURN_GOODS') {
    returnGoods(refund)
    refund.status = 'WAIT_SELLER_CONFIRM_GOODS'
    announceRefund(world, refund, 'RefundBuyerReturnGoods')
    return
  }
  refund.feeFen = feeFen ?? refund.feeFen
  if (refund.status === 'SELLER_REFUSE_BUYER') refund.status = 'WAIT_SELLER_AGREE'
  announceRefund(world, refund, 'RefundBuyerModifyAgreement')
}

/**
 * The money goes back. A line wholly refunded is closed, a trade whose lines are all closed as well; a part leaves the status as it
 * is and lowers `order.payment` alone. Sources: taobao.md 7.3, 8.2, 20.7. Stock does not come back by itself [assumed].
 */
export function succeed(world: World, refund: Refund): void {
  const { line, trade } = refund
  if (refund.hasGoodReturn) {
    if (refund.returnWaybillNo === '') returnGoods(refund)
    refund.goodStatus = 'BUYER_RETURNED_GOODS'
  }
  refund.status = 'SUCCESS'
  line.refundedFen += refund.feeFen
  if (line.refundedFen >= line.paidFen) closeLine(world, line)
  closeGiftsAlone(world, trade)
  settle(world, trade)
  announceRefund(world, refund, 'RefundSuccess')
  announce(world, trade, trade.status === 'TRADE_CLOSED' ? 'TradeClose' : 'TradePartlyRefund', {
    oid: BigInt(line.oid),
  })
}

export function agreeToReturn(world: World, refund: Refund): void {
  refund.status = 'WAIT_BUYER_RETURN_GOODS'
  announceRefund(world, refund, 'RefundSellerAgreeAgreement')
}

export function refuseBuyer(world: World, refund: Refund): void {
  refund.status = 'SELLER_REFUSE_BUYER'
  announceRefund(world, refund, 'RefundSellerRefuseAgreement')
}

export function withdraw(world: World, refund: Refund): void {
  refund.status = 'CLOSED'
  announceRefund(world, refund, 'RefundClosed')
}

/** `order.refund_status` of a line. */
export function refundStatusOf(line: Line): string {
  return lastRefund(line)?.status ?? 'NO_REFUND'
}

/** The refund waits for the seller to give the money, not to take goods first. */
export function awaitsMoney(refund: Refund): boolean {
  return refund.status === (refund.hasGoodReturn ? 'WAIT_SELLER_CONFIRM_GOODS' : 'WAIT_SELLER_AGREE')
}

function returnGoods(refund: Refund): void {
  refund.returnCarrier = '圆通速递'
  refund.returnWaybillNo = `YT${refund.refundNo.slice(0, 13)}`
}

function closeLine(world: World, line: Line): void {
  line.status = 'TRADE_CLOSED'
  line.endedAt = secondNow(world)
}

/** Gifts do not go out when everything they came with is closed. */
function closeGiftsAlone(world: World, trade: Trade): void {
  if (trade.lines.some((line) => !line.isGift && line.status !== 'TRADE_CLOSED')) return
  for (const line of trade.lines) if (line.status !== 'TRADE_CLOSED') closeLine(world, line)
}
