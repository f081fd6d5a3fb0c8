import type { SkuRow } from '../../../../src/contract/catalogue.ts'
import type { Given } from '../../api.ts'
import { narrowDigits } from '../../format.ts'
import type { goodsWords } from '../../words/goods.ts'

/** A SKU as it is typed. */
export interface SkuText {
  readonly code: string
  readonly productName: string
  readonly specification: string
  readonly barcode: string
  readonly weight: string
  readonly cost: string
  readonly imageUrl: string
}

export type SkuWrong = Partial<Record<keyof SkuText, string>>
type Words = typeof goodsWords.zh.products.fields

export const emptySku: SkuText = {
  code: '',
  productName: '',
  specification: '',
  barcode: '',
  weight: '',
  cost: '',
  imageUrl: '',
}

export const textOf = (row: SkuRow): SkuText => ({
  code: row.code,
  productName: row.productName,
  specification: row.specification,
  barcode: row.barcode ?? '',
  weight: row.weightG === null ? '' : String(row.weightG),
  cost: yuanOf(row.costFen),
  imageUrl: row.imageUrl ?? '',
})

function yuanOf(fen: number | null | undefined): string {
  if (fen === null || fen === undefined) return ''
  const digits = String(fen).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Yuan as typed, in whole fen without going through a float; null for no such amount. */
function fenOf(typed: string): number | null {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(narrowDigits(typed).replaceAll(',', '').trim())
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null
}

export function wrongIn(text: SkuText, words: Words): SkuWrong {
  return {
    ...(text.code.trim() === '' && { code: words.need }),
    ...(text.productName.trim() === '' && { productName: words.need }),
    ...(text.weight.trim() !== '' &&
      !/^[1-9]\d{0,7}$/.test(narrowDigits(text.weight).trim()) && { weight: words.number }),
    ...(text.cost.trim() !== '' && fenOf(text.cost) === null && { cost: words.money }),
  }
}

/** As the contract takes it. `withCost`: whoever may not see costs does not overwrite them. */
export function inputOf(text: SkuText, withCost: boolean): Given<'POST /skus'> {
  const orNull = (value: string) => (value.trim() === '' ? null : value.trim())
  return {
    code: text.code.trim(),
    productName: text.productName.trim(),
    specification: text.specification.trim(),
    barcode: orNull(narrowDigits(text.barcode)),
    imageUrl: orNull(text.imageUrl),
    weightG: text.weight.trim() === '' ? null : Number(narrowDigits(text.weight)),
    ...(withCost && { costFen: text.cost.trim() === '' ? null : fenOf(text.cost) }),
  }
}
