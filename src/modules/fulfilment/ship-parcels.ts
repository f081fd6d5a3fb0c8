import type { BatchResult } from '../../contract/route.ts'
import { reasonNotReady } from '../../core/fulfilment/may-leave.ts'
import { parcelDeedWords, parcelStateWords } from '../../core/fulfilment/parcel-moves.ts'
import { carrierNamed } from '../../core/logistics/carriers.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { reportShipments, type ShipmentToReport } from '../channels/index.ts'
import { lockShelves } from '../inventory/index.ts'
import { type OrderForParcel, shipPieces } from '../orders/index.ts'
import { audit } from '../security/index.ts'
import { type LeftOut, leftOutBy, notFound } from './left-out.ts'
import { checkedPieces, type Loaded, loadParcels } from './load-parcels.ts'
import { showOnOrders } from './show-on-orders.ts'
import { markStopped } from './stop-parcels.ts'
import { saveShipped } from './store/parcels.ts'
import { closeOrders } from './store/pieces.ts'

/**
 * Hands parcels over (发货), all in one transaction: pieces leave the shelves, orders move, the channels are told by the outbox. The orders
 * are asked at this moment: one that was refunded, closed or changed meanwhile leaves its parcel here, marked and by name. So does a
 * parcel without a number, or not checked unless that is asked. A fixed number of statements; twice ships once.
 */
export async function shipParcels(
  outer: Ctx,
  asked: { readonly parcelIds: readonly number[]; readonly unchecked: boolean },
): Promise<BatchResult> {
  return outer.tx(async (ctx) => {
    const loaded = await loadParcels(ctx, asked.parcelIds)
    await markStopped(ctx, loaded)
    const leftOut = notFound(asked.parcelIds, loaded)
    const leaving: Loaded[] = []
    for (const one of loaded) {
      const reason = reasonAgainst(one, asked.unchecked)
      if (reason) leftOut.push(reason)
      else leaving.push(one)
    }
    await handOver(ctx, leaving, asked.unchecked)
    return { done: leaving.length, doneIds: leaving.map(({ parcel }) => parcel.id), leftOut }
  })
}

function reasonAgainst(one: Loaded, unchecked: boolean): LeftOut | null {
  const { parcel, stop } = one
  if (stop !== null) return leftOutBy(parcel, 'PARCEL_STOPPED', { reason: stop })
  const facts = { ...parcel, pieces: parcel.pieceCount, checked: checkedPieces(one) }
  const reason = reasonNotReady(facts, unchecked)
  if (reason === null) return null
  if (reason.code !== 'state') return { id: parcel.id, label: parcel.parcelNo, ...reason }
  return leftOutBy(parcel, 'PARCEL_STATE_REFUSED', {
    state: parcelStateWords[parcel.state],
    deed: parcelDeedWords.ship,
  })
}

async function handOver(ctx: Ctx, leaving: readonly Loaded[], unchecked: boolean): Promise<void> {
  if (leaving.length === 0) return
  const ids = leaving.map(({ parcel }) => parcel.id)
  const pieces = leaving.flatMap(({ parcel, lines }) =>
    lines.map(({ orderId, lineId, skuId, quantity }) => ({
      orderId,
      lineId,
      skuId,
      warehouseId: parcel.warehouseId,
      quantity,
    })),
  )
  // Shelves in their own order first, as intake does, so that the two never wait in a circle.
  await lockShelves(ctx.db, [...new Set(pieces.map((piece) => piece.skuId))])
  await shipPieces(ctx, pieces)
  await saveShipped(ctx.db, ids, { actor: ctx.actor.name, at: ctx.now() })
  await closeOrders(ctx.db, ids)
  await reportShipments(
    ctx,
    leaving.flatMap((one) => reportsOf(one, ctx.now())),
  )
  await showOnOrders(ctx, ids)
  await audit(
    ctx,
    leaving.map(({ parcel: { parcelNo, carrier, waybillNo } }) => ({
      deed: 'fulfilment.shipped',
      object: 'parcel',
      objectId: parcelNo,
      details: { carrier, waybillNo, unchecked },
    })),
  )
  await tell(ctx, 'fulfilment.shipped', { parcelIds: ids })
  await tell(ctx, 'fulfilment.parcels-changed', { parcelIds: ids })
}

/** What the channels are told of a parcel (发货回传): a report for each of its orders. */
function reportsOf({ parcel, orders, lines, live }: Loaded, shippedAt: number): ShipmentToReport[] {
  const carrier = parcel.carrier ?? ''
  return orders.flatMap(({ orderId, shopId, channelOrderNo }) => {
    const order = live.get(orderId)
    if (!order) return []
    const packed = new Map(lines.filter((line) => line.orderId === orderId).map((line) => [line.lineId, line.quantity]))
    const told = order.lines.flatMap((line) => lineReport(line, packed.get(line.lineId) ?? 0))
    const isWholeOrder =
      !order.hasLeftInPart && told.length === order.lines.length && told.every((l) => l.completesLine)
    return [
      {
        shopId,
        orderId,
        parcelId: parcel.id,
        channelOrderNo,
        carrier,
        carrierName: carrierNamed(carrier)?.name ?? '',
        waybillNo: parcel.waybillNo ?? '',
        shippedAt,
        lines: told,
        isWholeOrder,
        completesOrder: order.lines.every(({ lineId, left }) => (packed.get(lineId) ?? 0) >= left),
      },
    ]
  })
}

function lineReport({ channelLineNo, channelSkuNo, ordered, left }: OrderForParcel['lines'][number], quantity: number) {
  if (quantity === 0) return []
  return [{ channelLineNo, channelSkuNo, quantity, isWholeLine: quantity === ordered, completesLine: quantity >= left }]
}
