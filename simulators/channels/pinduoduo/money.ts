import type { Basket } from './state.ts'

/** Sums of a basket, all in fen. Source: pinduoduo.md 4 [doc]; the sheet names no field for service fees, so there are none. */
export interface Sums {
  readonly goods: number
  readonly discount: number
  /** What the buyer pays. */
  readonly pay: number
}

export function sumsOf({ lines, changeFen, platformFen, sellerFen, capitalFreeFen, postageFen }: Basket): Sums {
  const goods = lines.reduce((all, { priceFen, quantity }) => all + priceFen * quantity, 0) - changeFen
  const discount = platformFen + sellerFen + capitalFreeFen
  return { goods, discount, pay: goods - discount + postageFen }
}

/**
 * What each line costs its buyer: what was paid without postage, shared out by list price, the largest remainder first. The platform
 * itself tells no such number. Source: pinduoduo.md 4.
 */
export function linePrices(basket: Basket): number[] {
  const weights = basket.lines.map(({ priceFen, quantity }) => priceFen * quantity)
  return allocate(sumsOf(basket).pay - basket.postageFen, weights)
}

function allocate(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  const shares = weights.map((weight) => Math.floor((total * weight) / sum))
  const lacking = total - shares.reduce((all, share) => all + share, 0)
  const byFraction = weights
    .map((weight, place) => ({ place, left: (total * weight) % sum }))
    .sort((a, b) => b.left - a.left || a.place - b.place)
  for (const { place } of byFraction.slice(0, lacking)) shares[place] = shares[place]! + 1
  return shares
}
