import { z } from 'zod'
import type { ChannelEvent, ChannelOperations } from '../../../kit/channel.ts'
import { asFields, type Fields } from '../../../kit/fields.ts'
import { parseJson } from '../../../kit/json.ts'
import { call } from './call.ts'
import type { TaobaoAccount, TaobaoCredentials } from './manifest.ts'
import { readAs, strange } from './nonsense.ts'
import { listIn } from './paging.ts'
import { textOf, textOrNull } from './payload.ts'

type Operations = ChannelOperations<TaobaoCredentials>

const perPull = 100
const perConfirm = 200

const word = z.union([z.string(), z.number()]).nullish()
const Message = z.looseObject({ id: word, topic: word, content: word, user_id: word })

/**
 * Messages (TMC) that wait for this seller. They belong to the app: those of its other shops are left unconfirmed and come again, so an app
 * with several shops needs a message group for each. At least once and in any order; each is only a hint to read again. When none came and
 * the platform had refused to keep this seller's, it is asked once more, so that its refusal is heard. Source: taobao.md 16.1 [doc M].
 */
export const pullMessages: Operations['messages.pull'] = async (account) => {
  const { messageGroup, sellerNo, messageTrouble } = account.credentials
  const { root } = await call(account, {
    operation: 'messages.pull',
    method: 'taobao.tmc.messages.consume',
    session: false,
    params: { group_name: messageGroup, quantity: String(perPull) },
  })
  const messages = listIn(root, 'messages', 'tmc_message').map((row) => readAs('message', () => Message.parse(row)))
  const own = messages.filter((message) => !sellerNo || textOf(message.user_id) === sellerNo)
  if (own.length === 0 && messageTrouble) await permitMessages(account, 'messages.pull')
  return own.map(eventOf)
}

/** Asks the platform to keep this seller's messages for the app, all topics it subscribed to. Source: taobao.md 16.1 [doc M]. */
export async function permitMessages(account: TaobaoAccount, operation: string): Promise<void> {
  await call(account, { operation, method: 'taobao.tmc.user.permit', isWrite: true })
}

function eventOf(message: z.infer<typeof Message>): ChannelEvent {
  return {
    eventNo: textOf(message.id),
    type: textOf(message.topic),
    ...subjectOf(contentOf(textOf(message.content))),
  }
}

/** The content is a JSON text whose numbers exceed 2^53. */
function contentOf(text: string): Fields {
  try {
    return asFields(parseJson(text)) ?? {}
  } catch (error) {
    if (error instanceof SyntaxError) throw strange('消息内容不是 JSON', false, error)
    throw error
  }
}

/** Which trade and which refund a message or push is about. */
export function subjectOf(content: Fields): Pick<ChannelEvent, 'channelOrderNo' | 'channelCaseNo'> {
  return { channelOrderNo: numberText(content.tid), channelCaseNo: numberText(content.refund_id) }
}

function numberText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? textOrNull(value) : null
}

/** Confirmed messages do not come again. Confirming twice is harmless. Source: taobao.md 16.1 [doc M]. */
export const confirmMessages: Operations['messages.confirm'] = async (account, eventNos) => {
  for (let begin = 0; begin < eventNos.length; begin += perConfirm) {
    await call(account, {
      operation: 'messages.confirm',
      method: 'taobao.tmc.messages.confirm',
      session: false,
      params: {
        group_name: account.credentials.messageGroup,
        s_message_ids: eventNos.slice(begin, begin + perConfirm).join(','),
      },
    })
  }
}
