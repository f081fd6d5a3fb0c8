/** Titles, account lines and notes stand above the headers in this many rows at most. */
const rowsLookedAt = 50
/** A header row fills at least this part of the widest row's cells; a title fills one or a few. */
const filledPart = 0.75

/**
 * Where the headers are: the first row that is filled about as widely as the rows below and holds no amount or date. -1 when every row
 * is empty. Cells are texts as `cellText` gives them.
 */
export function headerRowOf(rows: readonly (readonly string[])[]): number {
  const top = rows.slice(0, rowsLookedAt)
  const widths = top.map(filledCells)
  const widest = Math.max(0, ...widths)
  if (widest === 0) return -1

  const needed = Math.max(Math.min(2, widest), Math.ceil(widest * filledPart))
  const wide = top.map((_, index) => index).filter((index) => (widths[index] ?? 0) >= needed)
  const named = wide.find((index) => top[index]?.every((cell) => !isValue(cell)))
  return named ?? wide[0] ?? -1
}

function filledCells(row: readonly string[]): number {
  return row.filter((cell) => cell !== '').length
}

/** An amount, a long number, or a date: what a header never is. */
function isValue(cell: string): boolean {
  return /^[+-]?[¥￥]?\d[\d,]*(\.\d+)?%?$/.test(cell) || /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}/.test(cell)
}
