import type { Instant } from '../../../core/time/instant.ts'
import type { ChannelEvent, IncomingPush, PushReading } from '../../../kit/channel.ts'
import { sameText } from '../../../kit/signing.ts'
import type { WechatShopCredentials } from './manifest.ts'
import { envelopeIn, messageIn, type PushMessage } from './push-message.ts'
import { decryptPush, signCallback } from './sign.ts'

/**
 * The platform names no age beyond which a callback is stale; a repeat is taken to be signed anew at its own time
 * [assumed]. Half an hour leaves room for clocks and for repeats that are not.
 */
const toleranceMs = 1_800_000
const secondMs = 1_000

/** What the platform wants to read, in clear text even where it wrote in cipher. Source: wechat-shop.md 11 [doc]. */
const acknowledgement = 'success'

/**
 * Verifies a callback and names what it is about: the check of the address (GET, answered with its `echostr`), or an
 * event, in cipher or plain, JSON or XML. In cipher `msg_signature` covers the ciphertext; in plain mode nothing covers
 * the body, so an event is never more than a hint. Events have no number: the same one is known by its name, its
 * subject, its second and its kind. Pure. Source: wechat-shop.md 11 [doc].
 */
export function readPush(credentials: WechatShopCredentials, push: IncomingPush, now: Instant): PushReading {
  const query = Object.fromEntries(new URLSearchParams(push.query))
  const { callbackToken } = credentials
  const { signature, timestamp, nonce, echostr } = query
  if (!callbackToken) return refuse('not-configured')
  if (!timestamp || !nonce) return refuse('missing-timestamp')

  if (push.method === 'GET') {
    if (!echostr) return refuse('missing-echostr')
    if (!isSigned(signature, [callbackToken, timestamp, nonce])) return refuse('signature')
    return refusalByAge(timestamp, now) ?? { accepted: true, reason: null, events: [], answer: echostr }
  }
  const opened = openPush(push.body, { credentials, callbackToken, query })
  if (typeof opened === 'string') return refuse(opened)
  return (
    refusalByAge(timestamp, now) ?? { accepted: true, reason: null, events: eventsOf(opened), answer: acknowledgement }
  )
}

interface Opening {
  readonly credentials: WechatShopCredentials
  readonly callbackToken: string
  readonly query: Readonly<Record<string, string>>
}

/** The message of a genuine event, or why it is none. */
function openPush(body: string, { credentials, callbackToken, query }: Opening): PushMessage | string {
  const { signature, msg_signature, timestamp = '', nonce = '', encrypt_type } = query
  const envelope = envelopeIn(body)
  if (envelope === null) return isSigned(signature, [callbackToken, timestamp, nonce]) ? 'malformed-body' : 'signature'
  const { encrypt, toUser } = envelope
  if (encrypt === null) {
    if (encrypt_type === 'aes') return 'not-encrypted'
    if (!isSigned(signature, [callbackToken, timestamp, nonce])) return 'signature'
    return messageIn(body) ?? 'malformed-body'
  }
  if (!isSigned(msg_signature, [callbackToken, timestamp, nonce, encrypt])) return 'signature'
  const plaintext = decryptByEither(encrypt, credentials)
  if (plaintext === null) return 'cipher'
  const message = messageIn(plaintext)
  if (message === null) return 'malformed-body'
  // The name outside is not signed; it has to be the one inside.
  return toUser === null || toUser === message.toUser ? message : 'to-user'
}

/**
 * With the present key, else with the one before, since both are in use for a while after a change. Source:
 * wechat-shop.md 11 [rule].
 */
function decryptByEither(encrypt: string, credentials: WechatShopCredentials): string | null {
  const { appId, encodingAesKey, previousEncodingAesKey } = credentials
  for (const key of [encodingAesKey, previousEncodingAesKey]) {
    const plaintext = key ? decryptPush(encrypt, { encodingAesKey: key, appId }) : null
    if (plaintext !== null) return plaintext
  }
  return null
}

function isSigned(signature: string | undefined, texts: readonly string[]): boolean {
  return signature !== undefined && sameText(signature, signCallback(texts))
}

function refusalByAge(timestamp: string, now: Instant): PushReading | null {
  if (!/^\d{1,12}$/.test(timestamp)) return refuse('bad-timestamp')
  const age = now - Number(timestamp) * secondMs
  if (age > toleranceMs) return refuse('too-old')
  return age < -toleranceMs ? refuse('too-new') : null
}

/** What is no event, such as a buyer's message to customer service, is taken and passed over. */
function eventsOf({ event, createdAt, orderNo, caseNo, subjectNo, kind }: PushMessage): ChannelEvent[] {
  if (event === '') return []
  return [
    {
      eventNo: [event, caseNo ?? orderNo ?? subjectNo, createdAt, kind].join('/'),
      type: event,
      channelOrderNo: orderNo,
      channelCaseNo: caseNo,
    },
  ]
}

function refuse(reason: string): PushReading {
  return { accepted: false, reason, events: [] }
}
