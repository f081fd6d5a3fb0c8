import { stringify } from 'csv-stringify/sync'
import type { InputOf } from '../../contract/route.ts'
import type {
  AuditLine,
  exportAudit as exportAuditRoute,
  listAudit as listAuditRoute,
} from '../../contract/security.ts'
import { beijingDay, beijingText } from '../../core/time/instant.ts'
import type { FileAnswer } from '../../platform/http/serve.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from './audit.ts'
import { type AuditRow, lineOf, listAudit } from './store/audit.ts'

/** A page of the trail (审计日志), newest first. */
export async function readAudit(
  ctx: Ctx,
  input: InputOf<typeof listAuditRoute>,
): Promise<{ lines: AuditLine[]; next: string | null }> {
  const { limit, after, ...filter } = input
  const rows = await listAudit(
    ctx.db,
    { ...filter, before: after === undefined ? undefined : Number(after) },
    limit + 1,
  )
  const shown = rows.slice(0, limit)
  return { lines: shown.map(lineOf), next: rows.length > limit ? String(shown.at(-1)?.id) : null }
}

const linesAtMost = 100_000
const linesAtOnce = 5_000

/** The trail as CSV, newest first, up to 100,000 lines. */
export async function exportAudit(ctx: Ctx, filter: InputOf<typeof exportAuditRoute>): Promise<FileAnswer> {
  const parts = [csvOf([columns.map(([title]) => title)])]
  let lines = 0
  let before: number | undefined
  while (lines < linesAtMost) {
    const rows = await listAudit(ctx.db, { ...filter, before }, Math.min(linesAtOnce, linesAtMost - lines))
    parts.push(csvOf(rows.map((row) => columns.map(([, cell]) => cell(row)))))
    lines += rows.length
    before = rows.at(-1)?.id
    if (rows.length < linesAtOnce) break
  }
  await audit(ctx, { deed: 'security.audit-exported', object: 'audit', objectId: null, details: { filter, lines } })
  // Excel takes CSV for UTF-8 only when it begins with a byte order mark.
  const bytes = Buffer.from(`\uFEFF${parts.join('')}`)
  return { fileName: `审计日志-${beijingDay(ctx.now())}.csv`, type: 'text/csv; charset=utf-8', bytes }
}

const actorKinds = { person: '员工', token: '接口令牌', system: '系统' } as const

const columns: readonly (readonly [string, (row: AuditRow) => string])[] = [
  ['时间（北京）', (row) => beijingText(row.at)],
  ['身份', (row) => actorKinds[row.actorKind]],
  ['谁', (row) => row.actorName],
  ['做了什么', (row) => row.words],
  ['对象', (row) => row.object],
  ['编号', (row) => row.objectId ?? ''],
  ['用途', (row) => row.purpose ?? ''],
  ['详情', (row) => (Object.keys(row.details).length > 0 ? JSON.stringify(row.details) : '')],
  ['行号', (row) => String(row.id)],
]

const csvOf = (rows: readonly (readonly string[])[]) =>
  stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true, record_delimiter: 'windows' },
  )
