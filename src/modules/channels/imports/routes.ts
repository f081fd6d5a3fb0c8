import { z } from 'zod'
import * as contract from '../../../contract/imports.ts'
import { serve } from '../../../platform/http/serve.ts'
import type { Job, ServedRoute } from '../../../platform/module.ts'
import { readErrorRows } from './error-rows.ts'
import type { ImportSeams } from './kinds.ts'
import { runImport, stopImport, workImport } from './run-import.ts'
import { listImports, showImport } from './show-import.ts'
import { previewUndo, undoImport, workUndo } from './undo-import.ts'
import { correctImport, dropImport, uploadImport } from './upload-import.ts'

/** An answer that says only that it was done. */
const done = async (work: Promise<unknown>): Promise<Record<string, never>> => {
  await work
  return {}
}

export const importRoutes = (seams: ImportSeams): readonly ServedRoute[] => [
  serve(contract.uploadImport, (ctx, asked) => uploadImport(ctx, seams, asked)),
  serve(contract.listImports, (ctx, asked) => listImports(ctx, seams, asked)),
  serve(contract.readImport, (ctx, asked) => showImport(ctx, seams, asked)),
  serve(contract.correctImport, (ctx, asked) => correctImport(ctx, seams, asked)),
  serve(contract.runImport, (ctx, asked) => done(runImport(ctx, seams, asked))),
  serve(contract.stopImport, (ctx, { importId }) => done(stopImport(ctx, seams, importId))),
  serve(contract.dropImport, (ctx, { importId }) => done(dropImport(ctx, importId))),
  serve(contract.previewUndo, (ctx, { importId }) => previewUndo(ctx, seams, importId)),
  serve(contract.undoImport, (ctx, { importId }) => done(undoImport(ctx, seams, importId))),
  serve(contract.readErrorRows, (ctx, { importId }) => readErrorRows(ctx, seams, importId)),
]

const OfImport = z.object({ importId: z.int() })

export const importJobs = (seams: ImportSeams): readonly Job[] => [
  { name: 'imports.run', run: (ctx, input) => workImport(ctx, seams, OfImport.parse(input).importId) },
  { name: 'imports.undo', run: (ctx, input) => workUndo(ctx, seams, OfImport.parse(input).importId) },
]
