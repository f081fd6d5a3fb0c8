import { doorOf } from './buyers.ts'
import type { Line, Trade, TradeStatus } from './state.ts'
import { announce, secondNow, type World } from './world.ts'

/** One parcel's share of a trade. `completes`: with this the line counts as shipped. */
export interface Load {
  readonly line: Line
  readonly quantity: number
  readonly completes: boolean
}

export interface Consignment {
  readonly carrierCode: string
  readonly carrierName: string
  readonly waybillNo: string
  readonly loads: readonly Load[]
}

/** Puts a parcel on its way and moves lines and trade. `reported`: it came through the API and is listed at `/_sim/shipments`. */
export function ship(world: World, trade: Trade, consignment: Consignment & { readonly reported: boolean }): void {
  const now = secondNow(world)
  for (const { line, quantity, completes } of consignment.loads) {
    line.shippedQuantity += quantity
    const { carrierName, waybillNo } = consignment
    if (waybillNo !== '') line.parcels.push({ carrierName, waybillNo, quantity })
    line.consignedAt ??= now
    if (completes) line.status = 'WAIT_BUYER_CONFIRM_GOODS'
  }
  trade.consignedAt ??= now
  if (consignment.waybillNo !== '')
    world.waybills.set(consignment.waybillNo, doorOf(trade.buyerOpenUid, trade.receiver))
  if (consignment.reported) record(world, trade, consignment)
  settle(world, trade)
  announce(world, trade, trade.status === 'SELLER_CONSIGNED_PART' ? 'TradePartlySellerShip' : 'TradeSellerShip')
}

/** Whether the number may go on another parcel: it is free, or travels to the same buyer's door (several trades in one parcel). */
export function isWaybillFree(world: World, waybillNo: string, trade: Trade): boolean {
  const door = world.waybills.get(waybillNo)
  return door === undefined || door === doorOf(trade.buyerOpenUid, trade.receiver)
}

/** A parcel of this trade gets another carrier or number, as far as these lines are in it. */
export function resend(world: World, trade: Trade, { carrierCode, carrierName, waybillNo, loads }: Consignment): void {
  const lines = loads.map(({ line }) => line)
  for (const line of lines) {
    const quantity = line.parcels.reduce((all, parcel) => all + parcel.quantity, 0)
    line.parcels.splice(0, line.parcels.length, { carrierName, waybillNo, quantity })
  }
  forgetRecords(world, trade, lines)
  world.waybills.set(waybillNo, doorOf(trade.buyerOpenUid, trade.receiver))
  record(world, trade, { carrierCode, carrierName, waybillNo, loads })
  announce(world, trade, 'TradeChanged')
}

/** Lets a paid trade's status follow from its lines. */
export function settle(world: World, trade: Trade): void {
  const before = trade.status
  trade.status = statusOf(trade.lines)
  if (trade.status === before) return
  if (trade.status === 'TRADE_CLOSED' || trade.status === 'TRADE_FINISHED') trade.endedAt = secondNow(world)
}

function statusOf(lines: readonly Line[]): TradeStatus {
  const live = lines.filter(({ status }) => status !== 'TRADE_CLOSED')
  if (live.length === 0) return 'TRADE_CLOSED'
  if (live.every(({ status }) => status === 'TRADE_FINISHED')) return 'TRADE_FINISHED'
  if (live.some(({ status }) => status === 'PAID_FORBID_CONSIGN')) return 'PAID_FORBID_CONSIGN'
  if (live.some(({ status }) => status === 'TRADE_BUYER_SIGNED')) return 'TRADE_BUYER_SIGNED'
  if (live.every(({ status }) => status !== 'WAIT_SELLER_SEND_GOODS')) return 'WAIT_BUYER_CONFIRM_GOODS'
  return lines.some(({ shippedQuantity }) => shippedQuantity > 0) ? 'SELLER_CONSIGNED_PART' : 'WAIT_SELLER_SEND_GOODS'
}

function record(world: World, trade: Trade, { carrierCode, waybillNo, loads }: Consignment): void {
  const key = `${trade.tid}/${carrierCode}/${waybillNo}`
  const lines = loads.map(({ line, quantity }) => ({ lineNo: line.oid, quantity }))
  const known = world.shipments.get(key)
  if (known === undefined) {
    world.shipments.set(key, {
      orderNo: trade.tid,
      carrier: carrierCode,
      waybillNo,
      lines,
      at: world.clock.now(),
      times: 1,
    })
    return
  }
  known.times += 1
  known.lines = [...known.lines, ...lines]
}

/** A corrected parcel stands instead of the one it corrects. */
function forgetRecords(world: World, trade: Trade, lines: readonly Line[]): void {
  const gone = new Set(lines.map(({ oid }) => oid))
  for (const [key, shipment] of world.shipments) {
    if (shipment.orderNo !== trade.tid) continue
    shipment.lines = shipment.lines.filter(({ lineNo }) => !gone.has(lineNo))
    if (shipment.lines.length === 0) world.shipments.delete(key)
  }
}
