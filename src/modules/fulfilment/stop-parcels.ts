import { z } from 'zod'
import { Failure } from '../../core/failures.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx, Job } from '../../platform/module.ts'
import { type Loaded, loadParcels } from './load-parcels.ts'
import { showOnOrders } from './show-on-orders.ts'
import { listMisfits, saveStopped } from './store/parcels.ts'

/** Marks those of loaded parcels that must not leave and are not marked yet (拦下), in the caller's transaction. */
export async function markStopped(ctx: Ctx, loaded: readonly Loaded[]): Promise<void> {
  const fresh = loaded.flatMap(({ parcel, stop }) =>
    stop !== null && parcel.state !== 'stopped' ? [{ id: parcel.id, because: stop }] : [],
  )
  if (fresh.length === 0) return
  const ids = fresh.map((parcel) => parcel.id)
  await saveStopped(ctx.db, fresh)
  await showOnOrders(ctx, ids)
  await tell(ctx, 'fulfilment.parcels-changed', { parcelIds: ids })
}

/** Asks of these parcels whether they may still leave, and marks those that may not. */
export async function stopParcels(outer: Ctx, ids: readonly number[]): Promise<Loaded[]> {
  return outer.tx(async (ctx) => {
    const loaded = await loadParcels(ctx, ids)
    await markStopped(ctx, loaded)
    return loaded
  })
}

export const stoppedFailure = ({ parcel, stop }: Loaded) =>
  new Failure('PARCEL_STOPPED', { parcel: parcel.parcelNo, reason: stop ?? '' })

const Orders = z.object({ orderIds: z.array(z.int()) })

/** Orders were stopped, closed or otherwise changed: parcels that no longer fit them are looked at. Twice does no harm. */
export const stopJob: Job = {
  name: 'fulfilment.stop',
  run: async (ctx, input) => {
    const ids = await listMisfits(ctx.db, Orders.parse(input).orderIds)
    if (ids.length > 0) await stopParcels(ctx, ids)
  },
}
