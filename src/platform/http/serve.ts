import type { z } from 'zod'
import type { Route } from '../../contract/route.ts'
import type { Instant } from '../../core/time/instant.ts'
import type { Ctx, ServedRoute } from '../module.ts'
import type { Visit } from './visit.ts'

/** What a `file` route answers with. */
export interface FileAnswer {
  readonly fileName: string
  readonly type: string
  readonly bytes: Uint8Array
  /** Said beside the file, in ASCII, such as what was left out of it. */
  readonly headers?: Readonly<Record<string, string>>
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
