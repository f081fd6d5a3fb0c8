import type { InputOf } from '../../contract/route.ts'
import type { Me, setUp as setUpRoute } from '../../contract/security.ts'
import { type RolePreset, rolePresets } from '../../core/access/permissions.ts'
import { Failure } from '../../core/failures.ts'
import { csrfOf } from '../../platform/http/gate.ts'
import type { SessionAnswer } from '../../platform/http/serve.ts'
import type { Ctx } from '../../platform/module.ts'
import { version } from '../../platform/version.ts'
import { audit } from './audit.ts'
import { describeMe } from './describe-me.ts'
import { beginSession } from './open-gate.ts'
import { hashPassword, refuseWeak } from './secrets.ts'
import { findCompany, insertCompany } from './store/company.ts'
import { findByLoginName, insertPerson, savePassword, savePerson, saveRolesOf, saveSignedIn } from './store/people.ts'
import { insertPresets, listRoles } from './store/roles.ts'

const usualPreferences = { language: 'zh', theme: 'system' } as const

/** What the first visit must know before anybody can sign in. */
export async function readSetUp(ctx: Ctx) {
  const company = await findCompany(ctx.db)
  return { isDone: company !== null, isSandbox: ctx.settings.isSandbox, company: company?.name ?? null, version }
}

/** Sets the company up (初始设置): its name, the ready-made roles, the owner, who is then signed in. Throws SETUP_DONE, INPUT_INVALID. */
export async function setUp(outer: Ctx, input: InputOf<typeof setUpRoute>): Promise<SessionAnswer<Me>> {
  if ((await findCompany(outer.db)) !== null) throw new Failure('SETUP_DONE')
  refuseWeak(input.password, input.loginName, 'password')
  const passwordHash = await hashPassword(input.password)

  return outer.tx(async (inner) => {
    const at = inner.now()
    // Of two at once the second waits here until the first has committed, and then finds it done.
    if (!(await insertCompany(inner.db, { name: input.company, answers: input.answers, at })))
      throw new Failure('SETUP_DONE')
    const roles = await makePresets(inner)
    const { loginName, name, preferences = usualPreferences } = input
    const { id } = await insertPerson(inner.db, {
      loginName,
      name,
      passwordHash,
      mustChangePassword: false,
      preferences,
      at,
    })
    await saveRolesOf(inner.db, id, [roles.get('owner')!])
    await saveSignedIn(inner.db, id, at)

    const ctx: Ctx = { ...inner, actor: { kind: 'person', id, name, permissions: new Set() } }
    await audit(ctx, {
      deed: 'security.set-up',
      object: 'company',
      objectId: null,
      details: { company: input.company, answers: input.answers },
    })
    const session = await beginSession(ctx, id)
    return { session, body: await describeMe(ctx, id, csrfOf(session.token)) }
  })
}

/** A ready log-in of the sandbox or of a test. */
export interface SeedPerson {
  readonly loginName: string
  readonly name: string
  readonly role: RolePreset
  readonly password: string
}

/** Makes these people with their roles, and the company if there is none; who is there already gets this name, role and password again. */
export async function seedPeople(outer: Ctx, people: readonly SeedPerson[], company = '示例商家'): Promise<void> {
  const hashed = await Promise.all(
    people.map(async (person) => ({ ...person, passwordHash: await hashPassword(person.password) })),
  )
  await outer.tx(async (ctx) => {
    await insertCompany(ctx.db, { name: company, answers: null, at: ctx.now() })
    const roles = await makePresets(ctx)
    for (const { loginName, name, role, passwordHash } of hashed) {
      const known = await findByLoginName(ctx.db, loginName)
      if (known) {
        await savePerson(ctx.db, { id: known.id, loginName, name, isActive: true })
        await savePassword(ctx.db, { personId: known.id, hash: passwordHash, mustChange: false })
      }
      const person = {
        loginName,
        name,
        passwordHash,
        mustChangePassword: false,
        preferences: usualPreferences,
        at: ctx.now(),
      }
      const { id } = known ?? (await insertPerson(ctx.db, person))
      await saveRolesOf(ctx.db, id, [roles.get(role)!])
    }
  })
}

/** The key of each ready-made role, made where it is missing. */
export async function makePresets(ctx: Ctx): Promise<ReadonlyMap<RolePreset | null, number>> {
  const presets = Object.entries(rolePresets) as [RolePreset, { zh: string; permissions: readonly string[] }][]
  await insertPresets(
    ctx.db,
    presets.map(([preset, { zh, permissions }]) => ({ preset, name: zh, permissions })),
  )
  return new Map((await listRoles(ctx.db)).map((role) => [role.preset, role.id]))
}
