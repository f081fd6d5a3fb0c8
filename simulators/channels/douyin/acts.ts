import { refusal } from '../../aid/control.ts'
import type { Act } from '../../simulator.ts'
import { ask, buyerInsists, close, openRefundsOf, succeed } from './aftersales.ts'
import { openAddressIdOf } from './buyers.ts'
import { carrierByName } from './carriers.ts'
import { giveBack } from './goods.ts'
import { payInFull } from './placing.ts'
import { nextPackId, ship } from './shipping.ts'
import { type AfterSale, isOpen, type Order, unshippedLines } from './state.ts'
import { nowOf, setStatus, tellOfOrder, touch, type World } from './world.ts'

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
  for (const { sku, quantity } of order.lines) giveBack(sku, quantity)
  order.isDepositPaid = false
  order.cancelReason = '买家取消订单'
  setStatus(world, order, 4)
  tellOfOrder(world, order, '106')
  return true
}

/** The buyer confirms; an open after-sale stands in the way [assumed]. */
function finish(world: World, order: Order): boolean {
  if (order.status !== 3 || order.cases.some(isOpen)) return false
  order.finishedAt = nowOf(world)
  setStatus(world, order, 5)
  tellOfOrder(world, order, '103')
  return true
}

type RefundAct = Extract<Act, { kind: 'refund' }>

/** With open after-sales: the buyer's next step, or their end. Else new ones, a line each; an amount is spent from the first on. */
function refund(world: World, order: Order, deed: RefundAct): boolean {
  if (order.paidAt === null || order.status === 4) return false
  const lines = order.lines.filter(({ lineId, isGift }) => !isGift && (deed.lineNo ?? lineId) === lineId)
  const open = order.cases.filter((one) => isOpen(one) && lines.includes(one.line))
  const cases = open.length > 0 ? open : openRefundsOf(world, order, { lines, amountFen: deed.amountFen ?? null })
  for (const one of cases) goOn(world, one, { deed, isNew: open.length === 0 })
  return cases.length > 0
}

interface GoingOn {
  readonly deed: RefundAct
  readonly isNew: boolean
}

function goOn(world: World, one: AfterSale, { deed, isNew }: GoingOn): void {
  const { outcome = 'requested', amountFen } = deed
  if (outcome === 'closed') close(world, one)
  else if (outcome === 'success') {
    if (!isNew && amountFen !== undefined) ask(one, amountFen)
    succeed(world, one)
  } else if (!isNew) buyerInsists(world, one, amountFen)
}

/** Before shipping only. The new address is the whole detail; names of places stay, the street is dropped. */
function moveHouse(world: World, order: Order, address: string): boolean {
  if (![1, 2, 105].includes(order.status)) return false
  order.receiver = { ...order.receiver, street: '', address }
  order.openAddressId = openAddressIdOf(order.receiver)
  touch(world, order)
  tellOfOrder(world, order, '105')
  return true
}

function shipInBackOffice(world: World, order: Order, deed: Extract<Act, { kind: 'ship-in-back-office' }>): boolean {
  const lines = unshippedLines(order)
  if (![2, 101].includes(order.status) || lines.length === 0) return false
  const { waybillNo, carrierName } = deed
  const carrier = carrierByName(carrierName)
  ship(world, order, { packId: nextPackId(world), carrier, waybillNo, lines, isReported: false })
  return true
}
