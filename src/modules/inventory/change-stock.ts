import type { z } from 'zod'
import type { adjustStock, countStock, receiveStock } from '../../contract/inventory.ts'
import { Failure } from '../../core/failures.ts'
import { settleCount } from '../../core/inventory/count.ts'
import { stockKey } from '../../core/inventory/reserve.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import * as facts from './store/facts.ts'
import * as store from './store/shelves.ts'

/** Books pieces in, or as on their way (入库, 在途). Throws SKU_NOT_FOUND, WAREHOUSE_NOT_FOUND. */
export async function bookIn(ctx: Ctx, asked: z.output<typeof receiveStock.input>): Promise<void> {
  const reason = asked.reason || null
  await changing(ctx, asked.lines, async (inner) => {
    const announced = asked.expected === 'arrived' ? await lockIncoming(inner, asked.lines) : new Map<string, number>()
    const rows = asked.lines.map((line) => {
      if (asked.expected === 'announce')
        return { ...movement(inner, 'expect', { ...line, onHand: 0, reason }), incoming: line.quantity }
      const key = stockKey(line.skuId, line.warehouseId)
      const came = Math.min(line.quantity, announced.get(key) ?? 0)
      announced.set(key, (announced.get(key) ?? 0) - came)
      return { ...movement(inner, 'receive', { ...line, onHand: line.quantity, reason }), incoming: 0 - came }
    })
    await store.insertMovements(inner.db, rows, inner.now())
  })
}

async function lockIncoming(ctx: Ctx, lines: readonly Touched[]): Promise<Map<string, number>> {
  const shelves = await store.lockShelves(ctx.db, [...new Set(lines.map((line) => line.skuId))])
  return new Map(shelves.map((row) => [stockKey(row.skuId, row.warehouseId), row.incoming]))
}

/** Adds or takes pieces with a reason (调整). Pieces that orders hold cannot be taken: STOCK_REFUSED says how many are free. */
export async function adjust(ctx: Ctx, asked: z.output<typeof adjustStock.input>): Promise<void> {
  await changing(ctx, [asked], async (inner, names) => {
    const shelf = (await store.lockShelves(inner.db, [asked.skuId])).find(
      (row) => row.warehouseId === asked.warehouseId,
    )
    const free = (shelf?.onHand ?? 0) - (shelf?.reserved ?? 0)
    if (free + asked.change < 0) {
      throw new Failure('STOCK_REFUSED', {
        ...names(asked),
        reason: `只有 ${free} 件没被订单占用；少了货请用“盘点”，系统会指出受影响的订单`,
      })
    }
    await store.insertMovements(inner.db, [movement(inner, 'adjust', { ...asked, onHand: asked.change })], inner.now())
    await audit(inner, {
      deed: 'inventory.adjusted',
      object: 'sku',
      objectId: String(asked.skuId),
      details: { change: asked.change, reason: asked.reason },
    })
  })
}

type Counted = z.input<typeof countStock.output>['differences'][number]

/** Makes what was counted the truth (盘点). Orders that lose their hold by it are told, newest first; they become exceptions at once. */
export async function count(ctx: Ctx, asked: z.output<typeof countStock.input>): Promise<{ differences: Counted[] }> {
  const differences: Counted[] = []
  await changing(ctx, asked.lines, async (inner) => {
    const skuIds = [...new Set(asked.lines.map((line) => line.skuId))]
    const rows = await store.lockShelves(inner.db, skuIds)
    const shelves = new Map(rows.map((row) => [stockKey(row.skuId, row.warehouseId), row.onHand]))
    const lostBy = new Set<number>()
    for (const line of asked.lines) {
      const counted = await countLine(inner, {
        ...line,
        before: shelves.get(stockKey(line.skuId, line.warehouseId)) ?? 0,
        reason: asked.reason,
      })
      for (const orderId of counted.lostBy) lostBy.add(orderId)
      if (counted.difference !== null) differences.push(counted.difference)
    }
    await audit(inner, {
      deed: 'inventory.counted',
      object: 'stock',
      objectId: null,
      details: { lines: asked.lines.length, differences: differences.length },
    })
    if (lostBy.size > 0) await tell(inner, 'inventory.holds-lost', { orderIds: [...lostBy] })
  })
  return { differences }
}

interface LineCounted {
  readonly difference: Counted | null
  readonly lostBy: readonly number[]
}

async function countLine(
  ctx: Ctx,
  line: Touched & { readonly counted: number; readonly before: number; readonly reason: string },
): Promise<LineCounted> {
  const holds = await facts.listHoldsOn(ctx.db, line.skuId, line.warehouseId)
  // Keys rise with time of intake, which is near enough to say who came last.
  const outcome = settleCount(
    line.before,
    line.counted,
    holds.map((hold) => ({ ...hold, since: hold.orderId })),
  )
  const lostBy = outcome.lost.map((hold) => hold.orderId)
  if (outcome.lost.length > 0) {
    const gone = outcome.lost.map((hold) => ({ ...hold, skuId: line.skuId, warehouseId: line.warehouseId }))
    const released = gone.map((hold) => ({
      ...movement(ctx, 'release', { ...line, onHand: 0 }),
      reserved: -hold.quantity,
      orderId: hold.orderId,
    }))
    await store.reduceHeld(ctx.db, gone)
    await store.insertMovements(ctx.db, released, ctx.now())
  }
  if (outcome.difference === 0) return { difference: null, lostBy }
  await store.insertMovements(ctx.db, [movement(ctx, 'count', { ...line, onHand: outcome.difference })], ctx.now())
  const { skuId, warehouseId, before, counted } = line
  return { difference: { skuId, warehouseId, before, counted, shortOrders: lostBy.map(orderNoOf) }, lostBy }
}

/** Orders show their key so; see orders.sale. */
export const orderNoOf = (orderId: number) => `T${String(orderId).padStart(8, '0')}`

interface Touched {
  readonly skuId: number
  readonly warehouseId: number
}

/** One transaction in which stock of known SKUs at known places changes; pages and channels hear of it. */
async function changing(
  ctx: Ctx,
  lines: readonly Touched[],
  work: (inner: Ctx, names: (line: Touched) => { sku: string; warehouse: string }) => Promise<void>,
): Promise<void> {
  await ctx.tx(async (inner) => {
    const skuIds = [...new Set(lines.map((line) => line.skuId))]
    const codes = new Map((await facts.listCodes(inner.db, skuIds)).map((row) => [row.id, row.code]))
    const places = new Map((await facts.listWarehouses(inner.db)).map((row) => [row.id, row.name]))
    for (const line of lines) {
      if (!codes.has(line.skuId)) throw new Failure('SKU_NOT_FOUND', { sku: line.skuId })
      if (!places.has(line.warehouseId)) throw new Failure('WAREHOUSE_NOT_FOUND', {})
    }
    await work(inner, (line) => ({ sku: codes.get(line.skuId) ?? '', warehouse: places.get(line.warehouseId) ?? '' }))
    await tell(inner, 'inventory.changed', { skuIds })
  })
}

function movement(
  ctx: Ctx,
  kind: store.MovementKind,
  line: Touched & { readonly onHand: number; readonly reason: string | null },
): store.Movement {
  return {
    kind,
    skuId: line.skuId,
    warehouseId: line.warehouseId,
    onHand: line.onHand,
    reserved: 0,
    incoming: 0,
    orderId: null,
    actor: ctx.actor.name,
    reason: line.reason,
  }
}
