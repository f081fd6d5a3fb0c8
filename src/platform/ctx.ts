import type { Database, Db } from './db/open.ts'
import type { Log } from './log.ts'
import type { Actor, Ctx } from './module.ts'

/** What every use case shares; only the actor and the log's mark differ from call to call. */
export type CtxParts = Omit<Ctx, 'db' | 'tx' | 'actor'> & { readonly database: Database }

/** Makes the `Ctx` of one call or job: whose it is, and the log it writes to. */
export type CtxFor = (actor: Actor, log?: Log) => Ctx

/**
 * Binds the parts once. A transaction inside a transaction is the same transaction, so a use case may call another and both happen
 * or neither.
 */
export function openCtx({ database, ...parts }: CtxParts): CtxFor {
  return (actor, log = parts.log) => {
    const outer = { ...parts, actor, log }
    const within = (db: Db): Ctx => {
      const inner: Ctx = { ...outer, db, tx: (work) => work(inner) }
      return inner
    }
    return { ...outer, db: database.db, tx: (work) => database.tx((db) => work(within(db))) }
  }
}
