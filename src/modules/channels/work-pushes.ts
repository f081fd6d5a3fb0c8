import type { Ctx } from '../../platform/module.ts'
import { fetchCases } from './cases.ts'
import { onDuty } from './duty.ts'
import { type Fetched, fetchOrders } from './fetch-orders.ts'
import { type Link, offers } from './link.ts'
import { enqueueFetch } from './receive-push.ts'
import * as pushes from './store/pushes.ts'
import { wakeGaps } from './store/spans.ts'

const atOnce = 100
/** More wait a little: pushes come in flocks, and one fetch serves them all. */
const turnMs = 10_000

/**
 * Reads afresh what pushes hinted at, each order once however many hints name it, and stores it as seen. An order that was asked for after
 * its push had come is fresh already.
 */
export async function workPushes(ctx: Ctx, shopId: number): Promise<void> {
  await onDuty(ctx, { shopId, duty: 'pushes' }, async (link) => {
    const until = performance.now() + turnMs
    for (;;) {
      const hints = await pushes.listWaitingPushes(ctx.db, shopId, atOnce)
      if (hints.length === 0) return
      const orderNos = [...new Set(hints.filter((hint) => !hint.isFresh).map((hint) => hint.channelOrderNo))]
      const onStored = (inner: Ctx, fetched: Fetched) => settleHints(inner, { shopId, hints, fetched })
      await workCases(ctx, link, hints)
      await fetchOrders(ctx, link, { orderNos, source: 'push', onStored })
      if (performance.now() > until) return enqueueFetch(ctx, shopId)
    }
  })
}

type Hints = Awaited<ReturnType<typeof pushes.listWaitingPushes>>

async function workCases(ctx: Ctx, link: Link, hints: Hints): Promise<void> {
  if (!offers(link, 'aftersales.get')) return
  const named = hints.flatMap(({ channelCaseNo, channelOrderNo }) =>
    channelCaseNo === null ? [] : [{ channelCaseNo, channelOrderNo }],
  )
  const once = new Map(named.map((one) => [one.channelCaseNo, one]))
  await fetchCases(ctx, link, [...once.values()])
}

/** What the channel does not know, or nobody can read, is left to the sweep. What was not reached yet still waits. */
async function settleHints(
  ctx: Ctx,
  { shopId, hints, fetched }: { readonly shopId: number; readonly hints: Hints; readonly fetched: Fetched },
): Promise<void> {
  const useless = new Set([...fetched.gone, ...fetched.unreadable])
  const reached = new Set(fetched.orders.map(({ order }) => order.channelOrderNo))
  const idsOf = (isOne: (hint: Hints[number]) => boolean) => hints.filter(isOne).map((hint) => hint.id)
  const now = ctx.now()
  await pushes.savePushes(
    ctx.db,
    idsOf((hint) => hint.isFresh || reached.has(hint.channelOrderNo)),
    { state: 'worked', now },
  )
  await pushes.savePushes(
    ctx.db,
    idsOf((hint) => useless.has(hint.channelOrderNo)),
    { state: 'nothing', now },
  )
  if (reached.size > 0) await wakeGaps(ctx.db, shopId, now)
}
