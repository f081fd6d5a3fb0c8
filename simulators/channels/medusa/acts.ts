import { refusal } from '../../aid/control.ts'
import type { Act } from '../../simulator.ts'
import type { Fulfilment, Order } from './model.ts'
import { askBack, cancel, capture, changeAddress, complete, dropAsking, mergeMetadata, payBack } from './moves.ts'
import { deliver, handOver, labelOf, pack } from './shipping.ts'
import { type Alteration, alter, ourLocationId, type Shop } from './shop.ts'
import { fulfilmentOf, statusOf } from './status.ts'
import { isOpenReturn, piecesLeft, progressOf, refundable } from './sums.ts'

/** Lets something happen to orders; answers those to which it could happen. Throws a refusal for an unknown kind. */
export function act(shop: Shop, what: Act): readonly string[] {
  return what.orderNos.filter((orderNo) => {
    const order = shop.orders.get(orderNo)
    return order !== null && alter(shop, orderNo, alterationOf(shop, what, order)) !== null
  })
}

function alterationOf(shop: Shop, what: Act, { displayId }: Order): Alteration {
  switch (what.kind) {
    case 'pay':
      return { change: capture, event: 'payment.captured' }
    case 'close':
      return { change: (order) => cancel(shop, order), event: 'order.canceled' }
    case 'finish':
      return displayId % 2 === 0
        ? { change: (order) => (isOnItsWay(order) ? complete(order) : null), event: 'order.completed' }
        : { change: (order, at) => (isOnItsWay(order) ? deliverAll(order, at) : null) }
    case 'refund':
      return refund(shop, what)
    case 'change-address':
      return { change: (order) => changeAddress(order, what.address) }
    case 'note':
      return {
        change: (order) => (order.metadata['note'] === what.note ? null : mergeMetadata(order, { note: what.note })),
      }
    case 'ship-in-back-office':
      return { change: (order, at) => shipInBackOffice(shop, order, { ...what, at }) }
    default:
      throw refusal(`no such act: ${String((what as { kind: unknown }).kind)}`)
  }
}

const isOnItsWay = (order: Order) => statusOf(order) === 'shipped' && fulfilmentOf(order) === 'shipped'

const live = ({ fulfilments }: Order) => fulfilments.filter(({ canceledAt }) => canceledAt === null)

function deliverAll(order: Order, at: number): Order {
  return live(order).reduce((all, { id }) => deliver(all, id, at), order)
}

type RefundAct = Extract<Act, { readonly kind: 'refund' }>

/** 'requested' asks for a return, 'closed' takes that back, 'success' pays what is named, was asked for, or is left. */
function refund(shop: Shop, { outcome = 'requested', lineNo, amountFen }: RefundAct): Alteration {
  if (outcome === 'closed') return { change: dropAsking }
  const wantedOf = (order: Order) => {
    const asked = order.returns.find(isOpenReturn)
    const askedLine = asked?.pieces.length === 1 ? asked.pieces[0]!.lineId : undefined
    const line = order.lines.find(({ id }) => id === (lineNo ?? askedLine)) ?? null
    if (lineNo !== undefined && line === null) return null
    return { line, amountFen: amountFen ?? asked?.amountFen ?? refundable(order, line) }
  }
  if (outcome === 'requested') {
    return { change: (order) => askBackAs(shop, order, wantedOf(order)) }
  }
  const payOut = (order: Order) => {
    const wanted = wantedOf(order)
    return wanted && payBack(shop, order, { ...wanted, note: '不想要了' })
  }
  return { change: payOut, event: 'payment.refunded' }
}

function askBackAs(shop: Shop, order: Order, wanted: Parameters<typeof askBack>[2] | null): Order | null {
  return wanted && askBack(shop, order, wanted)
}

interface BackOffice {
  readonly waybillNo: string
  readonly carrierName: string
  readonly at: number
}

/** Everything still here goes out under one number, what was packed before as well; lines that somebody wants to return stay. */
function shipInBackOffice(shop: Shop, order: Order, { waybillNo, carrierName, at }: BackOffice): Order | null {
  if (!['paid-wait-ship', 'partially-shipped'].includes(statusOf(order))) return null
  const staying = new Set(order.lines.filter((line) => progressOf(order, line).returnRequested > 0).map(({ id }) => id))
  const isFree = ({ pieces }: Pick<Fulfilment, 'pieces'>) => pieces.every(({ lineId }) => !staying.has(lineId))
  const pieces = piecesLeft(order).filter(({ lineId }) => !staying.has(lineId))
  const packed = pieces.length > 0 ? pack(shop, order, { locationId: ourLocationId, pieces, metadata: null }) : order
  const ready = live(packed).filter((each) => each.shippedAt === null && isFree(each))
  if (ready.length === 0) return null
  return ready.reduce((all, { id }) => {
    const told = { trackingNumber: waybillNo, trackingUrl: `https://track.example/${waybillNo}`, labelUrl: '' }
    const metadata = { carrier_name: carrierName }
    return handOver(all, { id, labels: [labelOf(shop, told)], metadata, isReported: false }, at)
  }, packed)
}
