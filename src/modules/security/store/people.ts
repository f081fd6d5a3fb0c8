import { z } from 'zod'
import type { Preferences } from '../../../contract/security.ts'
import { type Instant, isoText } from '../../../core/time/instant.ts'
import type { Db } from '../../../platform/db/open.ts'
import { type Sql, sql } from '../../../platform/db/sql.ts'
import { preset } from './roles.ts'

const HeldRole = z.strictObject({ id: z.int(), name: z.string(), preset, permissions: z.array(z.string()) })

const PersonRow = z.strictObject({
  id: z.int(),
  loginName: z.string(),
  name: z.string(),
  passwordHash: z.string(),
  isActive: z.boolean(),
  mustChangePassword: z.boolean(),
  language: z.enum(['zh', 'en']),
  theme: z.enum(['light', 'dark', 'system']),
  createdAt: z.int(),
  lastSignedInAt: z.int().nullable(),
  version: z.int(),
  roles: z.array(HeldRole),
})
export type PersonRow = z.output<typeof PersonRow>

const columns = sql`
  p.id, p.login_name, p.name, p.password_hash, p.is_active, p.must_change_password, p.language, p.theme, p.created_at,
  p.last_signed_in_at, p.version,
  (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'preset', r.preset, 'permissions', r.permissions) order by r.id), '[]')
     from security.person_role pr join security.role r on r.id = pr.role_id
    where pr.person_id = p.id) as roles`

const peopleWhere = (condition: Sql) => sql`select ${columns} from security.person p where ${condition}`

export const findPerson = (db: Db, personId: number) => db.maybe(PersonRow, peopleWhere(sql`p.id = ${personId}`))

export const findByLoginName = (db: Db, loginName: string) =>
  db.maybe(PersonRow, peopleWhere(sql`lower(p.login_name) = lower(${loginName})`))

export const lockPerson = (db: Db, personId: number) =>
  db.maybe(PersonRow, sql`${peopleWhere(sql`p.id = ${personId}`)} for update of p`)

/** Active ones first, then by name. */
export const listPeople = (db: Db) =>
  db.all(PersonRow, sql`${peopleWhere(sql`true`)} order by p.is_active desc, p.login_name`)

const Id = z.strictObject({ id: z.int() })

export interface NewPerson {
  readonly loginName: string
  readonly name: string
  readonly passwordHash: string
  readonly mustChangePassword: boolean
  readonly preferences: Preferences
  readonly at: Instant
}

/** Throws on a login name that is taken (constraint person_login_name). */
export const insertPerson = (db: Db, person: NewPerson) =>
  db.one(
    Id,
    sql`
    insert into security.person (login_name, name, password_hash, must_change_password, language, theme, created_at)
    values (${person.loginName}, ${person.name}, ${person.passwordHash}, ${person.mustChangePassword},
            ${person.preferences.language}, ${person.preferences.theme}, ${isoText(person.at)})
    returning id`,
  )

/** Throws on a login name that is taken (constraint person_login_name). */
export const savePerson = (
  db: Db,
  person: { readonly id: number; readonly loginName: string; readonly name: string; readonly isActive: boolean },
) =>
  db.run(sql`
    update security.person
       set login_name = ${person.loginName}, name = ${person.name}, is_active = ${person.isActive}, version = version + 1
     where id = ${person.id}`)

export async function saveRolesOf(db: Db, personId: number, roleIds: readonly number[]): Promise<void> {
  await db.run(
    sql`delete from security.person_role where person_id = ${personId} and role_id <> all(${roleIds}::bigint[])`,
  )
  await db.run(sql`
    insert into security.person_role (person_id, role_id)
    select ${personId}, role_id from unnest(${roleIds}::bigint[]) as t(role_id)
        on conflict do nothing`)
}

export const savePassword = (
  db: Db,
  password: { readonly personId: number; readonly hash: string; readonly mustChange: boolean },
) =>
  db.run(sql`
    update security.person set password_hash = ${password.hash}, must_change_password = ${password.mustChange}
     where id = ${password.personId}`)

export const savePreferences = (db: Db, personId: number, { language, theme }: Preferences) =>
  db.run(sql`update security.person set language = ${language}, theme = ${theme} where id = ${personId}`)

export const saveSignedIn = (db: Db, personId: number, at: Instant) =>
  db.run(sql`update security.person set last_signed_in_at = ${isoText(at)} where id = ${personId}`)
