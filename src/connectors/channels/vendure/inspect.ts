import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { ChannelInspection } from '../../../kit/channel.ts'
import { failureOf } from '../../../kit/failure-class.ts'
import { asFields } from '../../../kit/fields.ts'
import { parseJson } from '../../../kit/json.ts'
import { inspectWebhookSignature } from '../../../kit/webhook-vector.ts'
import { notJson, readFailure } from './failure.ts'
import { manifest } from './manifest.ts'
import { strange } from './nonsense.ts'
import { seenOrder } from './orders.ts'

/**
 * What `inspect orders vendure` shows: of a list, of one order, with or without its envelope, or an array of these.
 * Baskets and drafts are left out, as everywhere. Throws CHANNEL_NONSENSE, or what an answer that is a refusal means.
 */
export function inspectOrders(text: string): ChannelOrder[] {
  return ordersIn(readJson(text))
    .filter((value) => !isBasket(value))
    .map((value) => seenOrder(value).order)
}

function ordersIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(ordersIn)
  const fields = asFields(value)
  if (fields === null) return [value]
  if (fields.errors !== undefined) throw refusalIn(value)
  if (fields.data !== undefined) return ordersIn(fields.data)
  const items = asFields(fields.orders)?.items
  if (Array.isArray(items)) return items
  return [fields.order ?? value]
}

function refusalIn(value: unknown) {
  const reading = readFailure({ status: 200, headers: {}, body: JSON.stringify(value) })
  return reading === null || reading.code === notJson
    ? strange('errors 看不懂')
    : failureOf(manifest.id, reading, false)
}

/** Says itself that it was never placed. */
const isBasket = (value: unknown) => asFields(value)?.orderPlacedAt === null

function readJson(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    throw strange('不是 JSON', false, error)
  }
}

export const inspection: ChannelInspection = {
  orders: inspectOrders,
  failure: readFailure,
  signature: inspectWebhookSignature,
}
