import * as calls from '../../contract/security.ts'
import { serve, serveSession } from '../../platform/http/serve.ts'
import type { Ctx, Module } from '../../platform/module.ts'
import { audit } from './audit.ts'
import { describeMe } from './describe-me.ts'
import { idleSince } from './open-gate.ts'
import { changeOwnPassword, changePreferences, signOut, signOutEverywhere } from './own-account.ts'
import { changePerson, createPerson, endSessions, listPeople, resetPassword } from './people.ts'
import { exportAudit, readAudit } from './read-audit.ts'
import { changeRole, createRole, deleteRole, listRoles } from './roles.ts'
import { readSetUp, setUp } from './set-up.ts'
import { signIn } from './sign-in.ts'
import { deleteOldAttempts } from './store/attempts.ts'
import { findCompany, renameCompany } from './store/company.ts'
import { deleteOldSessions } from './store/sessions.ts'
import { createToken, listTokens, revokeToken } from './tokens.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** People, roles, sessions, tokens and the audit trail (员工、角色、令牌、审计). */
export const security: Module = {
  name: 'security',
  routes: [
    serve(calls.readSetUp, readSetUp),
    serveSession(calls.setUp, setUp),
    serveSession(calls.signIn, signIn),
    serveSession(calls.signOut, (ctx, _, visit) => signOut(ctx, visit)),
    serveSession(calls.signOutEverywhere, signOutEverywhere),
    serve(calls.readMe, (ctx, _, visit) => describeMe(ctx, ctx.actor.id, visit.csrfToken)),
    serve(calls.changeOwnPassword, changeOwnPassword),
    serve(calls.changePreferences, changePreferences),
    serve(calls.changeCompany, changeCompany),
    serve(calls.listPeople, listPeople),
    serve(calls.createPerson, createPerson),
    serve(calls.changePerson, changePerson),
    serve(calls.resetPassword, resetPassword),
    serve(calls.endSessions, endSessions),
    serve(calls.listRoles, listRoles),
    serve(calls.createRole, createRole),
    serve(calls.changeRole, changeRole),
    serve(calls.deleteRole, deleteRole),
    serve(calls.listTokens, listTokens),
    serve(calls.createToken, createToken),
    serve(calls.revokeToken, revokeToken),
    serve(calls.listAudit, readAudit),
    serve(calls.exportAudit, exportAudit),
  ],
  jobs: [{ name: 'security.tidy', run: tidy }],
  listeners: {},
  schedules: [{ job: 'security.tidy', everyMs: hourMs }],
}

async function changeCompany(outer: Ctx, { name }: { readonly name: string }): Promise<Record<string, never>> {
  return outer.tx(async (ctx) => {
    const before = await findCompany(ctx.db)
    await renameCompany(ctx.db, name)
    await audit(ctx, {
      deed: 'security.company-changed',
      object: 'company',
      objectId: null,
      details: { before: before?.name, after: name },
    })
    return {}
  })
}

/** Forgets sessions that have ended and tries to sign in that no longer count. */
async function tidy(ctx: Ctx): Promise<void> {
  const now = ctx.now()
  await deleteOldSessions(ctx.db, { now, idleSince: idleSince(now) })
  await deleteOldAttempts(ctx.db, now - dayMs)
}
