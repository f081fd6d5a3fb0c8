import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chance } from '../../aid/random.ts'
import type { Truth } from '../../simulator.ts'
import { type Caller, openCaller, orderOf } from './caller.ts'
import sample from './samples/orders.json' with { type: 'json' }

let shop: Caller
let truths: readonly Truth[]

/** Buyers want money back for a line, a part of it, or all; some of what was bought has left. */
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

const total = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

beforeAll(async () => {
  shop = await openCaller()
  await shop.control('settings', { surchargeShare: 0.1, declinedShare: 0.3 })
  await live()
})
afterAll(() => shop.close())

describe('of 120 orders', () => {
  test('some are paid back in part and in full, and some lines are cancelled', async () => {
    expect(truths.length).toBe(120)
    expect(new Set(truths.map(({ refundState }) => refundState))).toEqual(new Set(['none', 'partial', 'full']))
    expect(truths.some(({ status }) => status === 'closed-refunded')).toBe(true)
  })

  test('each adds up as it is told, and what pieces cost leads to the truth', async () => {
    let [cancelled, declined] = [0, 0]
    for (const truth of truths) {
      const order = await orderOf(shop, truth.orderNo)
      expect(order.subTotalWithTax + order.shippingWithTax).toBe(order.totalWithTax)
      const goods = total(order.lines.map((line) => line.proratedLinePriceWithTax))
      const surcharge = order.subTotalWithTax - goods
      expect([0, 500]).toContain(surcharge)
      declined += order.payments.filter(({ state }) => state === 'Declined').length
      const paid = total(order.payments.filter(({ state }) => state === 'Settled').map(({ amount }) => amount))
      expect(truth.paidTotalFen).toBe(paid)
      if (paid === 0) continue
      const lines = order.lines.map((line) => {
        expect(line.linePriceWithTax).toBe(line.unitPriceWithTax * line.quantity)
        if (line.quantity < line.orderPlacedQuantity) cancelled += 1
        return line.proratedUnitPriceWithTax * line.orderPlacedQuantity
      })
      expect(truth.lines.map(({ paidFen }) => paidFen)).toEqual(lines)
      expect(total(lines) + surcharge + truth.freightFen).toBe(paid)
    }
    expect(cancelled).toBeGreaterThan(0)
    expect(declined).toBeGreaterThan(0)
  })

  test('each refund is goods, freight and an adjustment, and names no more pieces than there were', async () => {
    for (const truth of truths) {
      const { payments, lines } = await orderOf(shop, truth.orderNo)
      const refunds = payments.flatMap((payment) => payment.refunds)
      for (const refund of refunds) {
        expect(refund.items + refund.shipping + refund.adjustment).toBe(refund.total)
        expect(refund.lines.length > 0).toBe(refund.items > 0)
      }
      expect(total(refunds.map((refund) => refund.total))).toBe(truth.refundedFen)
      for (const { id, orderPlacedQuantity, quantity } of lines) {
        const named = refunds.flatMap((refund) => refund.lines).filter(({ orderLineId }) => orderLineId === id)
        expect(total(named.map((piece) => piece.quantity))).toBeLessThanOrEqual(orderPlacedQuantity)
        expect(quantity).toBeGreaterThanOrEqual(truth.lines.find(({ lineNo }) => lineNo === id)!.shippedQuantity)
      }
    }
  })
})

test('the sample of the sheet adds up by the same rules', () => {
  const [order] = sample.response.data.orders.items
  const [expected] = sample.expected
  expect(total(order!.lines.map((line) => line.proratedLinePriceWithTax))).toBe(order!.subTotalWithTax)
  expect(order!.subTotalWithTax + order!.shippingWithTax).toBe(expected!.paid_total_fen)
  expect(order!.lines.map((line) => line.linePriceWithTax - line.proratedLinePriceWithTax)).toEqual([2000, 1000])
})

test('discounts that do not divide come where a test wishes them, and lines still add up', async () => {
  const uneven = await openCaller()
  await uneven.control('settings', { unevenShare: 1 })
  const lines = [{ merchantCode: 'MB-1003', quantity: 3 }]
  const orders = await uneven.buy({ count: 40, seed: 2, lines })
  expect(orders.some(({ lines: [line] }) => line!.paidFen % 3 !== 0)).toBe(true)
  for (const { orderNo, paidTotalFen } of orders) {
    const { totalWithTax, shippingWithTax, lines: told } = await orderOf(uneven, orderNo)
    expect([totalWithTax, told[0]!.proratedLinePriceWithTax + shippingWithTax]).toEqual([paidTotalFen, paidTotalFen])
  }
  await uneven.close()
})
