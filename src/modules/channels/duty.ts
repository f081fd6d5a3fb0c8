import { Failure } from '../../core/failures.ts'
import type { Ctx } from '../../platform/module.ts'
import { type Link, openLink } from './link.ts'
import type { Duty } from './store/duties.ts'
import * as store from './store/duties.ts'

/**
 * Does a duty for a shop that may be worked now, and writes down that it went well or what was in the way. A shop that is paused,
 * stopped or lives by files is passed over: whoever lets it go on enqueues its duties again.
 */
export async function onDuty(
  ctx: Ctx,
  { shopId, duty, isHistory = false }: { readonly shopId: number; readonly duty: Duty; readonly isHistory?: boolean },
  work: (link: Link) => Promise<void>,
): Promise<void> {
  const link = await openLink(ctx, shopId, { isHistory })
  if (link === null) return
  try {
    await work(link)
    await store.saveSuccess(ctx.db, shopId, duty, ctx.now())
  } catch (error) {
    if (error instanceof Failure) {
      await store.saveTrouble(ctx.db, shopId, { duty, code: error.code, details: error.details, now: ctx.now() })
    }
    throw error
  }
}
