import { z } from 'zod'
import type { Db } from '../../../platform/db/open.ts'
import { sql } from '../../../platform/db/sql.ts'

const Setting = z.strictObject({
  code: z.string(),
  isActive: z.boolean(),
  priority: z.int(),
  provinces: z.array(z.string()),
})
export type Setting = z.infer<typeof Setting>

export const listSettings = (db: Db) =>
  db.all(Setting, sql`select code, is_active, priority, provinces from logistics.carrier order by code`)

/** One change of the table at a time. */
export const holdTable = (db: Db) => db.run(sql`select pg_advisory_xact_lock(hashtext('logistics.carriers'))`)

export const saveSetting = (db: Db, { code, isActive, priority, provinces }: Setting) =>
  db.run(sql`
    insert into logistics.carrier (code, is_active, priority, provinces) values (${code}, ${isActive}, ${priority}, ${provinces}::text[])
        on conflict (code) do update set is_active = excluded.is_active, priority = excluded.priority, provinces = excluded.provinces`)
