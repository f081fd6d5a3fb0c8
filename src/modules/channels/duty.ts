import { Failure, type FailureCode, failures } from '../../core/failures.ts'
import type { Ctx } from '../../platform/module.ts'
import type { Worth } from '../../platform/send/line.ts'
import { type Link, openLink } from './link.ts'
import type { Duty } from './store/duties.ts'
import * as store from './store/duties.ts'

/**
 * Does a duty for a shop that may be worked now, and writes down that it went well or what was in the way. A shop that is paused,
 * stopped or lives by files is passed over: whoever lets it go on enqueues its duties again. What only a person can put right (a wrong
 * key, a right that the app lacks) stands on the shop's card, and the duty rests instead of failing every few seconds: shortly at first,
 * since a platform may say so once by mistake, then longer each time it says it again.
 */
export async function onDuty(
  ctx: Ctx,
  { shopId, duty, worth = 'usual' }: { readonly shopId: number; readonly duty: Duty; readonly worth?: Worth },
  work: (link: Link) => Promise<void>,
): Promise<void> {
  const link = await openLink(ctx, shopId, { worth })
  if (link === null || (await isResting(ctx, shopId, duty))) return
  try {
    await work(link)
    await store.saveSuccess(ctx.db, shopId, duty, ctx.now())
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'PROGRAM_STOPPING') throw error
    const { code, details } = error
    await store.saveTrouble(ctx.db, shopId, { duty, code, details, now: ctx.now() })
    if (error.retry !== 'never') throw error
    ctx.log.warn({ shopId, duty, code, details }, 'duty rests until somebody acts')
  }
}

const restsFirstMs = 5_000
const restsAtMostMs = 10 * 60_000

async function isResting(ctx: Ctx, shopId: number, duty: Duty): Promise<boolean> {
  const row = await store.findTrouble(ctx.db, shopId, duty)
  if (row === null || !(row.code in failures)) return false
  if (failures[row.code as FailureCode].retry !== 'never') return false
  return ctx.now() - row.at < Math.min(restsAtMostMs, restsFirstMs * 2 ** Math.min(row.troubles - 1, 20))
}

/** Somebody has acted: nothing of the shop rests any longer. */
export const wakeDuties = (ctx: Ctx, shopId: number) => store.clearTroubles(ctx.db, shopId)
