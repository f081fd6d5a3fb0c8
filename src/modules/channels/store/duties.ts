import { z } from 'zod'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { sql } from '../../../platform/db/sql.ts'

/** What is done for a shop again and again; pages show when each last went well. */
export type Duty = 'orders' | 'history' | 'aftersales' | 'products' | 'shipments' | 'stock' | 'remarks' | 'pushes'

export const saveSuccess = (db: Db, shopId: number, duty: Duty, now: Instant) =>
  db.run(sql`
  insert into channels.duty as d (shop_id, duty, last_success_at)
  select id, ${duty}, ${isoText(now)} from channels.shop where id = ${shopId}
      on conflict (shop_id, duty) do update set last_success_at = excluded.last_success_at`)

/** Troubles of one code are counted until the duty goes well or fails for another reason. */
export const saveTrouble = (
  db: Db,
  shopId: number,
  trouble: { readonly duty: Duty; readonly code: string; readonly details: object; readonly now: Instant },
) =>
  db.run(sql`
  insert into channels.duty as d (shop_id, duty, last_trouble_at, code, details, troubles)
  select id, ${trouble.duty}, ${isoText(trouble.now)}, ${trouble.code}, ${JSON.stringify(trouble.details)}::jsonb, 1 from channels.shop where id = ${shopId}
      on conflict (shop_id, duty) do update
     set last_trouble_at = excluded.last_trouble_at, code = excluded.code, details = excluded.details,
         troubles = case when d.code = excluded.code and d.last_trouble_at > coalesce(d.last_success_at, '-infinity') then d.troubles else 0 end + 1`)

const TroubleRow = z.strictObject({ code: z.string(), at: z.number(), troubles: z.int() })

/** The trouble since the duty last went well. */
export const findTrouble = (db: Db, shopId: number, duty: Duty) =>
  db.maybe(
    TroubleRow,
    sql`
  select code, last_trouble_at as at, troubles
    from channels.duty
   where shop_id = ${shopId} and duty = ${duty} and code is not null and last_trouble_at > coalesce(last_success_at, '-infinity')`,
  )

export const clearTroubles = (db: Db, shopId: number) =>
  db.run(sql`
  update channels.duty set code = null, details = null, last_trouble_at = null where shop_id = ${shopId}`)

const DutyRow = z.strictObject({
  shopId: z.int(),
  duty: z.string(),
  lastSuccessAt: z.number().nullable(),
  lastTroubleAt: z.number().nullable(),
  code: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
})
export type DutyRow = z.infer<typeof DutyRow>

export const listDuties = (db: Db) =>
  db.all(
    DutyRow,
    sql`
  select shop_id, duty, last_success_at, last_trouble_at, code, details
    from channels.duty
   order by shop_id, duty`,
  )
