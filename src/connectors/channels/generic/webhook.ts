import type { Instant } from '../../../core/time/instant.ts'
import type { ChannelEvent, IncomingPush, PushReading } from '../../../kit/channel.ts'
import { parseJson } from '../../../kit/json.ts'
import { refusalOf, webhookIdOf } from '../../../kit/standard-webhooks.ts'
import type { Credentials } from './manifest.ts'
import { EventOrder, EventPayload } from './payload.ts'

/** What this connector reads of an event: which order, and which of its refunds. */
const aboutOrders = /^(order|refund)\./

/**
 * Verifies an event (推送) and names the orders and refunds to read again. Refused with `missing-header`, `malformed-header`, `too-old`,
 * `too-new`, `signature`, `unusable-key` (of ours), or `malformed-body` for a genuine push that breaks the contract.
 * Source: own-site.md 6.1 [doc] and 6.2 [rule]. Pure.
 */
export function readWebhook(
  keys: Pick<Credentials, 'secret'> & Partial<Pick<Credentials, 'publicKey'>>,
  push: IncomingPush,
  now: Instant,
): PushReading {
  const refusal = refusalOf(keys, push, now)
  if (refusal !== null) return { accepted: false, reason: refusal, events: [] }

  const events = eventsIn(push)
  return events === null
    ? { accepted: false, reason: 'malformed-body', events: [] }
    : { accepted: true, reason: null, events }
}

function eventsIn(push: IncomingPush): ChannelEvent[] | null {
  const event = EventPayload.safeParse(jsonOrUndefined(push.body))
  if (!event.success) return null
  const { type, data } = event.data
  const eventNo = webhookIdOf(push.headers)
  if (!aboutOrders.test(type)) return [{ eventNo, type, channelOrderNo: null, channelCaseNo: null }]

  const order = EventOrder.safeParse(data)
  if (!order.success) return null
  const { id: channelOrderNo, refunds } = order.data
  if (!type.startsWith('refund.') || refunds.length === 0)
    return [{ eventNo, type, channelOrderNo, channelCaseNo: null }]
  // The event carries the whole order and does not say which refund changed: each is named, the first under the push's own number.
  return refunds.map(({ id }, index) => ({
    eventNo: index === 0 ? eventNo : `${eventNo}/${id}`,
    type,
    channelOrderNo,
    channelCaseNo: id,
  }))
}

function jsonOrUndefined(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined // The caller answers `malformed-body`.
  }
}
