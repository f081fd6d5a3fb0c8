import type { Me } from '../../contract/security.ts'
import { rightsOfAll } from '../../core/access/grants.ts'
import { allPermissions } from '../../core/access/permissions.ts'
import { Failure } from '../../core/failures.ts'
import type { Ctx } from '../../platform/module.ts'
import { findCompany } from './store/company.ts'
import { findPerson, type PersonRow } from './store/people.ts'

/** What a page must know about whoever is signed in. `csrfToken` is the session's. Throws SIGN_IN_NEEDED when the person is gone. */
export async function describeMe(ctx: Ctx, personId: number | null, csrfToken: string | null): Promise<Me> {
  const person = personId === null ? null : await findPerson(ctx.db, personId)
  const company = await findCompany(ctx.db)
  if (person === null || company === null || csrfToken === null) throw new Failure('SIGN_IN_NEEDED')
  const rights = rightsOfAll(person.roles)
  return {
    id: person.id,
    loginName: person.loginName,
    name: person.name,
    roles: roleNames(person),
    permissions: allPermissions.filter((permission) => rights.has(permission)),
    company,
    isSandbox: ctx.settings.isSandbox,
    preferences: { language: person.language, theme: person.theme },
    csrfToken,
    mustChangePassword: person.mustChangePassword,
  }
}

/** The roles of a person as pages name them. */
export const roleNames = ({ roles }: PersonRow) => roles.map(({ id, name, preset }) => ({ id, name, preset }))
