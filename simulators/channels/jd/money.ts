import type { Basket, Coupon } from './state.ts'

/**
 * Shares `total` fen out by weight: the floor of each exact share, then the missing fen one by one to the largest fractions, ties to
 * the earlier one. With no weight at all everybody gets 0. Source: jd.md 6.5 J5, J11 [rule].
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  if (sum === 0) return weights.map(() => 0)
  const shares = weights.map((weight) => Math.floor((total * weight) / sum))
  const missing = total - shares.reduce((all, share) => all + share, 0)
  const byFraction = weights
    .map((weight, place) => ({ place, left: (total * weight) % sum }))
    .sort((a, b) => b.left - a.left || a.place - b.place)
  for (const { place } of byFraction.slice(0, missing)) shares[place] = shares[place]! + 1
  return shares
}

/** Sums of a basket, all in fen. Source of what each means: jd.md 6.4. */
export interface Sums {
  /** List price of everything. */
  readonly goods: number
  /** Discounts that the seller bears. */
  readonly bySeller: number
  /** Discounts that the buyer had, whoever bears them. */
  readonly discounts: number
  /** What the buyer owes: balance, freight and fees included. */
  readonly due: number
  /** What is owed beyond the account's balance. */
  readonly beyondBalance: number
  /** What the buyer really pays: what is owed without the payment channel's discount. */
  readonly paid: number
}

/** Who bears which coupon is [assumed] as jd.md 6.5 J8 has it: these are JD's, all others the seller's. */
const borneByJd: ReadonlySet<Coupon['type']> = new Set<Coupon['type']>(['34', '39', '41', '52'])

/** That `shouldPay` and `actualPay` include the balance is [assumed]: jd.md 16. */
export function sumsOf({ lines, coupons, freightFen, serviceFen, taxFen, balanceFen, payDiscountFen }: Basket): Sums {
  const sum = (list: readonly Coupon[]) => list.reduce((all, { fen }) => all + fen, 0)
  const goods = lines.reduce((all, { priceFen, quantity }) => all + priceFen * quantity, 0)
  const discounts = sum(coupons)
  const due = goods - discounts + freightFen + serviceFen + taxFen
  return {
    goods,
    bySeller: sum(coupons.filter(({ type }) => !borneByJd.has(type))),
    discounts,
    due,
    beyondBalance: due - balanceFen,
    paid: due - payDiscountFen,
  }
}

/**
 * What each line costs its buyer: list price less the line's own promotions, less its share of everything else. Source: jd.md 6.5
 * J3 to J6 [rule].
 */
export function linePrices(basket: Basket): number[] {
  const bases = basket.lines.map(({ skuId, priceFen, quantity }) => {
    const own = basket.coupons.filter((coupon) => coupon.type === '30' && coupon.skuId === skuId)
    return own.reduce((left, { fen }) => left - fen, priceFen * quantity)
  })
  const goodsPaid = sumsOf(basket).paid - basket.freightFen - basket.serviceFen - basket.taxFen
  const shares = allocate(bases.reduce((all, base) => all + base, 0) - goodsPaid, bases)
  return bases.map((base, place) => base - shares[place]!)
}
