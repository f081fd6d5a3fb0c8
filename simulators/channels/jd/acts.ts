import { refusal } from '../../aid/control.ts'
import type { Act } from '../../simulator.ts'
import { carrierNamed } from './carriers.ts'
import { cancel, pay } from './placing.ts'
import { agree, check, isOpen, openApplication, remainingOf } from './refunding.ts'
import { completeService, isOpenService, moveService, nextStep, openService } from './servicing.ts'
import { leftOf, ship } from './shipping.ts'
import { type Line, type Order, waitingStates } from './state.ts'
import { secondNow, touch, type World } from './world.ts'

/** Something happens to orders. Answers those it could happen to; an order in another state stays as it is. */
export function act(world: World, deed: Act): { readonly changed: readonly string[] } {
  const orders = deed.orderNos.map((orderNo) => world.orders.get(orderNo)).filter((order) => order !== undefined)
  return { changed: orders.filter((order) => perform(world, order, deed)).map(({ orderId }) => orderId) }
}

function perform(world: World, order: Order, deed: Act): boolean {
  switch (deed.kind) {
    case 'pay':
      return payOrSign(world, order)
    case 'close':
      return close(world, order)
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

/** Pays what is open. Who pays in cash on delivery does so when the parcel is there. */
function payOrSign(world: World, order: Order): boolean {
  if (order.isCod && order.state === 'WAIT_GOODS_RECEIVE_CONFIRM' && order.paidAt === null) {
    order.paidAt = secondNow(world)
    touch(world, order)
    return true
  }
  if (order.state !== 'NOT_PAY') return false
  pay(world, order)
  return true
}

function close(world: World, order: Order): boolean {
  if (order.state !== 'NOT_PAY') return false
  cancel(world, order)
  touch(world, order)
  return true
}

/** The buyer confirms; a service order that is open stands in the way. */
function finish(world: World, order: Order): boolean {
  if (order.state !== 'WAIT_GOODS_RECEIVE_CONFIRM' || order.services.some(isOpenService)) return false
  order.state = 'FINISHED_L'
  order.endedAt = secondNow(world)
  order.paidAt ??= order.endedAt
  touch(world, order)
  return true
}

type RefundAct = Extract<Act, { kind: 'refund' }>

/** Before shipping it is an application for the order, after it a service order for each line. */
function refund(world: World, order: Order, deed: RefundAct): boolean {
  if (order.paidAt === null) return false
  const lines = deed.lineNo === undefined ? order.lines : order.lines.filter(({ skuId }) => skuId === deed.lineNo)
  if (lines.length === 0) return false
  const isShipped = lines.some(({ shippedQuantity }) => shippedQuantity > 0)
  return isShipped ? refundLines(world, order, { lines, deed }) : refundOrder(world, order, deed)
}

const buyer = { user: '', remark: '客户取消申请' }
const clerk = { user: '客服小禾', remark: '商家同意退款' }

/** Asked again, an open application is paid out or withdrawn; a second one cannot be opened beside it. */
function refundOrder(world: World, order: Order, { lineNo, amountFen, outcome }: RefundAct): boolean {
  const line = order.lines.find(({ skuId }) => skuId === lineNo)
  const open = order.applications.find(isOpen)
  const application = open ?? openApplication(world, order, { line, amountFen })
  if (application === null || (open !== undefined && (outcome ?? 'requested') === 'requested')) return false
  if (outcome === 'closed') check(world, application, { ...buyer, status: 11 })
  if (outcome === 'success' && application.status !== 1) agree(world, application, clerk)
  if (outcome === 'success' && isOpen(application)) check(world, application, { ...clerk, status: 3 })
  return true
}

interface LinesRefund {
  readonly lines: readonly Line[]
  readonly deed: RefundAct
}

/** An amount without a line is spent from the first line on. */
function refundLines(world: World, order: Order, { lines, deed }: LinesRefund): boolean {
  let left = deed.amountFen
  let changed = false
  for (const line of lines) {
    const open = order.services.find((service) => service.line === line && isOpenService(service))
    const most = remainingOf(line)
    const amountFen = Math.min(left ?? most, most)
    if (amountFen <= 0 || (open === undefined && line.shippedQuantity === 0)) continue
    const service = open ?? openService(world, order, { line, amountFen })
    if (open !== undefined && deed.amountFen !== undefined) open.amountFen = amountFen
    if (deed.outcome === 'success') completeService(world, service)
    else if (deed.outcome === 'closed') moveService(world, service, { status: 10_011 })
    else if (open !== undefined) nextStep(world, service)
    changed = true
    if (left !== undefined) left -= amountFen
  }
  return changed
}

/** Before anything has left. The new address is the whole detail; the names of places stay but for the town, which it holds. */
function moveHouse(world: World, order: Order, address: string): boolean {
  if (order.parcels.length > 0 || (order.state !== 'NOT_PAY' && !waitingStates.has(order.state))) return false
  order.receiver = { ...order.receiver, town: '', address }
  touch(world, order)
  return true
}

function shipInBackOffice(world: World, order: Order, deed: Extract<Act, { kind: 'ship-in-back-office' }>): boolean {
  if (order.state !== 'WAIT_SELLER_STOCK_OUT') return false
  const consignment = { carrierId: carrierNamed(deed.carrierName), waybillNo: deed.waybillNo, loads: leftOf(order) }
  ship(world, order, { consignments: [consignment], isPart: false, isReported: false })
  return true
}
