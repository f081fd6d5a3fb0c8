import { type RowsOfOrder, type SheetRow, sheetColumns, textCell } from '../../../kit/sheet-rows.ts'
import { bareCell, bareHeader, type ColumnKey, columnNames } from './sheet-columns.ts'

export type Row = SheetRow<ColumnKey>
export type OrderRows = RowsOfOrder<ColumnKey>

export const { placesOf, rowsOf, needCell } = sheetColumns<ColumnKey>(columnNames, {
  cell: bareCell,
  header: bareHeader,
})

export const longNumber = textCell(
  /^[0-9A-Za-z-]{6,}$/,
  '编号应完整，只含数字、字母和短横。若显示成 1.74E+12，末几位已经丢失：请直接导入下载的原文件，不要用表格软件另存',
)
