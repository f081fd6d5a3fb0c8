/** Money in whole fen (1 yuan = 100 fen). No amount in this program is ever a fraction. */
export type Fen = number & { readonly unit: 'fen' }

/** Vouches that `amount` is whole fen. Throws RangeError on a fraction or on more than 2^53. */
export function fen(amount: number): Fen {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not whole fen: ${amount}`)
  return (amount === 0 ? 0 : amount) as Fen
}

/** Reads a platform's decimal yuan text: '12.3' is 1230 fen. Never goes through a float. Throws RangeError on any other text. */
export function parseYuan(text: string): Fen {
  const match = /^([+-]?)(\d+)(?:\.(\d{1,2})0*)?$/.exec(text.trim())
  if (!match) throw new RangeError(`not an amount in yuan: ${text}`)
  const [, sign, yuan, cents = ''] = match
  const amount = Number(yuan) * 100 + Number(cents.padEnd(2, '0'))
  return fen(sign === '-' ? 0 - amount : amount)
}

/** '1234.50' for 123450 fen; '-0.05' for -5. What platforms and files are sent; pages format with thousands marks. */
export function yuanText(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

export function sumFen(amounts: readonly number[]): Fen {
  return fen(amounts.reduce((sum, amount) => sum + amount, 0))
}

/**
 * Shares `total` out over `weights` (优惠分摊) by largest remainder: each part is the floor of its exact share, then the missing fen go
 * one by one to the largest fractions, ties to the earlier part. A negative total is shared by magnitude. Parts add up to the
 * total; with no weight at all every part is 0. Weights are whole and not negative.
 * Source: taobao.md rule T6 [rule].
 */
export function splitFen(total: number, weights: readonly number[]): Fen[] {
  const weight = weights.reduce((sum, w) => sum + BigInt(w), 0n)
  if (weight === 0n) return weights.map(() => fen(0))

  const magnitude = BigInt(Math.abs(total))
  const shares = weights.map((w, index) => {
    const product = magnitude * BigInt(w)
    return { index, whole: Number(product / weight), fraction: product % weight }
  })
  const missing = Math.abs(total) - shares.reduce((sum, share) => sum + share.whole, 0)
  const byFraction = [...shares].sort((a, b) => compare(b.fraction, a.fraction) || a.index - b.index)
  for (const share of byFraction.slice(0, missing)) share.whole += 1
  return shares.map((share) => fen(total < 0 ? 0 - share.whole : share.whole))
}

/** What each of `quantity` pieces cost when all cost `paid`: the first `paid mod quantity` pieces one fen more. Source: rule T7, O4 [rule]. */
export function unitFen(paid: number, quantity: number): Fen[] {
  if (quantity <= 0) return []
  const sign = paid < 0 ? -1 : 1
  const each = Math.floor(Math.abs(paid) / quantity)
  const dearer = Math.abs(paid) % quantity
  return Array.from({ length: quantity }, (_, i) => fen(sign * (each + (i < dearer ? 1 : 0))))
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
