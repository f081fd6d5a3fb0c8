import { z } from 'zod'
import type { ChannelEvent, IncomingPush, PushReading } from '../../../kit/channel.ts'
import { parseJson } from '../../../kit/json.ts'
import { sameText } from '../../../kit/signing.ts'
import type { Credentials } from './manifest.ts'
import { signWebhook } from './sign.ts'

/** `order.deleted` carries nothing else [assumed]; others carry the whole order, which is read again all the same. */
const About = z.looseObject({ id: z.union([z.string().min(1), z.int()]).transform(String) })

/**
 * Verifies an event (推送) on its raw body and names the order to read again. Refused with `missing-header`, `unusable-key` (none was typed
 * in), `signature`, or `malformed-body`. The signature holds no time, so an old event cannot be told from a new one: its number makes a repeat
 * harmless. The ping after a webhook is made is accepted and names nothing. Pure. Source: own-site.md 2.4 [doc], the ping [assumed].
 */
export function readWebhook({ webhookSecret }: Pick<Credentials, 'webhookSecret'>, push: IncomingPush): PushReading {
  const headers = lowerCase(push.headers)
  const signature = headers['x-wc-webhook-signature']
  if (!signature) return refuse('missing-header')
  if (webhookSecret === '') return refuse('unusable-key')
  if (!sameText(signature, signWebhook(webhookSecret, push.body))) return refuse('signature')

  const events = eventsOf(headers, push.body)
  return events === null ? refuse('malformed-body') : { accepted: true, reason: null, events }
}

function eventsOf(headers: Readonly<Record<string, string>>, body: string): ChannelEvent[] | null {
  const { 'x-wc-webhook-topic': type = '', 'x-wc-webhook-delivery-id': eventNo = '' } = headers
  if (!type.startsWith('order.')) return []
  const about = About.safeParse(jsonOrUndefined(body))
  return about.success && eventNo !== ''
    ? [{ eventNo, type, channelOrderNo: about.data.id, channelCaseNo: null }]
    : null
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
