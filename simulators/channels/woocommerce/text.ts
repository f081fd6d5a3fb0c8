/** The site stands in Beijing time. */
const siteOffsetMs = 8 * 3_600_000

/** YYYY-MM-DDTHH:MM:SS in the site's time zone. Source: own-site.md 2.1 [doc W]. */
function siteTime(at: number): string {
  return gmtTime(at + siteOffsetMs)
}

/** The `_gmt` twin: the same shape in UTC. */
function gmtTime(at: number): string {
  return new Date(at).toISOString().slice(0, 19)
}

/** A field and its `_gmt` twin; null where there is none. */
export function bothTimes(name: string, at: number | null): Readonly<Record<string, string | null>> {
  return { [name]: at === null ? null : siteTime(at), [`${name}_gmt`]: at === null ? null : gmtTime(at) }
}

const isoTime = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?$/

/**
 * Reads ISO 8601 text as the clock on the wall shows it, in UTC or in the site's zone; an offset in the text is passed over, as
 * fractions are [assumed]. Null for any other text.
 */
export function readTime(text: string, { isGmt }: { readonly isGmt: boolean }): number | null {
  const match = isoTime.exec(text)
  if (!match) return null
  const wall = Date.parse(`${match[1]}T${match[2]}Z`)
  if (Number.isNaN(wall)) return null
  return isGmt ? wall : wall - siteOffsetMs
}

/** Decimal text with as many decimals as the shop is asked for. Source: own-site.md 2.1, money and `dp`. */
export function money(fen: number, decimals = 2): string {
  const sign = fen < 0 ? '-' : ''
  const units = Math.round(Math.abs(fen) / 10 ** Math.max(0, 2 - decimals))
  const digits = `${units}${'0'.repeat(Math.max(0, decimals - 2))}`.padStart(decimals + 1, '0')
  if (decimals === 0) return sign + digits
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** Reads '39.00' or 39 without going through a fraction; null for what is no amount or finer than a fen. */
export function readMoney(value: unknown): number | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const match = /^(\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(String(value))
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null
}
