import { refusal } from '../../aid/control.ts'
import type { Act } from '../../simulator.ts'
import { withDistrict } from './buyers.ts'
import { putBack } from './goods.ts'
import type { FulfilmentOrder, Order } from './model.ts'
import { draftRefund, payBack } from './refunding.ts'
import { draftFulfilment, send } from './shipping.ts'
import { fulfilmentOf } from './status.ts'
import { refundable, remainingIn } from './sums.ts'
import { numberOf } from './text.ts'
import { changedOrder, secondNow, type World } from './world.ts'

/** Lets something happen to orders; answers those to which it could happen. Throws a refusal for an unknown kind. */
export function act(world: World, what: Act): readonly string[] {
  return what.orderNos.filter((orderNo) => {
    const order = orderAt(world, orderNo)
    return order !== null && happens(world, what, order)
  })
}

/** Null for whatever is no order's global id. */
function orderAt({ orders }: World, orderNo: string): Order | null {
  return orderNo.startsWith('gid:') ? (orders.get(numberOf('Order', orderNo) ?? -1) ?? null) : null
}

function happens(world: World, what: Act, order: Order): boolean {
  switch (what.kind) {
    case 'pay':
      return pay(world, order)
    case 'close':
      return cancel(world, order)
    case 'finish':
      return finish(world, order)
    case 'refund':
      return refund(world, what, order)
    case 'change-address':
      return changeAddress(world, order, what.address)
    case 'note':
      if (order.note === what.note) return false
      order.note = what.note
      return changes(world, order)
    case 'ship-in-back-office':
      return shipInBackOffice(world, what, order)
    default:
      throw refusal(`no such act: ${String((what as { kind: unknown }).kind)}`)
  }
}

function changes(world: World, order: Order, ...topics: Parameters<typeof changedOrder>[2] & object): true {
  changedOrder(world, order, topics)
  return true
}

function pay(world: World, order: Order): boolean {
  if (order.paidAt !== null || order.cancelledAt !== null || order.payment === 'VOIDED') return false
  order.payment = 'PAID'
  order.paidAt = secondNow(world)
  setOpen(order, 'OPEN')
  return changes(world, order, 'orders/paid')
}

/** Everything that is still to be sent. */
const openOnes = ({ fulfilmentOrders }: Order) => fulfilmentOrders.filter((each) => remainingIn(each) > 0)

function setOpen(order: Order, status: FulfilmentOrder['status']): void {
  for (const fulfilmentOrder of openOnes(order)) fulfilmentOrder.status = status
}

/** Nothing has left yet, or it is too late. What was paid goes back, the goods go on sale again. */
function cancel(world: World, order: Order): boolean {
  if (order.cancelledAt !== null || order.fulfilments.length > 0) return false
  const isPaid = order.paidAt !== null
  order.cancelledAt = secondNow(world)
  order.asked = null
  const back = draftRefund(world, order, { line: null, amountFen: refundable(order, null), note: '商家取消订单' })
  if (back) payBack(world, order, back)
  if (!isPaid) order.payment = 'VOIDED'
  for (const { lines } of openOnes(order)) {
    for (const line of lines) {
      putBack(world, order.lines.find(({ no }) => no === line.lineNo)!.sku, line.remaining)
      line.remaining = 0
    }
  }
  for (const fulfilmentOrder of order.fulfilmentOrders) fulfilmentOrder.status = 'CANCELLED'
  return changes(world, order, 'orders/cancelled', ...(back ? (['refunds/create'] as const) : []))
}

/** The carrier says that everything has arrived, or the merchant archives the order: either ends it. */
function finish(world: World, order: Order): boolean {
  if (fulfilmentOf(order) !== 'FULFILLED' || order.closedAt !== null) return false
  const at = secondNow(world)
  const onTheWay = order.fulfilments.filter(({ deliveredAt }) => deliveredAt === null)
  if (onTheWay.length === 0) return false
  if (order.place % 2 === 0) order.closedAt = at
  else for (const fulfilment of onTheWay) Object.assign(fulfilment, { deliveredAt: at, updatedAt: at })
  return changes(world, order)
}

type RefundAct = Extract<Act, { readonly kind: 'refund' }>

/**
 * 'requested': the buyer asks by word of mouth, and the merchant marks the order and holds back what has not left; 'closed' takes that
 * back; 'success' pays what is named, was asked for, or is left.
 */
function refund(world: World, { outcome = 'requested', lineNo, amountFen }: RefundAct, order: Order): boolean {
  const { asked } = order
  if (outcome === 'closed') return asked !== null && release(world, order)
  const wantedLine = lineNo === undefined ? (asked?.lineNo ?? null) : numberOf('LineItem', lineNo)
  const line = order.lines.find(({ no }) => no === wantedLine) ?? null
  if (lineNo !== undefined && line === null) return false
  const amount = amountFen ?? asked?.amountFen ?? refundable(order, line)
  if (amount < 1 || amount > refundable(order, line)) return false
  if (outcome === 'requested') {
    if (asked !== null) return false
    order.asked = { lineNo: line?.no ?? null, amountFen: amountFen ?? null }
    setOpen(order, 'ON_HOLD')
    return changes(world, order)
  }
  payBack(world, order, draftRefund(world, order, { line, amountFen: amount, note: '不想要了' })!)
  return asked === null ? changes(world, order, 'refunds/create') : release(world, order, 'refunds/create')
}

function release(world: World, order: Order, ...topics: Parameters<typeof changedOrder>[2] & object): true {
  order.asked = null
  setOpen(order, order.fulfilments.length > 0 ? 'IN_PROGRESS' : 'OPEN')
  changedOrder(world, order, topics)
  return true
}

function changeAddress(world: World, order: Order, address: string): boolean {
  const { receiver } = order
  const address1 = withDistrict(receiver.district, address)
  if (order.cancelledAt !== null || order.fulfilments.length > 0) return false
  if (receiver.address1 === address1 && receiver.address2 === '') return false
  order.receiver = { ...receiver, address1, address2: '' }
  return changes(world, order)
}

type BackOfficeAct = Extract<Act, { readonly kind: 'ship-in-back-office' }>

/** What each location has left goes out under the same number; what is held back stays. */
function shipInBackOffice(world: World, { waybillNo, carrierName }: BackOfficeAct, order: Order): boolean {
  const ready = openOnes(order).filter(({ status }) => status === 'OPEN' || status === 'IN_PROGRESS')
  if (order.paidAt === null) return false
  const tracking = { number: waybillNo, company: carrierName, url: null }
  for (const fulfilmentOrder of ready) {
    const left = fulfilmentOrder.lines.filter(({ remaining }) => remaining > 0)
    const parts = [{ fulfilmentOrder, pieces: left.map((line) => ({ line, quantity: line.remaining })) }]
    send(world, order, { parts, fulfilment: draftFulfilment(world, order, { parts, tracking }) })
  }
  return ready.length > 0
}

const payments = ['AUTHORIZED', 'EXPIRED', 'PARTIALLY_PAID', 'PENDING', 'VOIDED'] as const
const stages = ['UNFULFILLED', 'OPEN', 'ON_HOLD', 'SCHEDULED', 'IN_PROGRESS'] as const

/** Both display words as a test wishes them, as far as no payment and no parcel stands against it: `POST /_sim/states`. */
export function setStates(world: World, body: unknown): { readonly changed: readonly string[] } {
  const wish = body as { readonly orderNos?: unknown; readonly financial?: string; readonly fulfillment?: string }
  if (!Array.isArray(wish.orderNos)) throw refusal('orderNos must be a list')
  const payment = payments.find((word) => word === wish.financial)
  const stage = stages.find((word) => word === wish.fulfillment)
  if (wish.financial !== undefined && payment === undefined) throw refusal(`financial takes ${payments.join(', ')}`)
  if (wish.fulfillment !== undefined && stage === undefined) throw refusal(`fulfillment takes ${stages.join(', ')}`)
  const orderNos: readonly string[] = wish.orderNos
  const changed = orderNos.filter((orderNo) => {
    const order = orderAt(world, orderNo)
    if (order === null || order.refunds.length > 0) return false
    if (payment !== undefined) Object.assign(order, { payment, paidAt: null })
    if (stage !== undefined) {
      order.saysOpen = stage === 'OPEN'
      setOpen(order, stage === 'UNFULFILLED' ? 'OPEN' : stage)
    }
    return changes(world, order)
  })
  return { changed }
}
