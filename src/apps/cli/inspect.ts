import { z } from 'zod'
import { channels } from '../../connectors/index.ts'
import { ChannelOrder } from '../../core/channel/shapes.ts'
import { Failure } from '../../core/failures.ts'
import type { AnyChannel } from '../../kit/channel.ts'
import { plugsOf } from '../plugs.ts'
import { answerInJson, oneOf } from './answer.ts'
import type { Command, Shell } from './command.ts'
import { readAs, readJson, readText } from './input.ts'
import { webhookInput } from './webhook-input.ts'

const looks = { orders: standardOrders, failure, signature, webhook }

/**
 * Shows what the product makes of something an outside system said (检查), by the very functions of the product, without database or
 * network. Source: channel-order standard, "The inspector".
 */
export const inspectCommands: readonly Command[] = [
  {
    words: 'inspect',
    usage: `<${Object.keys(looks).join('|')}> <${channels.map(({ manifest }) => manifest.id).join('|')}> <文件 或 ->`,
    zh: '检查一份平台报文：解析出的订单、错误的含义、签名、推送是否可信；输出 JSON，不连数据库和网络',
    en: 'Shows what the product makes of a payload, an error, a signature or a push, as JSON; needs no database and no network',
    run: (args, shell) => answerInJson(shell, () => inspect(args, shell)),
  },
]

async function inspect([kind, id, file]: readonly string[], shell: Shell): Promise<unknown> {
  const look = looks[oneOf('inspect', Object.keys(looks) as (keyof typeof looks)[], kind)]
  const ids = channels.map(({ manifest }) => manifest.id)
  const plug = plugsOf(channels).channel(id ?? oneOf('channel', ids, id))
  return look(plug, await readText(file, shell))
}

/** Orders are checked against the standard before they are shown; one that breaks it is a fault of ours: INTERNAL, told by its path. */
export function standardOrders(plug: AnyChannel, text: string): ChannelOrder[] {
  const read = z.array(ChannelOrder).safeParse(plug.inspect.orders(text))
  if (read.success) return read.data
  const paths = read.error.issues.map(({ path }) => path.join('.'))
  throw new Failure('INTERNAL', { requestId: [...new Set(paths)].slice(0, 5).join(', ') }, read.error)
}

const AnswerInput = z.object({
  status: z.coerce.number('应是 HTTP 状态码').pipe(z.int('应是 HTTP 状态码').min(100, '应是 HTTP 状态码').max(599)),
  headers: z
    .record(z.string(), z.union([z.string(), z.number()], '应是文字'), '应是“名称: 值”的对象')
    .default({})
    .transform((headers) =>
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
    ),
  body: z
    .union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())], '应是文字或 JSON')
    .transform((body) => (typeof body === 'string' ? body : JSON.stringify(body))),
})

/** What an answer means; every word is null where the answer says that the call was done. */
function failure(plug: AnyChannel, text: string) {
  const reading = plug.inspect.failure(readAs(AnswerInput, readJson(text)))
  return {
    class: reading?.class ?? null,
    code: reading?.code ?? null,
    retry: reading?.retry ?? null,
    retryAfterMs: reading?.retryAfterMs ?? null,
  }
}

function signature(plug: AnyChannel, text: string) {
  return plug.inspect.signature(readJson(text))
}

function webhook(plug: AnyChannel, text: string) {
  const read = plug.operations['webhook.read']
  if (!read) {
    throw new Failure('CHANNEL_OPERATION_ABSENT', { channel: plug.manifest.id, operation: 'webhook.read' })
  }
  const { credentials, push, now } = webhookInput(plug, readJson(text))
  const { accepted, reason, events } = read(credentials, push, now)
  return { accepted, reason, events: events.map(({ type, channelOrderNo }) => ({ type, channelOrderNo })) }
}
