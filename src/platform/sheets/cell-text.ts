/**
 * The text a person meant by a cell: without outer spaces and tabs, without the marks that keep a spreadsheet from turning long numbers
 * into 4.15E+18 (`="4150…"`, a leading apostrophe). Line breaks inside stay, as `\n`.
 */
export function cellText(raw: string): string {
  const text = trimmed(raw)
  const asFormula = /^="((?:[^"]|"")*)"$/.exec(text)
  const inner = asFormula ? (asFormula[1] ?? '').replaceAll('""', '"') : text.replace(/^'/, '')
  return trimmed(inner).replaceAll('\r\n', '\n')
}

/** Also without byte-order marks and zero-width spaces, which `trim` leaves or which stand before what it would take. */
function trimmed(text: string): string {
  return text.replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/g, '')
}

/**
 * A number as text without an exponent or the noise of binary fractions: 30.2, not 30.200000000000003. A whole number beyond 2^53 has lost
 * its last digits in the file already; it is written as 4.15E+18, so that nobody takes it for an order number.
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return ''
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return value.toExponential().toUpperCase()
  if (Number.isInteger(value)) return String(value)
  const text = String(Number(value.toPrecision(15)))
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text
}

/**
 * A spreadsheet's date as it was written there, which is Beijing wall time: `2026-10-20 09:15:02`; a time of day alone, which the file keeps
 * as a moment before 1900, as `09:15:02`. Rounded to the second, since a day's fraction is not exact.
 */
export function dateText(date: Date): string {
  const wall = Math.round(date.getTime() / 1000) * 1000
  const [day, time] = new Date(wall).toISOString().slice(0, 19).split('T') as [string, string]
  return wall < Date.UTC(1900, 0, 1) ? time : `${day} ${time}`
}
