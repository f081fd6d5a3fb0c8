import { z } from 'zod'
import { createPerson as createPersonRoute, setUp as setUpRoute } from '../../contract/security.ts'
import type { RolePreset } from '../../core/access/permissions.ts'
import { Failure } from '../../core/failures.ts'
import { inputInvalid } from '../../platform/http/failure-reply.ts'
import { parseInput } from '../../platform/http/parse-input.ts'
import type { Ctx } from '../../platform/module.ts'
import { createPerson, setPassword } from './people.ts'
import { madeUpPassword, refuseWeak } from './secrets.ts'
import { makePresets } from './set-up.ts'
import { findCompany, insertCompany } from './store/company.ts'
import { findByLoginName } from './store/people.ts'

/** A person as typed at the command line. */
export interface TypedPerson {
  readonly loginName: string
  readonly name: string
  readonly role: RolePreset
  /** Undefined: one is made up and given back. */
  readonly password: string | undefined
  /** The company's name, needed before set-up and then only for an owner. */
  readonly company: string | undefined
}

const CompanyName = z.strictObject({ company: setUpRoute.input.shape.company })

/** Adds a person without a page (命令行). Gives the password that was made up, or null. Throws as createPerson does. */
export async function addPerson(outer: Ctx, person: TypedPerson): Promise<{ password: string | null }> {
  return outer.tx(async (ctx) => {
    if ((await findCompany(ctx.db)) === null) await beginCompany(ctx, person)
    const roles = await makePresets(ctx)
    const { loginName, name, password } = person
    const input = { loginName, name, roleIds: [roles.get(person.role)], ...(password !== undefined && { password }) }
    const made = await createPerson(ctx, parseInput(createPersonRoute.input, input))
    return { password: made.password }
  })
}

/** Sets a person's password anew by login name. Gives the one that was made up, or null. Throws PERSON_NOT_FOUND, INPUT_INVALID. */
export async function setPasswordOf(
  ctx: Ctx,
  { loginName, password }: { readonly loginName: string; readonly password: string | undefined },
): Promise<{ password: string | null }> {
  const person = await findByLoginName(ctx.db, loginName)
  if (person === null) throw new Failure('PERSON_NOT_FOUND')
  if (password !== undefined) refuseWeak(password, person.loginName, 'password')
  const next = password ?? madeUpPassword()
  await setPassword(ctx, { personId: person.id, password: next, mustChange: password === undefined })
  return { password: password === undefined ? next : null }
}

async function beginCompany(ctx: Ctx, { company, role }: TypedPerson): Promise<void> {
  if (role !== 'owner')
    throw inputInvalid(
      { path: 'role', title: '岗位' },
      { zh: '第一个员工应是店主', en: 'of the first person must be owner' },
    )
  const { company: name } = parseInput(CompanyName, { company })
  await insertCompany(ctx.db, { name, answers: null, at: ctx.now() })
}
