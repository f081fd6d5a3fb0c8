import type { CellError, Sheet } from '../../kit/channel.ts'

/** The names people give each column, the one we teach first. */
export type ColumnNames<Field extends string> = Readonly<Record<Field, readonly string[]>>

/** Where each field stands; a field whose column is not there is absent. */
export type Columns<Field extends string> = ReadonlyMap<Field, { readonly header: string; readonly place: number }>

/** Finds columns by their headers. Spaces, width, case and the star of a required column do not matter; of several names the first wins. */
export function findColumns<Field extends string>(
  headers: readonly string[],
  names: ColumnNames<Field>,
): Columns<Field> {
  const plain = headers.map(plainHeader)
  const fields = Object.entries<readonly string[]>(names) as [Field, readonly string[]][]
  return new Map(
    fields.flatMap(([field, its]) => {
      const place = its.map((name) => plain.indexOf(plainHeader(name))).find((at) => at >= 0)
      return place === undefined ? [] : [[field, { header: headers[place] ?? '', place }] as const]
    }),
  )
}

/** `重量（克）`, `重量 (克)` and `*重量(克)` are one. */
const plainHeader = (text: string) => text.normalize('NFKC').replace(/[\s*]/g, '').toLowerCase()

/** One row of a sheet by the meaning of its columns. */
export interface FieldRow<Field extends string> {
  /** 1 is the first row below the headers. */
  readonly row: number
  /** The cell's text, empty when there is none. */
  readonly text: (field: Field) => string
  /** What is wrong with a cell; `zh` says what to write instead. */
  readonly wrong: (field: Field, zh: string) => CellError
}

/** The rows of a sheet in which anything of these columns is filled. */
export function rowsBy<Field extends string>(
  sheet: Sheet,
  columns: Columns<Field>,
  names: ColumnNames<Field>,
): FieldRow<Field>[] {
  return sheet.rows.flatMap((cells, index) => {
    const text = (field: Field) => cells[columns.get(field)?.place ?? -1]?.trim() ?? ''
    if ([...columns.keys()].every((field) => text(field) === '')) return []
    const row = index + 1
    const wrong = (field: Field, zh: string) => ({
      row,
      column: columns.get(field)?.header ?? names[field][0] ?? field,
      value: text(field),
      zh,
    })
    return [{ row, text, wrong }]
  })
}
