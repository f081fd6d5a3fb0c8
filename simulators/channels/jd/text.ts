/** What an answer is made of before it is text; undefined leaves no trace. */
export type Tree = string | number | boolean | null | undefined | Double | readonly Tree[] | Branch
export interface Branch {
  readonly [name: string]: Tree
}

/** A number that is written with its decimals, as in `8900.0`. */
export interface Double {
  readonly digits: string
}

export function toJson(tree: Tree): string {
  if (typeof tree !== 'object' || tree === null) return tree === undefined ? 'null' : JSON.stringify(tree)
  if (isList(tree)) return `[${tree.map(toJson).join(',')}]`
  if (isDouble(tree)) return tree.digits
  let text = ''
  for (const name in tree) {
    const value = tree[name]
    if (value !== undefined) text += `${text === '' ? '' : ','}"${name}":${toJson(value)}`
  }
  return `{${text}}`
}

function isList(tree: readonly Tree[] | Double | Branch): tree is readonly Tree[] {
  return Array.isArray(tree)
}

function isDouble(tree: Double | Branch): tree is Double {
  return typeof tree.digits === 'string'
}

/** Fen as a number in yuan: 19900 is `199.0`, 1999 is `19.99`. Source: fixtures sku_read_searchSkuList_page, asc_query_list. */
export function yuanNumber(fen: number): Double {
  return { digits: yuan(fen).replace(/0$/, '') }
}

/** Fen as refund applications write them: 8900 is `8900.0`. Source: jd.md 10.1 [sdk]. */
export function fenNumber(fen: number): Double {
  return { digits: `${fen}.0` }
}

/** Fen as order calls write money: 1234 is '12.34'. */
export function yuan(fen: number): string {
  const size = Math.abs(fen)
  const cents = size % 100
  return `${fen < 0 ? '-' : ''}${(size - cents) / 100}.${cents < 10 ? '0' : ''}${cents}`
}

/** How a time that has not come is written. Source: jd.md 1 [doc]. */
export const noTime = '0001-01-01 00:00:00'

const beijingMs = 8 * 3_600_000

/** An instant as JD writes it: Beijing time, `yyyy-MM-dd HH:mm:ss`. */
export function timeText(ms: number | null): string {
  if (ms === null) return noTime
  return new Date(ms + beijingMs).toISOString().slice(0, 19).replace('T', ' ')
}

/** Reads JD's time text; null for any other text, a 31 February among them. */
export function readTime(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return null
  const ms = Date.parse(`${text.replace(' ', 'T')}+08:00`)
  return Number.isNaN(ms) || timeText(ms) !== text ? null : ms
}

/** Reads the system parameter `timestamp`, which may also be `yyyy-MM-dd HH:mm:ss.SSS+0800`. Source: jd.md 3 [doc]. */
export function readTimestamp(text: string): number | null {
  const [, plain, ms] = /^(.{19})\.(\d{3})\+0800$/.exec(text) ?? []
  if (plain === undefined || ms === undefined) return readTime(text)
  const second = readTime(plain)
  return second === null ? null : second + Number(ms)
}

/** 'yyyy-MM-dd' in Beijing. */
export function dayText(now: number): string {
  return timeText(now).slice(0, 10)
}
