import type { Amounts } from './model.ts'

/** A line of a basket before discounts. */
export interface BasketLine {
  readonly quantity: number
  /** Price of one piece in fen. */
  readonly price: number
}

/** What the shop adds to a basket or takes off it. */
export interface Terms {
  /** Off the goods, in fen; at most their sum. */
  readonly discount: number
  readonly shipping: number
  /** Gift wrapping and the like. */
  readonly extra: number
  /** Added on top of every line's price after discount. */
  readonly taxPercent: number
}

export interface PricedBasket {
  readonly amounts: Amounts
  /** One entry a line: what it costs before discounts, and after discounts with its tax. */
  readonly lines: readonly { readonly list: number; readonly paid: number }[]
}

/** Prices a basket so that every sum holds to the fen: the discount is shared by price and tax is counted line by line. */
export function priceBasket(basket: readonly BasketLine[], terms: Terms): PricedBasket {
  const lists = basket.map((line) => line.quantity * line.price)
  const goods = sum(lists)
  const discount = Math.min(terms.discount, goods)
  const offs = share(discount, lists)
  const nets = lists.map((list, index) => list - (offs[index] ?? 0))
  const taxes = nets.map((net) => Math.round((net * terms.taxPercent) / 100))

  const tax = sum(taxes)
  const { shipping, extra } = terms
  return {
    amounts: { goods, discount, shipping, extra, tax, total: goods - discount + shipping + extra + tax },
    lines: lists.map((list, index) => ({ list, paid: (nets[index] ?? 0) + (taxes[index] ?? 0) })),
  }
}

/** Parts in proportion to the weights that add up to the total and none of which is greater than its weight when the total is not. */
export function share(total: number, weights: readonly number[]): number[] {
  const whole = sum(weights)
  if (whole === 0) return weights.map(() => 0)
  let passed = 0
  let given = 0
  return weights.map((weight) => {
    passed += weight
    // Whole numbers of any size: total times weight leaves the safe range of a number.
    const due = Number((BigInt(total) * BigInt(passed)) / BigInt(whole))
    const part = due - given
    given = due
    return part
  })
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
