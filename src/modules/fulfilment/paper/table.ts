import { leading } from './fit-text.ts'
import type { Sheet } from './sheet.ts'

export interface Column {
  readonly title: string
  /** Millimetres. */
  readonly width: number
  readonly align?: 'left' | 'right'
}

/** A4, in millimetres. */
export const a4 = { width: 210, height: 297, margin: 12 } as const

const size = 9
const lineHeight = (size * leading * 25.4) / 72
const padding = 1
const footHeight = 10

/**
 * Draws a table from `y` on over as many A4 pages as it takes, its head on each; a row too high for a page goes on on the next.
 * `newPage` begins a page and gives where its table may begin. Gives where the table ends.
 */
export function drawTable(
  sheet: Sheet,
  table: { readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] },
  from: { readonly y: number; readonly newPage: () => number },
): number {
  const { columns, rows } = table
  const lowest = a4.height - a4.margin - footHeight
  const rowHeight = (lines: number) => lines * lineHeight + 2 * padding
  let y = from.y
  const head = () => {
    y = drawRow(sheet, columns, { cells: columns.map(({ title }) => [title]), y, isHead: true })
  }
  if (y + rowHeight(1) + rowHeight(1) > lowest) y = from.newPage()
  head()
  for (const row of rows) {
    let cells = columns.map((column, i) => sheet.lines(row[i] ?? '', column.width - 2 * padding, size))
    while (cells.some((lines) => lines.length > 0)) {
      const wanted = Math.max(...cells.map((lines) => lines.length))
      const room = Math.floor((lowest - y - 2 * padding) / lineHeight)
      if (room < Math.min(wanted, 3)) {
        y = from.newPage()
        head()
        continue
      }
      const taken = Math.min(wanted, room)
      y = drawRow(sheet, columns, { cells: cells.map((lines) => lines.slice(0, taken)), y, isHead: false })
      cells = cells.map((lines) => lines.slice(taken))
    }
  }
  return y
}

function drawRow(
  sheet: Sheet,
  columns: readonly Column[],
  row: { readonly cells: readonly (readonly string[])[]; readonly y: number; readonly isHead: boolean },
): number {
  const lines = Math.max(1, ...row.cells.map((cell) => cell.length))
  const height = lines * lineHeight + 2 * padding
  let x: number = a4.margin
  for (const [i, { width, align = 'left' }] of columns.entries()) {
    sheet.frame({ x, y: row.y, width, height })
    const box = { x: x + padding, y: row.y + padding, width: width - 2 * padding, height: height - padding }
    sheet.text((row.cells[i] ?? []).join('\n'), {
      ...box,
      size,
      align: row.isHead ? 'left' : align,
      weight: row.isHead ? 'bold' : 'plain',
    })
    x += width
  }
  return row.y + height
}

/** Print time, person and page number at the foot of every page. */
export function drawFeet(sheet: Sheet, printed: { readonly atText: string; readonly by: string }): void {
  const inner = a4.width - 2 * a4.margin
  const y = a4.height - a4.margin - 4
  sheet.onEveryPage((no, of) => {
    sheet.text(`打印 ${printed.atText} ${printed.by}`, { x: a4.margin, y, width: inner * 0.7, height: 5, size: 8 })
    sheet.text(`${no}/${of}`, { x: a4.width - a4.margin - 40, y, width: 40, height: 5, size: 8, align: 'right' })
  })
}
