import type { Instant } from '../../../core/time/instant.ts'
import {
  type CellReader,
  momentCell,
  type RowsOfOrder,
  type SheetRow,
  sheetColumns,
  textCell,
} from '../../../kit/sheet-rows.ts'
import { isNoTime } from './payload.ts'
import { bareCell, type ColumnKey, columnNames } from './sheet-columns.ts'

export type Row = SheetRow<ColumnKey>
export type OrderRows = RowsOfOrder<ColumnKey>

export const { placesOf, rowsOf, needCell } = sheetColumns<ColumnKey>(columnNames, { cell: bareCell })

export const longNumber = textCell(
  /^\d{6,}$/,
  '编号应全是数字。若显示成 3.01E+11，末几位已经丢失：请直接导入从京东商家后台下载的原文件，不要用表格软件另存',
)

/** A time, or the platform's word for none. */
export const moment: CellReader<Instant | null> = {
  read: (text) => (isNoTime(text) ? null : momentCell.read(text)),
  zh: momentCell.zh,
}
