import { z } from 'zod'
import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import type { ChannelInspection } from '../../../kit/channel.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields } from '../../../kit/fields.ts'
import { parseJson } from '../../../kit/json.ts'
import { readFailure } from './failure.ts'
import { strange } from './nonsense.ts'
import { readCase, readOrder } from './order-parts.ts'
import { orderOf } from './orders.ts'
import type { AfterSale, Order } from './payload.ts'
import { signCall } from './sign.ts'

/**
 * The orders in raw text: answers of lists and of one order, what `orders.get` keeps as raw with one or several answers under each name, or
 * an array of these. After-sales anywhere in the text are read with their order. Throws CHANNEL_NONSENSE, or what the text itself says
 * went wrong.
 */
function inspectOrders(text: string): ChannelOrder[] {
  const found: Found = { orders: [], cases: new Map() }
  collect(parsed(text), found)
  return found.orders.map((order) => orderOf(order, { cases: [...found.cases.values()] }))
}

interface Found {
  readonly orders: Order[]
  /** By number: one that stands in several answers is one. */
  readonly cases: Map<string, AfterSale>
}

/** The keys below which something is looked for, beside every `…_response`. */
const wrappers = new Set([
  'orderInformationGet',
  'refundListIncrementGet',
  'orderGet',
  'aftersaleGet',
  'order_info',
  'order_list',
  'order_sn_list',
  'refund_list',
])

function collect(value: unknown, found: Found): void {
  if (Array.isArray(value)) {
    for (const row of value) collect(row, found)
    return
  }
  const fields = asFields(value)
  if (fields === null) throw strange('这里应该是一个 JSON 对象')
  if (fields.error_response !== undefined) noteRefusal(fields)

  if (fields.order_sn === undefined) collectBelow(fields, found)
  else if (fields.after_sales_type === undefined) found.orders.push(readOrder(fields))
  else noteCase(readCase(fields), found)
}

function noteRefusal(fields: Fields): void {
  const failure = readFailure({ status: 200, headers: {}, body: JSON.stringify(fields) })
  if (failure !== null) throw failureOf('pinduoduo', failure, false)
}

function noteCase(record: AfterSale, { cases }: Found): void {
  cases.set(record.id, record)
}

function collectBelow(fields: Fields, found: Found): void {
  const below = Object.entries(fields).filter(([name]) => wrappers.has(name) || name.endsWith('_response'))
  // An empty list may be left out and leave its count alone.
  if (below.length === 0 && fields.total_count === undefined) throw strange('没有 …_response、order_info 或 order_sn')
  for (const [, value] of below) collect(value, found)
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
  kind: z.literal('api-sign'),
  input: z.object({ params: z.record(z.string(), z.unknown()), clientSecret: z.string() }),
})

/** By the way of the sheet: `api-sign` gives `signature`. Throws INPUT_INVALID naming the field. */
function inspectSignature(given: unknown): Readonly<Record<string, unknown>> {
  const read = SignatureInput.safeParse(given)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new Failure('INPUT_INVALID', { field: issue?.path.join('.') || 'input', problem: issue?.message ?? '' })
  }
  const { params, clientSecret } = read.data.input
  return { signature: signCall(params, clientSecret) }
}

export const inspection: ChannelInspection = {
  orders: inspectOrders,
  failure: readFailure,
  signature: inspectSignature,
}
