import { z } from 'zod'
import { type Instant, parseIso } from '../../core/time/instant.ts'
import type { AnyChannel, IncomingPush } from '../../kit/channel.ts'
import { invalid, readAs } from './input.ts'

const word = z.union([z.string(), z.number(), z.boolean()], '应是文字').transform(String)
const words = z.record(z.string(), word, '应是“名称: 值”的对象')

/** Below this a number of `now` is seconds: as milliseconds it would be a day before 2001. */
const millisecondsFrom = 1e12

const moment = z
  .union([z.number(), z.string()], '应是毫秒、秒或 ISO 8601 时间')
  .transform((given, context): Instant => {
    const at = typeof given === 'string' && !/^\d+$/.test(given) ? isoOrNaN(given) : Number(given)
    if (!Number.isFinite(at)) {
      context.addIssue({ code: 'custom', message: '应是毫秒、秒或带时区的 ISO 8601 时间' })
      return z.NEVER
    }
    return Math.round(at < millisecondsFrom ? at * 1000 : at)
  })

const Input = z.object({
  credentials: words,
  method: z.string('应是文字'),
  path: z.string('应是文字'),
  query: z
    .union([z.string(), words], '应是文字或“名称: 值”的对象')
    .nullish()
    .transform((query) => (typeof query === 'object' && query !== null ? formOf(query) : bare(query ?? ''))),
  headers: words,
  body: z.string('应是收到的原文，签名按原文核对'),
  now: moment,
})

export interface WebhookInput {
  readonly credentials: unknown
  readonly push: IncomingPush
  readonly now: Instant
}

/** A push as it came in, with whose it is and when. `query` may be text or an object, `now` milliseconds, seconds or ISO text. Throws INPUT_INVALID. */
export function webhookInput(plug: AnyChannel, value: unknown): WebhookInput {
  const { credentials, now, ...push } = readAs(Input, value)
  return { credentials: credentialsOf(plug, credentials), push, now }
}

/**
 * Credentials in the shape the plug-in keeps them. To look at a push not all of them are needed: one that is absent is asked for only
 * when the reading wants it, and one that the form would refuse is taken as it is, so that the reading says what is wrong.
 */
function credentialsOf({ manifest }: AnyChannel, given: Readonly<Record<string, string>>): unknown {
  const read = manifest.credentials.safeParse(given)
  if (read.success) return read.data
  const absent = manifest.fields.filter(
    ({ name, kind, optional }) => kind !== 'obtained' && !optional && !(name in given),
  )
  const asking = absent.map(({ name }) => [name, { get: () => refuse(name) }] as const)
  return Object.defineProperties({ ...given }, Object.fromEntries(asking))
}

function refuse(name: string): never {
  throw invalid(`credentials.${name}`, '没有填写')
}

function formOf(query: Readonly<Record<string, string>>): string {
  return new URLSearchParams(query).toString()
}

function bare(query: string): string {
  return query.replace(/^\?/, '')
}

function isoOrNaN(text: string): number {
  try {
    return parseIso(text)
  } catch (error) {
    if (error instanceof RangeError) return Number.NaN
    throw error
  }
}
