import { createHmac, timingSafeEqual } from 'node:crypto'
import type {} from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'
import type { Route } from '../../contract/route.ts'
import { Failure } from '../../core/failures.ts'
import type { Actor } from '../module.ts'
import { permissionWords } from './failure-reply.ts'
import { networkOf, type RateKind } from './rates.ts'
import type { Visit } from './visit.ts'

/** Whose call it is. `sessionId` is null for a token. */
export interface Caller {
  readonly actor: Actor
  readonly sessionId: number | null
}

/** Finds out who calls; null when the secret is not, or no longer, good. Asked on every call, so a withdrawal holds at once. */
export interface Gate {
  readonly bySession: (secret: string) => Promise<Caller | null>
  readonly byToken: (secret: string) => Promise<Caller | null>
}

/** A call with who makes it; `caller` is null for whoever is not signed in. */
export interface Visitor {
  readonly caller: Caller | null
  readonly visit: Visit
}

export const nobody: Actor = { kind: 'person', id: null, name: '未登录', permissions: new Set() }

/** The cookie's name differs in the sandbox, since a browser does not keep cookies of two ports apart. */
export const cookieName = (isSandbox: boolean) => (isSandbox ? 'tongdan_sandbox' : 'tongdan_session')

/** What a session's writes must carry in `X-CSRF-Token`: another site can make the browser send the cookie, but not read this. */
export const csrfOf = (secret: string) => createHmac('sha256', secret).update('tongdan csrf').digest('base64url')

/** Session or bearer token. A call with a token never falls back on a cookie. Throws SIGN_IN_NEEDED when the token is not good. */
export async function identify(gate: Gate, request: FastifyRequest, cookie: string): Promise<Visitor> {
  const visit = { requestId: request.id, address: networkOf(request.ip), sessionId: null, csrfToken: null }
  const header = request.headers.authorization
  if (header !== undefined) {
    const secret = /^Bearer ([\x21-\x7e]+)$/i.exec(header)?.[1]
    const caller = secret === undefined ? null : await gate.byToken(secret)
    if (caller === null) throw new Failure('SIGN_IN_NEEDED')
    return { caller, visit }
  }
  const secret = request.cookies[cookie]
  const caller = secret ? await gate.bySession(secret) : null
  if (!secret || !caller) return { caller: null, visit }
  return { caller, visit: { ...visit, sessionId: caller.sessionId, csrfToken: csrfOf(secret) } }
}

/** Throws SIGN_IN_NEEDED, PERMISSION_NEEDED, CSRF_REFUSED. */
export function mayPass(route: Route, { caller, visit }: Visitor, csrfSent: string | undefined): void {
  if (route.permission === 'open') return
  if (caller === null) throw new Failure('SIGN_IN_NEEDED')
  if (route.permission === 'signed-in') {
    if (caller.actor.kind !== 'person') throw new Failure('PERMISSION_NEEDED', { permission: '员工本人登录（person）' })
  } else if (!caller.actor.permissions.has(route.permission)) {
    throw new Failure('PERMISSION_NEEDED', { permission: permissionWords(route.permission) })
  }
  if (route.method !== 'GET' && visit.csrfToken !== null && !isSame(csrfSent ?? '', visit.csrfToken))
    throw new Failure('CSRF_REFUSED')
}

/** Which bucket the call draws from: that of the person or token, else of the address. */
export function bucketOf(route: Route, { caller, visit }: Visitor): { kind: RateKind; who: string } {
  if (caller === null || route.permission === 'open') return { kind: 'open', who: visit.address }
  return { kind: kindOf(route), who: whoIs(caller.actor) }
}

/** `person:3`, `token:7`. */
export const whoIs = (actor: Actor) => `${actor.kind}:${actor.id ?? 0}`

function kindOf(route: Route): RateKind {
  if (route.takes === 'bytes' || route.answers === 'file') return 'file'
  return route.method === 'GET' ? 'read' : 'write'
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
