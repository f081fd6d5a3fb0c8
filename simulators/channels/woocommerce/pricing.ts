/** How a basket is taxed: not at all, on top of the prices, or within them. */
export type TaxMode = 'none' | 'on-top' | 'within'

export interface BasketLine {
  readonly quantity: number
  /** Price of one piece in fen, as the shop shows it. */
  readonly price: number
}
export interface Terms {
  /** Off the goods as shown, in fen. */
  readonly discount: number
  readonly shipping: number
  /** A fee without tax, in fen. */
  readonly fee: number
  readonly tax: TaxMode
}

export interface PricedBasket {
  readonly lines: readonly {
    readonly subtotal: number
    readonly subtotalTax: number
    readonly total: number
    readonly totalTax: number
  }[]
  readonly shipping: { readonly total: number; readonly tax: number }
}

export const taxPercent = 13

/** Prices a basket: the discount is shared by price, tax is counted line by line. Every amount of the answer is without tax but the taxes. */
export function priceBasket(basket: readonly BasketLine[], terms: Terms): PricedBasket {
  const shown = basket.map(({ quantity, price }) => quantity * price)
  const offs = share(Math.min(terms.discount, sum(shown)), shown)
  const lines = shown.map((before, index) => {
    const [subtotal, subtotalTax] = taxed(before, terms.tax)
    const [total, totalTax] = taxed(before - offs[index]!, terms.tax)
    return { subtotal, subtotalTax, total, totalTax }
  })
  const [total, tax] = taxed(terms.shipping, terms.tax)
  return { lines, shipping: { total, tax } }
}

function taxed(shown: number, mode: TaxMode): readonly [net: number, tax: number] {
  if (mode === 'none') return [shown, 0]
  if (mode === 'on-top') return [shown, Math.round((shown * taxPercent) / 100)]
  const net = Math.round((shown * 100) / (100 + taxPercent))
  return [net, shown - net]
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
