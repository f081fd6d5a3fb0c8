import { type DiscountKind, discountKinds, type Line, type Order, sum } from './state.ts'

/**
 * Shares `total` fen out by weight: the floor of each exact share, then the missing fen one by one to the largest
 * fractions, ties to the earlier one. With no weight at all everybody gets 0.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  const whole = sum(weights)
  if (whole === 0) return weights.map(() => 0)
  const shares = weights.map((weight) => Math.floor((total * weight) / whole))
  const missing = total - sum(shares)
  const byFraction = weights
    .map((weight, place) => ({ place, left: (total * weight) % whole }))
    .sort((a, b) => b.left - a.left || a.place - b.place)
  for (const { place } of byFraction.slice(0, missing)) shares[place] = shares[place]! + 1
  return shares
}

type Priced = Pick<Line, 'salePriceFen' | 'quantity' | 'discounts' | 'deductionFen' | 'changedFen'>

export function grossFen({ salePriceFen, quantity }: Priced): number {
  return salePriceFen * quantity
}

export function discountFen({ discounts }: Priced): number {
  return sum(discountKinds.map((kind) => discounts[kind] ?? 0))
}

/** The line after discounts and points. */
export function estimateFen(line: Priced): number {
  return grossFen(line) - discountFen(line) - line.deductionFen
}

/** What the buyer pays for the line: the lower of the two prices. Source: wechat-shop.md 4. */
export function realFen(line: Priced): number {
  const estimate = estimateFen(line)
  return line.changedFen === null ? estimate : Math.min(estimate, line.changedFen)
}

export function freightOf({ freightFen, changedFreightFen }: Order): number {
  return changedFreightFen ?? freightFen
}

/** The sums of an order; they keep every relation of wechat-shop.md 7. */
export interface Sums {
  readonly productFen: number
  readonly originalFen: number
  readonly estimateProductFen: number
  readonly discounts: Readonly<Record<DiscountKind, number>>
  readonly deductionFen: number
  readonly changeDownFen: number
  readonly orderFen: number
  readonly merchantFen: number
}

export function sumsOf(order: Order): Sums {
  const { lines, freightFen } = order
  const productFen = sum(lines.map(grossFen))
  const originalFen = productFen + freightFen
  const estimateProductFen = sum(lines.map(estimateFen))
  const ofKind = (kind: DiscountKind) => sum(lines.map(({ discounts }) => discounts[kind] ?? 0))
  const discounts = Object.fromEntries(discountKinds.map((kind) => [kind, ofKind(kind)])) as Record<
    DiscountKind,
    number
  >
  const deductionFen = sum(lines.map((line) => line.deductionFen))
  const orderFen = sum(lines.map(realFen)) + freightOf(order)
  const changeDownFen = estimateProductFen + freightFen - orderFen
  const merchantFen = originalFen - discounts.merchant - deductionFen - changeDownFen
  return {
    productFen,
    originalFen,
    estimateProductFen,
    discounts,
    deductionFen,
    changeDownFen,
    orderFen,
    merchantFen,
  }
}
