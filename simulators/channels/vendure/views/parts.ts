import type { View } from '../errors.ts'
import { goodOf } from '../goods.ts'
import type { Fulfilment, Line, LineQuantity, Order, Payment, Refund } from '../model.ts'
import { fulfilmentMoves } from '../shipping.ts'
import { discountedFen, netFen, paidFen, partOf, quantityOf } from '../sums.ts'
import type { World } from '../world.ts'
import { goodView } from './goods.ts'

/** `OrderLine`: prices of the line are of the pieces that are still on it. Source: own-site.md 4 [sdk V]; that they fall is [assumed]. */
export function lineView(world: World, order: Order, line: Line): View {
  const { no, variantNo, placed, unitFen, taxPercent } = line
  const quantity = quantityOf(line)
  const net = (fen: number) => netFen(fen, taxPercent)
  const unit = {
    plain: unitFen,
    discounted: partOf(line, discountedFen(line), 1),
    prorated: partOf(line, paidFen(line), 1),
  }
  const whole = {
    plain: unitFen * quantity,
    discounted: partOf(line, discountedFen(line), quantity),
    prorated: partOf(line, paidFen(line), quantity),
  }
  return {
    id: String(no),
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    productVariant: () => goodView(world, goodOf(world, variantNo)),
    featuredAsset: null,
    unitPrice: net(unit.plain),
    unitPriceWithTax: unit.plain,
    discountedUnitPrice: net(unit.discounted),
    discountedUnitPriceWithTax: unit.discounted,
    proratedUnitPrice: net(unit.prorated),
    proratedUnitPriceWithTax: unit.prorated,
    quantity,
    orderPlacedQuantity: placed,
    taxRate: taxPercent,
    linePrice: net(whole.plain),
    linePriceWithTax: whole.plain,
    discountedLinePrice: net(whole.discounted),
    discountedLinePriceWithTax: whole.discounted,
    proratedLinePrice: net(whole.prorated),
    proratedLinePriceWithTax: whole.prorated,
    lineTax: whole.prorated - net(whole.prorated),
    discounts: () => discountsOf(line),
    taxLines: [{ description: '增值税', taxRate: taxPercent }],
    fulfillmentLines: () =>
      order.fulfilments.flatMap((fulfilment) => {
        const lines = fulfilmentView(world, order, fulfilment).lines as () => readonly View[]
        return lines().filter(({ orderLineId }) => orderLineId === String(no))
      }),
  }
}

/** What was taken off a line, by itself and as its part of a coupon; of the pieces that are still on it. */
export function discountsOf(line: Line): readonly View[] {
  const { lineDiscountFen, orderDiscountFen, taxPercent } = line
  const rows = [
    { source: 'PROMOTION:1', type: 'PROMOTION', description: '店铺折扣', fen: lineDiscountFen },
    {
      source: 'PROMOTION:2',
      type: 'DISTRIBUTED_ORDER_PROMOTION',
      description: '优惠码 autumn10',
      fen: orderDiscountFen,
    },
  ]
  return rows
    .filter(({ fen }) => fen > 0)
    .map(({ source, type, description, fen }) => {
      const off = partOf(line, fen, quantityOf(line))
      return {
        adjustmentSource: source,
        type,
        description,
        amount: 0 - netFen(off, taxPercent),
        amountWithTax: 0 - off,
      }
    })
}

/** Pieces of a line and what they belong to. */
function pieceViews(world: World, order: Order, pieces: readonly LineQuantity[]): readonly View[] {
  return pieces.map(({ lineNo, quantity }) => ({
    orderLine: () => lineView(world, order, order.lines.find(({ no }) => no === lineNo)!),
    orderLineId: String(lineNo),
    quantity,
  }))
}

/** `Fulfillment`. */
export function fulfilmentView(world: World, order: Order, fulfilment: Fulfilment): View {
  const { no, createdAt, updatedAt, state, method, trackingCode } = fulfilment
  const id = String(no)
  const lines = () =>
    pieceViews(world, order, fulfilment.lines).map((piece) => ({
      ...piece,
      fulfillment: () => fulfilmentView(world, order, fulfilment),
      fulfillmentId: id,
    }))
  const parcel = { id, createdAt, updatedAt, state, method, trackingCode, nextStates: fulfilmentMoves[state] }
  return { __typename: 'Fulfillment', ...parcel, lines, summary: lines }
}

/** Where a payment may go from a state, as the usual process has it [assumed]. */
const paymentMoves: Readonly<Record<Payment['state'], readonly string[]>> = {
  Authorized: ['Settled', 'Error', 'Cancelled'],
  Settled: ['Cancelled'],
  Declined: ['Cancelled'],
  Cancelled: [],
}

/** `Payment` with its refunds. */
export function paymentView(world: World, order: Order, payment: Payment): View {
  const { no, createdAt, updatedAt, method, amountFen, state, transactionId } = payment
  const isDeclined = state === 'Declined'
  return {
    __typename: 'Payment',
    id: String(no),
    createdAt,
    updatedAt,
    method,
    amount: amountFen,
    state,
    transactionId: isDeclined ? null : transactionId,
    errorMessage: isDeclined ? 'payment declined' : null,
    refunds: () => order.refunds.filter((each) => each.paymentNo === no).map((each) => refundView(world, order, each)),
    metadata: {},
    nextStates: paymentMoves[state],
  }
}

/** `Refund`: its total is goods, freight and an adjustment, which is all of it where no goods are named. Source: own-site.md 4 [sdk V]. */
export function refundView(world: World, order: Order, refund: Refund): View {
  const { no, createdAt, updatedAt, totalFen, itemsFen, freightFen, state, transactionId, reason, paymentNo } = refund
  const id = String(no)
  return {
    __typename: 'Refund',
    id,
    createdAt,
    updatedAt,
    items: itemsFen,
    shipping: freightFen,
    adjustment: totalFen - itemsFen - freightFen,
    total: totalFen,
    method: order.payments.find((each) => each.no === paymentNo)?.method ?? null,
    state,
    transactionId,
    reason,
    lines: () =>
      pieceViews(world, order, refund.lines).map((piece) => ({
        ...piece,
        refund: () => refundView(world, order, refund),
        refundId: id,
      })),
    paymentId: String(paymentNo),
    metadata: {},
  }
}
