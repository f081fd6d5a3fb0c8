import { type LiveOrder, reasonToStop } from '../../core/fulfilment/may-leave.ts'
import { moveParcel } from '../../core/fulfilment/parcel-moves.ts'
import type { Ctx } from '../../platform/module.ts'
import { type OrderForParcel, ordersForParcels } from '../orders/index.ts'
import { lockParcels, type ParcelStored } from './store/parcels.ts'
import { type LineRow, listLines, listOrders, type OrderRow } from './store/pieces.ts'

/** A parcel with what is in it and the orders it is for, as they stand now; all of it locked by the caller's transaction. */
export interface Loaded {
  readonly parcel: ParcelStored
  readonly orders: readonly OrderRow[]
  readonly lines: readonly LineRow[]
  /** By key; an order that is gone is absent. */
  readonly live: ReadonlyMap<number, OrderForParcel>
  /** Why it must not leave: marked before, or found now; null when it may, and for one that left. */
  readonly stop: string | null
}

/**
 * Locks parcels and then their orders, always in this order, and asks of each whether it may still leave (拦截检查). Six statements whatever
 * the number.
 */
export async function loadParcels(ctx: Ctx, ids: readonly number[]): Promise<Loaded[]> {
  const parcels = await lockParcels(ctx.db, ids)
  if (parcels.length === 0) return []
  const keys = parcels.map((parcel) => parcel.id)
  const orders = Map.groupBy(await listOrders(ctx.db, keys), (order) => order.parcelId)
  const lines = Map.groupBy(await listLines(ctx.db, keys), (line) => line.parcelId)
  const orderIds = [...new Set([...orders.values()].flat().map((order) => order.orderId))]
  const live = new Map((await ordersForParcels(ctx, orderIds)).map((order) => [order.orderId, order]))
  return parcels.map((parcel) => {
    const theirs = { orders: orders.get(parcel.id) ?? [], lines: lines.get(parcel.id) ?? [] }
    return { parcel, ...theirs, live, stop: stopOf(parcel, theirs, live) }
  })
}

function stopOf(
  parcel: ParcelStored,
  { orders, lines }: Pick<Loaded, 'orders' | 'lines'>,
  live: ReadonlyMap<number, LiveOrder>,
): string | null {
  if (parcel.state === 'stopped') return parcel.stoppedBecause
  if (moveParcel(parcel.state, 'stop') === null) return null
  const packed = { warehouseId: parcel.warehouseId, orderIds: orders.map((order) => order.orderId), lines }
  return reasonToStop(packed, live)
}

export const checkedPieces = ({ lines }: Pick<Loaded, 'lines'>) => lines.reduce((sum, line) => sum + line.checked, 0)

export const isWhollyChecked = ({ lines }: Pick<Loaded, 'lines'>) =>
  lines.every((line) => line.checked === line.quantity)
