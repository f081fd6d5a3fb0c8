import { z } from 'zod'
import type { ChannelEvent, IncomingPush, PushReading } from '../../../kit/channel.ts'
import { parseJson } from '../../../kit/json.ts'
import type { DouyinCredentials } from './manifest.ts'
import { textOf } from './payload.ts'
import { sameSignature, signPush } from './sign.ts'

/** Source: douyin.md 7 [doc]. */
const answer = '{"code":0,"msg":"success"}'

const word = z.union([z.string(), z.number()]).nullish()
const Messages = z.array(
  z.looseObject({
    tag: z.union([z.string(), z.number()]).transform(String),
    msg_id: z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1)),
    data: z.string(),
  }),
)
const Subject = z.looseObject({ p_id: word, aftersale_id: word, shop_id: word })

/**
 * Verifies a push on its raw body and names what it is about. Nothing tells when it was signed: a repeat is recognised by its number.
 * Messages of the app's other shops are passed over. Refused with `missing-sign`, `signature`, `malformed-body`. Pure.
 * Source: douyin.md 7 [doc].
 */
export function readPush(credentials: DouyinCredentials, push: IncomingPush): PushReading {
  const sign = headerOf(push, 'event-sign')
  if (!sign) return refuse('missing-sign')
  if (!sameSignature(sign, signPush(push.body, credentials))) return refuse('signature')

  const messages = Messages.safeParse(jsonOrNull(push.body))
  if (!messages.success) return refuse('malformed-body')
  const events = messages.data.flatMap(({ tag, msg_id, data }) => {
    const { p_id, aftersale_id, shop_id } = subjectOf(data)
    const isOthers = Boolean(credentials.shopId && textOf(shop_id)) && textOf(shop_id) !== credentials.shopId
    const about = { channelOrderNo: textOf(p_id) || null, channelCaseNo: textOf(aftersale_id) || null }
    return isOthers ? [] : [{ eventNo: msg_id, type: tag, ...about } satisfies ChannelEvent]
  })
  return { accepted: true, reason: null, events, answer }
}

/** A message whose content cannot be read is still a sign that something changed. */
function subjectOf(data: string): Partial<z.infer<typeof Subject>> {
  const subject = Subject.safeParse(jsonOrNull(data))
  return subject.success ? subject.data : {}
}

function jsonOrNull(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function headerOf({ headers }: IncomingPush, name: string): string {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
}

function refuse(reason: string): PushReading {
  return { accepted: false, reason, events: [] }
}
