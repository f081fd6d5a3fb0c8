import { z } from 'zod'
import { isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, type Sql, sql } from '../../../platform/db/sql.ts'

const AuditRow = z.strictObject({
  id: z.int(),
  at: z.int(),
  actorKind: z.enum(['person', 'token', 'system']),
  actorId: z.int().nullable(),
  actorName: z.string(),
  deed: z.string(),
  words: z.string(),
  object: z.string(),
  objectId: z.string().nullable(),
  purpose: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
})
export type AuditRow = z.output<typeof AuditRow>

export const insertAudit = (db: Db, rows: readonly Omit<AuditRow, 'id'>[]) =>
  db.run(sql`
    insert into security.audit (at, actor_kind, actor_id, actor_name, deed, words, object, object_id, purpose, details)
    select at, actor_kind, actor_id, actor_name, deed, words, object, object_id, purpose, details
      from ${rowsAs('t', rows, {
        at: 'timestamptz',
        actorKind: 'text',
        actorId: 'bigint',
        actorName: 'text',
        deed: 'text',
        words: 'text',
        object: 'text',
        objectId: 'text',
        purpose: 'text',
        details: 'jsonb',
      })}`)

/** Which lines; `before` is the id of a line: only older ones. Instants are ISO text. */
export interface AuditFilter {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly personId?: number | undefined
  readonly tokenId?: number | undefined
  readonly deed?: string | undefined
  readonly object?: string | undefined
  readonly objectId?: string | undefined
  readonly onlyPersonal?: boolean | undefined
  readonly before?: number | undefined
}

/** Newest first. */
export const listAudit = (db: Db, filter: AuditFilter, limit: number) =>
  db.all(
    AuditRow,
    sql`
    select id, at, actor_kind, actor_id, actor_name, deed, words, object, object_id, purpose, details
      from security.audit
     where ${conditionsOf(filter)}
     order by id desc
     limit ${limit}`,
  )

function conditionsOf(filter: AuditFilter): Sql {
  let where = sql`true`
  const add = (condition: Sql) => {
    where = sql`${where} and ${condition}`
  }
  if (filter.from !== undefined) add(sql`at >= ${filter.from}::timestamptz`)
  if (filter.to !== undefined) add(sql`at < ${filter.to}::timestamptz`)
  if (filter.personId !== undefined) add(sql`actor_kind = 'person' and actor_id = ${filter.personId}`)
  if (filter.tokenId !== undefined) add(sql`actor_kind = 'token' and actor_id = ${filter.tokenId}`)
  if (filter.deed !== undefined) add(sql`deed = ${filter.deed}`)
  if (filter.object !== undefined) add(sql`object = ${filter.object}`)
  if (filter.objectId !== undefined) add(sql`object_id = ${filter.objectId}`)
  if (filter.onlyPersonal === true) add(sql`purpose is not null`)
  if (filter.before !== undefined) add(sql`id < ${filter.before}`)
  return where
}

/** A line's own text for the page; instants as ISO. */
export const lineOf = ({ words, at, ...row }: AuditRow) => ({ ...row, zh: words, at: isoText(at) })
