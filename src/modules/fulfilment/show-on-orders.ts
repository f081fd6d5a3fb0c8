import { z } from 'zod'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx, Job } from '../../platform/module.ts'
import { saveShipments } from '../orders/index.ts'
import { listShippedOf, listShown } from './store/pieces.ts'

/** Keeps what orders show of these parcels in step, in the caller's transaction. Two statements. */
export async function showOnOrders(ctx: Ctx, parcelIds: readonly number[]): Promise<void> {
  if (parcelIds.length === 0) return
  await saveShipments(ctx, await listShown(ctx.db, parcelIds))
}

const Orders = z.object({ orderIds: z.array(z.int()) })

/** The channel was told of a shipment, or could not be: orders and parcels show it (发货回传结果). */
export const reportedJob: Job = {
  name: 'fulfilment.reported',
  run: async (ctx, input) => {
    const { orderIds } = Orders.parse(input)
    await ctx.tx(async (inner) => {
      const parcelIds = await listShippedOf(inner.db, orderIds)
      if (parcelIds.length === 0) return
      await showOnOrders(inner, parcelIds)
      await tell(inner, 'fulfilment.parcels-changed', { parcelIds })
    })
  },
}
