import type { InputOf } from '../../contract/route.ts'
import type {
  changePerson as changePersonRoute,
  createPerson as createPersonRoute,
  Person,
} from '../../contract/security.ts'
import { firstLacking, rightsOfAll } from '../../core/access/grants.ts'
import type { Permission } from '../../core/access/permissions.ts'
import { Failure } from '../../core/failures.ts'
import { isoText } from '../../core/time/instant.ts'
import { constraintOf } from '../../platform/db/open.ts'
import { tell } from '../../platform/events/tell.ts'
import { permissionWords } from '../../platform/http/failure-reply.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from './audit.ts'
import { roleNames } from './describe-me.ts'
import { hashPassword, madeUpPassword, refuseWeak } from './secrets.ts'
import * as store from './store/people.ts'
import { countOwners, holdRoles, lockOwnerRole } from './store/roles.ts'
import { deleteSessionsOf } from './store/sessions.ts'

export async function listPeople(ctx: Ctx): Promise<{ people: Person[] }> {
  return { people: (await store.listPeople(ctx.db)).map(shown) }
}

/** Adds a person (新建员工). Throws PERSON_NAME_TAKEN, ROLE_NOT_FOUND, PERMISSION_NEEDED, INPUT_INVALID. */
export async function createPerson(
  outer: Ctx,
  input: InputOf<typeof createPersonRoute>,
): Promise<{ person: Person; password: string | null }> {
  const { loginName, name, roleIds } = input
  if (input.password !== undefined) refuseWeak(input.password, loginName, 'password')
  const password = input.password ?? madeUpPassword()
  const passwordHash = await hashPassword(password)

  return outer.tx(async (ctx) => {
    const roles = await grantable(ctx, roleIds)
    const preferences = { language: 'zh', theme: 'system' } as const
    const { id } = await nameFree(loginName, () =>
      store.insertPerson(ctx.db, {
        loginName,
        name,
        passwordHash,
        mustChangePassword: true,
        preferences,
        at: ctx.now(),
      }),
    )
    await store.saveRolesOf(
      ctx.db,
      id,
      roles.map((role) => role.id),
    )
    await audit(ctx, {
      deed: 'security.person-created',
      object: 'person',
      objectId: id,
      details: { loginName, name, roles: roles.map((role) => role.name) },
    })
    await tell(ctx, 'security.person-changed', { personId: id })
    return {
      person: shown((await store.findPerson(ctx.db, id))!),
      password: input.password === undefined ? password : null,
    }
  })
}

/**
 * Changes a person, or deactivates one, whose sessions then end at once (停用).
 * Throws PERSON_NOT_FOUND, PERSON_NAME_TAKEN, ROLE_NOT_FOUND, LAST_OWNER, CHANGED_MEANWHILE, PERMISSION_NEEDED.
 */
export async function changePerson(outer: Ctx, input: InputOf<typeof changePersonRoute>): Promise<Person> {
  return outer.tx(async (ctx) => {
    // Whoever might take the last owner away does so one after the other.
    await lockOwnerRole(ctx.db)
    const before = await lockLesser(ctx, input.personId)
    if (before.version !== input.version) throw new Failure('CHANGED_MEANWHILE')
    const next = {
      id: before.id,
      loginName: input.loginName ?? before.loginName,
      name: input.name ?? before.name,
      isActive: input.isActive ?? before.isActive,
    }
    await nameFree(next.loginName, () => store.savePerson(ctx.db, next))
    if (input.roleIds)
      await store.saveRolesOf(
        ctx.db,
        before.id,
        (await grantable(ctx, input.roleIds)).map((role) => role.id),
      )
    if ((await countOwners(ctx.db)) === 0) throw new Failure('LAST_OWNER')
    if (!next.isActive) await deleteSessionsOf(ctx.db, before.id, null)

    const after = (await store.findPerson(ctx.db, before.id))!
    await audit(ctx, {
      deed: deedOf(before, after),
      object: 'person',
      objectId: before.id,
      details: { before: told(before), after: told(after) },
    })
    await tell(ctx, 'security.person-changed', { personId: before.id })
    return shown(after)
  })
}

/** Makes up a password, to be changed by the person; all their sessions end. Throws PERSON_NOT_FOUND, PERMISSION_NEEDED. */
export async function resetPassword(
  outer: Ctx,
  { personId }: { readonly personId: number },
): Promise<{ password: string }> {
  const password = madeUpPassword()
  await setPassword(outer, { personId, password, mustChange: true })
  return { password }
}

/** Sets a person's password for them. Throws PERSON_NOT_FOUND, PERMISSION_NEEDED. */
export async function setPassword(
  outer: Ctx,
  {
    personId,
    password,
    mustChange,
  }: { readonly personId: number; readonly password: string; readonly mustChange: boolean },
): Promise<void> {
  const hash = await hashPassword(password)
  await outer.tx(async (ctx) => {
    await lockLesser(ctx, personId)
    await store.savePassword(ctx.db, { personId, hash, mustChange })
    await deleteSessionsOf(ctx.db, personId, null)
    await audit(ctx, { deed: 'security.password-reset', object: 'person', objectId: personId })
  })
}

/** Ends every session of a person. Throws PERSON_NOT_FOUND, PERMISSION_NEEDED. */
export async function endSessions(outer: Ctx, { personId }: { readonly personId: number }): Promise<{ ended: number }> {
  return outer.tx(async (ctx) => {
    await lockLesser(ctx, personId)
    const ended = await deleteSessionsOf(ctx.db, personId, null)
    await audit(ctx, { deed: 'security.sessions-ended', object: 'person', objectId: personId, details: { ended } })
    return { ended }
  })
}

/** Throws PERMISSION_NEEDED naming the first right that the giver lacks. */
export function refuseBeyond(ctx: Ctx, given: Iterable<Permission>): void {
  const lacking = firstLacking(ctx.actor.permissions, given)
  if (lacking !== null) throw new Failure('PERMISSION_NEEDED', { permission: permissionWords(lacking) })
}

/** A person who may do no more than the one who acts on them; else taking their password would be taking their rights. */
async function lockLesser(ctx: Ctx, personId: number): Promise<store.PersonRow> {
  const person = await store.lockPerson(ctx.db, personId)
  if (person === null) throw new Failure('PERSON_NOT_FOUND')
  refuseBeyond(ctx, rightsOfAll(person.roles))
  return person
}

async function grantable(ctx: Ctx, roleIds: readonly number[]) {
  const roles = await holdRoles(ctx.db, roleIds)
  if (roles.length !== new Set(roleIds).size) throw new Failure('ROLE_NOT_FOUND')
  refuseBeyond(ctx, rightsOfAll(roles))
  return roles
}

async function nameFree<T>(loginName: string, save: () => Promise<T>): Promise<T> {
  try {
    return await save()
  } catch (error) {
    if (constraintOf(error) === 'person_login_name') throw new Failure('PERSON_NAME_TAKEN', { name: loginName }, error)
    throw error
  }
}

function deedOf(before: store.PersonRow, after: store.PersonRow) {
  if (before.isActive === after.isActive) return 'security.person-changed'
  return after.isActive ? 'security.person-activated' : 'security.person-deactivated'
}

const told = ({ loginName, name, isActive, roles }: store.PersonRow) => ({
  loginName,
  name,
  isActive,
  roles: roles.map((role) => role.name),
})

const shown = (person: store.PersonRow): Person => ({
  id: person.id,
  loginName: person.loginName,
  name: person.name,
  roles: roleNames(person),
  isActive: person.isActive,
  mustChangePassword: person.mustChangePassword,
  lastSignedInAt: person.lastSignedInAt === null ? null : isoText(person.lastSignedInAt),
  createdAt: isoText(person.createdAt),
  version: person.version,
})
