import type { OrderRefundState, RefundState } from '../../../core/channel/words.ts'
import { type Fen, fen, splitFen, sumFen } from '../../../core/money/fen.ts'
import { fenOf, type LineMoney, quantityOf, wholeFen } from './money.ts'
import { type ApplicationRow, type Records, type ResultRow, type ServiceRow, textOf } from './payload.ts'
import { isKnownRefundStatus, isOpenRefund, refundStateOf } from './status.ts'

export interface LineRefund {
  readonly refundState: RefundState
  readonly refundingQuantity: number
  readonly refundedQuantity: number
  readonly refundedFen: Fen
}

export interface OrderRefund {
  readonly refundedFen: Fen
  readonly orderRefundState: OrderRefundState
  /** An application before shipping waits for somebody: nothing may leave. */
  readonly isAskedBack: boolean
  /** In the order of the lines. */
  readonly lines: readonly LineRefund[]
  readonly warnings: readonly string[]
}

const paidOut = '13'
const processedAsRefund = '70'
const approvedAsRefund: ReadonlySet<string> = new Set(['34', '91'])

/** The state of a service order; a finished one is a success only where money went back. Source: jd.md 10.2 [rule]. */
export function serviceStateOf(row: ServiceRow, results: readonly ResultRow[]): RefundState {
  if (paidFor(row, results) !== null) return 'success'
  const status = textOf(row.serviceStatus)
  const isMoney = textOf(row.processResult) === processedAsRefund || approvedAsRefund.has(textOf(row.approveResult))
  return status === '10010' && isMoney ? 'success' : refundStateOf(status)
}

/** What was paid out for a service order; until that is known, what was paid for the goods. Yuan [assumed]. Source: jd.md 10.2. */
export function serviceFen(row: ServiceRow, results: readonly ResultRow[]): Fen {
  return paidFor(row, results) ?? fenOf(row.actualPayPrice)
}

function paidFor(row: ServiceRow, results: readonly ResultRow[]): Fen | null {
  const own = results.filter((result) => isPaidOut(result) && serviceNoOf(result) === textOf(row.serviceId))
  return own.length === 0 ? null : sumFen(own.map((result) => fenOf(result.refoundAmount)))
}

const isPaidOut = (result: ResultRow) => textOf(result.status) === paidOut
const serviceNoOf = (result: ResultRow) => textOf(result.sameOrderServiceBill?.serviceId)

/**
 * What went back to the buyer of an order and what is still asked for. An application before shipping is about the order: its money is
 * shared over the lines by what was paid for them, and it counts for pieces only when it is all the money. A service order names its SKU.
 * Refunds never lower `paidFen` (J10). Source: jd.md 6.5, 10 [rule].
 */
export function refundOf(lines: readonly LineMoney[], records: Records, paidTotal: Fen): OrderRefund {
  const services = (records.services ?? []).map((row) => readService(row, records.results))
  const byApplication = records.applications.filter(isSuccess).map((row) => wholeFen(row.applyRefundSum))
  const paidBack = sumFen(byApplication)
  const states = records.applications.map((row) => refundStateOf(textOf(row.status)))
  const isWhole = paidBack > 0 && paidBack >= paidTotal
  const weights = lines.map((line) => Math.max(0, line.paidFen))
  const shares = splitFen(Math.min(paidBack, sumFen(weights)), weights)
  const backs = [
    ...byApplication,
    ...services.filter(({ state }) => state === 'success').map(({ amount }) => amount),
    ...strayResults(records),
  ]
  const refunded = sumFen(backs)
  const isAskedBack = states.some(isOpenRefund)
  const isOpen = isAskedBack || services.some(({ state }) => isOpenRefund(state))
  return {
    refundedFen: refunded,
    orderRefundState: overall({ isOpen, isPaidBack: backs.length > 0, refunded, paidTotal }),
    isAskedBack,
    lines: ownServices(lines, services).map((own, index) =>
      lineRefund(own, { states, isWhole, isAskedBack, share: shares[index] ?? fen(0) }),
    ),
    warnings: warningsOf(records, { isPart: paidBack > 0 && !isWhole && lines.length > 1 }),
  }
}

function isSuccess(row: ApplicationRow): boolean {
  return refundStateOf(textOf(row.status)) === 'success'
}

interface ReadService {
  readonly sku: string
  readonly state: RefundState
  readonly amount: Fen
  readonly pieces: number
  /** The goods come back, not only money. */
  readonly isReturn: boolean
}

function readService(row: ServiceRow, results: readonly ResultRow[]): ReadService {
  return {
    sku: textOf(row.skuId),
    state: serviceStateOf(row, results),
    amount: serviceFen(row, results),
    pieces: textOf(row.serviceCount) === '' ? 1 : quantityOf({ itemTotal: row.serviceCount }),
    isReturn: textOf(row.customerExpect) === '10',
  }
}

interface LineServices {
  readonly line: LineMoney
  readonly services: readonly ReadService[]
}

/** Each line with its service orders; where one SKU has several lines, the first has them. */
function ownServices(lines: readonly LineMoney[], services: readonly ReadService[]): LineServices[] {
  const seen = new Set<string>()
  return lines.map((line) => {
    const sku = textOf(line.item.skuId)
    const isFirst = !seen.has(sku)
    seen.add(sku)
    return { line, services: isFirst ? services.filter((service) => service.sku === sku) : [] }
  })
}

interface OfOrder {
  readonly states: readonly RefundState[]
  readonly isWhole: boolean
  readonly isAskedBack: boolean
  readonly share: Fen
}

function lineRefund({ line, services }: LineServices, order: OfOrder): LineRefund {
  const quantity = quantityOf(line.item)
  const done = services.filter(({ state }) => state === 'success')
  const returned = sum(done.filter(({ isReturn }) => isReturn).map(({ pieces }) => pieces))
  const refundedQuantity = order.isWhole ? quantity : Math.min(quantity, returned)
  const asked = order.isAskedBack
    ? quantity
    : sum(services.filter(({ state }) => isOpenRefund(state)).map(({ pieces }) => pieces))
  return {
    refundState: strongest([...order.states, ...services.map(({ state }) => state)]),
    refundingQuantity: Math.min(asked, quantity - refundedQuantity),
    refundedQuantity,
    refundedFen: sumFen([order.share, ...done.map(({ amount }) => amount)]),
  }
}

const sum = (pieces: readonly number[]) => pieces.reduce((all, count) => all + count, 0)

const byStrength: readonly RefundState[] = [
  'requested',
  'wait-return',
  'wait-receive-return',
  'success',
  'rejected',
  'closed',
]

function strongest(states: readonly RefundState[]): RefundState {
  return byStrength.find((state) => states.includes(state)) ?? 'none'
}

/** Money paid out for service orders that the list does not show. */
function strayResults({ services, results }: Records): Fen[] {
  const known = new Set((services ?? []).map((row) => textOf(row.serviceId)))
  return results
    .filter((result) => isPaidOut(result) && !known.has(serviceNoOf(result)))
    .map((result) => fenOf(result.refoundAmount))
}

interface Sums {
  readonly isOpen: boolean
  /** Something was successful, whatever it came to. */
  readonly isPaidBack: boolean
  readonly refunded: Fen
  readonly paidTotal: Fen
}

/** Source: jd.md 6.5 [rule]. */
function overall({ isOpen, isPaidBack, refunded, paidTotal }: Sums): OrderRefundState {
  if (isOpen) return 'in-progress'
  if (!isPaidBack) return 'none'
  return refunded >= paidTotal ? 'full' : 'partial'
}

function warningsOf({ applications, services }: Records, { isPart }: { readonly isPart: boolean }): string[] {
  const words = [
    ...applications.map((row) => textOf(row.status)),
    ...(services ?? []).map((row) => textOf(row.serviceStatus)),
  ]
  const unknown = new Set(words.filter((word) => !isKnownRefundStatus(word)))
  return [
    ...[...unknown].map((word) => `unknown-refund-status:${word || 'absent'}`),
    ...(isPart ? ['refund-not-by-line'] : []),
    ...(services === null ? ['services-not-permitted'] : []),
  ]
}
