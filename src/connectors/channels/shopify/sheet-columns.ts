import { type Instant, parseIso } from '../../../core/time/instant.ts'
import { financialWords, fulfilmentWords } from './status.ts'

/**
 * Columns of Shopify's own order export (订单 → 导出, CSV): one row a line; what belongs to the order stands in its first row, its name in all.
 * The names are English whatever the language of the back office. [assumed] from the export as it is commonly known, not from the sheet.
 */
export const neededColumns = [
  'Name',
  'Financial Status',
  'Fulfillment Status',
  'Total',
  'Created at',
  'Lineitem quantity',
  'Lineitem name',
  'Lineitem price',
  'Id',
] as const

export const furtherColumns = [
  'Paid at',
  'Currency',
  'Subtotal',
  'Shipping',
  'Taxes',
  'Discount Amount',
  'Lineitem sku',
  'Lineitem fulfillment status',
  'Lineitem discount',
  'Shipping Name',
  'Shipping Address1',
  'Shipping Address2',
  'Shipping City',
  'Shipping Province',
  'Shipping Province Name',
  'Shipping Phone',
  'Notes',
  'Cancelled at',
  'Refunded Amount',
] as const

/**
 * Not in Shopify's own export, which tells neither a line's id nor a parcel's number, nor that an order was archived: apps that export more
 * may give them, and then they are read. [assumed]
 */
export const addedColumns = ['Lineitem id', 'Closed at', 'Tracking company', 'Tracking number'] as const

export type Column = (typeof neededColumns)[number] | (typeof furtherColumns)[number] | (typeof addedColumns)[number]

/** How a cell is read; `zh` tells what to write instead. `read` throws RangeError on any other text. */
export interface Reader<T> {
  readonly read: (text: string) => T
  readonly zh: string
}

function wordCell(words: Readonly<Record<string, string>>): Reader<string> {
  return {
    read: (text) => {
      const word = words[text.toLowerCase()]
      if (word === undefined || !Object.hasOwn(words, text.toLowerCase())) throw new RangeError(`not a status: ${text}`)
      return word
    },
    zh: `不认识的状态，请写：${Object.keys(words).join('、')}`,
  }
}

/** The interface's words in small letters. [assumed] */
export const sheetFinancials = Object.fromEntries(Object.keys(financialWords).map((word) => [word.toLowerCase(), word]))
export const sheetFulfilments: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(fulfilmentWords).map((word) => [word.toLowerCase(), word])),
  partial: 'PARTIALLY_FULFILLED',
}
export const financialCell = wordCell(sheetFinancials)
export const fulfilmentCell = wordCell(sheetFulfilments)

/** '2026-10-20 09:15:02 +0800', or ISO 8601 with its zone. */
export const momentCell: Reader<Instant> = {
  read: (text) => parseIso(text.replace(/^(\S+) (\S+) ([+-]\d{2}:?\d{2})$/, '$1T$2$3')),
  zh: '看不懂的时间，请写成 2026-10-20 09:15:02 +0800',
}

export const piecesCell: Reader<number> = {
  read: (text) => {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new RangeError(`not pieces: ${text}`)
    return Number(text)
  },
  zh: '数量请写 1 或更大的整数',
}

/** The number of an order or line, or its whole id. Digits in scientific notation have lost some. */
export function idCell(kind: 'Order' | 'LineItem'): Reader<string> {
  const head = `gid://shopify/${kind}/`
  return {
    read: (text) => {
      const number = text.startsWith(head) ? text.slice(head.length) : text
      if (!/^\d+$/.test(number)) throw new RangeError(`not a number in full: ${text}`)
      return head + number
    },
    zh: '应是一串数字；若被表格软件改成科学计数法，请把这一列设为“文本”后重新导出',
  }
}

export const currencyCell: Reader<string> = {
  read: (text) => {
    if (!/^[A-Z]{3}$/.test(text)) throw new RangeError(`not a currency: ${text}`)
    return text
  },
  zh: '币种请写三个大写字母，如 CNY',
}

export const textCell: Reader<string> = {
  read: (text) => {
    if (text === '') throw new RangeError('empty')
    return text
  },
  zh: '不能为空',
}
