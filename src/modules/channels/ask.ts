import { Failure } from '../../core/failures.ts'
import type { Account } from '../../kit/plug.ts'
import type { Ctx } from '../../platform/module.ts'
import { learnBan } from '../../platform/send/places.ts'
import { type Link, type OpenAccount, openAccount } from './link.ts'
import { renewOrStop } from './renew.ts'

/** A short ban is waited out on the way out; so often it may come again before the whole work is put off. */
const bansWaitedOut = 4

/**
 * Asks a channel something on behalf of a shop. What the answer meant is written to the call's record; a ban is remembered for all shops
 * of the app and waited out when it is short; an authorisation that ran out is renewed once where the channel allows it; when that
 * does not help, only this shop stops. Throws what the operation throws, with the channel's Chinese name in it.
 */
export async function ask<T>(ctx: Ctx, link: Link, call: (account: Account<unknown>) => Promise<T>): Promise<T> {
  for (let bans = 0, isRenewed = false; ; ) {
    const used = link.shop
    const outcome = await askOnce(ctx, link, call)
    if (outcome.kind === 'answer') return outcome.answer
    const { failure } = outcome
    // What was refused for its speed has not been done, so a write may be asked again too.
    if (failure.code === 'CHANNEL_RATE_LIMITED' && 'class' in failure.details && bans < bansWaitedOut) {
      bans += 1
      continue
    }
    if (failure.code !== 'CHANNEL_NOT_AUTHORISED') throw failure
    await renewOrStop(ctx, link, { used, failure, isRenewed })
    isRenewed = true
  }
}

/** Asks without renewing or stopping anything: for setting a shop up and for its test call. */
export async function askBare<T>(ctx: Ctx, link: Link, call: (account: Account<unknown>) => Promise<T>): Promise<T> {
  const outcome = await askOnce(ctx, link, call)
  if (outcome.kind === 'answer') return outcome.answer
  throw outcome.failure
}

type Outcome<T> =
  | { readonly kind: 'answer'; readonly answer: T }
  | { readonly kind: 'failure'; readonly failure: Failure }

async function askOnce<T>(ctx: Ctx, link: Link, call: (account: Account<unknown>) => Promise<T>): Promise<Outcome<T>> {
  let open: OpenAccount | null = null
  try {
    open = openAccount(ctx, link)
    return { kind: 'answer', answer: await call(open.account) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    if (open !== null) await remember(ctx, open, error)
    return { kind: 'failure', failure: named(error, link) }
  }
}

const shortestBanMs = 1_000

async function remember(ctx: Ctx, { caller, lastCall }: OpenAccount, failure: Failure): Promise<void> {
  const call = lastCall()
  if (call === null) return
  call.failure ??= failure.code
  const isBan = failure.code === 'CHANNEL_RATE_LIMITED' || failure.code === 'CHANNEL_QUOTA_EXHAUSTED'
  if (!isBan) return
  await learnBan(ctx.db, caller, {
    operation: call.operation,
    ms: Number(failure.details.retryAfterMs ?? shortestBanMs),
  })
}

function named(failure: Failure, { plug }: Link): Failure {
  return new Failure(failure.code, { ...failure.details, channel: plug.manifest.zh }, failure)
}
