import { type Ask, type Hold, type Settlement, settle } from '../../core/order/settle.ts'
import { neverOverruled } from '../../core/review/evaluate.ts'
import { type FindingCode, findingCodes } from '../../core/review/findings.ts'
import { beijingDay } from '../../core/time/instant.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { changeHolds, type Held } from '../inventory/index.ts'
import { openDesk, type TwinKey } from './desk.ts'
import { loadByIds } from './load-orders.ts'
import { approvedAt, becauseOf, moveRows } from './rows.ts'
import * as settleStore from './store/settle.ts'
import { insertHistory } from './store/write.ts'
import { type Loaded, workOfStored } from './work.ts'

export interface Reviewed {
  readonly loaded: Loaded
  readonly settled: Settlement
}

/**
 * Reviews orders afresh (重新审单): holds what is missing and free now, asks the rules again, and moves each where it belongs. Takes those
 * that are to be reviewed or on hold, or on their way; others are left as they are. Six to twelve statements, whatever their number.
 */
export async function reviewOrders(
  outer: Ctx,
  ids: readonly number[],
  ask: Ask = { kind: 'review' },
): Promise<Reviewed[]> {
  if (ids.length === 0) return []
  return outer.tx(async (ctx) => {
    const reviewed = await settleStored(ctx, await loadByIds(ctx, ids), { ask, isPreview: false })
    await saveReviews(ctx, reviewed, ask)
    return reviewed
  })
}

/** The decision alone, for a preview: the same facts and the same judge, nothing locked for long and nothing written. */
export async function previewReviews(ctx: Ctx, loaded: readonly Loaded[], ask: Ask): Promise<Reviewed[]> {
  return settleStored(ctx, loaded, { ask, isPreview: true })
}

async function settleStored(
  ctx: Ctx,
  loaded: readonly Loaded[],
  given: { readonly ask: Ask; readonly isPreview: boolean },
): Promise<Reviewed[]> {
  const works = loaded.map((one) => workOfStored(one, ctx.plugs.channel(one.stored.channel).manifest.stockTakenOn))
  const twinKeys = new Map(loaded.map((one) => [String(one.stored.id), twinKeyOf(one)]))
  const world = await openDesk(ctx, works, { twinKeys, isPreview: given.isPreview })
  const settled = settle(
    works.map((order) => ({ order, ask: given.ask })),
    world,
  )
  return loaded.map((one) => ({ loaded: one, settled: settled.get(String(one.stored.id))! }))
}

function twinKeyOf({ stored }: Loaded): TwinKey {
  const { id, orderNo, buyerId, goods, shopId, channelOrderNo, createdAt } = stored
  return { key: String(id), orderNo, buyerId, goods, shopId, channelOrderNo, createdAt }
}

async function saveReviews(ctx: Ctx, reviewed: readonly Reviewed[], ask: Ask): Promise<void> {
  const changed = reviewed.filter(isDifferent)
  if (changed.length === 0) return
  const now = ctx.now()
  await settleStore.saveSettled(
    ctx.db,
    changed.map(({ loaded, settled }) => ({
      id: loaded.stored.id,
      state: settled.state,
      findings: settled.findings.map((finding) => finding.code),
      because: becauseOf(settled),
      overruled: overruledBy(loaded, settled, ask),
      isPartial: settled.isPartial,
      warehouseId: settled.warehouseId,
      approvedAt: approvedAt(settled, loaded.stored, now),
    })),
  )
  await changeHolds(ctx, {
    released: holds(changed, (s) => s.released),
    held: holds(changed, (s) => s.held),
    left: holds(changed, (s) => s.left),
  })
  await insertHistory(
    ctx.db,
    changed.flatMap(({ loaded, settled }) =>
      moveRows(loaded.stored.id, loaded.stored.state, settled.deeds, { actor: ctx.actor.name, reason: null }),
    ),
    now,
  )
  await countApprovals(ctx, changed)
  await tellReviews(ctx, changed)
}

function isDifferent({ loaded, settled }: Reviewed): boolean {
  const { stored } = loaded
  return (
    settled.deeds.length > 0 ||
    settled.held.length > 0 ||
    settled.released.length > 0 ||
    settled.left.length > 0 ||
    settled.findings.map((f) => f.code).join() !== stored.findings.join() ||
    settled.warehouseId !== stored.warehouseId
  )
}

/** A person who approves over findings has looked at them: they do not come back for this order. */
function overruledBy({ stored }: Loaded, settled: Settlement, ask: Ask): readonly string[] {
  if (ask.kind !== 'approve' || !ask.overrule || settled.state !== 'approved') return stored.extra.overruled
  const soft = findingCodes.filter((code) => !(neverOverruled as readonly FindingCode[]).includes(code))
  return [...new Set([...stored.extra.overruled, ...soft])]
}

function holds(reviewed: readonly Reviewed[], pick: (settled: Settlement) => readonly Hold[]): Held[] {
  return reviewed.flatMap(({ loaded, settled }) => {
    const lineIds = new Map(loaded.lines.map((line) => [line.channelLineNo, line.id]))
    return pick(settled).map((hold) => ({ ...hold, orderId: loaded.stored.id, lineId: lineIds.get(hold.lineKey)! }))
  })
}

async function countApprovals(ctx: Ctx, changed: readonly Reviewed[]): Promise<void> {
  const byShop = Map.groupBy(
    changed.filter(({ settled }) => settled.deeds.includes('approve')),
    ({ loaded }) => loaded.stored.shopId,
  )
  const kind = ctx.actor.kind === 'system' ? 'auto-approved' : 'approved'
  const rows = [...byShop].map(([shopId, approved]) => ({
    day: beijingDay(ctx.now()),
    shopId,
    kind,
    change: approved.length,
  }))
  if (rows.length > 0) await settleStore.countDay(ctx.db, rows)
}

async function tellReviews(ctx: Ctx, changed: readonly Reviewed[]): Promise<void> {
  const idsOf = (pick: (settled: Settlement) => boolean) =>
    changed.filter(({ settled }) => pick(settled)).map(({ loaded }) => loaded.stored.id)
  await tell(ctx, 'orders.changed', { orderIds: idsOf(() => true) })
  const approved = idsOf((settled) => settled.deeds.includes('approve'))
  const stopped = idsOf((settled) => settled.deeds.includes('stop'))
  const skuIds = [
    ...new Set(
      changed.flatMap(({ settled }) =>
        [...settled.held, ...settled.released, ...settled.left].map((hold) => hold.skuId),
      ),
    ),
  ]
  if (approved.length > 0) await tell(ctx, 'orders.approved', { orderIds: approved })
  if (stopped.length > 0) await tell(ctx, 'orders.stopped', { orderIds: stopped })
  if (skuIds.length > 0) await tell(ctx, 'inventory.changed', { skuIds })
}
