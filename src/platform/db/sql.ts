import tag, { empty, join, raw, type Sql } from 'sql-template-tag'

/** SQL as SQL: values become parameters, statements nest. There is no way to turn a value into SQL text. */
export const sql = tag
export { empty, join, type Sql }

type ColumnType =
  | 'bigint'
  | 'int'
  | 'smallint'
  | 'text'
  | 'boolean'
  | 'jsonb'
  | 'bytea'
  | 'timestamptz'
  | 'date'
  | 'text[]'
  | 'bigint[]'

/** The columns of a set of rows: name in the row (camelCase) and type in the database. */
export type Columns<Row> = { readonly [Name in keyof Row]?: ColumnType }

/**
 * Rows as a table named `alias`, for set-based statements: `insert … select … from ${rowsAs('t', rows, { orderId: 'bigint' })}`.
 * One array parameter per column, so the statement is the same text for one row and for a thousand. Instants are given as epoch
 * milliseconds and become timestamptz. List columns travel as JSON text and are cast by the reader's `lists()`.
 */
export function rowsAs<Row extends object>(alias: string, rows: readonly Row[], columns: Columns<Row>): Sql {
  const names = Object.keys(columns) as (keyof Row & string)[]
  const arrays = names.map((name) => arrayOf(rows, name, columns[name] as ColumnType))
  return sql`unnest(${join(arrays)}) as ${identifier(alias)}(${join(names.map((name) => identifier(snake(name))))})`
}

function arrayOf<Row>(rows: readonly Row[], name: keyof Row, type: ColumnType): Sql {
  const cells = rows.map((row) => row[name] as unknown)
  switch (type) {
    case 'timestamptz':
      return sql`${cells.map((at) => (typeof at === 'number' ? new Date(at).toISOString() : (at ?? null)))}::timestamptz[]`
    case 'jsonb':
      return sql`${cells.map((value) => (value === null || value === undefined ? null : JSON.stringify(value)))}::jsonb[]`
    case 'text[]':
    case 'bigint[]':
      return sql`${cells.map((list) => (Array.isArray(list) ? `{${list.map(quoted).join(',')}}` : null))}::text[]`
    default:
      return sql`${cells.map((value) => value ?? null)}::${typeName(type)}[]`
  }
}

const quoted = (element: unknown) => `"${String(element).replace(/[\\"]/g, '\\$&')}"`

// Names of columns and types are written in the program and never come from a value.
const typeNames = {
  bigint: sql`bigint`,
  int: sql`int`,
  smallint: sql`smallint`,
  text: sql`text`,
  boolean: sql`boolean`,
  bytea: sql`bytea`,
  date: sql`date`,
} as const

function typeName(type: ColumnType): Sql {
  const known = (typeNames as Partial<Record<ColumnType, Sql>>)[type]
  if (!known) throw new RangeError(`no column type: ${type}`)
  return known
}

/** A table's or column's name, for the few statements that go over tables they do not know. Throws RangeError on anything else. */
export function identifier(name: string): Sql {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new RangeError(`not a name: ${name}`)
  return raw(name)
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
export const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
