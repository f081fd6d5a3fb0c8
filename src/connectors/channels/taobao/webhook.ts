import { type Instant, parseBeijing } from '../../../core/time/instant.ts'
import type { ChannelEvent, IncomingPush, PushReading } from '../../../kit/channel.ts'
import { parseFields } from '../../../kit/fields.ts'
import type { TaobaoCredentials } from './manifest.ts'
import { subjectOf } from './messages.ts'
import { type SignMethod, sameSignature, signMethods, signPush } from './sign.ts'

/** Source: taobao.md 3.4 [doc S]. */
const toleranceMs = 600_000

/**
 * Verifies a call the platform makes to us (SPI): the signature in the query covers query, form fields, the headers that `top-sign-list` names,
 * and the raw body. Then names what it is about. The event's number is its signature, which a repeat within the ten minutes shares.
 * Pure. Source: taobao.md 3.4 [doc S]; other methods than md5 [assumed].
 */
export function readPush(credentials: TaobaoCredentials, push: IncomingPush, now: Instant): PushReading {
  const query = Object.fromEntries(new URLSearchParams(push.query))
  const { sign, timestamp, app_key, method = '', sign_method = 'md5' } = query
  if (!sign) return refuse('missing-sign')
  if (!timestamp) return refuse('missing-timestamp')
  if (app_key !== undefined && app_key !== credentials.appKey) return refuse('app-key')

  const by = signMethods.find((known) => known === sign_method)
  if (by === undefined) return refuse('sign-method')
  if (!sameSignature(sign, expectedSign(credentials.appSecret, push, { query, by }))) return refuse('signature')

  const sentAt = beijingOrNull(timestamp)
  if (sentAt === null) return refuse('bad-timestamp')
  if (now - sentAt > toleranceMs) return refuse('too-old')
  if (sentAt - now > toleranceMs) return refuse('too-new')
  return { accepted: true, reason: null, events: eventsOf(push, method, sign) }
}

interface Signed {
  readonly query: Readonly<Record<string, string>>
  readonly by: SignMethod
}

function expectedSign(secret: string, push: IncomingPush, { query, by }: Signed): string {
  const headers = lowerCase(push.headers)
  const listed = (headers['top-sign-list'] ?? '').split(',').map((name) => name.trim())
  const signedHeaders = Object.fromEntries(
    listed.filter((name) => name !== '').map((name) => [name, headers[name.toLowerCase()] ?? '']),
  )
  const form = isForm(push) ? Object.fromEntries(new URLSearchParams(push.body)) : {}
  const body = isForm(push) ? '' : push.body
  return signPush({ ...signedHeaders, ...query, ...form }, body, { secret, method: by })
}

function isForm({ headers }: IncomingPush): boolean {
  return (lowerCase(headers)['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
}

function eventsOf(push: IncomingPush, type: string, sign: string): ChannelEvent[] {
  const content = isForm(push) ? Object.fromEntries(new URLSearchParams(push.body)) : parseFields(push.body)
  if (content === null) return []
  const subject = subjectOf(content)
  const isAboutNothing = subject.channelOrderNo === null && subject.channelCaseNo === null
  return isAboutNothing ? [] : [{ eventNo: sign, type, ...subject }]
}

function refuse(reason: string): PushReading {
  return { accepted: false, reason, events: [] }
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function beijingOrNull(text: string): Instant | null {
  try {
    return parseBeijing(text)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
