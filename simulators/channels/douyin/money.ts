/**
 * Shares `total` fen out by weight: the floor of each exact share, then the missing fen one by one to the largest fractions, ties to
 * the earlier one. With no weight at all everybody gets 0.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  const all = sumOf(weights)
  if (all === 0) return weights.map(() => 0)
  const shares = weights.map((weight) => Math.floor((total * weight) / all))
  const byFraction = weights
    .map((weight, place) => ({ place, left: (total * weight) % all }))
    .sort((a, b) => b.left - a.left || a.place - b.place)
  for (const { place } of byFraction.slice(0, total - sumOf(shares))) shares[place] = shares[place]! + 1
  return shares
}

/** Fills the caps one after the other until `total` is used up. What is left over is not spread. */
export function spread(total: number, caps: readonly number[]): number[] {
  let left = total
  return caps.map((cap) => {
    const share = Math.min(left, cap)
    left -= share
    return share
  })
}

export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
