import type { BatchResult } from '../../contract/route.ts'
import { moveParcel, parcelDeedWords, parcelStateWords } from '../../core/fulfilment/parcel-moves.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { markUnallocated } from '../orders/index.ts'
import { audit } from '../security/index.ts'
import { leftOutBy, notFound } from './left-out.ts'
import { type Loaded, loadParcels } from './load-parcels.ts'
import { showOnOrders } from './show-on-orders.ts'
import { saveCancelled } from './store/parcels.ts'
import { closeOrders } from './store/pieces.ts'

/**
 * Takes parcels apart before they leave (取消包裹): their orders wait to be packed again, those stopped meanwhile stay where they are. Pieces
 * stay held, numbers stay with the parcel's record. One that left or was taken apart is left out.
 */
export async function cancelParcels(
  outer: Ctx,
  asked: { readonly parcelIds: readonly number[]; readonly reason: string },
): Promise<BatchResult> {
  return outer.tx(async (ctx) => {
    const loaded = await loadParcels(ctx, asked.parcelIds)
    const may = loaded.filter(({ parcel }) => moveParcel(parcel.state, 'cancel') !== null)
    await takeApart(ctx, may, asked.reason)
    await audit(
      ctx,
      may.map(({ parcel }) => ({
        deed: 'fulfilment.parcel-cancelled',
        object: 'parcel',
        objectId: parcel.parcelNo,
        details: { reason: asked.reason },
      })),
    )
    const refused = loaded
      .filter((one) => !may.includes(one))
      .map(({ parcel }) =>
        leftOutBy(parcel, 'PARCEL_STATE_REFUSED', {
          state: parcelStateWords[parcel.state],
          deed: parcelDeedWords.cancel,
        }),
      )
    return {
      done: may.length,
      doneIds: may.map(({ parcel }) => parcel.id),
      leftOut: [...refused, ...notFound(asked.parcelIds, loaded)],
    }
  })
}

/** The same for parcels already loaded, in the caller's transaction. */
export async function takeApart(ctx: Ctx, loaded: readonly Loaded[], reason: string): Promise<void> {
  if (loaded.length === 0) return
  const ids = loaded.map(({ parcel }) => parcel.id)
  await saveCancelled(ctx.db, ids, reason)
  await closeOrders(ctx.db, ids)
  await markUnallocated(ctx, [...new Set(loaded.flatMap(({ orders }) => orders.map((order) => order.orderId)))], reason)
  await showOnOrders(ctx, ids)
  await tell(ctx, 'fulfilment.parcels-changed', { parcelIds: ids })
}
