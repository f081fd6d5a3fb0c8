import { Failure } from '../../../core/failures.ts'
import type { Sheet } from '../../../kit/channel.ts'
import { permissionWords } from '../../../platform/http/failure-reply.ts'
import type { Ctx } from '../../../platform/module.ts'
import type { ImportRow } from '../store/imports.ts'
import type { ImportSeams } from './kinds.ts'
import { maskText } from './mask-cells.ts'

/** Whoever may import does not thereby get a right they lack, such as that to adjust stock. Throws PERMISSION_NEEDED. */
export function mustMayImport(ctx: Ctx, seams: ImportSeams, row: Pick<ImportRow, 'kind'>): void {
  const needed = seams.kinds.find((kind) => kind.kind === row.kind)?.permission
  if (needed !== undefined && !ctx.actor.permissions.has(needed))
    throw new Failure('PERMISSION_NEEDED', { permission: permissionWords(needed) })
}

/** How a cell is shown to this actor: personal ones masked, costs only to who may see costs. */
export function cellShower(
  ctx: Ctx,
  seams: ImportSeams,
  { row, sheet }: { readonly row: Pick<ImportRow, 'kind'>; readonly sheet: Sheet },
): (header: string, cell: string) => string {
  if (row.kind === 'orders') return maskText
  const costs = hiddenCosts(ctx, seams, { row, sheet })
  return (header, cell) => (costs.has(header) && cell !== '' ? '***' : cell)
}

/** Headers whose cells this actor may not see. */
export function hiddenCosts(
  ctx: Ctx,
  seams: ImportSeams,
  { row, sheet }: { readonly row: Pick<ImportRow, 'kind'>; readonly sheet: Sheet },
): ReadonlySet<string> {
  if (ctx.actor.permissions.has('costs.see')) return new Set()
  return new Set(seams.kinds.find((kind) => kind.kind === row.kind)?.costs?.(sheet) ?? [])
}
