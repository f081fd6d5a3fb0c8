import type { View } from '../graphql/answer.ts'
import { amount } from '../text.ts'

/** A sum in the shop's currency, which is the buyer's as well. */
export function money(fen: number): View {
  const value = { amount: amount(fen), currencyCode: 'CNY' }
  return { shopMoney: value, presentmentMoney: value }
}
