import { z } from 'zod'
import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import type { ChannelInspection } from '../../../kit/channel.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields } from '../../../kit/fields.ts'
import { parseJson } from '../../../kit/json.ts'
import { openAnswer, readFailure } from './failure.ts'
import { strange } from './nonsense.ts'
import { parseApplication, parseResult, parseService } from './order-refunds.ts'
import { orderOf, parseOrder } from './orders.ts'
import { type ApplicationRow, type OrderInfo, type ResultRow, type ServiceRow, textOf } from './payload.ts'
import { signCall } from './sign.ts'
import { splitParent } from './status.ts'

/**
 * The orders in raw text: list and detail answers, masked or encrypted, what `orders.get` keeps, several answers under the two-call names, or an
 * array of these. Refund applications and service orders anywhere in the text are read with the order they belong to. Parents that were split
 * are no orders. Throws CHANNEL_NONSENSE, or what the text itself says went wrong.
 */
function inspectOrders(text: string): ChannelOrder[] {
  const found: Found = { orders: [], applications: new Map(), services: new Map(), results: new Map(), isHidden: false }
  collect(parsed(text), found)
  const records = {
    applications: [...found.applications.values()],
    services: found.isHidden ? null : [...found.services.values()],
    results: [...found.results.values()],
  }
  return found.orders.filter((info) => textOf(info.orderState) !== splitParent).map((info) => orderOf(info, records))
}

interface Found {
  readonly orders: OrderInfo[]
  /** By number: what stands in several answers is one, as it was told last. */
  readonly applications: Map<string, ApplicationRow>
  readonly services: Map<string, ServiceRow>
  readonly results: Map<string, ResultRow>
  /** The app could not look at service orders. */
  isHidden: boolean
}

/** The keys below which rows are found; every answer's root ends in `_responce`. */
const wrappers = new Set(
  `searchorderinfo_result orderInfoList orderDetailInfo orderInfo queryResult result pageResult data refunds services results
  orderGet aftersaleGet getOrderDetail getAfterSaleInfo`.split(/\s+/),
)

function collect(value: unknown, found: Found): void {
  if (Array.isArray(value)) {
    for (const row of value) collect(row, found)
    return
  }
  const fields = asFields(value)
  if (fields === null) throw strange('这里应该是一个 JSON 对象')
  const failure = failureIn(fields)
  if (failure) throw failure
  if (!collectRow(fields, found)) collectBelow(fields, found)
}

/** Whether the object is a row of one of the four kinds, which is then kept. */
function collectRow(fields: Fields, found: Found): boolean {
  if (fields.orderState !== undefined && fields.orderId !== undefined) {
    found.orders.push(parseOrder(fields))
    return true
  }
  if (fields.applyRefundSum !== undefined) return keep(found.applications, parseApplication(fields), 'id')
  if (fields.serviceStatus !== undefined) return keep(found.services, parseService(fields), 'serviceId')
  if (fields.afsRefundId !== undefined) return keep(found.results, parseResult(fields), 'afsRefundId')
  return false
}

function keep<Row extends object>(rows: Map<string, Row>, row: Row, key: keyof Row): true {
  rows.set(String(row[key]), row)
  return true
}

function collectBelow(fields: Fields, found: Found): void {
  const below = Object.entries(fields).filter(([name]) => wrappers.has(name) || /_respon[cs]e$/.test(name))
  const isEmptyList = ['orderTotal', 'totalCount'].some((name) => fields[name] !== undefined)
  if (below.length === 0 && !isEmptyList) throw strange('没有 orderInfo、orderInfoList 或 …_responce')
  for (const [name, value] of below) {
    if (name === 'services' && value === null) found.isHidden = true
    else if (value !== null) collect(value, found)
  }
}

/** What an answer somewhere in the text says went wrong. */
function failureIn(fields: Fields): Failure | null {
  const isAnswer = fields.error_response !== undefined || Object.keys(fields).some((name) => /_respon[cs]e$/.test(name))
  if (!isAnswer) return null
  const { failure } = openAnswer({ status: 200, headers: {}, body: JSON.stringify(fields) })
  return failure === null ? null : failureOf('jd', failure, false)
}

function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw strange('不是 JSON', false, error)
    throw error
  }
}

const SignatureInput = z.object({
  kind: z.literal('jos'),
  secret: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]).transform(asText)),
})

function asText(value: string | number | boolean | null): string {
  return value === null ? '' : String(value)
}

/** The signature of some parameters. Throws INPUT_INVALID naming the field. Source: jd.md 3 [doc D1]. */
function inspectSignature(input: unknown): { readonly signature: string } {
  const read = SignatureInput.safeParse(input)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new Failure('INPUT_INVALID', { field: issue?.path.join('.') || 'input', problem: issue?.message ?? '' })
  }
  const { secret, params } = read.data
  return { signature: signCall(params, secret) }
}

export const inspection: ChannelInspection = {
  orders: inspectOrders,
  failure: readFailure,
  signature: inspectSignature,
}
