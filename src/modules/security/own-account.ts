import type { InputOf } from '../../contract/route.ts'
import type { changeOwnPassword as changeOwnPasswordRoute, Preferences } from '../../contract/security.ts'
import { Failure } from '../../core/failures.ts'
import { inputInvalid } from '../../platform/http/failure-reply.ts'
import type { SessionAnswer } from '../../platform/http/serve.ts'
import type { Visit } from '../../platform/http/visit.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from './audit.ts'
import { hashPassword, isPassword, refuseWeak } from './secrets.ts'
import { countTry } from './sign-in.ts'
import { findPerson, savePassword, savePreferences } from './store/people.ts'
import { deleteSession, deleteSessionsOf } from './store/sessions.ts'

type Nothing = Record<string, never>

/** Ends this session (退出登录). */
export async function signOut(outer: Ctx, visit: Visit): Promise<SessionAnswer<Nothing>> {
  await outer.tx(async (ctx) => {
    if (visit.sessionId !== null) await deleteSession(ctx.db, visit.sessionId)
    await audit(ctx, { deed: 'security.signed-out', object: 'person', objectId: ctx.actor.id })
  })
  return { session: null, body: {} }
}

/** Ends every session of this person (退出所有设备). */
export async function signOutEverywhere(outer: Ctx): Promise<SessionAnswer<{ ended: number }>> {
  const ended = await outer.tx(async (ctx) => {
    const count = await deleteSessionsOf(ctx.db, ownId(ctx), null)
    await audit(ctx, {
      deed: 'security.signed-out-everywhere',
      object: 'person',
      objectId: ctx.actor.id,
      details: { ended: count },
    })
    return count
  })
  return { session: null, body: { ended } }
}

/** Other sessions of this person end. Throws INPUT_INVALID, SIGN_IN_THROTTLED. */
export async function changeOwnPassword(
  outer: Ctx,
  input: InputOf<typeof changeOwnPasswordRoute>,
  visit: Visit,
): Promise<Nothing> {
  const personId = ownId(outer)
  const forgive = await countTry(outer, `#${personId}`, visit.address)
  const person = await findPerson(outer.db, personId)
  if (person === null) throw new Failure('SIGN_IN_NEEDED')
  if (!(await isPassword(input.currentPassword, person.passwordHash)))
    throw inputInvalid({ path: 'currentPassword', title: '原密码' }, { zh: '不对', en: 'is wrong' })
  await forgive()
  refuseWeak(input.newPassword, person.loginName, 'newPassword')
  const hash = await hashPassword(input.newPassword)

  return outer.tx(async (ctx) => {
    await savePassword(ctx.db, { personId, hash, mustChange: false })
    await deleteSessionsOf(ctx.db, personId, visit.sessionId)
    await audit(ctx, { deed: 'security.password-changed', object: 'person', objectId: personId })
    return {}
  })
}

/** 语言与外观. */
export async function changePreferences(ctx: Ctx, preferences: Preferences): Promise<Preferences> {
  await savePreferences(ctx.db, ownId(ctx), preferences)
  return preferences
}

function ownId(ctx: Ctx): number {
  if (ctx.actor.kind !== 'person' || ctx.actor.id === null) throw new Failure('SIGN_IN_NEEDED')
  return ctx.actor.id
}
