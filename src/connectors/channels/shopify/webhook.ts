import { z } from 'zod'
import type { ChannelEvent, IncomingPush, PushReading } from '../../../kit/channel.ts'
import { parseJson } from '../../../kit/json.ts'
import { sameText } from '../../../kit/signing.ts'
import type { Credentials } from './manifest.ts'
import { signWebhook } from './sign.ts'

const outsideNo = z.union([z.string().regex(/^\d+$/), z.int()]).transform(String)
const AboutOrder = z.looseObject({ id: outsideNo })
/** A refund or a fulfilment: a thing of its own that names its order. */
const AboutPart = z.looseObject({ id: outsideNo, order_id: outsideNo })

/**
 * Verifies an event (推送) on its raw body and names what to read again. Refused with `missing-header`, `unusable-key` (none was typed in),
 * `signature`, or `malformed-body`. The signature holds no time, and a push is repeated for hours, so age is no reason to refuse: its number
 * makes a repeat harmless. Other topics are taken and name nothing. Pure. Source: own-site.md 3 [doc S].
 */
export function readWebhook({ webhookSecret }: Pick<Credentials, 'webhookSecret'>, push: IncomingPush): PushReading {
  const headers = lowerCase(push.headers)
  const signature = headers['x-shopify-hmac-sha256']
  const type = headers['x-shopify-topic']
  const eventNo = headers['x-shopify-webhook-id']
  if (!signature || !type || !eventNo) return refuse('missing-header')
  if (webhookSecret === '') return refuse('unusable-key')
  if (!sameText(signature, signWebhook(webhookSecret, push.body))) return refuse('signature')

  const event = eventOf({ eventNo, type }, jsonOrUndefined(push.body))
  return event === null ? refuse('malformed-body') : { accepted: true, reason: null, events: [event] }
}

/** Payloads speak the older interface: its numbers are the last part of the ids that we use. */
function eventOf(told: Pick<ChannelEvent, 'eventNo' | 'type'>, body: unknown): ChannelEvent | null {
  const [thing] = told.type.split('/')
  if (thing === 'orders') {
    const order = AboutOrder.safeParse(body)
    return order.success ? { ...told, channelOrderNo: idOf('Order', order.data.id), channelCaseNo: null } : null
  }
  if (thing === 'refunds' || thing === 'fulfillments') {
    const part = AboutPart.safeParse(body)
    if (!part.success) return null
    const channelCaseNo = thing === 'refunds' ? idOf('Refund', part.data.id) : null
    return { ...told, channelOrderNo: idOf('Order', part.data.order_id), channelCaseNo }
  }
  return { ...told, channelOrderNo: null, channelCaseNo: null }
}

function idOf(kind: 'Order' | 'Refund', number: string): string {
  return `gid://shopify/${kind}/${number}`
}

function refuse(reason: string): PushReading {
  return { accepted: false, reason, events: [] }
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function jsonOrUndefined(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined // The caller answers `malformed-body`.
  }
}
