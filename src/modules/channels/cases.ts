import type { ChannelCase } from '../../core/channel/shapes.ts'
import { Failure } from '../../core/failures.ts'
import { parseIso } from '../../core/time/instant.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { ask } from './ask.ts'
import { fetchOrders } from './fetch-orders.ts'
import { inParallel } from './in-parallel.ts'
import { type Link, operationOf } from './link.ts'
import * as store from './store/cases.ts'

export interface SeenCase {
  readonly case: ChannelCase
  readonly raw: string
}

/**
 * Stores after-sales cases (售后单) as the channel told them, and fetches the orders of those that say something new, so that the
 * refund reaches the order. Tells `channels.cases-seen`.
 */
export async function storeCases(ctx: Ctx, link: Link, cases: readonly SeenCase[]): Promise<void> {
  if (cases.length === 0) return
  const orderNos = await ctx.tx(async (inner) => {
    const changed = await store.upsertCases(
      inner.db,
      newestOfEach(cases).map((one) => sealed(inner, one)),
      { shopId: link.shopId, now: inner.now() },
    )
    if (changed.length > 0) await tell(inner, 'channels.cases-seen', { shopId: link.shopId })
    return changed.map((row) => row.channelOrderNo)
  })
  await fetchOrders(ctx, link, { orderNos, source: 'aftersales' })
}

function newestOfEach(cases: readonly SeenCase[]): SeenCase[] {
  const newest = new Map<string, SeenCase>()
  for (const one of cases) {
    const known = newest.get(one.case.channelCaseNo)
    if (known === undefined || one.case.modifiedAt >= known.case.modifiedAt) newest.set(one.case.channelCaseNo, one)
  }
  return [...newest.values()]
}

function sealed({ vault }: Ctx, { case: told, raw }: SeenCase): store.NewCase {
  const text = JSON.stringify(told)
  return {
    channelCaseNo: told.channelCaseNo,
    channelOrderNo: told.channelOrderNo,
    channelStatus: told.channelStatus,
    state: told.state,
    kind: told.kind,
    refundFen: told.refundFen,
    modifiedAt: parseIso(told.modifiedAt),
    content: vault.fingerprint('case-content', JSON.stringify({ ...told, modifiedAt: null })),
    caseSealed: vault.seal(text),
    rawSealed: vault.seal(raw),
  }
}

const atOnce = 4

/** Fetches cases by number; what the channel does not know or nobody can read is passed over. */
export async function fetchCases(
  ctx: Ctx,
  link: Link,
  named: readonly { readonly channelCaseNo: string; readonly channelOrderNo: string }[],
): Promise<void> {
  if (named.length === 0) return
  const get = operationOf(link, 'aftersales.get')
  const cases: SeenCase[] = []
  await inParallel(named, atOnce, async (one) => {
    try {
      cases.push(await ask(ctx, link, (account) => get(account, one)))
    } catch (error) {
      if (error instanceof Failure && (error.code === 'CHANNEL_NOT_FOUND' || error.code === 'CHANNEL_NONSENSE')) {
        ctx.log.warn(
          { shopId: link.shopId, channelCaseNo: one.channelCaseNo, code: error.code },
          'after-sales case could not be read',
        )
        return
      }
      throw error
    }
  })
  await storeCases(ctx, link, cases)
}
