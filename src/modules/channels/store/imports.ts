import { z } from 'zod'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { sql } from '../../../platform/db/sql.ts'

const bytes = z.instanceof(Uint8Array).nullable()

export const ImportRow = z.strictObject({
  id: z.int(),
  fileName: z.string(),
  kind: z.enum(['orders', 'stock', 'products', 'waybills']),
  channel: z.string().nullable(),
  shopId: z.int().nullable(),
  state: z.enum(['ready', 'running', 'stopped', 'done', 'failed', 'undoing', 'undone', 'dropped']),
  encoding: z.string(),
  onlyGoodRows: z.boolean(),
  rows: z.int(),
  things: z.int(),
  done: z.int(),
  known: z.int(),
  failed: z.int(),
  code: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  uploadedBy: z.string(),
  uploadedAt: z.number(),
  endedAt: z.number().nullable(),
})
export type ImportRow = z.infer<typeof ImportRow>

const columns = sql`id, file_name, kind, channel, shop_id, state, encoding, only_good_rows, rows, things, done, known, failed, code, details,
         uploaded_by, uploaded_at, ended_at`

export interface NewImport {
  readonly fileName: string
  readonly digest: string
  readonly kind: ImportRow['kind']
  readonly channel: string | null
  readonly shopId: number | null
  readonly encoding: string
  readonly rows: number
  readonly things: number
  readonly fileSealed: Uint8Array
  readonly by: string
  readonly now: Instant
}

export const insertImport = (db: Db, given: NewImport) =>
  db.one(
    z.strictObject({ id: z.int() }),
    sql`
  insert into channels.import (file_name, digest, kind, channel, shop_id, state, encoding, rows, things, file_sealed, uploaded_by, uploaded_at)
  values (${given.fileName}, ${given.digest}, ${given.kind}, ${given.channel}, ${given.shopId}, 'ready', ${given.encoding}, ${given.rows}, ${given.things}, ${given.fileSealed}, ${given.by}, ${isoText(given.now)})
  returning id`,
  )

export const findImport = (db: Db, id: number) =>
  db.maybe(ImportRow, sql`select ${columns} from channels.import where id = ${id}`)

export const lockImport = (db: Db, id: number) =>
  db.maybe(ImportRow, sql`select ${columns} from channels.import where id = ${id} for update`)

const Kept = z.strictObject({ fileSealed: bytes, correctionsSealed: bytes, rowErrorsSealed: bytes })

export const readKept = (db: Db, id: number) =>
  db.one(
    Kept,
    sql`
  select file_sealed, corrections_sealed, row_errors_sealed from channels.import where id = ${id}`,
  )

export const listImports = (db: Db, page: { readonly before: number | null; readonly limit: number }) =>
  db.all(
    ImportRow,
    sql`
  select ${columns}
    from channels.import
   where state <> 'dropped' and (${page.before}::bigint is null or id < ${page.before}::bigint)
   order by id desc
   limit ${page.limit}`,
  )

export const saveCorrections = (db: Db, id: number, given: { readonly sealed: Uint8Array; readonly things: number }) =>
  db.run(sql`
  update channels.import set corrections_sealed = ${given.sealed}, things = ${given.things} where id = ${id}`)

export const saveRun = (db: Db, id: number, run: { readonly shopId: number | null; readonly onlyGoodRows: boolean }) =>
  db.run(sql`
  update channels.import
     set state = 'running', shop_id = ${run.shopId}, only_good_rows = ${run.onlyGoodRows}
   where id = ${id}`)

export const saveProgress = (db: Db, id: number, more: { readonly done: number; readonly known: number }) =>
  db.run(sql`
  update channels.import set done = done + ${more.done}, known = known + ${more.known} where id = ${id}`)

export const saveEnd = (
  db: Db,
  id: number,
  end: {
    readonly state: ImportRow['state']
    readonly failed: number
    readonly rowErrorsSealed: Uint8Array | null
    readonly now: Instant
  },
) =>
  db.run(sql`
  update channels.import
     set state = ${end.state}, failed = ${end.failed}, row_errors_sealed = ${end.rowErrorsSealed}, ended_at = ${isoText(end.now)}
   where id = ${id}`)

export const saveFailure = (
  db: Db,
  id: number,
  failure: { readonly code: string; readonly details: object; readonly now: Instant },
) =>
  db.run(sql`
  update channels.import
     set state = 'failed', code = ${failure.code}, details = ${JSON.stringify(failure.details)}::jsonb, ended_at = ${isoText(failure.now)}
   where id = ${id} and state in ('running', 'undoing')`)

export const saveState = (db: Db, id: number, state: ImportRow['state']) =>
  db.run(sql`
  update channels.import set state = ${state} where id = ${id}`)

/** An import that stands as before its undo: what was not gone through to its end had been stopped. */
export const saveAsBeforeUndo = (db: Db, id: number) =>
  db.run(sql`
  update channels.import
     set state = case when kind = 'orders' and done + known < things then 'stopped' else 'done' end
   where id = ${id}`)

const Content = z.strictObject({
  channelOrderNo: z.string(),
  content: z.string(),
  modifiedAt: z.number(),
  state: z.string(),
})

/** What is held of these orders, to see which ones a file would change. */
export const listContents = (db: Db, shopId: number, orderNos: readonly string[]) =>
  db.all(
    Content,
    sql`
  select channel_order_no, content::text, modified_at, state
    from channels.seen
   where shop_id = ${shopId} and channel_order_no = any(${orderNos}::text[])
   order by channel_order_no`,
  )

const Brought = z.strictObject({ shopId: z.int(), channelOrderNo: z.string(), isOnlyFromFile: z.boolean() })

/** Orders that this import brought first, and whether the channel itself has told of them since. */
export const lockBrought = (db: Db, importId: number) =>
  db.all(
    Brought,
    sql`
  select shop_id, channel_order_no, source = 'import' as is_only_from_file
    from channels.seen
   where import_id = ${importId} and state <> 'withdrawn'
   order by id
     for update`,
  )

export const saveWithdrawn = (db: Db, importId: number, orderNos: readonly string[]) =>
  db.run(sql`
  update channels.seen
     set state = 'withdrawn', order_sealed = null
   where import_id = ${importId} and channel_order_no = any(${orderNos}::text[])`)

const keptMs = 30 * 24 * 3_600_000

/** The file itself is kept for 30 days after its import. */
export const deleteOldFiles = (db: Db, now: Instant) =>
  db.run(sql`
  update channels.import
     set file_sealed = null, corrections_sealed = null, row_errors_sealed = null
   where file_sealed is not null and uploaded_at < ${isoText(now - keptMs)}::timestamptz and state not in ('running', 'undoing')`)
