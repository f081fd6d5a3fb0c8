import type { ChannelLine, ChannelOrder } from '../core/channel/shapes.ts'
import { statusFacts } from '../core/channel/words.ts'
import { unitFen } from '../core/money/fen.ts'

type Little<Whole, Needed extends keyof Whole> = Pick<Whole, Needed> & Partial<Whole>

/** A line of a platform that tells little: whatever it does not say has its usual value. `paidFen` is the whole line. Throws RangeError as `unitFen`. */
export function plainLine(
  given: Little<ChannelLine, 'channelLineNo' | 'channelItemNo' | 'title' | 'quantity' | 'paidFen' | 'lineStatus'>,
): ChannelLine {
  return {
    channelSkuNo: '',
    merchantCode: null,
    specification: '',
    imageUrl: null,
    isGift: false,
    listFen: given.paidFen,
    unitPaidFen: unitFen(given.paidFen, given.quantity),
    refundState: 'none',
    refundingQuantity: 0,
    refundedQuantity: 0,
    refundedFen: 0,
    shippedQuantity: 0,
    shipments: [],
    mayShipNow: false,
    components: [],
    ...given,
  }
}

type Told = 'channel' | 'channelOrderNo' | 'channelStatus' | 'status' | 'createdAt' | 'paidAt' | 'modifiedAt'

/**
 * An order of a platform that tells little. What can be reckoned is reckoned: the total from lines and freight, what may be shipped from the
 * status, what remains from the lines; the rest has its usual value.
 */
export function plainOrder(given: Little<ChannelOrder, Told | 'receiver' | 'lines'>): ChannelOrder {
  const { freightFen = 0, extraFen = 0, status } = given
  const mayShipNow = given.mayShipNow ?? statusFacts[status].shippable
  const lines = given.lines.map((line) => ({ ...line, mayShipNow }))
  const paidTotalFen = lines.reduce((sum, { paidFen }) => sum + paidFen, freightFen + extraFen)
  const left = lines.map((line) => ({ ...line, quantity: line.quantity - line.shippedQuantity }))
  return {
    shipBy: null,
    currency: 'CNY',
    paidTotalFen,
    payableTotalFen: null,
    freightFen,
    extraFen,
    discountFen: 0,
    refundedFen: 0,
    merchantReceivableFen: null,
    orderRefundState: 'none',
    isCod: false,
    cancelRequested: false,
    buyer: { channelBuyerNo: null, nick: '' },
    buyerNote: null,
    sellerRemark: null,
    flag: null,
    shipments: [],
    remainingToShip: mayShipNow
      ? left.filter(({ quantity }) => quantity > 0).map(({ channelSkuNo, quantity }) => ({ channelSkuNo, quantity }))
      : [],
    promotions: [],
    invoice: null,
    warnings: [],
    ...given,
    mayShipNow,
    lines,
  }
}
