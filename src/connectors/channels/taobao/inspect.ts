import { z } from 'zod'
import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import type { ChannelInspection } from '../../../kit/channel.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields } from '../../../kit/fields.ts'
import { parseJson } from '../../../kit/json.ts'
import { openAnswer, readFailure } from './failure.ts'
import { strange } from './nonsense.ts'
import { readRefund } from './order-refunds.ts'
import { orderOf, readTrade } from './orders.ts'
import { type RefundRow, type Trade, textOf } from './payload.ts'
import { signCall, signMessageConnect, signMethods, signPush } from './sign.ts'

/**
 * The orders in raw text: list and detail answers in full or simplified form, `{"trade":…,"refunds":[…]}`, or an array of these. Refund records
 * anywhere in the text are read with the trade they belong to. Throws CHANNEL_NONSENSE, or what the text itself says went wrong.
 */
export function inspectOrders(text: string): ChannelOrder[] {
  const found: Found = { trades: [], refunds: new Map() }
  collect(parsed(text), found)
  return found.trades.map((trade) => orderOf(trade, [...found.refunds.values()]))
}

interface Found {
  readonly trades: Trade[]
  /** By number: a refund that stands in a list and in an answer of its own is one, as it changed last. */
  readonly refunds: Map<string, RefundRow>
}

/** The keys below which trades and refunds are found; every answer's root ends in `_response`. */
const wrappers = new Set(['trades', 'trade', 'refunds', 'refund'])

function collect(value: unknown, found: Found): void {
  if (Array.isArray(value)) {
    for (const row of value) collect(row, found)
    return
  }
  const fields = asFields(value)
  if (fields === null) throw strange('这里应该是一个 JSON 对象')
  if (fields.error_response !== undefined) throw refusalIn(fields)
  if (fields.refund_id !== undefined) noteRefund(readRefund(fields), found)
  else if (fields.tid !== undefined || fields.tid_str !== undefined) found.trades.push(readTrade(fields))
  else collectBelow(fields, found)
}

function noteRefund(record: RefundRow, { refunds }: Found): void {
  const no = textOf(record.refund_id)
  if (textOf(record.modified) >= textOf(refunds.get(no)?.modified)) refunds.set(no, record)
}

function collectBelow(fields: Fields, found: Found): void {
  const below = Object.entries(fields).filter(([name]) => wrappers.has(name) || name.endsWith('_response'))
  // An empty list drops its wrapper and leaves the count alone.
  if (below.length === 0 && fields.total_results === undefined && fields.has_next === undefined) {
    throw strange('没有 trade、trades 或 …_response')
  }
  for (const [, value] of below) collect(value, found)
}

function refusalIn(fields: Fields): Failure {
  const { failure } = openAnswer({ status: 200, headers: {}, body: JSON.stringify(fields) })
  return failure ? failureOf('taobao', failure, false) : strange('error_response')
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
  kind: z.enum(['top', 'spi', 'tmc_connect']),
  secret: z.string(),
  sign_method: z.enum(signMethods).optional(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]).transform(asText)),
  body: z.string().default(''),
})

function asText(value: string | number | boolean | null): string {
  return value === null ? '' : String(value)
}

/** The signature of some parameters by one of the sheet's three ways. Throws INPUT_INVALID naming the field. Source: taobao.md 3.2, 3.4, 16.3. */
export function inspectSignature(input: unknown): { readonly signature: string } {
  const read = SignatureInput.safeParse(input)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new Failure('INPUT_INVALID', { field: issue?.path.join('.') || 'input', problem: issue?.message ?? '' })
  }
  const { kind, secret, params, body, sign_method } = read.data
  const method = sign_method ?? signMethods.find((known) => known === params.sign_method) ?? 'md5'
  const signature = {
    top: () => signCall(params, secret, method),
    spi: () => signPush(params, body, { secret, method }),
    tmc_connect: () => signMessageConnect(params, secret),
  }[kind]()
  return { signature }
}

export const inspection: ChannelInspection = {
  orders: inspectOrders,
  failure: readFailure,
  signature: inspectSignature,
}
