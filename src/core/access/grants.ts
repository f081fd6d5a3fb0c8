import { allPermissions, type Permission, type RolePreset, rolePresets } from './permissions.ts'

/** A role as it is stored. */
export interface RoleRights {
  readonly preset: RolePreset | null
  readonly permissions: readonly string[]
}

/**
 * What a role allows. The owner's role allows everything there is, also what came with a later version; a right that this version
 * does not know allows nothing.
 */
export function rightsOf(role: RoleRights): readonly Permission[] {
  return role.preset === 'owner' ? allPermissions : knownPermissions(role.permissions)
}

/** What several roles allow together (一人多岗). */
export function rightsOfAll(roles: readonly RoleRights[]): ReadonlySet<Permission> {
  return new Set(roles.flatMap(rightsOf))
}

/** Those of the texts that are permissions, in the order of the catalogue. */
export function knownPermissions(texts: readonly string[]): Permission[] {
  return allPermissions.filter((permission) => texts.includes(permission))
}

/** The first right in `given` that the giver lacks, or null: nobody can give away more than they hold. */
export function firstLacking(giver: ReadonlySet<Permission>, given: Iterable<Permission>): Permission | null {
  for (const permission of given) if (!giver.has(permission)) return permission
  return null
}

/** Reads a preset's name from the database; null for a role of the merchant's own. */
export function presetOf(text: string | null): RolePreset | null {
  return text !== null && Object.hasOwn(rolePresets, text) ? (text as RolePreset) : null
}
