import type { InputOf } from '../../contract/route.ts'
import type { changeRole as changeRoleRoute, createRole as createRoleRoute, Role } from '../../contract/security.ts'
import { rightsOf } from '../../core/access/grants.ts'
import { Failure } from '../../core/failures.ts'
import { constraintOf } from '../../platform/db/open.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from './audit.ts'
import { refuseBeyond } from './people.ts'
import * as store from './store/roles.ts'

export async function listRoles(ctx: Ctx): Promise<{ roles: Role[] }> {
  return { roles: (await store.listRoles(ctx.db)).map(shown) }
}

/** Adds a role (新建角色). Throws ROLE_NAME_TAKEN, PERMISSION_NEEDED. */
export async function createRole(outer: Ctx, { name, permissions }: InputOf<typeof createRoleRoute>): Promise<Role> {
  return outer.tx(async (ctx) => {
    refuseBeyond(ctx, permissions)
    const { id } = await nameFree(name, () => store.insertRole(ctx.db, name, permissions))
    await audit(ctx, {
      deed: 'security.role-created',
      object: 'role',
      objectId: id,
      details: { after: { name, permissions } },
    })
    return shown((await store.lockRole(ctx.db, id))!)
  })
}

/** Changes what a role allows; it holds for its people at once. Throws ROLE_NOT_FOUND, ROLE_FIXED, ROLE_NAME_TAKEN, CHANGED_MEANWHILE, PERMISSION_NEEDED. */
export async function changeRole(outer: Ctx, input: InputOf<typeof changeRoleRoute>): Promise<Role> {
  return outer.tx(async (ctx) => {
    const before = await lockChangeable(ctx, input.roleId)
    if (before.version !== input.version) throw new Failure('CHANGED_MEANWHILE')
    refuseBeyond(ctx, [...rightsOf(before), ...input.permissions])
    await nameFree(input.name, () =>
      store.saveRole(ctx.db, { id: before.id, name: input.name, permissions: input.permissions }),
    )
    const after = (await store.lockRole(ctx.db, before.id))!
    await audit(ctx, {
      deed: 'security.role-changed',
      object: 'role',
      objectId: before.id,
      details: { before: told(before), after: told(after) },
    })
    return shown(after)
  })
}

/** Throws ROLE_NOT_FOUND, ROLE_FIXED, ROLE_IN_USE. */
export async function deleteRole(outer: Ctx, { roleId }: { readonly roleId: number }): Promise<Record<string, never>> {
  return outer.tx(async (ctx) => {
    const role = await lockChangeable(ctx, roleId)
    if (role.people > 0) throw new Failure('ROLE_IN_USE', { role: role.name })
    await store.deleteRole(ctx.db, roleId)
    await audit(ctx, {
      deed: 'security.role-deleted',
      object: 'role',
      objectId: roleId,
      details: { before: told(role) },
    })
    return {}
  })
}

async function lockChangeable(ctx: Ctx, roleId: number): Promise<store.RoleRow> {
  const role = await store.lockRole(ctx.db, roleId)
  if (role === null) throw new Failure('ROLE_NOT_FOUND')
  if (role.preset === 'owner') throw new Failure('ROLE_FIXED', { role: role.name })
  return role
}

async function nameFree<T>(name: string, save: () => Promise<T>): Promise<T> {
  try {
    return await save()
  } catch (error) {
    if (constraintOf(error) === 'role_name') throw new Failure('ROLE_NAME_TAKEN', { name }, error)
    throw error
  }
}

const told = (role: store.RoleRow) => ({ name: role.name, permissions: rightsOf(role) })

const shown = (role: store.RoleRow): Role => ({
  id: role.id,
  name: role.name,
  preset: role.preset,
  permissions: [...rightsOf(role)],
  isFixed: role.preset === 'owner',
  people: role.people,
  version: role.version,
})
