import type { z } from 'zod'
import type { searchAll } from '../../contract/orders.ts'
import type { Ctx } from '../../platform/module.ts'
import { loadRows, searchOrders } from './find-orders.ts'
import { listParcelsByNo, listSkusLike } from './store/search.ts'

const shown = 8

/** One box for everything (全局查找): orders, SKUs, parcels that a text leads to, a handful each. */
export async function findAnything(
  ctx: Ctx,
  asked: z.output<typeof searchAll.input>,
): Promise<z.input<typeof searchAll.output>> {
  const { ids } = await searchOrders(ctx, asked.q)
  const rows = await loadRows(ctx, (ids ?? []).slice(0, shown))
  return {
    orders: rows.map((row) => ({
      orderNo: row.orderNo,
      channelOrderNo: row.channelOrderNo,
      shopId: row.shopId,
      state: row.state,
      goods: `${row.goods.title} ×${row.goods.pieces}`,
      receiver: row.receiver === null ? null : `${row.receiver.name} ${row.receiver.phone}`,
      matched: asked.q,
    })),
    skus: await listSkusLike(ctx.db, asked.q, shown),
    parcels: await listParcelsByNo(ctx.db, asked.q, shown),
  }
}
