import { refusal } from '../../aid/control.ts'
import type { Act } from '../../simulator.ts'
import { withDistrict } from './buyers.ts'
import type { Line, Order, Phase } from './model.ts'
import { newPayment } from './placing.ts'
import { cancelPieces, keepRefund, moveRefund, ownerRefund, unsentPieces } from './refunding.ts'
import { draftFulfilment, makeOut, moveFulfilment } from './shipping.ts'
import { stateOf } from './status.ts'
import { refundable, settledPayment, shippedPieces, unfulfilledPieces } from './sums.ts'
import { addHistory, changedOrder, type EventType, type World } from './world.ts'

/** Lets something happen to orders; answers those to which it could happen. Throws a refusal for an unknown kind. */
export function act(world: World, what: Act): readonly string[] {
  return what.orderNos.filter((orderNo) => {
    const order = orderAt(world, orderNo)
    return order !== null && happens(world, what, order)
  })
}

/** Null for whatever is no order that was placed. */
function orderAt({ orders }: World, orderNo: string): Order | null {
  const order = orders.get(Number(orderNo))
  return order === undefined || order.placedAt === null ? null : order
}

function happens(world: World, what: Act, order: Order): boolean {
  switch (what.kind) {
    case 'pay':
      return pay(world, order)
    case 'close':
      return close(world, order)
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

function changes(world: World, order: Order, ...events: readonly EventType[]): true {
  changedOrder(world, order, events)
  return true
}

function pay(world: World, order: Order): boolean {
  if (settledPayment(order) || order.phase === 'Cancelled') return false
  settle(world, order)
  order.phase = 'PaymentSettled'
  return changes(world, order, 'order.paid')
}

function settle(world: World, order: Order): void {
  const authorized = order.payments.find(({ state }) => state === 'Authorized')
  const payment = authorized ?? newPayment(world, order, 'Settled')
  const from = authorized ? 'Authorized' : 'Created'
  payment.state = 'Settled'
  payment.updatedAt = world.clock.now()
  if (!authorized) order.payments.push(payment)
  world.payments.set(payment.no, order)
  const data = { paymentId: String(payment.no), from, to: 'Settled' }
  addHistory(world, order, { type: 'ORDER_PAYMENT_TRANSITION', data })
}

const hasLeft = (order: Order) => order.lines.some((line) => shippedPieces(order, line.no) > 0)

/** Nothing has left yet, or it is too late. What was paid goes back, the goods go on sale again. */
function close(world: World, order: Order): boolean {
  if (order.phase === 'Cancelled' || hasLeft(order)) return false
  const back = ownerRefund(world, order, { line: null, amountFen: refundable(order, null) })
  if (back) keepRefund(world, order, back)
  for (const payment of order.payments) if (payment.state === 'Authorized') payment.state = 'Cancelled'
  order.asked = null
  cancelUnsent(world, order, order.lines)
  return changes(world, order, 'order.cancelled', ...(back ? (['refund.created'] as const) : []))
}

function cancelUnsent(world: World, order: Order, lines: readonly Line[]): void {
  const pieces = lines.map((line) => ({ lineNo: line.no, quantity: unsentPieces(order, line) }))
  cancelPieces(world, order, pieces)
}

/** Everything has left, and arrives. */
function finish(world: World, order: Order): boolean {
  const state = stateOf(order)
  if (state !== 'Shipped' && state !== 'PartiallyDelivered') return false
  const onTheWay = order.fulfilments.filter((each) => each.state === 'Shipped')
  for (const fulfilment of onTheWay) moveFulfilment(world, order, fulfilment, 'Delivered')
  return onTheWay.length > 0
}

type RefundAct = Extract<Act, { readonly kind: 'refund' }>

/**
 * 'requested': the buyer asks by word of mouth, and the merchant holds what has not left (Modifying); 'closed' lets it go on; 'success'
 * pays what is named, was asked for, or is left, and cancels goods that are paid back whole and have not left.
 */
function refund(world: World, { outcome = 'requested', lineNo, amountFen }: RefundAct, order: Order): boolean {
  const { asked } = order
  if (outcome === 'closed') return asked !== null && letGo(order) && changes(world, order)
  const wanted = lineNo === undefined ? (asked?.lineNo ?? null) : Number(lineNo)
  const line = order.lines.find(({ no }) => no === wanted) ?? null
  if (lineNo !== undefined && line === null) return false
  const amount = amountFen ?? asked?.amountFen ?? refundable(order, line)
  if (outcome === 'requested') {
    if (asked !== null || amount < 1 || amount > refundable(order, line)) return false
    order.asked = { lineNo: line?.no ?? null, amountFen: amountFen ?? null }
    const state = stateOf(order)
    if (state === 'PaymentSettled' || state === 'PartiallyShipped') order.phase = 'Modifying'
    return changes(world, order)
  }
  const back = ownerRefund(world, order, { line, amountFen: amount })
  if (back === null) return false
  keepRefund(world, order, back)
  letGo(order)
  const named = order.lines.filter(({ no }) => back.lines.some((each) => each.lineNo === no))
  cancelUnsent(world, order, named)
  return changes(world, order, 'refund.created')
}

function letGo(order: Order): true {
  if (order.asked !== null && order.phase === 'Modifying') order.phase = 'PaymentSettled'
  order.asked = null
  return true
}

function changeAddress(world: World, order: Order, address: string): boolean {
  const { receiver } = order
  const street1 = withDistrict(receiver.district, address)
  if (order.phase === 'Cancelled' || hasLeft(order)) return false
  if (receiver.street1 === street1 && receiver.street2 === '') return false
  order.receiver = { ...receiver, street1, street2: '' }
  return changes(world, order)
}

type BackOfficeAct = Extract<Act, { readonly kind: 'ship-in-back-office' }>

/** Everything that is in no parcel yet goes out in one. */
function shipInBackOffice(world: World, { waybillNo, carrierName }: BackOfficeAct, order: Order): boolean {
  const lines = order.lines
    .map((line) => ({ lineNo: line.no, quantity: unfulfilledPieces(order, line) }))
    .filter(({ quantity }) => quantity > 0)
  if (order.phase !== 'PaymentSettled' || lines.length === 0) return false
  const fulfilment = draftFulfilment(world, { lines, method: carrierName, trackingCode: waybillNo })
  makeOut(world, order, fulfilment)
  moveFulfilment(world, order, fulfilment, 'Shipped')
  return true
}

const unpaidPhases = ['Created', 'Draft', 'AddingItems', 'ArrangingPayment', 'PaymentAuthorized'] as const
const paidPhases = ['PaymentSettled', 'Modifying', 'ArrangingAdditionalPayment'] as const

/**
 * A state as a test wishes it: `POST /_sim/states`. States before payment take the payment away, those after it settle one; PartiallyDelivered
 * delivers one parcel of an order of which more is on the way or still here. Nothing happens where a parcel or a refund stands against it.
 */
export function setStates(world: World, body: unknown): { readonly changed: readonly string[] } {
  const { orderNos, state } = body as { readonly orderNos?: unknown; readonly state?: unknown }
  if (!Array.isArray(orderNos)) throw refusal('orderNos must be a list')
  const words: readonly string[] = [...unpaidPhases, ...paidPhases, 'PartiallyDelivered']
  if (typeof state !== 'string' || !words.includes(state)) throw refusal(`state takes ${words.join(', ')}`)
  const changed = (orderNos as readonly string[]).filter((orderNo) => {
    const order = orderAt(world, orderNo)
    if (order === null) return false
    return state === 'PartiallyDelivered' ? deliverFirst(world, order) : setPhase(world, order, state as Phase)
  })
  return { changed }
}

function setPhase(world: World, order: Order, phase: Phase): boolean {
  if (order.phase === 'Cancelled' || order.fulfilments.length > 0 || order.refunds.length > 0) return false
  order.phase = phase
  order.asked = null
  const isUnpaid = unpaidPhases.some((each) => each === phase)
  if (isUnpaid) order.payments = phase === 'PaymentAuthorized' ? [newPayment(world, order, 'Authorized')] : []
  else if (!settledPayment(order)) settle(world, order)
  return changes(world, order)
}

function deliverFirst(world: World, order: Order): boolean {
  const onTheWay = order.fulfilments.filter((each) => each.state === 'Shipped')
  const state = stateOf(order)
  const isMoreToCome = state === 'PartiallyShipped' || (state === 'Shipped' && onTheWay.length > 1)
  const [first] = onTheWay
  if (first === undefined || !isMoreToCome) return false
  moveFulfilment(world, order, first, 'Delivered')
  return true
}

/**
 * Refunds as they stand at the bank: `POST /_sim/refunds` `{ orderNos, state }`. `Pending` begins one of everything that is left, `Settled` and
 * `Failed` end those under way.
 */
export function setRefunds(world: World, body: unknown): { readonly changed: readonly string[] } {
  const { orderNos, state } = body as { readonly orderNos?: unknown; readonly state?: unknown }
  if (!Array.isArray(orderNos)) throw refusal('orderNos must be a list')
  if (state !== 'Pending' && state !== 'Settled' && state !== 'Failed')
    throw refusal('state takes Pending, Settled, Failed')
  const changed = (orderNos as readonly string[]).filter((orderNo) => {
    const order = orderAt(world, orderNo)
    if (order === null) return false
    if (state === 'Pending') return beginRefund(world, order)
    const open = order.refunds.filter((each) => each.state === 'Pending')
    for (const { no } of open)
      moveRefund(world, order, { no, state, transactionId: state === 'Settled' ? `R${no}` : null })
    return open.length > 0
  })
  return { changed }
}

function beginRefund(world: World, order: Order): boolean {
  const back = ownerRefund(world, order, { line: null, amountFen: refundable(order, null) })
  if (back === null) return false
  keepRefund(world, order, { ...back, state: 'Pending', transactionId: null })
  return changes(world, order, 'refund.created')
}
