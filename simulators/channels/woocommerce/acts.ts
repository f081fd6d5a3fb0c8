import { createHash } from 'node:crypto'
import { refusal } from '../../aid/control.ts'
import type { Act } from '../../simulator.ts'
import type { Order, Refund, Tracking } from './model.ts'
import {
  addRefund,
  addTracking,
  ask,
  cancel,
  changeAddress,
  changeNote,
  dropAsking,
  pay,
  setStatus,
  takenBack,
} from './moves.ts'
import { alter, moveStock, type Shop } from './shop.ts'
import { paidFor, refundable, refundedOfLine } from './sums.ts'

/** Lets something happen to orders; answers those to which it could happen. Throws a refusal for an unknown kind. */
export function act(shop: Shop, what: Act): readonly string[] {
  return what.orderNos.filter((orderNo) => happen(shop, what, Number(orderNo)) !== null)
}

function happen(shop: Shop, what: Act, id: number): Order | null {
  switch (what.kind) {
    case 'pay':
      return alter(shop, id, (order, at) => pay(order, at, transactionId(shop, order)))
    case 'close':
      return alter(shop, id, cancel)
    case 'finish':
      // Nobody confirms receipt in Woo: `completed` comes with the shipment.
      return null
    case 'refund':
      return refund(shop, what, id)
    case 'change-address':
      return alter(shop, id, (order) => changeAddress(order, what.address))
    case 'note':
      return alter(shop, id, (order) => changeNote(order, what.note))
    case 'ship-in-back-office':
      return shipInBackOffice(shop, what, id)
    default:
      throw refusal(`no such act: ${String((what as { kind: unknown }).kind)}`)
  }
}

/** The number of the payment as the gateway's plug-in notes it; a bank transfer has none. */
export function transactionId(shop: Shop, { payment }: Pick<Order, 'payment'>): string {
  if (payment === 'bacs') return ''
  const day = new Date(shop.now()).toISOString().slice(0, 10).replaceAll('-', '')
  return payment === 'alipay'
    ? `${day}${shop.dice.digits(20)}`
    : `4200${shop.dice.digits(6)}${day}${shop.dice.digits(10)}`
}

type RefundAct = Extract<Act, { readonly kind: 'refund' }>

/** 'requested' only asks, by word of mouth; 'closed' takes that back; 'success' pays what is named, was asked for, or is left. */
function refund(shop: Shop, what: RefundAct, id: number): Order | null {
  const { outcome = 'requested' } = what
  if (outcome === 'closed') return alter(shop, id, dropAsking)
  const asked = shop.orders.get(id)?.asked ?? null
  const lineId = what.lineNo === undefined ? (asked?.lineId ?? null) : Number(what.lineNo)
  const amountOf = (order: Order) => what.amountFen ?? asked?.amount ?? refundable(order, lineId)
  if (outcome === 'requested')
    return alter(shop, id, (order, at) => ask(order, { lineId, amount: amountOf(order) }, at))
  return payBack(shop, id, (order) => ownerRefund(shop, order, { lineId, amount: amountOf(order) }))
}

/** A refund by hand: of a line, or of every line where nothing is left over, or of a sum. Null where it is too much. */
function ownerRefund(shop: Shop, order: Order, { lineId, amount }: NonNullable<Order['asked']>): Refund | null {
  if (amount > refundable(order, lineId)) return null
  const isAll = lineId === null && amount === refundable(order, null)
  const parts = order.lines
    .filter((line) => isAll || line.id === lineId)
    .map((line) => takenBack(order, line, isAll ? paidFor(line) - refundedOfLine(order, line.id) : amount))
  return {
    id: shop.nextNumber('order'),
    at: shop.now(),
    amount,
    reason: '不想要了',
    isPaidBack: order.payment !== 'bacs',
    lines: parts.map((part) => ({ id: shop.nextNumber('line'), ...part })),
  }
}

/** Adds a refund to an order. Pieces that have not left go back on the shelf; an order that was held for it goes on. */
function payBack(shop: Shop, id: number, refundOf: (order: Order) => Refund | null): Order | null {
  return alter(shop, id, (order, at) => {
    const given = refundOf(order)
    const after = given && addRefund(order, given, at)
    if (!after) return null
    const restocked = order.completedAt === null ? restock(shop, after, given) : after
    return restocked.asked ? setStatus(restocked, 'processing', at) : restocked
  })
}

/** Puts the pieces that a refund names back on the shelf. */
export function restock(shop: Shop, order: Order, { lines: parts }: Refund): Order {
  const lines = order.lines.map((line) => {
    const wanted = parts.find(({ lineId }) => lineId === line.id)?.quantity ?? 0
    const back = Math.min(wanted, line.taken)
    moveStock(shop, line.goodId, back)
    return { ...line, taken: line.taken - back }
  })
  return { ...order, lines }
}

type BackOfficeAct = Extract<Act, { readonly kind: 'ship-in-back-office' }>

/** The shop owner writes the number down, where an extension keeps one, and completes the order. */
function shipInBackOffice(shop: Shop, what: BackOfficeAct, id: number): Order | null {
  return alter(shop, id, (order, at) => {
    if (order.status !== 'processing' && order.status !== 'partial-shipped') return null
    const done = setStatus(order, 'completed', at)
    if (shop.settings.tracking === 'none') return done
    const { waybillNo: number, carrierName: customProvider } = what
    const tracking = { provider: '', customProvider, customLink: '', number, shippedAt: dayOf(at), byApi: false, at }
    return addTracking(done, { ...tracking, id: trackingId(shop) })
  })
}

const dayMs = 86_400_000

/** Midnight, UTC, of the day that an instant is in for the site. */
export function dayOf(at: number): number {
  return Math.floor((at + 8 * 3_600_000) / dayMs) * dayMs
}

export function trackingId(shop: Shop): Tracking['id'] {
  return createHash('md5')
    .update(`tracking ${shop.nextNumber('meta')}`)
    .digest('hex')
}

/** The shop owner sets a status by hand: any slug, 'trash', or 'deleted' to remove the order for good. */
export function setByHand(shop: Shop, id: number, status: string): Order | null {
  if (status === 'deleted') return alter(shop, id, (order) => ({ ...order, status: 'trash', isDeleted: true }))
  return alter(shop, id, (order) => (order.status === status ? null : withStatus(shop, order, status)))
}

/** A status as it is set from outside: `refunded` pays back what is left, as the core does by itself [assumed]. */
export function withStatus(shop: Shop, order: Order, status: string): Order {
  const amount = refundable(order, null)
  const at = shop.now()
  if (status !== 'refunded' || amount === 0) return setStatus(order, status, at)
  const id = shop.nextNumber('order')
  const whole: Refund = { id, at, amount, reason: 'Order fully refunded.', isPaidBack: false, lines: [] }
  return addRefund(order, whole, at) ?? order
}
