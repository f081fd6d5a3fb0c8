import type { readKeys as readKeysRoute } from '../../contract/ops.ts'
import type { OutputOf } from '../../contract/route.ts'
import type { Ctx } from '../../platform/module.ts'
import { columnName, countByKey, listSealedColumns, type SealedColumn } from '../../platform/vault/sealed-columns.ts'

type State = OutputOf<typeof readKeysRoute>
type Counts = State['columns'][number]['keys']

/** How far a rotation of the keys has come (密钥轮换). */
export async function readKeys(ctx: Ctx): Promise<State> {
  const counted: { column: SealedColumn; keys: Counts }[] = []
  for (const column of await listSealedColumns(ctx.db)) counted.push({ column, keys: await countByKey(ctx.db, column) })
  // Another process may have begun a rotation that this one has not met yet.
  const newestKey = Math.max(ctx.vault.newestKey, ...counted.flatMap(({ keys }) => keys.map(({ key }) => key)))
  const columns = counted.map(({ column, keys }) => {
    const total = keys.reduce((sum, { rows }) => sum + rows, 0)
    const fresh = keys.find(({ key }) => key === newestKey)?.rows ?? 0
    return { column: columnName(column), total, stale: total - fresh, keys }
  })
  return { newestKey, isDone: columns.every(({ stale }) => stale === 0), columns }
}
