export { type ColumnNames, type FieldRow, findColumns, rowsBy } from './columns.ts'
export { readSheet } from './read-sheet.ts'
export { writeCsv, writeXlsx } from './write-sheet.ts'
