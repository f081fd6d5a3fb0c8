import type { Carrier } from './carriers.ts'
import {
  type AfterSale,
  isOpen,
  isRefunded,
  type Line,
  type Order,
  type OrderStatus,
  type PackedLine,
  type Parcel,
  unshippedLines,
} from './state.ts'
import { announceCase, nowOf, setStatus, tellOfOrder, touch, type World } from './world.ts'

export interface Consignment {
  readonly packId: string
  readonly carrier: Carrier
  readonly waybillNo: string
  readonly lines: readonly PackedLine[]
  /** It came through the API and is listed at `/_sim/shipments`. */
  readonly isReported: boolean
}

/** Puts a parcel on its way, and refuses the open refunds of what has left. Source: douyin.md 5. */
export function ship(world: World, order: Order, { packId, carrier, waybillNo, lines, isReported }: Consignment): void {
  const at = nowOf(world)
  const parcel = { packId, carrierCode: carrier.code, carrierName: carrier.name, waybillNo, lines, at, isReported }
  for (const { line, quantity } of lines) line.shippedQuantity += quantity
  order.parcels.push(parcel)
  if (isReported) record(world, order, parcel)
  for (const one of openRefunds(order, lines)) refuse(world, one)
  settle(world, order)
  tellOfOrder(world, order, order.status === 101 ? '108' : '102')
}

/** Refunds of these lines that nobody has decided. Exchanges do not stand in the way [assumed]. */
export function openRefunds({ cases }: Order, lines: readonly PackedLine[]): readonly AfterSale[] {
  return cases.filter((one) => one.type <= 2 && isOpen(one) && lines.some(({ line }) => line === one.line))
}

export interface Correction {
  readonly carrier: Carrier
  readonly waybillNo: string
}

/** This parcel gets another carrier or number. */
export function correct(world: World, order: Order, change: Correction & { readonly parcel: Parcel }): void {
  const { parcel, carrier, waybillNo } = change
  if (parcel.isReported) forget(world, order, parcel)
  parcel.carrierCode = carrier.code
  parcel.carrierName = carrier.name
  parcel.waybillNo = waybillNo
  if (parcel.isReported) record(world, order, parcel)
  touch(world, order)
  tellOfOrder(world, order, '104')
}

/** Lets a paid order's status follow from its lines. */
export function settle(world: World, order: Order): void {
  setStatus(world, order, statusOf(order))
}

/** Closed is what was refunded in full, unless the buyer has confirmed it. Source: douyin.md 4 [sdk]. */
function statusOf(order: Order): OrderStatus {
  const { status, parcels } = order
  if (status === 1 || status === 4 || status === 5) return status
  if (isRefunded(order)) return 4
  if (parcels.length === 0) return status
  return unshippedLines(order).length === 0 ? 3 : 101
}

export function nextPackId(world: World): string {
  world.packs += 1
  return `PACKINVENTED${String(world.packs).padStart(8, '0')}`
}

function refuse(world: World, one: AfterSale): void {
  one.status = 27
  one.refundStatus = 0
  one.deadline = 0
  announceCase(world, one, '204')
}

const keyOf = (order: Order, { carrierCode, waybillNo }: Parcel) => `${order.orderId}/${carrierCode}/${waybillNo}`

const rowOf = ({ line, quantity }: PackedLine) => ({ lineNo: line.lineId, quantity })

function record(world: World, order: Order, parcel: Parcel): void {
  const lines = parcel.lines.map(rowOf)
  const known = world.shipments.get(keyOf(order, parcel))
  if (known !== undefined) {
    known.times += 1
    known.lines = [...known.lines, ...lines]
    return
  }
  const { carrierCode: carrier, waybillNo, at } = parcel
  world.shipments.set(keyOf(order, parcel), { orderNo: order.orderId, carrier, waybillNo, lines, at, times: 1 })
}

/** A corrected parcel stands instead of the one it corrects. */
function forget(world: World, order: Order, parcel: Parcel): void {
  const key = keyOf(order, parcel)
  const others = order.parcels.filter((one) => one !== parcel && one.isReported && keyOf(order, one) === key)
  const known = world.shipments.get(key)
  if (known === undefined || others.length === 0) world.shipments.delete(key)
  else known.lines = others.flatMap(({ lines }) => lines.map(rowOf))
}

/** Pieces of a line by the parcel they left in. */
export function sentOf({ parcels }: Order, line: Line): readonly Parcel[] {
  return parcels.filter(({ lines }) => lines.some((packed) => packed.line === line))
}
