import type { z } from 'zod'
import type { adjustStock, countStock, receiveStock } from '../../contract/inventory.ts'
import { Failure } from '../../core/failures.ts'
import { stockKey } from '../../core/inventory/reserve.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import { countShelves } from './count-shelves.ts'
import { movementLine } from './movement-line.ts'
import * as facts from './store/facts.ts'
import * as store from './store/shelves.ts'

/** Books pieces in, or as on their way (入库, 在途). Throws SKU_NOT_FOUND, WAREHOUSE_NOT_FOUND. */
export async function bookIn(ctx: Ctx, asked: z.output<typeof receiveStock.input>): Promise<void> {
  const reason = asked.reason || null
  await changing(ctx, asked.lines, async (inner) => {
    const announced = asked.expected === 'arrived' ? await lockIncoming(inner, asked.lines) : new Map<string, number>()
    const rows = asked.lines.map((line) => {
      if (asked.expected === 'announce')
        return { ...movementLine(inner, 'expect', { ...line, onHand: 0, reason }), incoming: line.quantity }
      const key = stockKey(line.skuId, line.warehouseId)
      const came = Math.min(line.quantity, announced.get(key) ?? 0)
      announced.set(key, (announced.get(key) ?? 0) - came)
      return { ...movementLine(inner, 'receive', { ...line, onHand: line.quantity, reason }), incoming: 0 - came }
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
    await store.insertMovements(
      inner.db,
      [movementLine(inner, 'adjust', { ...asked, onHand: asked.change })],
      inner.now(),
    )
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
  let differences: Counted[] = []
  await changing(ctx, asked.lines, async (inner) => {
    const counted = await countShelves(inner, asked.lines, asked.reason)
    differences = counted
      .filter((one) => one.difference !== 0)
      .map((one) => ({
        skuId: one.skuId,
        warehouseId: one.warehouseId,
        before: one.before ?? 0,
        counted: one.counted,
        shortOrders: one.lost.map((hold) => orderNoOf(hold.orderId)),
      }))
    await audit(inner, {
      deed: 'inventory.counted',
      object: 'stock',
      objectId: null,
      details: { lines: asked.lines.length, differences: differences.length },
    })
  })
  return { differences }
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
