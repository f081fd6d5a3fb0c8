import { z } from 'zod'
import type { Instant } from '../../../core/time/instant.ts'
import type { ChannelEvent, IncomingPush, PushReading } from '../../../kit/channel.ts'
import { asFields, parseFields } from '../../../kit/fields.ts'
import { parseJson } from '../../../kit/json.ts'
import type { XiaohongshuCredentials } from './manifest.ts'
import { textOf } from './payload.ts'
import { sameSignature, signPush } from './sign.ts'

/** A push is repeated once after five minutes, so that much and some more [assumed]. */
const toleranceMs = 600_000
/** Source: xiaohongshu.md 11 [doc]. */
const answer = '{"success":true,"error_code":0,"error_msg":""}'

const word = z.union([z.string(), z.number()]).nullish()
const Messages = z.array(z.looseObject({ msgTag: z.string(), sellerId: word, data: z.string() }))
const Subject = z.looseObject({ orderId: word, returnsId: word, skuId: word, itemId: word, updateTime: word })

/**
 * Verifies a push and names what it is about. Path, query, app and time are signed, the body is not: it is a hint, and what it names is
 * read again. Messages of the app's other shops are passed over. The console's check `{"test":true}` comes unsigned and is accepted as
 * about nothing [assumed]. Refused with `missing-sign`, `missing-timestamp`, `bad-timestamp`, `app-key`, `signature`, `too-old`,
 * `too-new`, `malformed-body`. Pure. Source: xiaohongshu.md 11 [doc].
 */
export function readPush(credentials: XiaohongshuCredentials, push: IncomingPush, now: Instant): PushReading {
  if (isConsoleCheck(push)) return { accepted: true, reason: null, events: [], answer }

  const headers = lowerCase(push.headers)
  const { sign, timestamp } = headers
  if (!sign) return refuse('missing-sign')
  if (!timestamp) return refuse('missing-timestamp')
  if (headers['app-key'] !== credentials.appId) return refuse('app-key')
  if (!isSigned(push, credentials.appSecret)) return refuse('signature')
  if (!/^\d{1,12}$/.test(timestamp)) return refuse('bad-timestamp')
  const ageMs = now - Number(timestamp) * 1000
  if (ageMs > toleranceMs) return refuse('too-old')
  if (ageMs < -toleranceMs) return refuse('too-new')

  const events = eventsIn(push.body, credentials.sellerId)
  return events === null ? refuse('malformed-body') : { accepted: true, reason: null, events, answer }
}

/** Whether the headers' `sign` fits. Pure. */
export function isSigned(push: Pick<IncomingPush, 'path' | 'query' | 'headers'>, appSecret: string): boolean {
  return sameSignature(lowerCase(push.headers).sign ?? '', expectedSign(push, appSecret))
}

/** The signature that a push to this path should carry. Pure. */
export function expectedSign(
  { path, query, headers }: Pick<IncomingPush, 'path' | 'query' | 'headers'>,
  appSecret: string,
): string {
  const { 'app-key': appKey = '', timestamp = '' } = lowerCase(headers)
  const params = { ...Object.fromEntries(new URLSearchParams(query)), 'app-key': appKey, timestamp }
  return signPush({ path, params }, appSecret)
}

function isConsoleCheck({ body }: IncomingPush): boolean {
  const fields = parseFields(body)
  return fields !== null && Object.keys(fields).length === 1 && fields.test === true
}

/** Null where the body is not what the platform describes. */
function eventsIn(body: string, sellerId: string | undefined): ChannelEvent[] | null {
  const messages = Messages.safeParse(jsonOrNull(body))
  if (!messages.success) return null
  return messages.data
    .filter((message) => sellerId === undefined || textOf(message.sellerId) === sellerId)
    .map(({ msgTag, data }) => eventOf(msgTag, data))
}

/** Repeats share kind, subject and time of change. A message whose content cannot be read is still a sign that something changed. */
function eventOf(type: string, data: string): ChannelEvent {
  const subject = Subject.safeParse(asFields(jsonOrNull(data)) ?? {})
  const { orderId, returnsId, skuId, itemId, updateTime } = subject.success ? subject.data : {}
  const about = textOf(returnsId) || textOf(orderId) || textOf(skuId) || textOf(itemId)
  return {
    eventNo: [type, about || data.slice(0, 100), textOf(updateTime)].join(':'),
    type,
    channelOrderNo: textOf(orderId) || null,
    channelCaseNo: textOf(returnsId) || null,
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function refuse(reason: string): PushReading {
  return { accepted: false, reason, events: [] }
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
