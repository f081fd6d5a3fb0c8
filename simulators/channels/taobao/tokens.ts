import { numberOf } from '../../aid/random.ts'

/** Security levels of the platform's calls: basic read, sensitive read, write, sensitive write. Source: taobao.md 2 [doc]. */
export type Level = 'r1' | 'r2' | 'w1' | 'w2'

const levels: readonly Level[] = ['r1', 'r2', 'w1', 'w2']

export const app = { key: '21380915', secret: 'b7d1e4a9056c48f2937be1604d2ac85f' } as const
export const seller = {
  userId: '2200000000915',
  nick: '木白家居旗舰店',
  openUid: 'AAGmubaiAEx2dLmP0cZshop1',
  subUserId: '2200000000916',
  subNick: '木白家居旗舰店:统单',
} as const

export interface Grant {
  readonly accessToken: string
  /** Null when the seller must authorise again. */
  readonly refreshToken: string | null
  readonly expiresAt: number
  readonly refreshUntil: number
  readonly levelUntil: Readonly<Record<Level, number>>
  readonly isSubAccount: boolean
  /** Set when the platform ended it before its time. */
  ended: boolean
}

export interface GrantWish {
  readonly now: number
  readonly lifeMs: number
  readonly levelMs: Readonly<Partial<Record<Level, number>>>
  readonly refreshable: boolean
  readonly isSubAccount: boolean
}

export type SessionCheck = { readonly kind: 'valid'; readonly grant: Grant } | { readonly kind: 'unknown' | 'expired' }

export interface Tokens {
  readonly grant: (wish: GrantWish) => Grant
  /** A code for one use, good for 30 minutes [assumed]. */
  readonly code: (redirectUri: string, now: number) => string
  /** False: unknown, used, too old, or made for another address (null: not asked). */
  readonly takeCode: (code: string, redirectUri: string | null, now: number) => boolean
  /** The grant behind a refresh token that still holds. */
  readonly refreshable: (refreshToken: string, now: number) => Grant | null
  readonly check: (accessToken: string, level: Level, now: number) => SessionCheck
  readonly end: (accessToken: string) => void
}

const codeLifeMs = 30 * 60_000

export function tokenStore(): Tokens {
  const grants = new Map<string, Grant>()
  const byRefresh = new Map<string, Grant>()
  const codes = new Map<string, { readonly redirectUri: string; readonly until: number }>()
  let issued = 0

  function grant(wish: GrantWish): Grant {
    issued += 1
    const made = makeGrant(wish, issued)
    grants.set(made.accessToken, made)
    if (made.refreshToken !== null) byRefresh.set(made.refreshToken, made)
    return made
  }

  function code(redirectUri: string, now: number): string {
    issued += 1
    const text = tokenText('code', issued).slice(0, 28)
    codes.set(text, { redirectUri, until: now + codeLifeMs })
    return text
  }

  function takeCode(text: string, redirectUri: string | null, now: number): boolean {
    const known = codes.get(text)
    if (known === undefined || now > known.until) return false
    if (redirectUri !== null && redirectUri !== known.redirectUri) return false
    return codes.delete(text)
  }

  function refreshable(refreshToken: string, now: number): Grant | null {
    const known = byRefresh.get(refreshToken)
    return known !== undefined && now < known.refreshUntil ? known : null
  }

  function end(accessToken: string): void {
    const known = grants.get(accessToken)
    if (known !== undefined) known.ended = true
  }

  const check = (accessToken: string, level: Level, now: number) => checkGrant(grants.get(accessToken), level, now)
  return { grant, code, takeCode, refreshable, check, end }
}

function makeGrant(wish: GrantWish, count: number): Grant {
  const until = (ms: number | undefined) => wish.now + Math.min(ms ?? wish.lifeMs, wish.lifeMs)
  const { r1, r2, w1, w2 } = wish.levelMs
  return {
    accessToken: tokenText('6200', count),
    refreshToken: wish.refreshable ? tokenText('6201', count) : null,
    expiresAt: wish.now + wish.lifeMs,
    refreshUntil: wish.refreshable ? wish.now + Math.max(wish.lifeMs, dayMs) : wish.now,
    levelUntil: { r1: until(r1), r2: until(r2), w1: until(w1), w2: until(w2) },
    isSubAccount: wish.isSubAccount,
    ended: false,
  }
}

function checkGrant(grant: Grant | undefined, level: Level, now: number): SessionCheck {
  if (grant === undefined) return { kind: 'unknown' }
  const isOver = grant.ended || now >= grant.expiresAt || now >= grant.levelUntil[level]
  return isOver ? { kind: 'expired' } : { kind: 'valid', grant }
}

const dayMs = 86_400_000

/**
 * The token object: taobao.md 2 and fixtures/taobao/oauth_token.json. A token that cannot be refreshed says so by
 * `re_expires_in` 0 and has no refresh token.
 */
export function tokenObject(grant: Grant, now: number): Readonly<Record<string, string | number>> {
  const seconds = (until: number) => Math.max(0, Math.round((until - now) / 1000))
  const byLevel = levels.flatMap((level) => [
    [`${level}_expires_in`, seconds(grant.levelUntil[level])] as const,
    [`${level}_valid`, grant.levelUntil[level]] as const,
  ])
  const sub = { sub_taobao_user_id: seller.subUserId, sub_taobao_user_nick: encodeURIComponent(seller.subNick) }
  return {
    ...Object.fromEntries(byLevel),
    re_expires_in: grant.refreshToken === null ? 0 : seconds(grant.refreshUntil),
    expires_in: seconds(grant.expiresAt),
    token_type: 'Bearer',
    access_token: grant.accessToken,
    ...(grant.refreshToken === null
      ? {}
      : { refresh_token: grant.refreshToken, refresh_token_valid_time: grant.refreshUntil }),
    taobao_user_id: seller.userId,
    taobao_user_nick: encodeURIComponent(seller.nick),
    taobao_open_uid: seller.openUid,
    expire_time: grant.expiresAt,
    ...(grant.isSubAccount ? sub : {}),
  }
}

/** Invented, and the same at every start, so that the credentials of `about` hold after a reset. */
function tokenText(head: string, count: number): string {
  const middle = [0, 1, 2, 3].map((part) => numberOf(`${head}:${count}:${part}`).toString(16).padStart(8, '0')).join('')
  return `${head}${middle}${seller.userId}`
}
