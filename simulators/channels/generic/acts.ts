import { refusal } from '../../aid/control.ts'
import type { Act } from '../../simulator.ts'
import type { Order, Refund } from './model.ts'
import {
  addRefund,
  cancel,
  changeAddress,
  changeNote,
  finish,
  pay,
  refundable,
  settleRefund,
  ship,
  unshipped,
} from './moves.ts'
import { alter, moveStock, type Shop } from './shop.ts'

/** Lets something happen to orders; answers those to which it could happen. Throws a refusal for an unknown kind. */
export function act(shop: Shop, what: Act): readonly string[] {
  return what.orderNos.filter((orderNo) => happen(shop, what, orderNo) !== null)
}

function happen(shop: Shop, what: Act, orderId: string): Order | null {
  switch (what.kind) {
    case 'pay':
      return alter(shop, { orderId, event: 'order.paid' }, pay)
    case 'close':
      return close(shop, orderId)
    case 'finish':
      return alter(shop, { orderId, event: 'order.updated' }, finish)
    case 'refund':
      return refund(shop, what, orderId)
    case 'change-address':
      return alter(shop, { orderId, event: 'order.updated' }, (order, at) => changeAddress(order, what.address, at))
    case 'note':
      return alter(shop, { orderId, event: 'order.updated' }, (order, at) => changeNote(order, what.note, at))
    case 'ship-in-back-office':
      return shipInBackOffice(shop, what, orderId)
    default:
      throw refusal(`no such act: ${String((what as { kind: unknown }).kind)}`)
  }
}

/** A cancelled order gives its pieces back to the shop. */
function close(shop: Shop, orderId: string): Order | null {
  const closed = alter(shop, { orderId, event: 'order.cancelled' }, (order, at) =>
    cancel(order, at, `R-${shop.nextNumber('refund')}`),
  )
  for (const line of closed?.lines ?? []) moveStock(shop, line.sku, line.quantity)
  return closed
}

type RefundAct = Extract<Act, { readonly kind: 'refund' }>

/**
 * Without a request that is still open this asks for a refund of `amountFen`, or of all that is left, of the line or the order;
 * 'success' and 'closed' end the open request where there is one.
 */
function refund(shop: Shop, what: RefundAct, orderId: string): Order | null {
  const { lineNo = null, outcome = 'requested' } = what
  const order = shop.orders.get(orderId)
  const open = order?.refunds.find(({ status, lineId }) => status === 'requested' && lineId === lineNo)
  if (open && outcome !== 'requested') return endRefund(shop, orderId, { ...open, status: outcome })

  const after = alter(shop, { orderId, event: 'refund.created' }, (before, at) => {
    const amount = what.amountFen ?? refundable(before, lineNo)
    const id = `R-${shop.nextNumber('refund')}`
    return addRefund(before, { id, amount, reason: '不想要了', status: outcome, lineId: lineNo }, at)
  })
  giveBackUnsent(shop, after)
  return after
}

/** Ends an open request. */
export function endRefund(shop: Shop, orderId: string, ended: Refund): Order | null {
  const after = alter(shop, { orderId, event: 'refund.updated' }, (order, at) => settleRefund(order, ended, at))
  giveBackUnsent(shop, after)
  return after
}

/** Pieces of an order that was never shipped and is paid back whole are on offer again. */
function giveBackUnsent(shop: Shop, order: Order | null): void {
  if (order?.status !== 'refunded' || order.shipments.length > 0) return
  for (const line of order.lines) moveStock(shop, line.sku, line.quantity)
}

type BackOfficeAct = Extract<Act, { readonly kind: 'ship-in-back-office' }>

/** Everything that is left goes out in one parcel. The carrier's code for parcels shipped by hand is [assumed]. */
function shipInBackOffice(shop: Shop, what: BackOfficeAct, orderId: string): Order | null {
  return alter(shop, { orderId, event: 'order.updated' }, (order, at) => {
    const left = order.lines.map((line) => ({ id: line.id, quantity: unshipped(order, line) }))
    const parcel = {
      id: `S-${shop.nextNumber('shipment')}`,
      carrier: 'other',
      carrierName: what.carrierName,
      trackingNo: what.waybillNo,
      shippedAt: at,
      lines: left.filter(({ quantity }) => quantity > 0),
    }
    return ship(order, parcel, at)
  })
}
