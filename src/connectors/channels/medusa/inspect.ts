import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { ChannelInspection } from '../../../kit/channel.ts'
import { asFields } from '../../../kit/fields.ts'
import { parseJson } from '../../../kit/json.ts'
import { inspectWebhookSignature } from '../../../kit/webhook-vector.ts'
import { readFailure } from './failure.ts'
import { strange } from './nonsense.ts'
import { orderOf } from './orders.ts'
import { draftWord } from './status.ts'

/**
 * What `inspect orders medusa` shows: of a list, of one order, with or without its envelope, of an order with its returns as `orders.get` keeps
 * it or as both calls answer, or of an array of these. Drafts are left out, as everywhere. Throws CHANNEL_NONSENSE.
 */
export function inspectOrders(text: string): ChannelOrder[] {
  return ordersIn(readJson(text), [])
}

function ordersIn(value: unknown, returns: readonly unknown[]): ChannelOrder[] {
  if (Array.isArray(value)) return value.flatMap((each) => ordersIn(each, returns))
  const fields = asFields(value)
  const told = returnsIn(fields?.returns) ?? returns
  if (Array.isArray(fields?.orders)) return ordersIn(fields.orders, told)
  if (fields?.order !== undefined) return ordersIn(fields.order, told)
  if (fields?.status === draftWord) return []
  return [
    orderOf(
      value,
      told.filter((record) => asFields(record)?.order_id === fields?.id),
    ),
  ]
}

/** Records of returns, bare or in the envelope of their list; null where there are none. */
function returnsIn(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value
  const inner = asFields(value)?.returns
  return Array.isArray(inner) ? inner : null
}

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
