import { knownPermissions, rightsOfAll } from '../../core/access/grants.ts'
import type { Instant } from '../../core/time/instant.ts'
import type { Gate } from '../../platform/http/gate.ts'
import type { NewSession } from '../../platform/http/serve.ts'
import type { Ctx } from '../../platform/module.ts'
import { newSessionSecret, secretHash } from './secrets.ts'
import { findSession, insertSession, touchSession } from './store/sessions.ts'
import { findToken, touchToken } from './store/tokens.ts'

const dayMs = 24 * 3_600_000
/** A session ends after this long without use, */
const idleMs = 14 * dayMs
/** and after this long in any case. */
const wholeMs = 30 * dayMs
/** Use is noted at most this often, so that reading a page does not write. */
const touchMs = 60_000

export const idleSince = (now: Instant) => now - idleMs

/** Finds out who calls. `ctx` is the product's own. */
export function openGate(ctx: Ctx): Gate {
  return {
    bySession: async (secret) => {
      const now = ctx.now()
      const session = await findSession(ctx.db, secretHash(secret), { now, idleSince: idleSince(now) })
      if (session === null) return null
      if (now - session.lastSeenAt > touchMs) await touchSession(ctx.db, session.id, now)
      const { personId, name, roles } = session
      return { actor: { kind: 'person', id: personId, name, permissions: rightsOfAll(roles) }, sessionId: session.id }
    },
    byToken: async (secret) => {
      if (!secret.startsWith('td_')) return null
      const now = ctx.now()
      const token = await findToken(ctx.db, secretHash(secret), now)
      if (token === null) return null
      if (now - (token.lastUsedAt ?? 0) > touchMs) await touchToken(ctx.db, token.id, now)
      const permissions = new Set(knownPermissions(token.permissions))
      return { actor: { kind: 'token', id: token.id, name: token.name, permissions }, sessionId: null }
    },
  }
}

/** Begins a session of a person. The secret is known to the browser alone; only its hash is kept. */
export async function beginSession(ctx: Ctx, personId: number): Promise<NewSession> {
  const token = newSessionSecret()
  const at = ctx.now()
  await insertSession(ctx.db, { personId, secretHash: secretHash(token), at, endsAt: at + wholeMs })
  return { token, endsAt: at + wholeMs }
}
