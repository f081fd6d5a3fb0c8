import { z } from 'zod'
import type { Instant } from '../../../core/time/instant.ts'
import type { ChannelEvent, IncomingPush, PushReading } from '../../../kit/channel.ts'
import { parseFields } from '../../../kit/fields.ts'
import { refusalOf, webhookIdOf } from '../../../kit/standard-webhooks.ts'
import type { Credentials } from './manifest.ts'

const Event = z.looseObject({ type: z.string().min(1), data: z.looseObject({}) })
const AboutOrder = z.looseObject({ id: z.string().min(1) })

/** Events that name an order: its own and those of its payments. */
const aboutOrders = /^(order|payment)\./

/**
 * Verifies an event (推送), which a subscriber inside the shop sends as Standard Webhooks, and names the order to read again; what else it
 * carries is not read. Refused with `missing-header`, `malformed-header`, `too-old`, `too-new`, `signature`, `unusable-key` (none was typed in), or
 * `malformed-body`. Source: own-site.md 5.5 [rule], 6.1 [doc]. Pure.
 */
export function readWebhook(
  { webhookSecret }: Pick<Credentials, 'webhookSecret'>,
  push: IncomingPush,
  now: Instant,
): PushReading {
  const refusal = refusalOf({ secret: webhookSecret }, push, now)
  if (refusal !== null) return { accepted: false, reason: refusal, events: [] }

  const event = eventIn(push)
  return event === null
    ? { accepted: false, reason: 'malformed-body', events: [] }
    : { accepted: true, reason: null, events: [event] }
}

function eventIn(push: IncomingPush): ChannelEvent | null {
  const event = Event.safeParse(parseFields(push.body))
  if (!event.success) return null
  const { type, data } = event.data
  const eventNo = webhookIdOf(push.headers)
  if (!aboutOrders.test(type)) return { eventNo, type, channelOrderNo: null, channelCaseNo: null }

  const order = AboutOrder.safeParse(data)
  return order.success ? { eventNo, type, channelOrderNo: order.data.id, channelCaseNo: null } : null
}
