import { z } from 'zod'
import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import type { ChannelInspection } from '../../../kit/channel.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields } from '../../../kit/fields.ts'
import { parseJson } from '../../../kit/json.ts'
import { readFailure } from './failure.ts'
import { maskIn } from './masks.ts'
import { readAs, strange } from './nonsense.ts'
import { readCase, readDetail } from './order-parts.ts'
import { orderOf } from './orders.ts'
import { type AfterSale, type Detail, ReceiverRow, textOf } from './payload.ts'
import { signCall } from './sign.ts'
import { expectedSign, isSigned } from './webhook.ts'

/**
 * The orders in raw text: answers of list and detail, what `orders.get` keeps as raw with one or several answers under each name, or an
 * array of these. After-sales, receivers and masks anywhere in the text are read with their order. Throws CHANNEL_NONSENSE, or what the
 * text itself says went wrong.
 */
function inspectOrders(text: string): ChannelOrder[] {
  const found: Found = { details: [], cases: new Map(), receivers: new Map(), masks: new Map() }
  collect(parsed(text), found)
  return found.details.map((detail) =>
    orderOf(detail, {
      cases: [...found.cases.values()],
      receiver: { row: found.receivers.get(detail.orderId) ?? null, masks: found.masks },
    }),
  )
}

interface Found {
  readonly details: Detail[]
  /** By number: one that stands in a list and in an answer of its own is one, and the whole one is kept. */
  readonly cases: Map<string, AfterSale>
  readonly receivers: Map<string, ReceiverRow>
  readonly masks: Map<string, string>
}

/** The keys below which something is looked for. */
const wrappers = new Set([
  'getOrderDetail',
  'getAfterSaleInfo',
  'getOrderReceiverInfo',
  'batchDesensitise',
  'data',
  'orderList',
  'afterSaleInfo',
  'afterSaleBasicInfos',
  'receiverInfos',
  'desensitiseInfoList',
])

function collect(value: unknown, found: Found): void {
  if (Array.isArray(value)) {
    for (const row of value) collect(row, found)
    return
  }
  const fields = asFields(value)
  if (fields === null) throw strange('这里应该是一个 JSON 对象')
  if (isEnvelope(fields)) noteRefusal(fields)

  if (fields.returnsId !== undefined) noteCase(readCase(fields), found)
  else if (fields.matched !== undefined) noteReceiver(fields, found)
  else if (fields.encryptedData !== undefined) for (const [text, mask] of maskIn(fields)) found.masks.set(text, mask)
  else if (fields.orderId !== undefined) found.details.push(readDetail(fields))
  else collectBelow(fields, found)
}

function isEnvelope(fields: Fields): boolean {
  return typeof fields.success === 'boolean' || fields.error_code !== undefined
}

function noteRefusal(fields: Fields): void {
  const failure = readFailure({ status: 200, headers: {}, body: JSON.stringify(fields) })
  if (failure !== null) throw failureOf('xiaohongshu', failure, false)
}

function noteCase(record: AfterSale, { cases }: Found): void {
  const known = cases.get(record.returnsId)
  if (known === undefined || record.skus) cases.set(record.returnsId, record)
}

function noteReceiver(fields: Fields, { receivers }: Found): void {
  const row = readAs('receiver', () => ReceiverRow.parse(fields))
  receivers.set(textOf(row.orderId), row)
}

function collectBelow(fields: Fields, found: Found): void {
  const below = Object.entries(fields).filter(([name]) => wrappers.has(name))
  // An empty list may be left out and leave its count alone.
  if (below.length === 0 && fields.total === undefined) throw strange('没有 data、getOrderDetail 或 orderId')
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

const plain = z.union([z.string(), z.number()]).transform(String)
const pushInput = {
  path: z.string(),
  /** As text without the question mark, or as names with their decoded values. */
  query: z
    .union([z.string(), z.record(z.string(), plain)])
    .default('')
    .transform((query) => (typeof query === 'string' ? query : String(new URLSearchParams(query)))),
  headers: z.record(z.string(), plain),
  appSecret: z.string(),
}
const SignatureInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('api-sign'),
    input: z.object({ method: plain, appId: plain, timestamp: plain, version: plain, appSecret: z.string() }),
  }),
  z.object({ kind: z.literal('push-sign'), input: z.object(pushInput) }),
  z.object({ kind: z.literal('push-verify'), input: z.object(pushInput) }),
])

/** By the ways of the sheet: `api-sign` and `push-sign` give `signature`, `push-verify` gives `accepted`. Throws INPUT_INVALID naming the field. */
function inspectSignature(given: unknown): Readonly<Record<string, unknown>> {
  const read = SignatureInput.safeParse(given)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new Failure('INPUT_INVALID', { field: issue?.path.join('.') || 'input', problem: issue?.message ?? '' })
  }
  const { kind, input } = read.data
  if (kind === 'api-sign') return { signature: signCall(input, input.appSecret) }
  if (kind === 'push-sign') return { signature: expectedSign(input, input.appSecret) }
  return { accepted: isSigned(input, input.appSecret) }
}

export const inspection: ChannelInspection = {
  orders: inspectOrders,
  failure: readFailure,
  signature: inspectSignature,
}
