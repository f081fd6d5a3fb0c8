import { z } from 'zod'
import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import type { ChannelInspection } from '../../../kit/channel.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields } from '../../../kit/fields.ts'
import { parseJson } from '../../../kit/json.ts'
import { readFailure } from './failure.ts'
import { strange } from './nonsense.ts'
import { readCase, readDetail } from './order-parts.ts'
import { orderOf } from './orders.ts'
import type { AfterSale, Detail } from './payload.ts'
import { signCall } from './sign.ts'

/**
 * The orders in raw text: answers of list and detail, `{"orderDetail":…,"afterSaleList":…}` with one or several answers under each, or an
 * array of these. After-sales anywhere in the text are read with their order. Throws CHANNEL_NONSENSE, or what the text itself says went
 * wrong.
 */
function inspectOrders(text: string): ChannelOrder[] {
  const found: Found = { details: [], cases: new Map() }
  collect(parsed(text), found)
  return found.details.map((detail) => orderOf(detail, [...found.cases.values()]))
}

interface Found {
  readonly details: Detail[]
  /** By number, so that one that stands in two answers counts once. */
  readonly cases: Map<string, AfterSale>
}

/** The keys below which something is looked for. */
const wrappers = new Set(['orderDetail', 'afterSaleList', 'data', 'shop_order_list', 'shop_order_detail', 'items'])

function collect(value: unknown, found: Found): void {
  if (Array.isArray(value)) {
    for (const row of value) collect(row, found)
    return
  }
  const fields = asFields(value)
  if (fields === null) throw strange('这里应该是一个 JSON 对象')
  if (fields.code !== undefined) noteRefusal(fields)

  if (fields.aftersale_info !== undefined) {
    const record = readCase(fields)
    found.cases.set(record.aftersale_info.aftersale_id, record)
  } else if (fields.order_id !== undefined) found.details.push(readDetail(fields))
  else collectBelow(fields, found)
}

function noteRefusal(fields: Fields): void {
  const failure = readFailure({ status: 200, headers: {}, body: JSON.stringify(fields) })
  if (failure !== null) throw failureOf('douyin', failure, false)
}

function collectBelow(fields: Fields, found: Found): void {
  const below = Object.entries(fields).filter(([name]) => wrappers.has(name))
  // An empty list may be left out and leave its count alone.
  if (below.length === 0 && fields.total === undefined) throw strange('没有 data、orderDetail 或 order_id')
  for (const [, value] of below) if (value !== null) collect(value, found)
}

function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw strange('不是 JSON', false, error)
    throw error
  }
}

const plain = z.union([z.string(), z.number()]).transform(String)
const SignatureInput = z.object({
  kind: z.literal('api-sign'),
  input: z.object({
    app_key: plain,
    method: z.string(),
    /** The text as it is sent. */
    param_json: z.string(),
    timestamp: plain,
    v: plain.default('2'),
    appSecret: z.string(),
    sign_method: z.enum(['hmac-sha256', 'md5']).default('hmac-sha256'),
  }),
})

/** By the way of the sheet, `api-sign`. Throws INPUT_INVALID naming the field. */
function inspectSignature(given: unknown): Readonly<Record<string, unknown>> {
  const read = SignatureInput.safeParse(given)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new Failure('INPUT_INVALID', { field: issue?.path.join('.') || 'input', problem: issue?.message ?? '' })
  }
  const { app_key: appKey, method, param_json: paramJson, timestamp, v: version, ...rest } = read.data.input
  const signature = signCall({ appKey, method, paramJson, timestamp, version }, rest.appSecret, rest.sign_method)
  return { signature }
}

export const inspection: ChannelInspection = {
  orders: inspectOrders,
  failure: readFailure,
  signature: inspectSignature,
}
