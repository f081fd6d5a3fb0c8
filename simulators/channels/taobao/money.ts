/**
 * Shares `total` fen out by weight: the floor of each exact share, then the missing fen one by one to the largest fractions, ties to
 * the earlier one. With no weight at all everybody gets 0. Source: taobao.md 8.4 T6; the example of 8.3 is its test.
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
