import type { Chance } from '../../aid/random.ts'
import { allocate } from './money.ts'
import { type DiscountKind, type Line, type Sku, sum } from './state.ts'

/** Something in a basket; a gift names the place of what it came with. */
export interface Pick {
  readonly sku: Sku
  readonly quantity: number
  readonly giftOf: number | null
}

export interface LineWish {
  readonly orderNo: string
  readonly picks: readonly Pick[]
  readonly dice: Chance
  readonly presaleShare: number
  readonly presaleUntil: number
}

/** Turns a basket into lines with all that takes money off them. Gifts cost nothing [assumed] and come last. */
export function makeLines(wish: LineWish): Line[] {
  const { picks, orderNo, dice, presaleShare, presaleUntil } = wish
  const prices = picks.map(({ sku, giftOf }) => (giftOf === null ? sku.priceFen : 0))
  const gross = picks.map(({ quantity }, place) => prices[place]! * quantity)
  const discounts = drawDiscounts(gross, dice)
  const deductions = allocate(dice.happens(0.06) ? Math.floor((sum(gross) * 3) / 100) : 0, gross)
  const changed = dice.happens(0.05) ? Math.floor((gross[0]! * 7) / 10) : null

  const lines: Line[] = []
  for (const [place, { sku, quantity, giftOf }] of picks.entries()) {
    lines.push({
      lineNo: `${orderNo}_${String(place + 1).padStart(3, '0')}`,
      sku,
      title: giftOf === null ? sku.product.title : `【赠品】${sku.product.title}`,
      salePriceFen: prices[place]!,
      quantity,
      discounts: discounts[place]!,
      deductionFen: deductions[place]!,
      changedFen: place === 0 ? changed : null,
      giftOf: giftOf === null ? null : lines[giftOf]!,
      presaleUntil: giftOf === null && dice.happens(presaleShare) ? presaleUntil : null,
      afterSales: [],
      skuChange: null,
    })
  }
  return lines
}

/**
 * Chance and size, in hundredths of the goods, of what an order may have off; together it never comes near the price.
 */
const offers: readonly (readonly [kind: DiscountKind, chance: number, hundredths: readonly number[]])[] = [
  ['merchant', 0.35, [5, 8, 10, 12]],
  ['finder', 0.1, [2, 3]],
  ['cash_coupon', 0.1, [3, 5]],
  ['limited_discount', 0.06, [10]],
  ['bulkbuy', 0.03, [4]],
  ['vip', 0.04, [5]],
]

type Discounts = Partial<Record<DiscountKind, number>>

function drawDiscounts(gross: readonly number[], dice: Chance): readonly Discounts[] {
  const lines = gross.map((): Discounts => ({}))
  for (const [kind, rate, hundredths] of offers) {
    const off = dice.happens(rate) ? Math.floor((sum(gross) * dice.pick(hundredths)) / 100) : 0
    for (const [place, share] of allocate(off, gross).entries()) if (share > 0) lines[place]![kind] = share
  }
  return lines
}
