import type { Carrier } from './carriers.ts'

/** Why a waybill number cannot be (运单号), with words for the person who typed it; `pattern` may be insisted upon. */
export interface WaybillFault {
  readonly kind: 'signs' | 'too-long' | 'pattern'
  readonly zh: string
}

/** The longest number whose bars fit the narrowest label at 0.25 mm a module: code 128 needs half as many for digits. */
const longestOfAny = 22
const longestOfDigits = 40

/** A number as it is kept: without spaces, in half-width capitals, since scanners and people write it differently. */
export function plainWaybill(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}

/** What speaks against a number of this carrier; null when nothing does. Give it as `plainWaybill` makes it. */
export function faultOfWaybill(carrier: Carrier, waybillNo: string): WaybillFault | null {
  if (!/^[0-9A-Z-]{4,}$/.test(waybillNo)) {
    return { kind: 'signs', zh: '运单号只能有数字、字母和横线，至少 4 位' }
  }
  const longest = /^\d+$/.test(waybillNo) ? longestOfDigits : longestOfAny
  if (waybillNo.length > longest) return { kind: 'too-long', zh: `超过 ${longest} 位，面单上印不成条码` }
  if (carrier.pattern !== null && !carrier.pattern.test(waybillNo)) {
    return { kind: 'pattern', zh: `不像${carrier.name}的单号，核对后仍要用请选“坚持使用”` }
  }
  return null
}
