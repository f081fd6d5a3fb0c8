import type { readKeys as readKeysRoute } from '../../contract/ops.ts'
import type { OutputOf } from '../../contract/route.ts'
import type { Ctx } from '../../platform/module.ts'
import { columnName, countByKey, listSealedColumns, type SealedColumn } from '../../platform/vault/sealed-columns.ts'

type State = OutputOf<typeof readKeysRoute>

/** How far a rotation of the keys has come (密钥轮换). */
export async function readKeys(ctx: Ctx): Promise<State> {
  const columns: State['columns'] = []
  for (const column of await listSealedColumns(ctx.db)) columns.push(await readColumn(ctx, column))
  return { newestKey: ctx.vault.newestKey, isDone: columns.every(({ stale }) => stale === 0), columns }
}

async function readColumn(ctx: Ctx, column: SealedColumn): Promise<State['columns'][number]> {
  const keys = await countByKey(ctx.db, column)
  const total = keys.reduce((sum, { rows }) => sum + rows, 0)
  const fresh = keys.find(({ key }) => key === ctx.vault.newestKey)?.rows ?? 0
  return { column: columnName(column), total, stale: total - fresh, keys }
}
