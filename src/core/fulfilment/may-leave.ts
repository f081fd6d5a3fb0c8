import type { OrderState } from '../order/moves.ts'
import { moveParcel, type ParcelState, parcelDeedWords, parcelStateWords } from './parcel-moves.ts'

/** Pieces of one order line. */
export interface LinePieces {
  readonly orderId: number
  readonly lineId: number
  readonly skuId: number
  readonly quantity: number
}

export interface PackedParcel {
  readonly warehouseId: number
  readonly orderIds: readonly number[]
  readonly lines: readonly LinePieces[]
}

/** An order as it stands at this moment. */
export interface LiveOrder {
  readonly orderId: number
  readonly state: OrderState
  readonly warehouseId: number | null
  /** Why it must not leave, in Chinese; null when it may. */
  readonly stop: string | null
  /** What is held for it now. */
  readonly lines: readonly Omit<LinePieces, 'orderId'>[]
}

const again = '请取消包裹后重新配货'

/**
 * Why a parcel must not leave (拦下), in Chinese; null when it may. Asked of the orders as they stand now at every print, scan and shipping:
 * a mark on the parcel may be older than a refund. An order that was stopped and approved anew has to be packed anew.
 */
export function reasonToStop(parcel: PackedParcel, orders: ReadonlyMap<number, LiveOrder>): string | null {
  for (const orderId of parcel.orderIds) {
    const order = orders.get(orderId)
    if (!order) return '订单不存在'
    if (order.stop !== null) return order.stop
    if (order.state !== 'allocated') return `订单重新审核过，${again}`
    if (order.warehouseId !== parcel.warehouseId) return `订单换了仓，${again}`
    const packed = parcel.lines.filter((line) => line.orderId === orderId)
    if (goodsOf(packed) !== goodsOf(order.lines)) return `订单内容变了，${again}`
  }
  return null
}

const goodsOf = (lines: readonly Omit<LinePieces, 'orderId'>[]) =>
  lines
    .map((line) => `${line.lineId}:${line.skuId}×${line.quantity}`)
    .sort()
    .join()

/** What of a parcel itself decides whether it is ready to go. */
export interface ReadyFacts {
  readonly state: ParcelState
  readonly waybillNo: string | null
  readonly pieces: number
  readonly checked: number
}

export type NotReady = { readonly code: 'state' | 'no-waybill' | 'not-checked'; readonly zh: string }

/** Why a parcel that nothing stops is not ready to be shipped; null when it is. `unchecked`: a person ships without checking. */
export function reasonNotReady(parcel: ReadyFacts, unchecked: boolean): NotReady | null {
  const { state, waybillNo, pieces, checked } = parcel
  if (moveParcel(state, 'ship') === null)
    return { code: 'state', zh: `现在是“${parcelStateWords[state]}”，不能${parcelDeedWords.ship}` }
  if (waybillNo === null) return { code: 'no-waybill', zh: '没有运单号，先填写或从号池取号' }
  if (checked < pieces && !unchecked)
    return { code: 'not-checked', zh: `只验了 ${checked}/${pieces} 件，验完再发，或选“不验货发货”` }
  return null
}
