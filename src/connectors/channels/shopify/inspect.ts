import type { ChannelOrder } from '../../../core/channel/shapes.ts'
import type { ChannelInspection } from '../../../kit/channel.ts'
import { parseJson } from '../../../kit/json.ts'
import { readFailure } from './failure.ts'
import { strange } from './nonsense.ts'
import { seenOrder, told } from './orders.ts'
import { fromRest, isRestOrder } from './rest-order.ts'
import { inspectSignature } from './sign.ts'

/**
 * What `inspect orders shopify` shows: of a list, of one order, with or without its envelope, as a push tells it, or an array of these. Test orders are left out,
 * as everywhere. Throws CHANNEL_NONSENSE.
 */
export function inspectOrders(text: string): ChannelOrder[] {
  return ordersIn(readJson(text))
    .filter((value) => !isTest(value))
    .map((value) => seenOrder(isRestOrder(value) ? told(() => fromRest(value)) : value).order)
}

interface Envelope {
  readonly data?: unknown
  readonly orders?: { readonly nodes?: unknown }
  readonly order?: unknown
  readonly test?: unknown
}

function ordersIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(ordersIn)
  if (value === null || typeof value !== 'object') return [value]
  const { data, orders, order } = value as Envelope
  if (data !== null && data !== undefined) return ordersIn(data)
  if (Array.isArray(orders?.nodes)) return orders.nodes
  return [order ?? value]
}

function isTest(value: unknown): boolean {
  return value !== null && typeof value === 'object' && (value as Envelope).test === true
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
