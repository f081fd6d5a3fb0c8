import { type Instant, parseIso } from '../../../core/time/instant.ts'
import {
  type CellReader,
  momentCell,
  type RowsOfOrder,
  type SheetRow,
  sheetColumns,
  textCell,
} from '../../../kit/sheet-rows.ts'
import { type ColumnKey, columnNames } from './sheet-columns.ts'

export type Row = SheetRow<ColumnKey>
export type OrderRows = RowsOfOrder<ColumnKey>

export const { placesOf, rowsOf, needCell } = sheetColumns<ColumnKey>(columnNames, { cell: bareCell })

/** Beijing wall time, or ISO 8601 with its zone. */
export const moment: CellReader<Instant> = {
  read: (text) => (/T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) ? parseIso(text) : momentCell.read(text)),
  zh: momentCell.zh,
}

export const orderId = textCell(/^order_\w+$/, '应是 order_ 开头的 Medusa 订单编号，不是后台显示的短编号')
/** Anything but a number whose digits a spreadsheet has lost. */
export const waybillText = textCell(
  /^(?!\d(\.\d+)?E\+?\d+$)/i,
  '长数字已被表格软件改成科学计数法，请把这一列设为“文本”后重新导出',
)
export const currencyCode = textCell(/^[A-Za-z]{3}$/, '币种请写三个字母，如 CNY')

/** A cell as exports wrap it: a mark of byte order, a leading apostrophe, a trailing tab. */
function bareCell(text: string): string {
  return text
    .replace(/\ufeff/g, '')
    .trim()
    .replace(/^'/, '')
    .trim()
}
