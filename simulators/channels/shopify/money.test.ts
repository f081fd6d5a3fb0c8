import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chance } from '../../aid/random.ts'
import type { Truth } from '../../simulator.ts'
import { type Caller, openCaller } from './caller.ts'
import { amount, fenOf } from './text.ts'

let shop: Caller
let truths: readonly Truth[]

interface Money {
  readonly shopMoney: { readonly amount: string }
}
interface Rows<Row> {
  readonly nodes: readonly Row[]
}
interface Sums {
  readonly taxesIncluded: boolean
  readonly totalPriceSet: Money
  readonly subtotalPriceSet: Money
  readonly totalDiscountsSet: Money
  readonly totalShippingPriceSet: Money
  readonly totalTaxSet: Money
  readonly totalRefundedSet: Money
  readonly totalReceivedSet: Money
  readonly lineItems: Rows<{
    readonly id: string
    readonly quantity: number
    readonly currentQuantity: number
    readonly unfulfilledQuantity: number
    readonly originalTotalSet: Money
    readonly plain: Money
    readonly discountedTotalSet: Money
    readonly taxLines: readonly { readonly priceSet: Money }[]
  }>
  readonly refunds: readonly {
    readonly totalRefundedSet: Money
    readonly refundLineItems: Rows<{ readonly subtotalSet: Money; readonly totalTaxSet: Money }>
    readonly orderAdjustments: Rows<{ readonly reason: string; readonly amountSet: Money }>
  }[]
}
const query = `query M($id: ID!) { order(id: $id) { taxesIncluded
  totalPriceSet { ...M } subtotalPriceSet { ...M } totalDiscountsSet { ...M } totalShippingPriceSet { ...M } totalTaxSet { ...M }
  totalRefundedSet { ...M } totalReceivedSet { ...M }
  lineItems(first: 10) { nodes { id quantity currentQuantity unfulfilledQuantity originalTotalSet { ...M } plain: discountedTotalSet { ...M }
    discountedTotalSet(withCodeDiscounts: true) { ...M } taxLines { priceSet { ...M } } } }
  refunds { totalRefundedSet { ...M } refundLineItems(first: 10) { nodes { subtotalSet { ...M } totalTaxSet { ...M } } }
    orderAdjustments(first: 5) { nodes { reason amountSet { ...M } } } } } }
  fragment M on MoneyBag { shopMoney { amount } }`

function fen({ shopMoney }: Money): number {
  const isOwed = shopMoney.amount.startsWith('-')
  const value = fenOf(shopMoney.amount.replace(/^-/, ''))
  if (value === null) throw new Error(`no amount: ${shopMoney.amount}`)
  return isOwed ? 0 - value : value
}
const total = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
const sumsOf = async (orderNo: string) => (await shop.ask<{ order: Sums }>(query, { id: orderNo })).data.order

/** Buyers want money back for a line, a piece of it, or all; some of what was bought has left. */
async function live(): Promise<void> {
  const dice = chance('money')
  const orders = [
    ...(await shop.buy({ count: 110, seed: 3 })),
    ...(await shop.buy({ count: 10, seed: 4, pay: 'unpaid' })),
  ]
  for (const { orderNo, lines } of orders) {
    const on = { orderNos: [orderNo] }
    if (dice.happens(0.3))
      await shop.act({ kind: 'ship-in-back-office', ...on, waybillNo: 'YT1', carrierName: '圆通速递' })
    const { lineNo, paidFen } = dice.pick(lines)
    const refund = { kind: 'refund', ...on, outcome: 'success' } as const
    if (dice.happens(0.4)) await shop.act({ ...refund, lineNo, amountFen: Math.max(1, Math.floor(paidFen / 3)) })
    if (dice.happens(0.4)) await shop.act({ ...refund, lineNo })
    if (dice.happens(0.3)) await shop.act(refund)
  }
  truths = await shop.control<Truth[]>('orders')
}

beforeAll(async () => {
  shop = await openCaller()
  await shop.control('settings', { pointsPerSecond: 2000 })
  await live()
})
afterAll(() => shop.close())

describe('of 120 orders', () => {
  test('some are taxed, paid back in part and in full', () => {
    expect(truths.length).toBe(120)
    expect(new Set(truths.map(({ refundState }) => refundState))).toEqual(new Set(['none', 'partial', 'full']))
  })

  test('each adds up, and the truth says the same to the fen', async () => {
    let [taxed, coded] = [0, 0]
    for (const truth of truths) {
      const sums = await sumsOf(truth.orderNo)
      const freight = fen(sums.totalShippingPriceSet)
      const rows = sums.lineItems.nodes.map((line) => {
        const tax = sums.taxesIncluded ? 0 : total(line.taxLines.map(({ priceSet }) => fen(priceSet)))
        if (tax > 0) taxed += 1
        if (fen(line.plain) > fen(line.discountedTotalSet)) coded += 1
        return { lineNo: line.id, paidFen: fen(line.discountedTotalSet) + tax }
      })
      const paid = total(rows.map(({ paidFen }) => paidFen)) + freight
      expect(fen(sums.totalPriceSet)).toBe(paid)
      const discounts = sums.lineItems.nodes.map((line) => fen(line.originalTotalSet) - fen(line.discountedTotalSet))
      expect(fen(sums.totalDiscountsSet)).toBe(total(discounts))
      expect(fen(sums.subtotalPriceSet) + freight + (sums.taxesIncluded ? 0 : fen(sums.totalTaxSet))).toBe(paid)
      expect(fen(sums.totalReceivedSet)).toBe(truth.paidTotalFen)
      if (truth.paidAt === null) continue
      expect(truth).toMatchObject({ paidTotalFen: paid, freightFen: freight, refundedFen: fen(sums.totalRefundedSet) })
      expect(truth.lines.map(({ lineNo, paidFen }) => ({ lineNo, paidFen }))).toEqual(rows)
    }
    expect(taxed).toBeGreaterThan(0)
    expect(coded).toBeGreaterThan(0)
  })

  test('each refund is its goods and its adjustments, and nothing is sent that was taken off', async () => {
    for (const truth of truths) {
      const sums = await sumsOf(truth.orderNo)
      for (const refund of sums.refunds) {
        const goods = refund.refundLineItems.nodes.map(
          (piece) => fen(piece.subtotalSet) + (sums.taxesIncluded ? 0 : fen(piece.totalTaxSet)),
        )
        const adjusted = refund.orderAdjustments.nodes.map(({ amountSet }) => fen(amountSet))
        expect(total(goods) - total(adjusted)).toBe(fen(refund.totalRefundedSet))
      }
      expect(total(sums.refunds.map((refund) => fen(refund.totalRefundedSet)))).toBe(truth.refundedFen)
      for (const [place, line] of sums.lineItems.nodes.entries()) {
        expect(line.unfulfilledQuantity).toBeLessThanOrEqual(line.currentQuantity)
        expect(truth.lines[place]!.shippedQuantity + line.unfulfilledQuantity).toBeLessThanOrEqual(line.quantity)
      }
    }
  })
})

test.each([
  { fen: 29_400, text: '294.0' },
  { fen: 23_650, text: '236.5' },
  { fen: 101, text: '1.01' },
  { fen: 0, text: '0.0' },
])('$fen fen are written $text and read again', ({ fen: whole, text }) => {
  expect(amount(whole)).toBe(text)
  expect(fenOf(text)).toBe(whole)
})

test.each(['1.005', '', 'abc', '-1.00', '1e3'])('%j is no amount', (text) => {
  expect(fenOf(text)).toBeNull()
})
