import { z } from 'zod'
import { id, nothing, personal, route } from './route.ts'

const at = z.iso.datetime()
const count = z.int().nonnegative()

/** What a dropped file may be. `orders` are a platform's own export; the others are ours or a template's. */
export const importKindIds = ['orders', 'stock', 'products', 'waybills'] as const

/** `ready` to be run; `stopped` on the way, and may go on; `failed` as a whole, and may be run again; `dropped` without having been run. */
export const importStates = ['ready', 'running', 'stopped', 'done', 'failed', 'undoing', 'undone', 'dropped'] as const

const CellTrouble = z.strictObject({
  /** 1 is the first row below the headers. */
  row: z.int().positive(),
  column: z.string(),
  /** Cut for whoever may not see personal data. */
  value: personal(z.string()),
  zh: z.string(),
})

const ImportRow = z.strictObject({
  importId: z.int(),
  fileName: z.string(),
  kind: z.enum(importKindIds),
  /** `淘宝订单导出，GBK，1,204 行`. */
  zh: z.string(),
  channel: z.string().nullable(),
  shopId: z.int().nullable(),
  state: z.enum(importStates),
  rows: count,
  /** Things in it: orders, SKUs, numbers. */
  things: count,
  done: count,
  /** Left out since they were there already, unchanged. */
  known: count,
  failed: count,
  by: z.string(),
  uploadedAt: at,
  endedAt: at.nullable(),
  trouble: z.strictObject({ code: z.string(), zh: z.string() }).nullable(),
})

/** While the import is worked on only `import` says something: its file is not read then. */
const ImportPreview = z.strictObject({
  import: ImportRow,
  encoding: z.string(),
  /** Shops the file may belong to; choose one when there are several. */
  shops: z.array(z.strictObject({ shopId: z.int(), name: z.string() })),
  columns: z.array(
    z.strictObject({
      header: z.string(),
      /** What the column was understood as, null when it is not used. */
      meaningZh: z.string().nullable(),
    }),
  ),
  /** Masked where personal. */
  firstRows: personal(z.array(z.array(z.string()))),
  errors: z.array(CellTrouble),
  errorCount: count,
  errorRows: count,
  /** How many things are new, known unchanged, or known and changed by this file. */
  new: count,
  known: count,
  changed: count,
})

/** Drop a file: it is recognised by its headers, staged and previewed; nothing is imported yet. Throws IMPORT_UNRECOGNISED, FILE_TOO_LARGE. */
export const uploadImport = route({
  method: 'POST',
  path: '/imports',
  permission: 'imports.work',
  zh: '上传导入文件',
  input: z.strictObject({ fileName: z.string().min(1).max(200) }),
  output: ImportPreview,
  takes: 'bytes',
})

export const listImports = route({
  method: 'GET',
  path: '/imports',
  permission: 'imports.work',
  zh: '导入记录',
  input: z.strictObject({
    before: z.coerce.number().int().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  output: z.strictObject({ rows: z.array(ImportRow), next: z.int().nullable() }),
})

const importInput = z.strictObject({ importId: id })

export const readImport = route({
  method: 'GET',
  path: '/imports/:importId',
  permission: 'imports.work',
  zh: '导入详情与预览',
  input: z.strictObject({ importId: id, shopId: id.optional() }),
  output: ImportPreview,
})

/** Puts other text into cells before running, and reads the file again. Throws IMPORT_STATE_REFUSED. */
export const correctImport = route({
  method: 'POST',
  path: '/imports/:importId/corrections',
  permission: 'imports.work',
  zh: '改正单元格',
  input: z.strictObject({
    importId: id,
    cells: z
      .array(z.strictObject({ row: z.int().positive(), column: z.string(), value: z.string().max(2_000) }))
      .min(1)
      .max(500),
  }),
  output: ImportPreview,
})

/** Runs in the background; `imports.changed` tells of progress. Rows with errors are left out when `onlyGoodRows`, else they refuse the run. */
export const runImport = route({
  method: 'POST',
  path: '/imports/:importId/run',
  permission: 'imports.work',
  zh: '开始导入',
  input: z.strictObject({ importId: id, shopId: id.optional(), onlyGoodRows: z.boolean() }),
  output: nothing,
})

/** Stops an import on the way, after the step it is at: what it brought stays. It may be run on, or undone. */
export const stopImport = route({
  method: 'POST',
  path: '/imports/:importId/stop',
  permission: 'imports.work',
  zh: '停止导入',
  input: importInput,
  output: nothing,
})

export const dropImport = route({
  method: 'DELETE',
  path: '/imports/:importId',
  permission: 'imports.work',
  zh: '放弃这次导入',
  input: importInput,
  output: nothing,
})

/** What an undo would do, and what it cannot with the reason. */
export const previewUndo = route({
  method: 'GET',
  path: '/imports/:importId/undo',
  permission: 'imports.work',
  zh: '撤销预览',
  input: importInput,
  output: z.strictObject({
    undone: count,
    left: z.array(z.strictObject({ label: z.string(), zh: z.string() })),
  }),
})

export const undoImport = route({
  method: 'POST',
  path: '/imports/:importId/undo',
  permission: 'imports.work',
  zh: '撤销导入',
  input: importInput,
  output: nothing,
})

/** The rows that were not imported, as dropped, with the reason in the last column. */
export const readErrorRows = route({
  method: 'GET',
  path: '/imports/:importId/error-rows',
  permission: 'imports.work',
  zh: '下载错误行',
  input: importInput,
  output: nothing,
  answers: 'file',
})
