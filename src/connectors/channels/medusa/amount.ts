import { type Fen, fen } from '../../../core/money/fen.ts'

/**
 * Reads a decimal amount in major units as whole fen, from its text and never by reckoning with a float: `302` is 30200. The platform
 * divides discounts and taxes without rounding, so further places are rounded, halves away from zero. A JSON number of up to 15 digits has its
 * own source as its text. Throws RangeError on any other text, and on more than 2^53 fen. Source: own-site.md 5.2 [sdk M], 1 O1 [rule].
 */
export function fenOfDecimal(text: string): Fen {
  const match = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?(?:e([+-]?\d{1,2}))?$/i.exec(text.trim())
  if (!match) throw new RangeError(`not an amount: ${text}`)
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const digits = BigInt(whole + fraction)
  const places = fraction.length - Number(exponent) - 2
  const amount = Number(places <= 0 ? digits * 10n ** BigInt(-places) : rounded(digits, 10n ** BigInt(places)))
  return fen(sign === '-' ? 0 - amount : amount)
}

function rounded(digits: bigint, unit: bigint): bigint {
  return (digits * 2n + unit) / (unit * 2n)
}
