export { readSheet, sheetLimitMb } from './read-sheet.ts'
export { writeCsv, writeXlsx } from './write-sheet.ts'
