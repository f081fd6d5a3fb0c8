import { refusal } from '../../aid/control.ts'
import type { Act } from '../../simulator.ts'
import { carrierByName } from './carriers.ts'
import { extInfo, tellExtInfo, tellOrder } from './events.ts'
import { returnStock } from './goods.ts'
import { pay, release } from './placing.ts'
import {
  buyerGoesOn,
  canAsk,
  changeAmount,
  mostRefundable,
  moveTo,
  openAfterSale,
  repayAll,
  succeed,
} from './refunding.ts'
import { ship } from './shipping.ts'
import { isOpen, type Line, type Order, unitsInAfterSale, unitsToShip } from './state.ts'
import { secondNow, touch, type World } from './world.ts'

/** Something happens to orders. Answers those it could happen to; an order in another state stays as it is. */
export function act(world: World, deed: Act): { readonly changed: readonly string[] } {
  const orders = deed.orderNos.map((orderNo) => world.orders.get(orderNo)).filter((order) => order !== undefined)
  return { changed: orders.filter((order) => perform(world, order, deed)).map(({ orderNo }) => orderNo) }
}

function perform(world: World, order: Order, deed: Act): boolean {
  switch (deed.kind) {
    case 'pay':
      return goOn(world, order)
    case 'close':
      return close(world, order)
    case 'finish':
      return finish(world, order)
    case 'refund':
      return refundLines(world, order, deed)
    case 'change-address':
      return moveHouse(world, order, deed.address)
    case 'note':
      // The sheet has no event for a buyer's later note; the change shows in lists alone.
      order.customerNotes = deed.note
      touch(world, order)
      return true
    case 'ship-in-back-office':
      return shipInBackOffice(world, order, deed)
    default:
      throw refusal(`no such act: ${JSON.stringify(deed)}`)
  }
}

/** Pays what is open; accepts a present; fills a group. */
function goOn(world: World, order: Order): boolean {
  if (order.status === 10) pay(world, order)
  else if (order.status === 12 || order.status === 13) release(world, order)
  else return false
  return true
}

/** `cancel_type` of a buyer who gives up. Source: wechat-shop.md 11. */
const byBuyer = '1'

/** Closes what is not paid, a present nobody accepts, a group that does not fill; the latter two are paid back. */
function close(world: World, order: Order): boolean {
  if (order.status !== 10 && order.status !== 12 && order.status !== 13) return false
  order.status = 250
  if (order.payment !== null) repayAll(world, order)
  for (const { sku, quantity } of order.lines) returnStock(world, sku, quantity)
  touch(world, order)
  tellOrder(world, order, 'channels_ec_order_cancel', { cancel_type: byBuyer })
  return true
}

/** The buyer confirms; an open after-sale stands in the way [assumed]. */
function finish(world: World, order: Order): boolean {
  if (order.status !== 30 || order.afterSales.some(isOpen)) return false
  order.status = 100
  order.confirmedAt = secondNow(world)
  touch(world, order)
  tellOrder(world, order, 'channels_ec_order_confirm', { confirm_type: '1' })
  return true
}

type RefundAct = Extract<Act, { kind: 'refund' }>

/** Of one line, or of each; an amount without a line is spent from the first line on. */
function refundLines(world: World, order: Order, deed: RefundAct): boolean {
  const isAsked = ({ lineNo }: Line) => deed.lineNo === undefined || deed.lineNo === lineNo
  let left = deed.amountFen
  let changed = false
  for (const line of order.lines.filter(isAsked)) {
    if (left === 0) break
    const open = line.afterSales.find(isOpen)
    if (open === undefined && !canAsk(order, line)) continue
    const most = mostRefundable(order, line) + (open?.amountFen ?? 0)
    const amountFen = left === undefined ? undefined : Math.min(left, most)
    refundLine(world, order, { line, amountFen, outcome: deed.outcome ?? 'requested' })
    changed = true
    if (left !== undefined && amountFen !== undefined) left -= amountFen
  }
  return changed
}

interface LineRefund {
  readonly line: Line
  readonly amountFen: number | undefined
  readonly outcome: 'requested' | 'success' | 'closed'
}

function refundLine(world: World, order: Order, { line, amountFen, outcome }: LineRefund): void {
  const open = line.afterSales.find(isOpen)
  const afterSale = open ?? openAfterSale(world, order, { line, amountFen })
  if (open !== undefined && outcome === 'requested') buyerGoesOn(world, open, amountFen)
  if (open !== undefined && outcome === 'success' && amountFen !== undefined) changeAmount(open, amountFen)
  if (outcome === 'success') succeed(world, afterSale)
  if (outcome === 'closed') moveTo(world, afterSale, 'USER_CANCELD')
}

/** Before shipping only. The new address is the whole detail; place names stay. */
function moveHouse(world: World, order: Order, address: string): boolean {
  if (![10, 12, 13, 20].includes(order.status)) return false
  order.receiver = { ...order.receiver, address }
  touch(world, order)
  tellExtInfo(world, order, extInfo.addressChanged)
  return true
}

/** Everything that is left and not asked back goes out in one parcel. */
function shipInBackOffice(world: World, order: Order, deed: Extract<Act, { kind: 'ship-in-back-office' }>): boolean {
  if (order.status !== 20 && order.status !== 21) return false
  const lines = order.lines.filter((line) => unitsInAfterSale(line) === 0 && unitsToShip(order, line) > 0)
  if (lines.length === 0) return false
  const { id: carrierId, name: carrierName } = carrierByName(deed.carrierName)
  const loads = lines.map((line) => ({ line, quantity: unitsToShip(order, line) }))
  const { waybillNo } = deed
  ship(world, order, [{ carrierId, carrierName, waybillNo, deliverType: 1, loads, isReported: false }])
  return true
}
