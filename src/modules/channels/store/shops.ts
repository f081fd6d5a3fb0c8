import { z } from 'zod'
import type { Instant } from '../../../core/time/instant.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { type Sql, sql } from '../../../platform/db/sql.ts'

/** A shop (店铺) as it stands; its credentials stay sealed until a call is made. */
export const ShopRow = z.strictObject({
  id: z.int(),
  channel: z.string(),
  name: z.string(),
  mode: z.enum(['api', 'file']),
  /** The shop whose parcels this one's platform is told of as well; null for a shop of its own. */
  besideShopId: z.int().nullable(),
  connection: z.string(),
  credentials: z.instanceof(Uint8Array).nullable(),
  appKey: z.string().nullable(),
  channelShopNo: z.string().nullable(),
  historyDays: z.int(),
  isReadOnly: z.boolean(),
  shadowSince: z.number().nullable(),
  shadowDays: z.int(),
  pausedAt: z.number().nullable(),
  stoppedAt: z.number().nullable(),
  stoppedBecause: z.string().nullable(),
  authorisedAt: z.number().nullable(),
  expiresAt: z.number().nullable(),
  refreshableUntil: z.number().nullable(),
  refreshedAt: z.number().nullable(),
  warnedDays: z.int().nullable(),
  beganAt: z.number().nullable(),
  readToAt: z.number().nullable(),
  cursorAt: z.number().nullable(),
  casesCursorAt: z.number().nullable(),
  deepAt: z.number().nullable(),
  spanMs: z.number().nullable(),
})
export type ShopRow = z.infer<typeof ShopRow>

const columns = sql`id, channel, name, mode, beside_shop_id, connection, credentials, app_key, channel_shop_no, history_days, is_read_only, shadow_since, shadow_days,
         paused_at, stopped_at, stopped_because, authorised_at, expires_at, refreshable_until, refreshed_at, warned_days,
         began_at, read_to_at, cursor_at, cases_cursor_at, deep_at, span_ms`

export const findShop = (db: Db, id: number) =>
  db.maybe(
    ShopRow,
    sql`
  select ${columns}
    from channels.shop
   where id = ${id} and deleted_at is null`,
  )

export const lockShop = (db: Db, id: number) =>
  db.maybe(
    ShopRow,
    sql`
  select ${columns}
    from channels.shop
   where id = ${id} and deleted_at is null
     for update`,
  )

export const listShops = (db: Db) =>
  db.all(
    ShopRow,
    sql`
  select ${columns}
    from channels.shop
   where deleted_at is null
   order by id`,
  )

const NamedShop = z.strictObject({
  id: z.int(),
  channel: z.string(),
  name: z.string(),
  mode: z.enum(['api', 'file']),
  isReadOnly: z.boolean(),
  isDeleted: z.boolean(),
  besideShopId: z.int().nullable(),
})
export type NamedShop = z.infer<typeof NamedShop>

/** All shops there ever were: orders of a deleted one still name it. */
export const listNamedShops = (db: Db) =>
  db.all(
    NamedShop,
    sql`
  select id, channel, name, mode, is_read_only, deleted_at is not null as is_deleted, beside_shop_id
    from channels.shop
   order by id`,
  )

const Id = z.strictObject({ id: z.int() })

export const insertShop = (
  db: Db,
  shop: {
    readonly channel: string
    readonly name: string
    readonly mode: 'api' | 'file'
    readonly besideShopId: number | null
    readonly connection: string
    readonly now: Instant
  },
) =>
  db.one(
    Id,
    sql`
  insert into channels.shop (channel, name, mode, beside_shop_id, connection, created_at)
  values (${shop.channel}, ${shop.name}, ${shop.mode}, ${shop.besideShopId}, ${shop.connection}, ${isoText(shop.now)})
  returning id`,
  )

const instantOrNull = (at: Instant | null): Sql => sql`${at === null ? null : isoText(at)}::timestamptz`

export const saveSettings = (
  db: Db,
  id: number,
  settings: Pick<ShopRow, 'name' | 'historyDays' | 'isReadOnly' | 'shadowSince' | 'shadowDays'>,
) =>
  db.run(sql`
  update channels.shop
     set name = ${settings.name}, history_days = ${settings.historyDays}, is_read_only = ${settings.isReadOnly},
         shadow_since = ${instantOrNull(settings.shadowSince)}, shadow_days = ${settings.shadowDays}
   where id = ${id}`)

export const savePause = (db: Db, id: number, at: Instant | null) =>
  db.run(sql`
  update channels.shop set paused_at = ${instantOrNull(at)} where id = ${id}`)

export const saveMode = (db: Db, id: number, mode: 'api' | 'file') =>
  db.run(sql`
  update channels.shop set mode = ${mode} where id = ${id}`)

/** True for the one that stopped it; a shop stops once. */
export const saveStop = (db: Db, id: number, because: string, at: Instant) =>
  db.run(sql`
  update channels.shop
     set stopped_at = ${isoText(at)}, stopped_because = ${because}
   where id = ${id} and stopped_at is null and deleted_at is null`)

export const saveGone = (db: Db, id: number, at: Instant) =>
  db.run(sql`
  update channels.shop
     set deleted_at = ${isoText(at)}, credentials = null, connection = 'gone-' || id
   where id = ${id} and deleted_at is null`)

export interface NewCredentials {
  readonly sealed: Uint8Array
  readonly appKey: string
}

/** Typed-in credentials: what authorisation brought before may no longer fit, so the shop is no longer stopped by it. */
export const saveCredentials = (db: Db, id: number, { sealed, appKey }: NewCredentials) =>
  db.run(sql`
  update channels.shop
     set credentials = ${sealed}, app_key = ${appKey}, stopped_at = null, stopped_because = null
   where id = ${id}`)

export interface NewAuthorisation extends NewCredentials {
  readonly channelShopNo: string
  readonly expiresAt: Instant | null
  readonly refreshableUntil: Instant | null
}

export const saveAuthorisation = (db: Db, id: number, given: NewAuthorisation & { readonly now: Instant }) =>
  db.run(sql`
  update channels.shop
     set credentials = ${given.sealed}, app_key = ${given.appKey}, channel_shop_no = ${given.channelShopNo},
         expires_at = ${instantOrNull(given.expiresAt)}, refreshable_until = ${instantOrNull(given.refreshableUntil)},
         authorised_at = ${isoText(given.now)}, refreshed_at = ${isoText(given.now)}, warned_days = null,
         stopped_at = null, stopped_because = null
   where id = ${id}`)

export const saveWarned = (db: Db, id: number, days: number) =>
  db.run(sql`
  update channels.shop set warned_days = ${days} where id = ${id}`)

export const saveShopNo = (db: Db, id: number, channelShopNo: string) =>
  db.run(sql`
  update channels.shop set channel_shop_no = ${channelShopNo} where id = ${id}`)

/** True for the one that began it: all cursors start at this moment. */
export const saveBegin = (db: Db, id: number, at: Instant) =>
  db.run(sql`
  update channels.shop
     set began_at = ${isoText(at)}, read_to_at = ${isoText(at)}, cursor_at = ${isoText(at)}, cases_cursor_at = ${isoText(at)}
   where id = ${id} and began_at is null`)

export const saveSweep = (
  db: Db,
  id: number,
  sweep: { readonly deepAt: Instant | null; readonly spanMs: number | null },
) =>
  db.run(sql`
  update channels.shop set deep_at = ${instantOrNull(sweep.deepAt)}, span_ms = ${sweep.spanMs} where id = ${id}`)

/** Reading went on to `to`; what is proven reaches to the first gap. The caller holds the row's lock. */
export const moveReadTo = (db: Db, id: number, to: Instant) =>
  db.run(sql`
  update channels.shop
     set read_to_at = ${isoText(to)},
         cursor_at = greatest(cursor_at, least(${isoText(to)}::timestamptz, (
           select min(from_at) from channels.span where shop_id = ${id} and kind = 'sweep' and state = 'disagreed')))
   where id = ${id}`)

/** After an old window came to agree, what is proven reaches to the next one that does not. */
export const settleCursor = (db: Db, id: number) =>
  db.run(sql`
  update channels.shop
     set cursor_at = greatest(cursor_at, least(read_to_at, (
           select min(from_at) from channels.span where shop_id = ${id} and kind = 'sweep' and state = 'disagreed')))
   where id = ${id}`)

export const moveCasesCursor = (db: Db, id: number, move: { readonly from: Instant; readonly to: Instant }) =>
  db.run(sql`
  update channels.shop
     set cases_cursor_at = ${isoText(move.to)}
   where id = ${id} and cases_cursor_at = ${isoText(move.from)}::timestamptz`)

export const listByConnection = (db: Db, connections: readonly string[]) =>
  db.all(
    ShopRow,
    sql`
  select ${columns}
    from channels.shop
   where connection = any(${connections}::text[]) and deleted_at is null
   order by id`,
  )

/** What was kept of its pulls goes with a shop; its orders and what they were made from stay. */
export async function deleteTraces(db: Db, id: number): Promise<void> {
  await db.run(sql`delete from channels.missed where shop_id = ${id}`)
  await db.run(sql`delete from channels.span where shop_id = ${id}`)
  await db.run(sql`delete from channels.day where shop_id = ${id}`)
  await db.run(sql`delete from channels.duty where shop_id = ${id}`)
  await db.run(sql`delete from channels.push where shop_id = ${id}`)
  await db.run(sql`delete from channels.authorisation where shop_id = ${id}`)
}

const Active = z.strictObject({
  id: z.int(),
  channel: z.string(),
  readToAt: z.number().nullable(),
  hasHistory: z.boolean(),
})

/** Shops that are swept: begun, connected, neither paused nor stopped. */
export const listActive = (db: Db) =>
  db.all(
    Active,
    sql`
  select id, channel, read_to_at,
         exists (select from channels.span where shop_id = shop.id and kind = 'history' and state <> 'agreed') as has_history
    from channels.shop
   where deleted_at is null and mode = 'api' and paused_at is null and stopped_at is null and began_at is not null and credentials is not null
   order by id`,
  )

const Expiring = z.strictObject({
  id: z.int(),
  channel: z.string(),
  refreshedAt: z.number().nullable(),
  expiresAt: z.number().nullable(),
  refreshableUntil: z.number().nullable(),
  warnedDays: z.int().nullable(),
})

export const listExpiring = (db: Db) =>
  db.all(
    Expiring,
    sql`
  select id, channel, refreshed_at, expires_at, refreshable_until, warned_days
    from channels.shop
   where deleted_at is null and stopped_at is null and expires_at is not null
   order by id`,
  )
