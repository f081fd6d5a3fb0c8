import { codeInvalid, refreshTokenExpired, refuse } from '../errors.ts'
import { type Grant, mall } from '../tokens.ts'
import { newGrant, type World } from '../world.ts'
import { type Call, type Operations, required } from './call.ts'

/** Tokens: pinduoduo.md 2, token.create.json. What the refresh's answer is called is [assumed]. */
export const tokenCalls: Operations = {
  'pdd.pop.auth.token.create': {
    root: 'pop_auth_token_create_response',
    isWrite: true,
    needsToken: false,
    run: create,
  },
  'pdd.pop.auth.token.refresh': {
    root: 'pop_auth_token_refresh_response',
    isWrite: true,
    needsToken: false,
    run: refresh,
  },
}

function create(call: Call): object {
  const { world } = call
  if (!world.tokens.takeCode(required(call, 'code'), world.clock.now())) throw refuse(codeInvalid)
  world.tokens.endAll()
  return grantTree(newGrant(world))
}

/** The old tokens end with it [assumed]. */
function refresh(call: Call): object {
  const { world } = call
  const old = heldBy(world, required(call, 'refresh_token'))
  world.tokens.end(old.accessToken)
  return grantTree(newGrant(world))
}

function heldBy({ tokens, clock }: World, refreshToken: string): Grant {
  const grant = tokens.refreshable(refreshToken, clock.now())
  if (grant === null) throw refuse(refreshTokenExpired)
  return grant
}

function grantTree({ accessToken, refreshToken, issuedAt, expiresAt, refreshableUntil }: Grant) {
  const seconds = (ms: number) => Math.floor(ms / 1000)
  return {
    access_token: accessToken,
    refresh_token: refreshToken ?? '',
    expires_in: seconds(expiresAt - issuedAt),
    expires_at: seconds(expiresAt),
    refresh_token_expires_in: seconds(refreshableUntil - issuedAt),
    refresh_token_expires_at: seconds(refreshableUntil),
    owner_id: mall.ownerId,
    owner_name: mall.ownerName,
    scope: ['pdd.order.list.get', 'pdd.logistics.online.send'],
  }
}
