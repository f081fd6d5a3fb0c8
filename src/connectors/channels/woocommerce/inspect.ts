import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { ChannelInspection } from '../../../kit/channel.ts'
import { parseJson } from '../../../kit/json.ts'
import { strange } from './call.ts'
import { readFailure } from './failure.ts'
import { orderOf } from './orders.ts'
import { inspectSignature } from './sign.ts'

/**
 * What `inspect orders woocommerce` shows: of a list, one order or event, an order with its refunds as `orders.get` keeps it, or an array of
 * these. Throws CHANNEL_NONSENSE.
 */
export function inspectOrders(text: string): ChannelOrder[] {
  return ordersIn(readJson(text))
}

function ordersIn(value: unknown): ChannelOrder[] {
  if (Array.isArray(value)) return value.flatMap(ordersIn)
  if (value !== null && typeof value === 'object' && 'order' in value && 'refunds' in value) {
    return [orderOf(value.order, Array.isArray(value.refunds) ? value.refunds : [])]
  }
  return [orderOf(value, [])]
}

function readJson(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    throw strange({ isWrite: false }, '不是 JSON', error)
  }
}

export const inspection: ChannelInspection = {
  orders: inspectOrders,
  failure: readFailure,
  signature: inspectSignature,
}
