import type { z } from 'zod'
import type { listStock } from '../../contract/inventory.ts'
import { sellable } from '../../core/inventory/sellable.ts'
import type { Ctx } from '../../platform/module.ts'
import * as store from './store/stock.ts'

/** The stock page (库存): five plain numbers a SKU, where they lie, and what each shop was told. */
export async function readStock(
  ctx: Ctx,
  asked: z.output<typeof listStock.input>,
): Promise<z.input<typeof listStock.output>> {
  const lines = await store.listStockLines(ctx.db, { ...asked, after: asked.after ?? null, limit: asked.limit + 1 })
  const page = lines.slice(0, asked.limit)
  const skuIds = page.map((line) => line.skuId)
  const places = Map.groupBy(await store.listPlaceLines(ctx.db, skuIds), (row) => row.skuId)
  const told = Map.groupBy(await store.listToldLines(ctx.db, skuIds), (row) => row.skuId)
  return {
    rows: page.map((line) => ({
      ...line,
      available: line.onHand - line.reserved,
      sellable: sellable([line], { safety: line.safety, seenNotTaken: 0, short: 0 }),
      warehouses: (places.get(line.skuId) ?? []).map(({ skuId, ...row }) => row),
      told: (told.get(line.skuId) ?? []).map(({ skuId, ...row }) => row),
    })),
    next: lines.length > asked.limit ? (page.at(-1)?.code ?? null) : null,
    counts: await store.countStock(ctx.db),
  }
}
