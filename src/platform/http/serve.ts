import type { z } from 'zod'
import type { Route } from '../../contract/route.ts'
import type { Ctx } from '../module.ts'

/** What a `file` route answers with. */
export interface FileAnswer {
  readonly fileName: string
  readonly type: string
  readonly bytes: Uint8Array
}

type Given<R extends Route> = z.output<R['input']> & (R['takes'] extends 'bytes' ? { readonly bytes: Uint8Array } : unknown)
type Answered<R extends Route> = R['answers'] extends 'file' ? FileAnswer : z.input<R['output']>

/** A described call with the function that answers it. */
export interface ServedRoute {
  readonly route: Route
  readonly answer: (ctx: Ctx, input: never) => Promise<unknown>
}

/** Binds a call to its use case; the types of both must agree. */
export function serve<R extends Route>(route: R, answer: (ctx: Ctx, input: Given<R>) => Promise<Answered<R>>): ServedRoute {
  return { route, answer }
}
