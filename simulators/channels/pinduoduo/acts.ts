import { refusal } from '../../aid/control.ts'
import type { Act } from '../../simulator.ts'
import { carrierNamed } from './carriers.ts'
import { pay, putBack } from './placing.ts'
import { isOpen, moveCase, openCase } from './refunding.ts'
import { ship } from './shipping.ts'
import type { Order } from './state.ts'
import { isWaiting, statusOf } from './truth.ts'
import { secondNow, touch, type World } from './world.ts'

/** Something happens to orders. Answers those it could happen to; an order in another state stays as it is. */
export function act(world: World, deed: Act): { readonly changed: readonly string[] } {
  const orders = deed.orderNos.map((orderNo) => world.orders.get(orderNo)).filter((order) => order !== undefined)
  return { changed: orders.filter((order) => perform(world, order, deed)).map(({ orderSn }) => orderSn) }
}

function perform(world: World, order: Order, deed: Act): boolean {
  switch (deed.kind) {
    case 'pay':
      if (statusOf(order) !== 'unpaid') return false
      pay(world, order)
      return true
    case 'close':
      return close(world, order)
    case 'finish':
      return finish(world, order)
    case 'refund':
      return refund(world, order, deed)
    case 'change-address':
      if (!isWaiting(order)) return false
      order.receiver = { ...order.receiver, address: deed.address }
      touch(world, order)
      return true
    case 'note':
      order.note = deed.note
      touch(world, order)
      return true
    case 'ship-in-back-office':
      if (statusOf(order) !== 'paid-wait-ship' || order.cases.some(isOpen)) return false
      ship(world, order, { carrierId: carrierNamed(deed.carrierName), waybillNo: deed.waybillNo })
      return true
    default:
      throw refusal(`no such act: ${JSON.stringify(deed)}`)
  }
}

function close(world: World, order: Order): boolean {
  if (statusOf(order) !== 'unpaid') return false
  order.confirmStatus = 2
  putBack(order)
  touch(world, order)
  return true
}

/** The buyer confirms; an open case stands in the way. */
function finish(world: World, order: Order): boolean {
  if (order.orderStatus !== 2 || order.cases.some(isOpen)) return false
  order.orderStatus = 3
  order.receivedAt = secondNow(world)
  touch(world, order)
  return true
}

/** Asked again, an open case is paid out or withdrawn; a second one cannot be opened beside it. */
function refund(world: World, order: Order, deed: Extract<Act, { kind: 'refund' }>): boolean {
  const { lineNo, amountFen, outcome = 'requested' } = deed
  const line = order.lines.find(({ sku }) => String(sku.skuId) === lineNo)
  if (lineNo !== undefined && line === undefined) return false
  const open = order.cases.find(isOpen)
  if (open !== undefined && outcome === 'requested') return false
  const one = open ?? openCase(world, order, { line, amountFen })
  if (one === null) return false
  if (outcome === 'success') moveCase(world, one, 10)
  if (outcome === 'closed') moveCase(world, one, 11)
  return true
}
