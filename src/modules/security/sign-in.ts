import { createHash } from 'node:crypto'
import type { InputOf } from '../../contract/route.ts'
import type { Me, signIn as signInRoute } from '../../contract/security.ts'
import {
  forgottenAfterMs,
  type Patience,
  perAddress,
  perNameAndAddress,
  waitUntil,
} from '../../core/access/throttle.ts'
import { Failure } from '../../core/failures.ts'
import { csrfOf } from '../../platform/http/gate.ts'
import type { SessionAnswer } from '../../platform/http/serve.ts'
import type { Visit } from '../../platform/http/visit.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from './audit.ts'
import { describeMe } from './describe-me.ts'
import { beginSession } from './open-gate.ts'
import { isPassword } from './secrets.ts'
import { deleteAttempts, forgiveAttempt, lockAttempts, saveAttempts } from './store/attempts.ts'
import { findByLoginName, type PersonRow, saveSignedIn } from './store/people.ts'
import { deleteSession } from './store/sessions.ts'

/** Signs a person in (登录). Throws SIGN_IN_REFUSED, SIGN_IN_THROTTLED. */
export async function signIn(ctx: Ctx, input: InputOf<typeof signInRoute>, visit: Visit): Promise<SessionAnswer<Me>> {
  const forgive = await countTry(ctx, input.loginName, visit.address)
  const person = await findByLoginName(ctx.db, input.loginName)
  const isRight = await isPassword(input.password, person?.isActive ? person.passwordHash : null)
  if (person === null || !isRight) {
    if (person)
      await audit(ctx, {
        deed: 'security.sign-in-refused',
        object: 'person',
        objectId: person.id,
        details: { address: visit.address },
      })
    throw new Failure('SIGN_IN_REFUSED')
  }
  await forgive()
  return welcome(ctx, person, visit)
}

async function welcome(outer: Ctx, person: PersonRow, visit: Visit): Promise<SessionAnswer<Me>> {
  const actor = { kind: 'person', id: person.id, name: person.name, permissions: outer.actor.permissions } as const
  return outer.tx(async (inner) => {
    const ctx: Ctx = { ...inner, actor }
    if (visit.sessionId !== null) await deleteSession(ctx.db, visit.sessionId)
    const session = await beginSession(ctx, person.id)
    await saveSignedIn(ctx.db, person.id, ctx.now())
    await audit(ctx, {
      deed: 'security.signed-in',
      object: 'person',
      objectId: person.id,
      details: { address: visit.address },
    })
    return { session, body: await describeMe(ctx, person.id, csrfOf(session.token)) }
  })
}

/**
 * Counts a try to sign in as failed before it is known, so that many tries at once count one by one. Gives what takes it back.
 * Throws SIGN_IN_THROTTLED with the seconds to wait.
 */
export async function countTry(outer: Ctx, name: string, address: string): Promise<() => Promise<void>> {
  const ofName = tryKey('name', name.toLowerCase(), address)
  const ofAddress = tryKey('address', address)
  const patienceOf = (key: Buffer): Patience => (key.equals(ofName) ? perNameAndAddress : perAddress)
  await outer.tx(async (ctx) => {
    const now = ctx.now()
    const known = await lockAttempts(ctx.db, [ofName, ofAddress], { now, forgottenBefore: now - forgottenAfterMs })
    const waitMs = Math.max(...known.map(({ waitUntil: until }) => (until ?? now) - now))
    if (waitMs > 0) throw new Failure('SIGN_IN_THROTTLED', { seconds: Math.ceil(waitMs / 1_000) })
    const counted = known.map(({ keyHash, failed }) => ({
      keyHash,
      failed: failed + 1,
      waitUntil: waitUntil(patienceOf(keyHash), failed + 1, now),
    }))
    await saveAttempts(ctx.db, counted, now)
  })
  return async () => {
    await deleteAttempts(outer.db, [ofName])
    await forgiveAttempt(outer.db, ofAddress, perAddress.freeTries)
  }
}

/** Names typed by mistake may be passwords; only this is kept of them. */
const tryKey = (...parts: readonly string[]) => createHash('sha256').update(parts.join('\0')).digest()
