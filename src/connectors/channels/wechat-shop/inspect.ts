import { z } from 'zod'
import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import { Failure } from '../../../core/failures.ts'
import type { ChannelInspection } from '../../../kit/channel.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { asFields, type Fields } from '../../../kit/fields.ts'
import { parseJson } from '../../../kit/json.ts'
import { sameText } from '../../../kit/signing.ts'
import { openAnswer, readFailure } from './failure.ts'
import { strange } from './nonsense.ts'
import { orderOf, readAftersale, readOrder } from './orders.ts'
import { type AftersalePayload, type OrderPayload, textOf, wholeOf } from './payload.ts'
import { decryptPush, encryptPush, signCallback } from './sign.ts'

/**
 * The orders in raw text: detail answers, bare orders, `{"orderGet":…,"aftersaleGet":…}` where each may be an array, or
 * an array of these. After-sale orders anywhere in the text are read with the order they belong to. A list answer holds
 * numbers only, so it gives no order. Throws CHANNEL_NONSENSE, or what the text itself says went wrong.
 */
function inspectOrders(text: string): ChannelOrder[] {
  const found: Found = { orders: [], aftersales: new Map() }
  collect(parsed(text), found)
  return found.orders.map((order) => orderOf(order, [...found.aftersales.values()]))
}

interface Found {
  readonly orders: OrderPayload[]
  /** By number: one that stands in two answers is one, as it changed last. */
  readonly aftersales: Map<string, AftersalePayload>
}

const wrappers = ['orderGet', 'aftersaleGet', 'order', 'after_sale_order'] as const
/** Names under which list answers have their numbers; the search has two. Source: wechat-shop.md 3 [doc], 10 [doc]. */
const lists = ['order_id_list', 'orders', 'after_sale_order_id_list'] as const

function collect(value: unknown, found: Found): void {
  if (Array.isArray(value)) {
    for (const row of value) collect(row, found)
    return
  }
  const fields = asFields(value)
  if (fields === null) throw strange('这里应该是一个 JSON 对象')
  const { failure } = openAnswer({ status: 200, headers: {}, body: JSON.stringify(fields) }, null)
  if (failure) throw failureOf('wechat-shop', failure, false)

  if (fields.after_sale_order_id !== undefined) noteAftersale(readAftersale(fields), found)
  else if (fields.order_detail !== undefined) found.orders.push(readOrder(fields))
  else collectBelow(fields, found)
}

function noteAftersale(record: AftersalePayload, { aftersales }: Found): void {
  const no = textOf(record.after_sale_order_id)
  const known = aftersales.get(no)
  if (known === undefined || wholeOf(record.update_time) >= wholeOf(known.update_time)) aftersales.set(no, record)
}

function collectBelow(fields: Fields, found: Found): void {
  const below = wrappers.filter((name) => fields[name] !== undefined)
  if (below.length === 0 && !lists.some((name) => fields[name] !== undefined)) {
    throw strange('没有 order、orderGet 或 order_id_list')
  }
  for (const name of below) collect(fields[name], found)
}

function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw strange('不是 JSON', false, error)
    throw error
  }
}

const Config = z.object({
  token: z.string(),
  encodingAESKey: z.string(),
  previousEncodingAESKey: z.string().optional(),
  appid: z.string(),
})
/** Times and nonces are digits; they are text on the wire. */
const word = z.union([z.string(), z.number()]).transform(String)

const SignatureInput = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('url-signature'),
    config: Config.pick({ token: true }),
    input: z.object({ timestamp: word, nonce: word }),
  }),
  z.object({
    kind: z.literal('push-decrypt'),
    config: Config,
    input: z.object({ timestamp: word, nonce: word, Encrypt: z.string(), msg_signature: z.string() }),
  }),
  z.object({
    kind: z.literal('push-encrypt'),
    config: Config,
    input: z.object({ random: z.string(), plaintext: z.string(), TimeStamp: word, Nonce: word }),
  }),
])
type SignatureInput = z.infer<typeof SignatureInput>
type InputOf<Kind extends SignatureInput['kind']> = Extract<SignatureInput, { readonly kind: Kind }>

/**
 * A callback's signature, or its cipher opened or made, as in the sheet's vectors. Throws INPUT_INVALID naming the
 * field. Source: wechat-shop.md 11 [doc].
 */
export function inspectSignature(input: unknown): Readonly<Record<string, unknown>> {
  const read = SignatureInput.safeParse(input)
  if (!read.success) {
    const [issue] = read.error.issues
    throw invalid(issue?.path.join('.') || 'input', issue?.message ?? '')
  }
  if (read.data.kind === 'push-decrypt') return decrypted(read.data)
  if (read.data.kind === 'push-encrypt') return encrypted(read.data)
  const { config, input: signed } = read.data
  return { signature: signCallback([config.token, signed.timestamp, signed.nonce]) }
}

function decrypted({ config, input }: InputOf<'push-decrypt'>) {
  const expected = signCallback([config.token, input.timestamp, input.nonce, input.Encrypt])
  const isGenuine = sameText(input.msg_signature, expected)
  const keys = isGenuine ? [config.encodingAESKey, config.previousEncodingAESKey ?? ''] : []
  const texts = keys.map((key) => decryptPush(input.Encrypt, { encodingAesKey: key, appId: config.appid }))
  const plaintext = texts.find((text) => text !== null) ?? null
  return { accepted: plaintext !== null, plaintext }
}

function encrypted({ config, input }: InputOf<'push-encrypt'>) {
  const key = { encodingAesKey: config.encodingAESKey, appId: config.appid }
  try {
    const Encrypt = encryptPush(input.plaintext, input.random, key)
    return { Encrypt, MsgSignature: signCallback([config.token, input.TimeStamp, input.Nonce, Encrypt]) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const isKey = error.message === 'encodingAESKey'
    throw invalid(isKey ? 'config.encodingAESKey' : 'input.random', isKey ? '应是 43 位' : '应是 16 字节')
  }
}

function invalid(field: string, problem: string): Failure {
  return new Failure('INPUT_INVALID', { field, problem })
}

export const inspection: ChannelInspection = {
  orders: inspectOrders,
  failure: readFailure,
  signature: inspectSignature,
}
