import { type ApiRefusal, refuse } from '../errors.ts'
import type { App, Issued } from '../tokens.ts'
import type { World } from '../world.ts'
import { type Branch, badArgument, type Call, type Operations, optionalFlag } from './call.ts'

/** Source: wechat-shop.md 1, 2. Their answers have no errcode. */
export const tokenCalls: Operations = {
  'cgi-bin/stable_token': { method: 'POST', app: 'none', isWrite: false, run: stable },
  'cgi-bin/token': { method: 'GET', app: 'none', isWrite: false, run: classic },
}

const dailyUsed = 45009
const minuteUsed = 45011

function stable({ world, body }: Call): Branch {
  const app = appOf(world, (name) => body[name])
  const { tokens, clock, settings } = world
  if (optionalFlag(body, 'force_refresh') !== true)
    return answerOf(tokens.stable(app, clock.now(), settings.tokenSeconds))
  const issued = tokens.forced(app, clock.now(), settings.tokenSeconds)
  if (issued === 'too-often' || issued === 'too-soon') throw broken(world, issued)
  return answerOf(issued)
}

function classic({ world, query }: Call): Branch {
  const app = appOf(world, (name) => query.get(name) ?? undefined)
  return answerOf(world.tokens.classic(app, world.clock.now(), world.settings.tokenSeconds))
}

/** Which codes answer a token forced too often is [assumed]. */
function broken(world: World, how: 'too-often' | 'too-soon'): ApiRefusal {
  world.flow.blame()
  return refuse(how === 'too-often' ? dailyUsed : minuteUsed)
}

/** Who asks, by AppID and secret. A wrong grant_type is a bad argument [assumed]. */
function appOf({ apps, settings }: World, given: (name: string) => unknown): App {
  if (given('grant_type') !== 'client_credential') throw refuse(badArgument)
  if (!isText(given('appid'))) throw refuse(41002)
  if (!isText(given('secret'))) throw refuse(41004)
  const app = apps.find(({ appId }) => appId === given('appid'))
  if (app === undefined) throw refuse(40013)
  if (settings.isSecretFrozen) throw refuse(40243)
  if (app.secret !== given('secret')) throw refuse(40125)
  if (!settings.isCallerAllowed) throw refuse(61004)
  return app
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function answerOf({ accessToken, expiresInSeconds }: Issued): Branch {
  return { access_token: accessToken, expires_in: expiresInSeconds }
}
