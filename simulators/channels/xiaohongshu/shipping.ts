import type { Carrier } from './carriers.ts'
import {
  type AfterSale,
  isOpen,
  type Line,
  type Order,
  type OrderStatus,
  type Parcel,
  unshippedLines,
} from './state.ts'
import { announceCase, setStatus, touch, type World } from './world.ts'

export interface Consignment {
  readonly carrier: Carrier
  readonly waybillNo: string
  readonly lines: readonly Line[]
  readonly at: number
  /** It came through the API and is listed at `/_sim/shipments`. */
  readonly isReported: boolean
}

/** Puts a parcel on its way, and refuses the open refunds of what has left. Source: xiaohongshu.md 9 [doc]. */
export function ship(world: World, order: Order, { carrier, waybillNo, lines, at, isReported }: Consignment): void {
  const parcel: Parcel = { carrierCode: carrier.code, carrierName: carrier.name, waybillNo, lines, at, isReported }
  for (const line of lines) line.shippedQuantity = line.quantity
  order.parcels.push(parcel)
  order.isCancelAsked = false
  if (isReported) record(world, order, parcel)
  refuseUnshipped(world, order, lines)
  settle(world, order)
}

/** These parcels get another carrier or number. */
export function correct(world: World, order: Order, change: Correction): void {
  for (const parcel of change.parcels) {
    if (parcel.isReported) forget(world, order, parcel)
    parcel.carrierCode = change.carrier.code
    parcel.carrierName = change.carrier.name
    parcel.waybillNo = change.waybillNo
    if (parcel.isReported) record(world, order, parcel)
  }
  touch(world, order)
}

export interface Correction {
  readonly parcels: readonly Parcel[]
  readonly carrier: Carrier
  readonly waybillNo: string
}

/** Lets a paid order's status follow from its lines. */
export function settle(world: World, order: Order): void {
  const status = statusOf(order)
  const now = world.clock.now()
  if (status === 8) order.cancelledAt ??= now
  if (status === 6) order.deliveredAt ??= now
  if (status !== order.status) setStatus(world, order, status)
  else touch(world, order)
}

/** Closed is what was refunded in full, shipped or not. Source: xiaohongshu.md 7, 14 [doc]. */
function statusOf(order: Order): OrderStatus {
  const { lines, parcels, status } = order
  const isFree = (line: Line) => line.isGift || line.paidFen === 0
  const isGone = (line: Line) => isFree(line) || line.refundedFen >= line.paidFen
  if (status === 9) return 9
  if (lines.every(isGone) && !lines.every(isFree)) return 8
  if (![4, 5].includes(status)) return status
  if (parcels.length === 0) return 4
  return unshippedLines(order).length === 0 ? 6 : 5
}

function refuseUnshipped(world: World, order: Order, lines: readonly Line[]): void {
  const concerns = (one: AfterSale) => one.lines.some(({ line }) => lines.includes(line))
  for (const one of order.cases) {
    if (one.type !== 5 || !isOpen(one) || !concerns(one)) continue
    one.status = 9
    one.expireAt = -1
    announceCase(world, one, 'msg_after_sale_audit_reject')
  }
}

const keyOf = (order: Order, { carrierCode, waybillNo }: Parcel) => `${order.orderId}/${carrierCode}/${waybillNo}`

function record(world: World, order: Order, parcel: Parcel): void {
  const lines = parcel.lines.map(({ sku, quantity }) => ({ lineNo: sku.skuId, quantity }))
  const known = world.shipments.get(keyOf(order, parcel))
  if (known !== undefined) {
    known.times += 1
    known.lines = [...known.lines, ...lines]
    return
  }
  const { carrierCode: carrier, waybillNo } = parcel
  const at = world.clock.now()
  world.shipments.set(keyOf(order, parcel), { orderNo: order.orderId, carrier, waybillNo, lines, at, times: 1 })
}

/** A corrected parcel stands instead of the one it corrects. */
function forget(world: World, order: Order, parcel: Parcel): void {
  const known = world.shipments.get(keyOf(order, parcel))
  if (known === undefined) return
  const gone = new Set(parcel.lines.map(({ sku }) => sku.skuId))
  known.lines = known.lines.filter(({ lineNo }) => !gone.has(lineNo))
  if (known.lines.length === 0) world.shipments.delete(keyOf(order, parcel))
}
