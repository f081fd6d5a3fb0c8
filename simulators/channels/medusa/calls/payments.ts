import { fault, notFound } from '../answers.ts'
import { objectOf } from '../body.ts'
import { project, type Row, readFields } from '../fields.ts'
import type { Order, Return } from '../model.ts'
import { payBack } from '../moves.ts'
import { cut, isWithin, type Query, readQuery } from '../query.ts'
import { alter, type Shop } from '../shop.ts'
import { refundable } from '../sums.ts'
import { readDecimal } from '../text.ts'
import { paymentRow, returnRow } from '../views/payments.ts'
import { type Call, pageAnswer } from './call.ts'

/** POST /admin/payments/{id}/refund `{ amount?, note? }`: what is left where no amount is given. [sdk M] */
export function refundPayment(call: Call): Row {
  const { shop, path, search } = call
  const body = objectOf(call.body, ['amount', 'refund_reason_id', 'note'])
  const order = shop.orders.get(shop.orders.ofPayment(path[0]!) ?? '')
  if (!order || order.capturedFen === 0) throw notFound('Payment', path[0]!)
  const amountFen = body['amount'] === undefined ? refundable(order, null) : readDecimal(body['amount'])
  if (amountFen === null) throw fault('invalid_data', `Invalid request: Expected type: 'number' for field 'amount'`)
  const { note = '' } = body
  const repayment = { line: null, amountFen, note: typeof note === 'string' ? note : '' }
  const after = alter(shop, order.id, {
    change: (before) => payBack(shop, before, repayment),
    event: 'payment.refunded',
  })
  if (!after) throw fault('invalid_data', `You can refund at most what was captured, ${refundable(order, null) / 100}`)
  return { payment: project('payment', paymentRow(after), readFields(search.get('fields'), 'payment', ['refunds'])) }
}

/**
 * GET /admin/returns, by the time of their last change, the newest last or, with a minus, first. Where orders are named only their returns are
 * looked at. The order of what nobody ordered is [assumed]. [sdk M]
 */
export function listReturns({ shop, search }: Call): Row {
  const query = readQuery(search, ['id', 'order_id', 'status', 'created_at', 'updated_at'])
  const paging = query.paging(50)
  const found = returnsOf(shop, query)
  const shown = cut(found, paging).map(({ order, asked }) => returnRow(order, asked))
  const rows = project('return', shown, readFields(search.get('fields'), 'return', ['items']))
  return pageAnswer('returns', rows, { count: found.length, paging })
}

/** GET /admin/returns/{id}. [sdk M] */
export function getReturn({ shop, path, search }: Call): Row {
  const found = everyReturn([...shop.orders.all()]).find(({ asked }) => asked.id === path[0])
  if (!found) throw notFound('Return', path[0]!)
  const row = returnRow(found.order, found.asked)
  return { return: project('return', row, readFields(search.get('fields'), 'return', ['items'])) }
}

interface Found {
  readonly order: Order
  readonly asked: Return
}

function everyReturn(orders: readonly Order[]): readonly Found[] {
  return orders.flatMap((order) => order.returns.map((asked) => ({ order, asked })))
}

function returnsOf(shop: Shop, query: Query): readonly Found[] {
  const [ids, statuses] = [query.list('id'), query.list('status')]
  const [created, updated] = [query.time('created_at'), query.time('updated_at')]
  const [, minus, key] = /^(-?)(id|created_at|updated_at)$/.exec(query.text('order') ?? 'updated_at') ?? []
  if (key === undefined) throw fault('invalid_data', `Order field ${query.text('order')} is not valid`)
  const timeOf = ({ asked }: Found) => (key === 'created_at' ? asked.requestedAt : changedAt(asked))
  const compare = (a: Found, b: Found) =>
    key === 'id' ? Number(a.asked.id > b.asked.id) - Number(a.asked.id < b.asked.id) : timeOf(a) - timeOf(b)
  return everyReturn(ordersOf(shop, query.list('order_id')))
    .filter(
      ({ asked }) =>
        (ids?.includes(asked.id) ?? true) &&
        (statuses?.includes(asked.status) ?? true) &&
        isWithin(asked.requestedAt, created) &&
        isWithin(changedAt(asked), updated),
    )
    .sort((a, b) => compare(a, b) * (minus === '-' ? -1 : 1))
}

function changedAt({ requestedAt, receivedAt, canceledAt }: Return): number {
  return receivedAt ?? canceledAt ?? requestedAt
}

function ordersOf({ orders }: Shop, ids: readonly string[] | null): readonly Order[] {
  return ids ? ids.flatMap((id) => orders.get(id) ?? []) : [...orders.all()]
}
