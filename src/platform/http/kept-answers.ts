import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Failure } from '../../core/failures.ts'
import type { Instant } from '../../core/time/instant.ts'
import type { Db } from '../db/open.ts'
import { sql } from '../db/sql.ts'
import type { Ctx } from '../module.ts'
import { inputInvalid } from './failure-reply.ts'

/** How long an answer is kept for whoever asks again. */
const keptMs = 24 * 3_600_000
/** A call that began longer ago than this is no longer running: its process is gone. */
const leaseMs = 2 * 60_000
/** A longer answer is not kept; asked again, the caller hears that it was done. */
const longestAnswer = 8 * 1024 * 1024

/** A call as its idempotency key names it: the same `request` under the same `key` of the same `who` is one call. */
export interface KeyedCall {
  readonly who: string
  readonly key: string
  readonly request: Uint8Array
}

/**
 * Runs `work` once for its key; asked again within 24 hours, gives the answer it gave then. What failed was not done and may be
 * tried again under the same key. `work` gets the `ctx` to use, and gives its answer as text.
 * Throws KEY_REUSED, KEY_BUSY, KEY_UNCLEAR and whatever `work` throws.
 */
export async function once(ctx: Ctx, call: KeyedCall, work: (ctx: Ctx) => Promise<string>): Promise<string> {
  const place = placeOf(call)
  const kept = await begin(ctx, place)
  if (kept !== null) return ctx.vault.open(kept)

  let text: string
  try {
    text = await work(marking(ctx, place))
  } catch (error) {
    // A place that cannot be given back now is free again when its lease is over.
    await release(ctx.db, place).catch((err: unknown) => ctx.log.warn({ err }, 'an idempotency key was not given back'))
    throw error
  }
  if (text.length <= longestAnswer) await keep(ctx.db, place, ctx.vault.seal(text))
  return text
}

/** Drops answers older than a day. Gives how many. */
export const dropOldAnswers = (ctx: Ctx) =>
  ctx.db.run(sql`delete from platform.kept_answer where began_at < ${iso(ctx.now() - keptMs)}`)

/** Throws INPUT_INVALID when the header is not 1 to 200 plain characters. */
export function readKey(header: string | readonly string[] | undefined): string | null {
  if (header === undefined) return null
  if (typeof header === 'string' && /^[\x21-\x7e]{1,200}$/.test(header)) return header
  throw inputInvalid(
    { path: 'Idempotency-Key', title: 'Idempotency-Key' },
    { zh: '应为 1 到 200 个字母、数字或符号', en: 'must be 1 to 200 plain characters' },
  )
}

interface Place {
  readonly who: string
  readonly keyHash: Buffer
  readonly requestHash: Buffer
}

const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest()
const iso = (at: Instant) => new Date(at).toISOString()
const placeOf = ({ who, key, request }: KeyedCall): Place => ({
  who,
  keyHash: sha256(key),
  requestHash: sha256(request),
})

const Begun = z.strictObject({ began: z.literal(true) })
const Kept = z.strictObject({
  requestHash: z.instanceof(Buffer),
  answerSealed: z.instanceof(Buffer).nullable(),
  isDone: z.boolean(),
})

/** Null when the place is ours to work in, else the sealed answer. */
async function begin(ctx: Ctx, place: Place): Promise<Buffer | null> {
  const now = ctx.now()
  const ours = await ctx.db.maybe(
    Begun,
    sql`
    insert into platform.kept_answer as k (who, key_hash, request_hash, began_at)
    values (${place.who}, ${place.keyHash}, ${place.requestHash}, ${iso(now)})
        on conflict (who, key_hash) do update
       set request_hash = excluded.request_hash, began_at = excluded.began_at, is_done = false, answer_sealed = null
     where k.began_at < ${iso(now - keptMs)}
        or (k.request_hash = excluded.request_hash and not k.is_done and k.answer_sealed is null and k.began_at < ${iso(now - leaseMs)})
    returning true as began`,
  )
  if (ours) return null
  const kept = await ctx.db.maybe(
    Kept,
    sql`select request_hash, answer_sealed, is_done from platform.kept_answer where who = ${place.who} and key_hash = ${place.keyHash}`,
  )
  if (kept && !kept.requestHash.equals(place.requestHash)) throw new Failure('KEY_REUSED')
  if (kept?.answerSealed) return kept.answerSealed
  throw new Failure(kept?.isDone ? 'KEY_UNCLEAR' : 'KEY_BUSY')
}

/** Each transaction of the call also says that it happened. */
function marking(ctx: Ctx, place: Place): Ctx {
  return {
    ...ctx,
    tx: (work) =>
      ctx.tx(async (inner) => {
        const outcome = await work(inner)
        await inner.db.run(
          sql`update platform.kept_answer set is_done = true where who = ${place.who} and key_hash = ${place.keyHash}`,
        )
        return outcome
      }),
  }
}

async function keep(db: Db, { who, keyHash }: Place, sealed: Buffer): Promise<void> {
  await db.run(
    sql`update platform.kept_answer set answer_sealed = ${sealed}, is_done = true where who = ${who} and key_hash = ${keyHash}`,
  )
}

async function release(db: Db, { who, keyHash }: Place): Promise<void> {
  await db.run(sql`delete from platform.kept_answer where who = ${who} and key_hash = ${keyHash} and not is_done`)
}
