import { daysToCompare, lastDays } from '../../core/channel/certificate.ts'
import { cutBy, type Window } from '../../core/channel/span.ts'
import { beijingDay, type Instant, startOfBeijingDay } from '../../core/time/instant.ts'
import { tell } from '../../platform/events/tell.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Ctx } from '../../platform/module.ts'
import { onDuty } from './duty.ts'
import { type Link, offers } from './link.ts'
import { keepProof, type Settled, settleWindow } from './settle-window.ts'
import * as days from './store/days.ts'
import { saveMissed } from './store/missed.ts'
import * as seen from './store/seen.ts'
import * as spans from './store/spans.ts'

const dayMs = 24 * 3_600_000

export const enqueueReconcile = (ctx: Ctx, shopId: number, options: { readonly isAskedFor?: boolean } = {}) =>
  enqueue(
    ctx,
    'orders.reconcile',
    { shopId, isAskedFor: options.isAskedFor ?? false },
    { key: `orders.reconcile:${shopId}`, queue: `shop:${shopId}:history`, priority: 15 },
  )

/**
 * Compares the last days with the channel by creation time (每夜对账), and by time of change once a day is over. What the sweep did not bring is
 * fetched and named, and each day gets its certificate.
 */
export async function reconcileDays(
  ctx: Ctx,
  shopId: number,
  options: { readonly isAskedFor: boolean },
): Promise<void> {
  await onDuty(ctx, { shopId, duty: 'history', worth: 'history' }, async (link) => {
    if (link.shop.cursorAt === null || !offers(link, 'orders.pull')) return
    for (const day of await dueDays(ctx, link, options)) await reconcileDay(ctx, link, day)
    await tell(ctx, 'channels.shop-changed', { shopId })
  })
}

/** Days that the first pull did not reach, or has not brought yet, cannot be compared. */
async function dueDays(ctx: Ctx, link: Link, { isAskedFor }: { readonly isAskedFor: boolean }): Promise<string[]> {
  const now = ctx.now()
  const recent = lastDays(now, 3)
  const known = await days.listDays(ctx.db, [link.shopId], { from: recent[0] ?? '', to: recent.at(-1) ?? '' })
  const due = daysToCompare(now, new Map(isAskedFor ? [] : known.map((row) => [row.day, row])))
  const history = (await spans.listProgress(ctx.db)).find((row) => row.shopId === link.shopId)
  const isComplete = history !== undefined && history.done === history.total
  const earliest = (isComplete ? history.fromAt : link.shop.beganAt) ?? now
  return due.filter((day) => startOfBeijingDay(day) >= earliest)
}

async function reconcileDay(ctx: Ctx, link: Link, day: string): Promise<void> {
  const { by, lagMs } = link.plug.manifest.pulling
  const from = startOfBeijingDay(day)
  const until = ctx.now() - lagMs
  const to = Math.min(from + dayMs, until)
  if (to <= from) return
  const isByCreation = by.includes('created')
  const parts = isByCreation
    ? await readParts(ctx, link, { window: { from, to }, by: 'created' })
    : await readParts(ctx, link, { window: { from, to: until }, by: 'modified' })
  if (isByCreation && to === from + dayMs) await readParts(ctx, link, { window: { from, to }, by: 'modified' })

  await ctx.tx(async (inner) => {
    const channelCount = isByCreation ? countOf(parts) : await countListed(inner, link, { parts, from, to })
    const { count: ourCount } = await seen.countCreated(inner.db, link.shopId, { from, to })
    const missing = parts.reduce((sum, part) => sum + (part.agrees ? 0 : Math.max(0, part.missing)), 0)
    await days.saveDay(inner.db, {
      shopId: link.shopId,
      day,
      channelCount,
      ourCount,
      missing,
      comparedTo: to,
      comparedAt: inner.now(),
    })
  })
}

/** Reads a stretch of time in windows that the channel allows, and keeps the proof of each. */
async function readParts(
  ctx: Ctx,
  link: Link,
  { window, by }: { readonly window: Window; readonly by: 'modified' | 'created' },
): Promise<Settled[]> {
  const settled: Settled[] = []
  for (const allowed of cutBy(link.plug.manifest.pulling.spanMaxMs, window)) {
    for await (const part of settleWindow(ctx, link, { ...allowed, by, source: 'reconcile' })) {
      await ctx.tx((inner) => keepProof(inner, link, { settled: part, kind: 'reconcile' }))
      settled.push(part)
    }
  }
  await nameMissed(ctx, link, { parts: settled, cursor: link.shop.cursorAt ?? 0 })
  return settled
}

const countOf = (parts: readonly Settled[]) =>
  parts.reduce((sum, { read, unlisted }) => sum + (read.total ?? read.listed.size + unlisted.length), 0)

/** A list by time of change shows orders of other days too: those of this day are counted. */
async function countListed(
  ctx: Ctx,
  link: Link,
  { parts, from, to }: { readonly parts: readonly Settled[]; readonly from: Instant; readonly to: Instant },
): Promise<number> {
  const orderNos = [
    ...new Set(
      parts.flatMap(({ read, unlisted }) => [...read.listed, ...unlisted.map((order) => order.channelOrderNo)]),
    ),
  ]
  return (await days.countCreatedAmong(ctx.db, link.shopId, { orderNos, from, to })).count
}

/** What was new to us though the sweep had proven that time: it was missed, and is healed. */
async function nameMissed(
  ctx: Ctx,
  link: Link,
  { parts, cursor }: { readonly parts: readonly Settled[]; readonly cursor: Instant },
): Promise<void> {
  const rows = parts.flatMap(({ read }) =>
    read.fresh.flatMap((channelOrderNo) => {
      const modifiedAt = read.heads.get(channelOrderNo)?.modifiedAt ?? null
      if (modifiedAt === null || modifiedAt >= cursor) return []
      return [
        {
          channelOrderNo,
          day: beijingDay(modifiedAt),
          noticedBy: 'reconcile',
          orderModifiedAt: modifiedAt,
          healedBy: 'fetched',
        } as const,
      ]
    }),
  )
  const once = [...new Map(rows.map((row) => [row.channelOrderNo, row])).values()]
  if (once.length > 0) await saveMissed(ctx.db, once, { shopId: link.shopId, spanId: null, now: ctx.now() })
}
