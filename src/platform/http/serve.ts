import type { z } from 'zod'
import type { Route } from '../../contract/route.ts'
import type { Instant } from '../../core/time/instant.ts'
import type { Ctx } from '../module.ts'

/** What a `file` route answers with. */
export interface FileAnswer {
  readonly fileName: string
  readonly type: string
  readonly bytes: Uint8Array
  /** Said beside the file, in ASCII, such as what was left out of it. */
  readonly headers?: Readonly<Record<string, string>>
}

/** The call itself, for the few answers that depend on it: signing in and out. */
export interface Visit {
  readonly requestId: string
  /** Where it came from: an IPv4 address, or the first half of an IPv6 one, which a single customer holds as a whole. */
  readonly address: string
  /** Null for tokens and for whoever is not signed in. */
  readonly sessionId: number | null
  /** The token that this session's writes must carry; null without a session. */
  readonly csrfToken: string | null
}

/** A session just begun. The plain token goes into the cookie and nowhere else. */
export interface NewSession {
  readonly token: string
  readonly endsAt: Instant
}

/** An answer that begins a session, or (null) ends the one that asked. */
export interface SessionAnswer<Body> {
  readonly session: NewSession | null
  readonly body: Body
}

type Given<R extends Route> = z.output<R['input']> &
  (R['takes'] extends 'bytes' ? { readonly bytes: Uint8Array } : unknown)
type Answered<R extends Route> = R['answers'] extends 'file' ? FileAnswer : z.input<R['output']>

/** A described call with the function that answers it. */
export interface ServedRoute {
  readonly route: Route
  readonly answer: (ctx: Ctx, input: never, visit: Visit) => Promise<unknown>
  /** True: `answer` gives a SessionAnswer. */
  readonly movesSession?: boolean
}

/** Binds a call to its use case; the types of both must agree. */
export function serve<R extends Route>(
  route: R,
  answer: (ctx: Ctx, input: Given<R>, visit: Visit) => Promise<Answered<R>>,
): ServedRoute {
  return { route, answer }
}

/** The same for a call that signs in or out. */
export function serveSession<R extends Route>(
  route: R,
  answer: (ctx: Ctx, input: Given<R>, visit: Visit) => Promise<SessionAnswer<Answered<R>>>,
): ServedRoute {
  return { route, answer, movesSession: true }
}
