/** A line of a parcel on the packing table. */
export interface CheckLine {
  readonly id: number
  readonly code: string
  readonly barcode: string | null
  readonly quantity: number
  readonly checked: number
}

export type CheckOutcome =
  | {
      readonly kind: 'counted'
      /** The lines that changed, with what is checked of them now. */
      readonly lines: readonly { readonly id: number; readonly checked: number }[]
      readonly isWhole: boolean
    }
  | { readonly kind: 'wrong'; readonly zh: string }

/**
 * Counts scanned pieces against a parcel (验货): all of them or none. Several lines of one SKU are filled one after the other. A piece that
 * does not belong, or is one too many, is wrong.
 */
export function checkPieces(lines: readonly CheckLine[], code: string, quantity: number): CheckOutcome {
  const wanted = code.trim().toLowerCase()
  const byCode = lines.filter((line) => line.code.toLowerCase() === wanted)
  const meant = byCode.length > 0 ? byCode : lines.filter((line) => line.barcode?.toLowerCase() === wanted)
  if (meant.length === 0) return { kind: 'wrong', zh: '不在这个包裹里' }
  const left = meant.reduce((sum, line) => sum + line.quantity - line.checked, 0)
  if (left === 0) {
    const pieces = meant.reduce((sum, line) => sum + line.quantity, 0)
    return { kind: 'wrong', zh: `多了：要的 ${pieces} 件都验过了` }
  }
  if (quantity > left) return { kind: 'wrong', zh: `多了：只差 ${left} 件，扫了 ${quantity} 件` }

  let rest = quantity
  const changed: { id: number; checked: number }[] = []
  for (const line of meant) {
    const taken = Math.min(rest, line.quantity - line.checked)
    if (taken > 0) changed.push({ id: line.id, checked: line.checked + taken })
    rest -= taken
  }
  const now = new Map(changed.map((line) => [line.id, line.checked]))
  return { kind: 'counted', lines: changed, isWhole: lines.every((l) => (now.get(l.id) ?? l.checked) === l.quantity) }
}
