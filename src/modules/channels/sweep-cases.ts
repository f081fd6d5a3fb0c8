import { gapPauseMs, nextWindow, type Window } from '../../core/channel/span.ts'
import type { Page } from '../../kit/channel.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Ctx } from '../../platform/module.ts'
import { ask } from './ask.ts'
import { type SeenCase, storeCases } from './cases.ts'
import { digestOf } from './digest.ts'
import { onDuty } from './duty.ts'
import { type Link, offers, operationOf } from './link.ts'
import * as shops from './store/shops.ts'
import * as spans from './store/spans.ts'

const turnMs = 10_000
const gapsAtOnce = 5

/**
 * Sweeps a shop's after-sales cases up to now (售后单). A window whose count does not equal what was listed is read again later, until it
 * does.
 */
export async function sweepCases(ctx: Ctx, shopId: number): Promise<void> {
  await onDuty(ctx, { shopId, duty: 'aftersales' }, async (link) => {
    if (!offers(link, 'aftersales.pull')) return
    const until = performance.now() + turnMs
    const now = ctx.now()
    await readGaps(ctx, link)
    for (;;) {
      const from = link.shop.casesCursorAt
      if (from === null) return
      const window = nextWindow({ readTo: from, now, deepAt: null, spanMs: null }, link.plug.manifest.pulling)
      if (window === null) return
      await readCases(ctx, link, { window, tries: 1, spanId: null })
      const isOurs = (await shops.moveCasesCursor(ctx.db, shopId, { from, to: window.to })) === 1
      const shop = await shops.findShop(ctx.db, shopId)
      if (!isOurs || shop === null) return
      link.shop = shop
      if (performance.now() > until) return enqueueCases(ctx, shopId)
    }
  })
}

export const enqueueCases = (ctx: Ctx, shopId: number) =>
  enqueue(
    ctx,
    'aftersales.sweep',
    { shopId },
    { key: `aftersales.sweep:${shopId}`, queue: `shop:${shopId}:cases`, priority: 5 },
  )

async function readGaps(ctx: Ctx, link: Link): Promise<void> {
  const gaps = await spans.listOpenSpans(ctx.db, link.shopId, 'aftersales')
  const due = gaps.filter((gap) => gap.nextTryAt === null || gap.nextTryAt <= ctx.now()).slice(0, gapsAtOnce)
  for (const { id, from, to, tries } of due)
    await readCases(ctx, link, { window: { from, to }, tries: tries + 1, spanId: id })
}

interface Reading {
  readonly window: Window
  readonly tries: number
  readonly spanId: number | null
}

async function readCases(ctx: Ctx, link: Link, { window, tries, spanId }: Reading): Promise<void> {
  const { listed, total, isSteady } = await readOnce(ctx, link, window)
  const agrees = isSteady && (total === null || total === listed.size)
  const now = ctx.now()
  const proof = {
    shopId: link.shopId,
    kind: 'aftersales',
    by: 'modified',
    ...window,
    channelCount: total,
    seen: listed.size,
    stored: listed.size,
    digest: digestOf(listed),
    agrees,
    tries,
    nextTryAt: agrees ? null : now + gapPauseMs(tries),
    now,
  } as const
  if (spanId === null) await spans.insertSpan(ctx.db, proof)
  else await spans.saveSpan(ctx.db, spanId, proof)
}

async function readOnce(ctx: Ctx, link: Link, window: Window) {
  const pull = operationOf(link, 'aftersales.pull')
  const listed = new Set<string>()
  const totals: (number | null)[] = []
  let cursor: string | null = null
  do {
    const input: { readonly span: Window; readonly cursor: string | null } = { span: window, cursor }
    const { rows, total, next }: Page<SeenCase> = await ask(ctx, link, (account) => pull(account, input))
    await storeCases(ctx, link, rows)
    for (const row of rows) listed.add(row.case.channelCaseNo)
    totals.push(total)
    cursor = next
  } while (cursor !== null)
  return { listed, total: totals.at(-1) ?? null, isSteady: new Set(totals).size === 1 }
}
