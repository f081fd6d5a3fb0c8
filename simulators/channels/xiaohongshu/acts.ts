import { refusal } from '../../aid/control.ts'
import type { Act } from '../../simulator.ts'
import { ask, buyerInsists, close, openCase, refundTypeOf, succeed } from './aftersales.ts'
import { openAddressIdOf } from './buyers.ts'
import { carrierByName } from './carriers.ts'
import { release } from './goods.ts'
import { spread } from './money.ts'
import { payInFull } from './placing.ts'
import { ship } from './shipping.ts'
import { isOpen, type Line, type Order, remainingFen, unshippedLines } from './state.ts'
import { setStatus, touch, type World } from './world.ts'

/** Something happens to orders. Answers those it could happen to; an order in another state stays as it is. */
export function act(world: World, deed: Act): { readonly changed: readonly string[] } {
  const orders = deed.orderNos.map((orderNo) => world.orders.get(orderNo)).filter((order) => order !== undefined)
  return { changed: orders.filter((order) => perform(world, order, deed)).map(({ orderId }) => orderId) }
}

function perform(world: World, order: Order, deed: Act): boolean {
  switch (deed.kind) {
    case 'pay':
      return pay(world, order)
    case 'close':
      return giveUp(world, order)
    case 'finish':
      return finish(world, order)
    case 'refund':
      return refund(world, order, deed)
    case 'change-address':
      return moveHouse(world, order, deed.address)
    case 'note':
      order.note = deed.note
      touch(world, order)
      return true
    case 'ship-in-back-office':
      return shipInBackOffice(world, order, deed)
    default:
      throw refusal(`no such act: ${JSON.stringify(deed)}`)
  }
}

function pay(world: World, order: Order): boolean {
  if (order.status !== 1) return false
  payInFull(world, order)
  return true
}

/** An unpaid order is cancelled. A deposit already paid is forfeited. */
function giveUp(world: World, order: Order): boolean {
  if (order.status !== 1) return false
  for (const { sku, quantity } of order.lines) release(world, sku, quantity)
  order.cancelledAt = world.clock.now()
  setStatus(world, order, 9)
  return true
}

/** The buyer confirms; an open after-sale stands in the way. */
function finish(world: World, order: Order): boolean {
  if (order.status !== 6 || order.cases.some(isOpen)) return false
  order.finishedAt = world.clock.now()
  setStatus(world, order, 7)
  return true
}

type RefundAct = Extract<Act, { kind: 'refund' }>

/** With an open after-sale: the buyer's next step, or its end. Else a new one, of one line or of all; an amount is spent from the first on. */
function refund(world: World, order: Order, deed: RefundAct): boolean {
  const isMeant = (line: Line) => deed.lineNo === undefined || line.sku.skuId === deed.lineNo
  const lines = order.lines.filter((line) => isMeant(line) && !line.isGift)
  const open = order.cases.filter((one) => isOpen(one) && one.lines.some(({ line }) => lines.includes(line)))
  const outcome = deed.outcome ?? 'requested'
  for (const one of open) {
    if (outcome === 'requested') buyerInsists(world, one, deed.amountFen)
    if (outcome === 'closed') close(world, one, 5)
    if (outcome === 'success') {
      if (deed.amountFen !== undefined) ask(one, deed.amountFen)
      succeed(world, one)
    }
  }
  return open.length > 0 || openRefunds(world, order, { deed, lines })
}

interface NewRefund {
  readonly deed: RefundAct
  readonly lines: readonly Line[]
}

/** What has left and what has not are two after-sales. */
function openRefunds(world: World, order: Order, { deed, lines }: NewRefund): boolean {
  if (order.paidAt === null || [8, 9].includes(order.status)) return false
  const left = lines.filter((line) => remainingFen(line) > 0)
  const groups = [left.filter((line) => line.shippedQuantity === 0), left.filter((line) => line.shippedQuantity > 0)]
  const caps = groups.map((group) => group.reduce((all, line) => all + remainingFen(line), 0))
  const freight = order.parcels.length === 0 ? order.freightFen - order.refundedFreightFen : 0
  const amounts = deed.amountFen === undefined ? null : spread(deed.amountFen, [caps[0]! + freight, caps[1]!])
  let isOpened = false
  for (const [place, group] of groups.entries()) {
    const amountFen = amounts?.[place] ?? null
    if (group.length === 0 || amountFen === 0) continue
    const one = openCase(world, order, { type: refundTypeOf(group, amountFen), lines: group, amountFen })
    if (one === null) continue
    isOpened = true
    if (deed.outcome === 'success') succeed(world, one)
    if (deed.outcome === 'closed') close(world, one, 5)
  }
  return isOpened
}

/** Before shipping only. The new address is the whole detail; names of places stay. */
function moveHouse(world: World, order: Order, address: string): boolean {
  if (order.status > 4) return false
  order.receiver = { ...order.receiver, address }
  order.openAddressId = openAddressIdOf(order.userId, order.receiver)
  order.tags.add('MODIFIED_ADDR')
  touch(world, order)
  const { orderId, openAddressId, updatedAt } = order
  world.pushes.tell('msg_fulfillment_receiver_change', { orderId, openAddressId, updateTime: updatedAt })
  return true
}

function shipInBackOffice(world: World, order: Order, deed: Extract<Act, { kind: 'ship-in-back-office' }>): boolean {
  const lines = unshippedLines(order)
  if (![4, 5].includes(order.status) || lines.length === 0) return false
  const { waybillNo, carrierName } = deed
  ship(world, order, {
    carrier: carrierByName(carrierName),
    waybillNo,
    lines,
    at: world.clock.now(),
    isReported: false,
  })
  return true
}
