import { z } from 'zod'
import { presetOf } from '../../../core/access/grants.ts'
import type { RolePreset } from '../../../core/access/permissions.ts'
import type { Db } from '../../../platform/db/open.ts'
import { rowsAs, sql } from '../../../platform/db/sql.ts'

export const preset = z
  .string()
  .nullable()
  .transform((text): RolePreset | null => presetOf(text))

const RoleRow = z.strictObject({
  id: z.int(),
  preset,
  name: z.string(),
  permissions: z.array(z.string()),
  version: z.int(),
  people: z.int(),
})
export type RoleRow = z.output<typeof RoleRow>

/** The owner first, then in order of making. */
export const listRoles = (db: Db) =>
  db.all(
    RoleRow,
    sql`
    select r.id, r.preset, r.name, r.permissions, r.version,
           (select count(*)::int from security.person_role p where p.role_id = r.id) as people
      from security.role r
     order by r.preset is distinct from 'owner', r.id`,
  )

export const lockRole = (db: Db, roleId: number) =>
  db.maybe(
    RoleRow,
    sql`
    select r.id, r.preset, r.name, r.permissions, r.version,
           (select count(*)::int from security.person_role p where p.role_id = r.id) as people
      from security.role r
     where r.id = ${roleId}
       for update of r`,
  )

/** Those of the roles that exist, kept from being deleted meanwhile, in order of id. */
export const holdRoles = (db: Db, roleIds: readonly number[]) =>
  db.all(
    RoleRow,
    sql`
    select r.id, r.preset, r.name, r.permissions, r.version, 0 as people
      from security.role r
     where r.id = any(${roleIds}::bigint[])
     order by r.id
       for share of r`,
  )

const Id = z.strictObject({ id: z.int() })

/** Throws on a name that is taken (constraint role_name). */
export const insertRole = (db: Db, name: string, permissions: readonly string[]) =>
  db.one(Id, sql`insert into security.role (name, permissions) values (${name}, ${permissions}::text[]) returning id`)

/** Those presets that are not there yet. */
export const insertPresets = (
  db: Db,
  rows: readonly { readonly preset: RolePreset; readonly name: string; readonly permissions: readonly string[] }[],
) =>
  db.run(sql`
    insert into security.role (preset, name, permissions)
    select preset, name, permissions::text[]
      from ${rowsAs('t', rows, { preset: 'text', name: 'text', permissions: 'text[]' })}
        on conflict do nothing`)

export const saveRole = (
  db: Db,
  role: { readonly id: number; readonly name: string; readonly permissions: readonly string[] },
) =>
  db.run(sql`
    update security.role
       set name = ${role.name}, permissions = ${role.permissions}::text[], version = version + 1
     where id = ${role.id}`)

export const deleteRole = (db: Db, roleId: number) => db.run(sql`delete from security.role where id = ${roleId}`)

/** Whoever takes an owner away waits here for whoever does the same. */
export const lockOwnerRole = (db: Db) => db.run(sql`select 1 from security.role where preset = 'owner' for update`)

const Count = z.strictObject({ owners: z.int() })

/** People who are active and owners. */
export const countOwners = async (db: Db) =>
  (
    await db.one(
      Count,
      sql`
      select count(*)::int as owners
        from security.person p
        join security.person_role pr on pr.person_id = p.id
        join security.role r on r.id = pr.role_id
       where p.is_active and r.preset = 'owner'`,
    )
  ).owners
