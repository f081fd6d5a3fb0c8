import { invalidArgument, refuse } from '../errors.ts'
import { selectionOf } from '../fields.ts'
import { messageList } from '../messages.ts'
import { type Branch, timeText, whole } from '../text.ts'
import { app, type Grant, seller, tokenObject } from '../tokens.ts'
import { newGrant, refreshGrant, type World } from '../world.ts'
import { asApp, type Call, type Operations, optional, reads, required, wholeArgument, writes } from './call.ts'

/** The shop itself, the clock, tokens and messages: taobao.md 2, 14, 16. */
export const shopCalls: Operations = {
  'taobao.time.get': asApp(({ world }) => ({ time: timeText(world.clock.now()) })),
  'taobao.user.seller.get': reads(shop),
  'taobao.top.auth.token.create': asApp(createToken),
  'taobao.top.auth.token.refresh': asApp(refreshToken),
  'taobao.tmc.user.permit': writes(permit),
  'taobao.tmc.messages.consume': asApp(consume),
  'taobao.tmc.messages.confirm': asApp(confirm),
}

function shop(call: Call): Branch {
  const { own } = selectionOf(required(call, 'fields'))
  const user = {
    user_id: whole(seller.userId),
    nick: seller.nick,
    type: call.world.settings.sellerType,
    has_shop: true,
    status: 'normal',
  }
  return { user: Object.fromEntries(Object.entries(user).filter(([name]) => own.has(name))) }
}

/** What a wrong code or refresh token is answered with is [assumed]. */
function createToken(call: Call): Branch {
  const { world } = call
  const code = required(call, 'code')
  if (!world.tokens.takeCode(code, null, world.clock.now())) throw refuse(invalidArgument('code', '授权码无效或已过期'))
  return tokenResult(world, newGrant(world))
}

function refreshToken(call: Call): Branch {
  const { world } = call
  const grant = refreshGrant(world, required(call, 'refresh_token'))
  if (grant === null) throw refuse(invalidArgument('refresh_token', 'refresh_token无效或已过期'))
  return tokenResult(world, grant)
}

function tokenResult(world: World, grant: Grant): Branch {
  return { token_result: JSON.stringify(tokenObject(grant, world.clock.now())) }
}

const mostTopics = 100

function permit(call: Call): Branch {
  const topics = optional(call, 'topics')?.split(',')
  if (topics !== undefined && topics.length > mostTopics) throw refuse(invalidArgument('topics'))
  if (!call.pretend) call.world.messages.permit(topics ?? null)
  return { is_success: true }
}

function consume(call: Call): Branch {
  const group = optional(call, 'group_name') ?? 'default'
  if (group !== 'default') throw refuse(invalidArgument('group_name'))
  const quantity = wholeArgument(call, 'quantity', { least: 10, most: 200, otherwise: 100 })
  const messages = call.world.messages.consume(quantity, call.world.clock.elapsed())
  return { messages: messageList(messages, { appKey: app.key, userId: seller.userId, nick: seller.nick }) }
}

const mostConfirmed = 200

function confirm(call: Call): Branch {
  const ids = required(call, 's_message_ids').split(',')
  if (ids.length > mostConfirmed || ids.some((id) => !/^\d+$/.test(id))) throw refuse(invalidArgument('s_message_ids'))
  call.world.messages.confirm(ids)
  return { is_success: true }
}
