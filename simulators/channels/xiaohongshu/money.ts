/**
 * Shares `total` fen out by weight: the floor of each exact share, then the missing fen one by one to the largest fractions, ties to
 * the earlier one. With no weight at all everybody gets 0.
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

/** Fills the caps one after the other until `total` is used up. What is left over is not spread. */
export function spread(total: number, caps: readonly number[]): number[] {
  let left = total
  return caps.map((cap) => {
    const share = Math.min(left, cap)
    left -= share
    return share
  })
}

/** Fen as a JSON number of yuan, which after-sales are told in: 3990 is 39.9. Source: xiaohongshu.md 10 [doc]. */
export function yuan(fen: number): number {
  return fen / 100
}
