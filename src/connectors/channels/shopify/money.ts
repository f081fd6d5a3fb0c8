import { type Fen, fen, sumFen } from '../../../core/money/fen.ts'
import type { LinePayload, OrderPayload } from './payload.ts'

/**
 * Decimal text in whole minor units of its currency, exactly: '302.0' is 30200 in CNY and 302 in JPY. Other currencies are not converted.
 * Source: own-site.md 1 O1, O6 [rule]. Throws RangeError on any other text, also where it is finer than the currency.
 */
export function minorUnits(text: string, currency: string): Fen {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim())
  if (!match) throw new RangeError(`not an amount: ${text}`)
  const [, sign, whole = '', fraction = ''] = match
  const digits = digitsOf(currency)
  if (/[1-9]/.test(fraction.slice(digits))) throw new RangeError(`finer than ${currency}: ${text}`)
  const units = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'))
  return fen(sign === '-' ? 0 - units : units)
}

/** The way back: 30200 in CNY is '302.00'. */
export function decimalText(units: number, currency: string): string {
  const digits = digitsOf(currency)
  const text = String(Math.abs(units)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  return `${units < 0 ? '-' : ''}${whole}${digits === 0 ? '' : `.${text.slice(-digits)}`}`
}

const knownDigits = new Map<string, number>()

function digitsOf(currency: string): number {
  const known = knownDigits.get(currency)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  knownDigits.set(currency, digits)
  return digits
}

export interface OrderMoney {
  readonly total: Fen
  readonly freight: Fen
  readonly discount: Fen
  readonly refunded: Fen
  /** One entry per line of the order, in its order. */
  readonly lines: readonly { readonly list: Fen; readonly paid: Fen }[]
}

/**
 * What an order comes to, as if it were paid. A line is what is left of it after discounts, code discounts too, with its tax where prices are
 * told without; so is freight. Source: own-site.md 3, 1 O2, O3 [rule]. Throws RangeError.
 */
export function moneyOf(payload: OrderPayload): OrderMoney {
  const read = (text: string) => minorUnits(text, payload.currencyCode)
  const taxOf = (taxed: Pick<LinePayload, 'taxLines'>) =>
    payload.taxesIncluded ? [] : taxed.taxLines.map(({ priceSet }) => read(priceSet))
  const shipping = payload.shippingLines.rows.flatMap((line) => [read(line.discountedPriceSet), ...taxOf(line)])
  return {
    total: read(payload.totalPriceSet),
    freight: shipping.length > 0 ? sumFen(shipping) : read(payload.totalShippingPriceSet),
    discount: read(payload.totalDiscountsSet),
    refunded: read(payload.totalRefundedSet),
    lines: payload.lineItems.rows.map((line) => ({
      list: read(line.originalTotalSet),
      paid: sumFen([read(line.discountedTotalSet), ...taxOf(line)]),
    })),
  }
}
