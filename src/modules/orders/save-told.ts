import { firstState, type OrderState } from '../../core/order/moves.ts'
import type { Hold, Settlement } from '../../core/order/settle.ts'
import { findings } from '../../core/review/findings.ts'
import { beijingDay } from '../../core/time/instant.ts'
import type { Ctx } from '../../platform/module.ts'
import { changeHolds, type Held } from '../inventory/index.ts'
import { sealPerson } from './person.ts'
import { lineRow, moveRows, saleRow } from './rows.ts'
import { countDay } from './store/settle.ts'
import * as store from './store/write.ts'
import { keyOf, type Told } from './told.ts'
import { goneLine } from './work.ts'

/** A told order with its key in our books. */
interface Placed {
  readonly one: Told
  readonly settled: Settlement
  readonly orderId: number
}

/**
 * Writes a settled batch: orders, lines, receivers, holds, history. An order another intake added in the same moment is left out and
 * comes again. Gives the keys written and the tellings done with.
 */
export async function saveTold(
  ctx: Ctx,
  told: readonly Told[],
  settled: ReadonlyMap<string, Settlement>,
): Promise<{ orderIds: ReadonlyMap<string, number>; seenIds: number[] }> {
  const now = ctx.now()
  const rowOf = (one: Told) =>
    saleRow(one.seen.order, settled.get(one.work.key)!, {
      shopId: one.seen.shopId,
      seenId: one.seen.seenId,
      buyerId: one.buyerId,
      goods: one.goods,
      now,
      known: one.known?.stored ?? null,
      region: one.person.receiver.standard,
    })

  const fresh = told.filter((one) => onTheBooks(one) === null)
  const standing = told.flatMap((one) => {
    const there = onTheBooks(one)
    return there === null ? [] : [{ one, id: there.stored.id }]
  })
  const added = fresh.length > 0 ? await store.insertSales(ctx.db, fresh.map(rowOf)) : []
  if (standing.length > 0)
    await store.updateSales(
      ctx.db,
      standing.map(({ one, id }) => ({ ...rowOf(one), id })),
    )

  const ids = new Map([
    ...added.map((row) => [keyOf(row), row.id] as const),
    ...standing.map(({ one, id }) => [one.work.key, id] as const),
  ])
  const placed = told.flatMap((one) => {
    const orderId = ids.get(one.work.key)
    return orderId === undefined ? [] : [{ one, settled: settled.get(one.work.key)!, orderId }]
  })
  if (placed.length > 0) await saveWhatHangsOn(ctx, placed)
  return { orderIds: ids, seenIds: placed.map(({ one }) => one.seen.seenId) }
}

/** The row it has already, withdrawn or not. */
const onTheBooks = ({ known, former }: Told) => known ?? former

async function saveWhatHangsOn(ctx: Ctx, placed: readonly Placed[]): Promise<void> {
  await store.savePeople(
    ctx.db,
    placed.flatMap((p) => personRow(ctx, p)),
  )
  const lineIds = new Map(
    (await store.saveLines(ctx.db, placed.flatMap(lineRows))).map((line) => [
      `${line.orderId}\n${line.channelLineNo}`,
      line.id,
    ]),
  )
  const placedHolds = (pick: (settled: Settlement) => readonly Hold[]): Held[] =>
    placed.flatMap(({ settled, orderId }) =>
      pick(settled).map((hold) => ({ ...hold, orderId, lineId: lineIds.get(`${orderId}\n${hold.lineKey}`)! })),
    )

  await changeHolds(ctx, {
    released: placedHolds((s) => s.released),
    held: placedHolds((s) => s.held),
    left: placedHolds((s) => s.left),
  })
  await store.insertHistory(
    ctx.db,
    placed.flatMap((p) => historyRows(ctx, p)),
    ctx.now(),
  )
  await countDay(ctx.db, dayCounts(ctx, placed))
}

/** What this batch adds to the day's figures, by shop: orders new, and those that passed review by themselves. */
function dayCounts(ctx: Ctx, placed: readonly Placed[]) {
  const day = beijingDay(ctx.now())
  return [...Map.groupBy(placed, ({ one }) => one.seen.shopId)].flatMap(([shopId, some]) => [
    { day, shopId, kind: 'new', change: some.filter(({ one }) => one.intake.kind !== 'changed').length },
    {
      day,
      shopId,
      kind: 'auto-approved',
      change: some.filter(({ settled }) => settled.deeds.includes('approve')).length,
    },
  ])
}

/** Nothing where the person stayed the same. */
function personRow(ctx: Ctx, { one, orderId }: Placed): store.PersonRow[] {
  const fields = one.intake.kind === 'changed' ? one.intake.changes.map((change) => change.field) : null
  const isPersonal =
    fields === null || fields.some((field) => field === 'receiver' || field === 'buyerNote' || field === 'sellerRemark')
  if (!isPersonal) return []
  return [{ orderId, ...sealPerson(ctx.vault, one.person) }]
}

/** The told lines, and those the channel no longer lists, marked so. */
function lineRows({ one, orderId }: Placed): store.LineRow[] {
  const told = new Set(one.seen.order.lines.map((line) => line.channelLineNo))
  const gone = (onTheBooks(one)?.lines ?? []).filter((line) => !told.has(line.channelLineNo))
  return [
    ...one.seen.order.lines.map((line) => lineRow(line, orderId, one.matchOf(line))),
    ...gone.map((line) => ({
      ...line,
      orderId,
      lineStatus: goneLine,
      refundState: 'closed',
      refundedQuantity: line.quantity,
      mayShipNow: false,
    })),
  ]
}

function historyRows(ctx: Ctx, { one, settled, orderId }: Placed): store.HistoryRow[] {
  const actor = ctx.actor.name
  const first = firstState(one.seen.order.status)
  const told = { orderId, actor, reason: null, ...whatWasTold(one.intake, first) }
  const moves = moveRows(orderId, one.known?.stored.state ?? first, settled.deeds, { actor, reason: null })
  return [told, ...moves.map((row) => (row.toState === 'held' ? { ...row, reason: whyHeld(settled) } : row))]
}

/** The short names of what stopped it, so that the reason is known after it has passed. */
const whyHeld = ({ findings: found }: Settlement) =>
  found.length === 0 ? null : found.map(({ code }) => findings[code].zh).join('、')

function whatWasTold(intake: Told['intake'], first: OrderState) {
  if (intake.kind === 'changed') return { deed: 'change', fromState: null, toState: null, changes: intake.changes }
  return intake.kind === 'new'
    ? { deed: 'take-in', fromState: null, toState: first, changes: null }
    : { deed: 'come-back', fromState: 'closed', toState: first, changes: null }
}
