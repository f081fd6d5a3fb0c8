import { type RowsOfOrder, type SheetRow, sheetColumns, textCell } from '../../../kit/sheet-rows.ts'
import { bareCell, bareHeader, type ColumnKey, columnNames } from './sheet-columns.ts'

export type Row = SheetRow<ColumnKey>
export type OrderRows = RowsOfOrder<ColumnKey>

export const { placesOf, rowsOf } = sheetColumns<ColumnKey>(columnNames, { cell: bareCell, header: bareHeader })

export const longNumber = textCell(
  /^\d{6,}$/,
  '编号应全是数字。若显示成 3.72E+18，末几位已经丢失：请直接导入从小店后台下载的原文件，不要用表格软件另存',
)
