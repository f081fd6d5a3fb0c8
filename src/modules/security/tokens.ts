import type { InputOf } from '../../contract/route.ts'
import type { ApiToken, createToken as createTokenRoute } from '../../contract/security.ts'
import { knownPermissions } from '../../core/access/grants.ts'
import { Failure } from '../../core/failures.ts'
import { type Instant, isoText } from '../../core/time/instant.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from './audit.ts'
import { refuseBeyond } from './people.ts'
import { newTokenSecret, secretHash } from './secrets.ts'
import * as store from './store/tokens.ts'

const dayMs = 24 * 3_600_000
/** How much of a token is shown to tell it from others: too little to guess the rest by. */
const shownLetters = 8

export async function listTokens(ctx: Ctx): Promise<{ tokens: ApiToken[] }> {
  return { tokens: (await store.listTokens(ctx.db)).map((token) => shown(token, ctx.now())) }
}

/** Makes a token for another program (接口令牌); `plain` is given this once. Throws PERMISSION_NEEDED. */
export async function createToken(
  outer: Ctx,
  input: InputOf<typeof createTokenRoute>,
): Promise<{ token: ApiToken; plain: string }> {
  refuseBeyond(outer, input.permissions)
  const plain = newTokenSecret()
  const token = await outer.tx(async (ctx) => {
    const at = ctx.now()
    const made = await store.insertToken(ctx.db, {
      name: input.name,
      start: plain.slice(0, shownLetters),
      secretHash: secretHash(plain),
      permissions: knownPermissions(input.permissions),
      createdBy: ctx.actor.name,
      at,
      expiresAt: input.expiresInDays === null ? null : at + input.expiresInDays * dayMs,
    })
    await audit(ctx, { deed: 'security.token-created', object: 'token', objectId: made.id, details: told(made) })
    return made
  })
  return { token: shown(token, outer.now()), plain }
}

/** Takes a token back, at once and for good. Throws TOKEN_NOT_FOUND. */
export async function revokeToken(
  outer: Ctx,
  { tokenId }: { readonly tokenId: number },
): Promise<Record<string, never>> {
  return outer.tx(async (ctx) => {
    const token = await store.revokeToken(ctx.db, tokenId, ctx.now())
    if (token === null) throw new Failure('TOKEN_NOT_FOUND')
    await audit(ctx, { deed: 'security.token-revoked', object: 'token', objectId: tokenId, details: told(token) })
    return {}
  })
}

const told = ({ name, permissions, expiresAt }: store.TokenRow) => ({
  name,
  permissions,
  expiresAt: isoOrNull(expiresAt),
})

const isoOrNull = (at: Instant | null) => (at === null ? null : isoText(at))

const shown = (token: store.TokenRow, now: Instant): ApiToken => ({
  id: token.id,
  name: token.name,
  start: `${token.start}…`,
  permissions: knownPermissions(token.permissions),
  createdBy: token.createdBy,
  createdAt: isoText(token.createdAt),
  expiresAt: isoOrNull(token.expiresAt),
  lastUsedAt: isoOrNull(token.lastUsedAt),
  revokedAt: isoOrNull(token.revokedAt),
  state: stateOf(token, now),
})

function stateOf({ revokedAt, expiresAt }: store.TokenRow, now: Instant): ApiToken['state'] {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'good'
}
