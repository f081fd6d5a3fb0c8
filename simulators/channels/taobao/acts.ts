import { refusal } from '../../aid/control.ts'
import type { Act } from '../../simulator.ts'
import { oaidOf } from './buyers.ts'
import { returnStock } from './goods.ts'
import { payInFull, setStatus } from './placing.ts'
import {
  buyerInsists,
  canOpenRefund,
  mostRefundable,
  openNewRefund,
  remainingFen,
  succeed,
  withdraw,
} from './refunding.ts'
import { settle, ship } from './shipping.ts'
import { type Line, openRefund, type Trade, unpaidStatuses } from './state.ts'
import { announce, secondNow, type World } from './world.ts'

/** Something happens to orders. Answers those it could happen to; an order in another state stays as it is. */
export function act(world: World, deed: Act): { readonly changed: readonly string[] } {
  const trades = deed.orderNos.map((orderNo) => world.trades.get(orderNo))
  const changed = trades.filter((trade) => trade !== undefined).filter((trade) => perform(world, trade, deed))
  return { changed: changed.map(({ tid }) => tid) }
}

function perform(world: World, trade: Trade, deed: Act): boolean {
  switch (deed.kind) {
    case 'pay':
      return pay(world, trade)
    case 'close':
      return close(world, trade)
    case 'finish':
      return finish(world, trade)
    case 'refund':
      return refundLines(world, trade, deed)
    case 'change-address':
      return moveHouse(world, trade, deed.address)
    case 'note':
      trade.note = deed.note
      announce(world, trade, 'TradeChanged')
      return true
    case 'ship-in-back-office':
      return shipInBackOffice(world, trade, deed)
    default:
      throw refusal(`no such act: ${JSON.stringify(deed)}`)
  }
}

/** Pays all that is open; of an order that waits for its group, fills the group. */
function pay(world: World, trade: Trade): boolean {
  if (trade.status === 'PAID_FORBID_CONSIGN') {
    for (const line of trade.lines) if (line.status === 'PAID_FORBID_CONSIGN') line.status = 'WAIT_SELLER_SEND_GOODS'
    settle(world, trade)
    announce(world, trade, 'TradeChanged')
    return true
  }
  if (trade.type === 'cod') return sign(world, trade)
  if (!unpaidStatuses.has(trade.status)) return false
  payInFull(world, trade)
  return true
}

/** Who pays in cash signs for it. */
function sign(world: World, trade: Trade): boolean {
  if (trade.status !== 'WAIT_BUYER_CONFIRM_GOODS') return false
  trade.paidAt = secondNow(world)
  for (const line of trade.lines) if (line.status === 'WAIT_BUYER_CONFIRM_GOODS') line.status = 'TRADE_BUYER_SIGNED'
  settle(world, trade)
  announce(world, trade, 'TradeChanged')
  return true
}

/** Closes what is not paid. A deposit already paid is forfeited. */
function close(world: World, trade: Trade): boolean {
  if (!unpaidStatuses.has(trade.status)) return false
  if (trade.step?.status === 'FRONT_PAID_FINAL_NOPAID') trade.step.status = 'FRONT_PAID_FRONT_FORFEITED'
  setStatus(trade, 'TRADE_CLOSED_BY_TAOBAO')
  trade.endedAt = secondNow(world)
  for (const line of trade.lines) line.endedAt = trade.endedAt
  if (world.settings.reduceStock === 'on-order') giveBack(world, trade)
  announce(world, trade, 'TradeClose')
  return true
}

function giveBack(world: World, trade: Trade): void {
  for (const line of trade.lines) {
    const sku = world.skus.get(line.merchantCode)
    if (sku !== undefined) returnStock(world, sku, line.quantity)
  }
}

/** The buyer confirms; an open refund stands in the way. */
function finish(world: World, trade: Trade): boolean {
  if (trade.status !== 'WAIT_BUYER_CONFIRM_GOODS' && trade.status !== 'TRADE_BUYER_SIGNED') return false
  if (trade.lines.some((line) => openRefund(line) !== undefined)) return false
  for (const line of trade.lines) {
    if (line.status === 'TRADE_CLOSED') continue
    line.status = 'TRADE_FINISHED'
    line.endedAt = secondNow(world)
  }
  trade.paidAt ??= secondNow(world)
  settle(world, trade)
  announce(world, trade, 'TradeSuccess')
  return true
}

type RefundAct = Extract<Act, { kind: 'refund' }>

/** Of one line, or of each; an amount without a line is spent from the first line on. */
function refundLines(world: World, trade: Trade, deed: RefundAct): boolean {
  const lines = deed.lineNo === undefined ? trade.lines : trade.lines.filter(({ oid }) => oid === deed.lineNo)
  let left = deed.amountFen
  let changed = false
  for (const line of lines) {
    const most = openRefund(line) === undefined ? mostRefundable(trade, line) : remainingFen(line) + trade.postFen
    const amount = left === undefined ? undefined : Math.min(left, most)
    if (amount === 0 && left === 0) break
    if (!refundLine(world, trade, { line, amount, outcome: deed.outcome ?? 'requested' })) continue
    changed = true
    if (left !== undefined && amount !== undefined) left -= amount
  }
  return changed
}

interface LineRefund {
  readonly line: Line
  readonly amount: number | undefined
  readonly outcome: 'requested' | 'success' | 'closed'
}

function refundLine(world: World, trade: Trade, { line, amount, outcome }: LineRefund): boolean {
  const open = openRefund(line)
  if (open === undefined && !canOpenRefund(trade, line)) return false
  const refund = open ?? openNewRefund(world, trade, line, amount ?? mostRefundable(trade, line))
  if (open !== undefined && outcome === 'requested') buyerInsists(world, open, amount)
  if (open !== undefined && outcome === 'success') open.feeFen = amount ?? open.feeFen
  if (outcome === 'success') succeed(world, refund)
  if (outcome === 'closed') withdraw(world, refund)
  return true
}

/** Before shipping only. The new address is the whole detail; place names stay. */
function moveHouse(world: World, trade: Trade, address: string): boolean {
  const unshipped =
    ['WAIT_SELLER_SEND_GOODS', 'PAID_FORBID_CONSIGN'].includes(trade.status) || unpaidStatuses.has(trade.status)
  if (!unshipped) return false
  trade.receiver = { ...trade.receiver, address }
  trade.oaid = oaidOf(trade.tid, address)
  trade.addressChanged = true
  announce(world, trade, 'TradeLogisticsAddressChanged')
  return true
}

function shipInBackOffice(world: World, trade: Trade, deed: Extract<Act, { kind: 'ship-in-back-office' }>): boolean {
  const lines = trade.lines.filter(({ status }) => status === 'WAIT_SELLER_SEND_GOODS')
  if (lines.length === 0) return false
  ship(world, trade, {
    carrierCode: '',
    carrierName: deed.carrierName,
    waybillNo: deed.waybillNo,
    loads: lines.map((line) => ({ line, quantity: line.quantity - line.shippedQuantity, completes: true })),
    reported: false,
  })
  return true
}
