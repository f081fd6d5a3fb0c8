import type { Amounts } from './model.ts'

/** How a basket is taxed: not at all, on top of the prices, or within them. */
export type TaxMode = 'none' | 'on-top' | 'within'

export interface BasketLine {
  readonly quantity: number
  readonly priceFen: number
}
export interface Terms {
  /** Off the goods as shown, in fen. */
  readonly discountFen: number
  readonly freightFen: number
  readonly isFreightGiven: boolean
  readonly tax: TaxMode
}
export interface PricedBasket {
  readonly lines: readonly Amounts[]
  readonly freight: Amounts
}

export const taxPercent = 13

/** Prices a basket: the discount is shared by price, tax is counted line by line. */
export function priceBasket(basket: readonly BasketLine[], terms: Terms): PricedBasket {
  const shown = basket.map(({ quantity, priceFen }) => quantity * priceFen)
  const offs = share(Math.min(terms.discountFen, sum(shown)), shown)
  return {
    lines: shown.map((before, place) => amountsOf(before, before - offs[place]!, terms.tax)),
    freight: amountsOf(terms.freightFen, terms.isFreightGiven ? 0 : terms.freightFen, terms.tax),
  }
}

function amountsOf(before: number, after: number, mode: TaxMode): Amounts {
  const [originalFen, originalTaxFen] = taxed(before, mode)
  const [totalFen, taxFen] = taxed(after, mode)
  return { originalFen, originalTaxFen, totalFen, taxFen }
}

function taxed(shown: number, mode: TaxMode): readonly [gross: number, tax: number] {
  if (mode === 'none') return [shown, 0]
  if (mode === 'within') return [shown, shown - Math.round((shown * 100) / (100 + taxPercent))]
  const tax = Math.round((shown * taxPercent) / 100)
  return [shown + tax, tax]
}

/** Parts in proportion to the weights; they add up to the total. */
function share(total: number, weights: readonly number[]): number[] {
  const whole = sum(weights)
  let passed = 0
  let given = 0
  return weights.map((weight) => {
    passed += weight
    const due = whole === 0 ? 0 : Number((BigInt(total) * BigInt(passed)) / BigInt(whole))
    const part = due - given
    given = due
    return part
  })
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
