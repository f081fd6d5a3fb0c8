import type { ChannelCase } from '../../../core/channel/shapes.ts'
import { fen, sumFen } from '../../../core/money/fen.ts'
import { isoText } from '../../../core/time/instant.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { asFields } from '../../../kit/fields.ts'
import { parsed } from './call.ts'
import { type Credentials, perPage } from './manifest.ts'
import { notFound } from './nonsense.ts'
import { orderPage, readOrder } from './orders.ts'
import { walkBack } from './paging.ts'
import { CasesPayload, RefundPayload, ReturnPayload } from './payload.ts'
import { readReturns } from './returns.ts'
import { refundedWord, refundStateOf } from './status.ts'

type Operations = ChannelOperations<Credentials>

/** A case in our words with the JSON it was made from. */
interface SeenCase {
  readonly case: ChannelCase
  readonly raw: string
}

/**
 * The returns (退货) and refunds (退款) of every order that changed in `span`: they change their order with them. A refund is money already
 * gone; nobody answers either of them by this program. A page may be empty while others follow. Source: own-site.md 5.3 [sdk M].
 */
export const pullCases: Operations['aftersales.pull'] = async (account, { span, cursor }) => {
  const operation = 'aftersales.pull'
  const page = await walkBack({ cursor, size: perPage }, (offset) =>
    orderPage(account, { operation, span, by: 'modified', offset, limit: perPage }),
  )
  const orderNos = page.rows.map(({ head }) => head.id)
  const returns = await readReturns(account, { operation, orderNos, isWrite: false })
  return { rows: page.rows.flatMap(({ value }) => casesOf(value, returns)), total: null, next: page.next }
}

/** Throws CHANNEL_NOT_FOUND when the order, or the case of it, is not there. */
export const getCase: Operations['aftersales.get'] = async (account, { channelOrderNo, channelCaseNo }) => {
  const operation = 'aftersales.get'
  const { value } = await readOrder(account, { operation, channelOrderNo, isWrite: false })
  const returns = await readReturns(account, { operation, orderNos: [channelOrderNo], isWrite: false })
  const found = casesOf(value, returns).find((seen) => seen.case.channelCaseNo === channelCaseNo)
  if (!found) throw notFound('订单里没有这笔退货或退款')
  return found
}

function casesOf(value: unknown, returns: readonly unknown[]): SeenCase[] {
  const order = parsed(CasesPayload, value, { what: 'order', isWrite: false })
  const records = returns.map((record) => ({
    record,
    told: parsed(ReturnPayload, record, { what: 'return', isWrite: false }),
  }))
  return [
    ...records
      .filter(({ told }) => told.order_id === order.id)
      .map(({ record, told }) => ({ case: returnCase(order, told), raw: JSON.stringify(record) })),
    ...rawRefundsIn(value).map((record) => {
      const refund = parsed(RefundPayload, record, { what: 'refund', isWrite: false })
      return { case: refundCase(order, refund), raw: JSON.stringify(record) }
    }),
  ]
}

/** The JSON of every payment paid back, whole or in part. */
function rawRefundsIn(order: unknown): unknown[] {
  const payments = listIn(order, 'payment_collections').flatMap((collection) => listIn(collection, 'payments'))
  return payments.flatMap((payment) => listIn(payment, 'refunds'))
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = asFields(value)?.[name]
  return Array.isArray(list) ? list : []
}

/** What comes back. Its sum is the shop's own, else what the goods had cost. */
function returnCase(order: CasesPayload, told: ReturnPayload): ChannelCase {
  const quantity = told.items.reduce((sum, item) => sum + item.quantity, 0)
  const lineNos = told.items.map(({ item_id }) => item_id)
  const moments = [told.updated_at, told.requested_at, told.received_at, told.canceled_at].flatMap((at) => at ?? [])
  return {
    channelCaseNo: told.id,
    channelOrderNo: order.id,
    channelLineNo: lineNos.length === 1 ? (lineNos[0] ?? null) : null,
    channelStatus: told.status,
    state: refundStateOf(told.status).state,
    kind: kindOf(told),
    refundFen: fen(told.refund_amount ?? worthOf(order, told)),
    quantity: quantity > 0 ? quantity : null,
    reason: told.items
      .map(({ note }) => note)
      .filter((note) => note !== '')
      .join('；'),
    beforeShipping: isBeforeShipping(order, told.created_at),
    returnWaybillNo: null,
    createdAt: isoText(told.created_at),
    modifiedAt: isoText(Math.max(told.created_at, ...moments)),
  }
}

function kindOf({ exchange_id, claim_id }: ReturnPayload): ChannelCase['kind'] {
  if (exchange_id !== '') return 'exchange'
  return claim_id === '' ? 'return-and-refund' : 'other'
}

function worthOf({ items }: CasesPayload, told: ReturnPayload): number {
  return sumFen(
    told.items.map(({ item_id, quantity }) => {
      const line = items.find(({ id }) => id === item_id)
      return line === undefined || line.quantity === 0 ? 0 : Math.floor((line.total * quantity) / line.quantity)
    }),
  )
}

/** Money that went back. It never changes once it is made, so both its times are the same; it names no goods. */
function refundCase(order: CasesPayload, refund: RefundPayload): ChannelCase {
  const [only, ...others] = order.items
  const at = isoText(refund.created_at)
  return {
    channelCaseNo: refund.id,
    channelOrderNo: order.id,
    channelLineNo: others.length === 0 ? (only?.id ?? null) : null,
    channelStatus: refundedWord,
    state: refundStateOf(refundedWord).state,
    kind: 'refund-only',
    refundFen: fen(refund.amount),
    quantity: null,
    reason: refund.note || refund.refund_reason,
    beforeShipping: isBeforeShipping(order, refund.created_at),
    returnWaybillNo: null,
    createdAt: at,
    modifiedAt: at,
  }
}

/** Nothing had left by then; of an order sent in parts nobody can tell. */
function isBeforeShipping({ fulfillments, fulfillment_status }: CasesPayload, at: number): boolean | null {
  const sent = fulfillments.flatMap(({ shipped_at }) => shipped_at ?? []).filter((shippedAt) => shippedAt <= at)
  if (sent.length === 0) return true
  return fulfillment_status === 'shipped' || fulfillment_status === 'delivered' ? false : null
}
