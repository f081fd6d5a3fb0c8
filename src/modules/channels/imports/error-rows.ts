import { Failure } from '../../../core/failures.ts'
import type { FileAnswer } from '../../../platform/http/serve.ts'
import type { Ctx } from '../../../platform/module.ts'
import { writeCsv } from '../../../platform/sheets/index.ts'
import { auditPersonalView } from '../../security/index.ts'
import { mustFindImport, openFile } from './file.ts'
import type { ImportSeams } from './kinds.ts'
import { hiddenCosts } from './rights.ts'
import { examine } from './show-import.ts'

/**
 * The rows that were not imported, as dropped, with the reason in the last column (错误行). It is the merchant's own file, given back in part,
 * without costs to who may not see them; that it was taken is in the audit trail. Throws IMPORT_NOT_FOUND, INPUT_INVALID when no row has an error.
 */
export async function readErrorRows(outer: Ctx, seams: ImportSeams, importId: number): Promise<FileAnswer> {
  return outer.tx(async (ctx) => {
    const row = await mustFindImport(ctx, importId)
    const file = await openFile(ctx, row)
    if (file === null) throw new Failure('IMPORT_NOT_FOUND', { importId })
    const { sheet, rowErrors } = file
    const { errors } = await examine(ctx, seams, { row, sheet, shopId: row.shopId })
    const reasons = Map.groupBy(
      [...errors.map(({ row: at, column, zh }) => ({ row: at, zh: `${column}：${zh}` })), ...rowErrors],
      (error) => error.row,
    )
    if (reasons.size === 0) throw new Failure('INPUT_INVALID', { field: '错误行', problem: '没有错误行' })

    const hidden = hiddenCosts(ctx, seams, { row, sheet })
    const rows = [...reasons]
      .sort(([a], [b]) => a - b)
      .map(([at, list]) => [
        ...(sheet.rows[at - 1] ?? []).map((cell, i) => (hidden.has(sheet.headers[i] ?? '') ? '' : cell)),
        list.map((error) => error.zh).join('；'),
      ])
    if (row.kind === 'orders')
      await auditPersonalView(ctx, {
        object: 'import',
        objectIds: [importId],
        purpose: '下载错误行',
        fields: ['name', 'phone', 'address'],
      })
    const fileName = `错误行-${row.fileName.replace(/\.[^.]*$/, '')}.csv`
    const bytes = writeCsv({ fileName, encoding: 'utf-8', headers: [...sheet.headers, '错误原因'], rows })
    return { fileName, type: 'text/csv; charset=utf-8', bytes }
  })
}
