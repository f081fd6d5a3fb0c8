/**
 * What an answer is made of before it is text. A bigint becomes a JSON number with all its digits; empty text, null, undefined and
 * empty lists leave no trace, as on the platform. Source: taobao.md 4.
 */
export type Tree = string | number | bigint | boolean | null | undefined | List | Branch
export interface Branch {
  readonly [name: string]: Tree
}

/** A list, which TOP wraps twice: `{"orders":{"order":[…]}}`. */
export interface List {
  readonly child: string
  readonly rows: readonly Tree[]
}

export function list(child: string, rows: readonly Tree[]): List | undefined {
  return rows.length === 0 ? undefined : { child, rows }
}

/** A number of any length from its digits. */
export function whole(digits: string): bigint {
  return BigInt(digits)
}

/** JSON text. `flat` is the form of `simplify=true`: lists lose their inner wrapper. */
export function toJson(tree: Tree, flat = false): string {
  if (typeof tree === 'string') return JSON.stringify(tree)
  if (typeof tree !== 'object' || tree === null) return String(tree)
  if (isList(tree)) {
    const rows = `[${tree.rows.map((row) => toJson(row, flat)).join(',')}]`
    return flat ? rows : `{"${tree.child}":${rows}}`
  }
  let text = ''
  for (const name in tree) {
    const value = tree[name]
    if (isAbsent(value)) continue
    text += `${text === '' ? '' : ','}"${name}":${toJson(value, flat)}`
  }
  return `{${text}}`
}

/** XML text of the same tree, the platform's default when no format is asked for. */
export function toXml(tree: Tree): string {
  if (typeof tree === 'string') return tree.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  if (typeof tree !== 'object' || tree === null) return String(tree)
  if (isList(tree)) return tree.rows.map((row) => element(tree.child, row)).join('')
  return Object.entries(tree)
    .filter(([, value]) => !isAbsent(value))
    .map(([name, value]) => element(name, value))
    .join('')
}

function element(name: string, tree: Tree): string {
  return `<${name}>${toXml(tree)}</${name}>`
}

function isAbsent(tree: Tree): boolean {
  return tree === undefined || tree === null || tree === ''
}

function isList(tree: List | Branch): tree is List {
  return 'rows' in tree && Array.isArray(tree.rows)
}

/** JSON text in which numbers of 16 digits and more have become text, so that no reader rounds them; text stays as it is. */
export function quoteLongNumbers(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|\d{16,}/g, (token) => (token.startsWith('"') ? token : `"${token}"`))
}

/** Fen as TOP writes money: 1234 is '12.34'. */
export function yuan(fen: number): string {
  const size = Math.abs(fen)
  const cents = size % 100
  return `${fen < 0 ? '-' : ''}${(size - cents) / 100}.${cents < 10 ? '0' : ''}${cents}`
}

const beijingMs = 8 * 3_600_000

/** An instant as TOP writes it: Beijing time, `yyyy-MM-dd HH:mm:ss`. */
export function timeText(ms: number): string {
  return new Date(ms + beijingMs).toISOString().slice(0, 19).replace('T', ' ')
}

/** Reads TOP's time text; null for any other text, a 31 February among them. */
export function readTime(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return null
  const ms = Date.parse(`${text.replace(' ', 'T')}+08:00`)
  return Number.isNaN(ms) || timeText(ms) !== text ? null : ms
}

/** Whole seconds from now until the next midnight in Beijing. */
export function secondsToMidnight(now: number): number {
  const dayMs = 86_400_000
  return Math.ceil((dayMs - ((now + beijingMs) % dayMs)) / 1000)
}

/** 'yyyy-MM-dd' in Beijing. */
export function dayText(now: number): string {
  return timeText(now).slice(0, 10)
}
