import { z } from 'zod'
import { Failure } from '../../core/failures.ts'
import type { Db } from '../db/open.ts'
import { identifier, rowsAs, sql } from '../db/sql.ts'
import type { Ctx } from '../module.ts'

const SealedColumn = z.strictObject({ schema: z.string(), table: z.string(), column: z.string() })
/** A column whose bytes the vault sealed. */
export type SealedColumn = z.output<typeof SealedColumn>

/** `orders.receiver.sealed`. */
export const columnName = ({ schema, table, column }: SealedColumn) => `${schema}.${table}.${column}`

/**
 * Every sealed column there is: all of type bytea but those that end in `_hash`. A table made tomorrow is found by this too, so a
 * rotation cannot forget one.
 */
export const listSealedColumns = (db: Db) =>
  db.all(
    SealedColumn,
    sql`
    select n.nspname as schema, c.relname as "table", a.attname as "column"
      from pg_attribute a
      join pg_class c on c.oid = a.attrelid
      join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.atttypid = 'bytea'::regtype
       and a.attname not like '%\\_hash' and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker')
     order by 1, 2, 3`,
  )

const KeyCount = z.strictObject({ key: z.int(), rows: z.int() })

/** How many values of a column each key sealed. The second byte says which. */
export const countByKey = (db: Db, { schema, table, column }: SealedColumn) =>
  db.all(
    KeyCount,
    sql`
    select get_byte(substring(${identifier(column)} for 2), 1) as key, count(*)::int as rows
      from ${identifier(schema)}.${identifier(table)}
     where length(${identifier(column)}) > 1
     group by 1
     order by 1`,
  )

const Pages = z.strictObject({ pages: z.int() })
const Stale = z.strictObject({ place: z.string(), sealed: z.instanceof(Buffer) })

const pagesAtOnce = 32

/**
 * Seals what older keys sealed anew with the newest, a stretch of the table per transaction, and may be stopped and begun again at any
 * time. Rows that come in meanwhile are sealed by whoever writes them. Tells of progress in parts of the table; gives the rows
 * resealed. Throws KEY_MISSING naming the column when a value cannot be opened.
 */
export async function reseal(ctx: Ctx, column: SealedColumn, onProgress: (part: number) => void): Promise<number> {
  const table = `${column.schema}.${column.table}`
  const { pages } = await ctx.db.one(
    Pages,
    sql`select (pg_relation_size(${table}::regclass) / current_setting('block_size')::int)::int as pages`,
  )
  let resealed = 0
  for (let page = 0; page < pages; page += pagesAtOnce) {
    resealed += await ctx.tx((inner) => resealPages(inner, column, page))
    onProgress(Math.min(1, (page + pagesAtOnce) / pages))
  }
  return resealed
}

async function resealPages(ctx: Ctx, column: SealedColumn, page: number): Promise<number> {
  const table = sql`${identifier(column.schema)}.${identifier(column.table)}`
  const cell = identifier(column.column)
  const stale = await ctx.db.all(
    Stale,
    sql`
    select ctid::text as place, ${cell} as sealed
      from ${table}
     where ctid >= ${`(${page},0)`}::tid and ctid < ${`(${page + pagesAtOnce},0)`}::tid
       and length(${cell}) > 1 and get_byte(substring(${cell} for 2), 1) <> ${ctx.vault.newestKey}
       for update`,
  )
  if (stale.length === 0) return 0
  const anew = stale.map(({ place, sealed }) => ({ place, sealed: ctx.vault.seal(openOf(ctx, column, sealed)) }))
  // The rows are locked, so their places hold until this transaction ends.
  return ctx.db.run(sql`
    update ${table} t
       set ${cell} = anew.sealed
      from ${rowsAs('anew', anew, { place: 'text', sealed: 'bytea' })}
     where t.ctid = anew.place::tid`)
}

function openOf(ctx: Ctx, column: SealedColumn, sealed: Buffer): string {
  try {
    return ctx.vault.open(sealed)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Failure('KEY_MISSING', { reason: `${columnName(column)}：${String(error.details.reason ?? '')}` }, error)
  }
}
