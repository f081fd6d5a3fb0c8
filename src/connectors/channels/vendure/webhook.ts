import { z } from 'zod'
import type { Instant } from '../../../core/time/instant.ts'
import type { ChannelEvent, IncomingPush, PushReading } from '../../../kit/channel.ts'
import { parseFields } from '../../../kit/fields.ts'
import { refusalOf, webhookIdOf } from '../../../kit/standard-webhooks.ts'
import type { Credentials } from './manifest.ts'

const outsideNo = z.union([z.string().min(1), z.int()]).transform(String)
const Event = z.looseObject({ type: z.string().min(1), data: z.unknown() })
const AboutOrder = z.looseObject({ id: outsideNo })
/** A refund of its own names its order beside itself; else the number is the order's. [assumed] */
const AboutRefund = z.looseObject({ id: outsideNo, orderId: outsideNo.optional() })

/**
 * Verifies an event (推送) of the small subscriber beside the shop and names the order to read again. Refused with
 * `unusable-key` (none was typed in, or it is no key), `missing-header`, `malformed-header`, `too-old`, `too-new`,
 * `signature`, or `malformed-body`. Other types are taken and name nothing. Pure. Source: own-site.md 4 [rule], 6.1
 * [doc].
 */
export function readWebhook(
  { webhookSecret }: Pick<Credentials, 'webhookSecret'>,
  push: IncomingPush,
  now: Instant,
): PushReading {
  if (webhookSecret === '') return refuse('unusable-key')
  const refusal = refusalOf({ secret: webhookSecret }, push, now)
  if (refusal !== null) return refuse(refusal)
  const event = eventIn(push)
  return event === null ? refuse('malformed-body') : { accepted: true, reason: null, events: [event] }
}

function eventIn(push: IncomingPush): ChannelEvent | null {
  const event = Event.safeParse(parseFields(push.body))
  if (!event.success) return null
  const { type, data } = event.data
  const told = { eventNo: webhookIdOf(push.headers), type }
  if (type.startsWith('order.')) {
    const order = AboutOrder.safeParse(data)
    return order.success ? { ...told, channelOrderNo: order.data.id, channelCaseNo: null } : null
  }
  if (type.startsWith('refund.')) {
    const refund = AboutRefund.safeParse(data)
    if (!refund.success) return null
    const { id, orderId } = refund.data
    return { ...told, channelOrderNo: orderId ?? id, channelCaseNo: orderId === undefined ? null : id }
  }
  return { ...told, channelOrderNo: null, channelCaseNo: null }
}

function refuse(reason: string): PushReading {
  return { accepted: false, reason, events: [] }
}
