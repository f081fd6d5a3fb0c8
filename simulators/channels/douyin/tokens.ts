import { numberOf } from '../../aid/random.ts'
import type { Branch } from './text.ts'

/** Invented, and the same as in the sheet's fixtures. */
export const app = { key: '7012345678901234567', secret: '2f6d1c8e-INVENTED-4b7a-9e03-5d1f0a2b3c4d' } as const
export const shop = { id: 1_234_567, name: '青屿食品（虚构）' } as const

/** Both tokens of one authorisation; times in ms. */
export interface Pair {
  readonly accessToken: string
  readonly refreshToken: string
  readonly refreshUntil: number
  accessUntil: number
  /** The pair that took its place, and when. */
  successor: { readonly pair: Pair; readonly at: number } | null
}

export interface Lives {
  readonly accessMs: number
  /** 0: the pair cannot be refreshed. */
  readonly refreshMs: number
}

export interface Tokens {
  readonly grant: (now: number, lives: Lives) => Pair
  readonly code: (now: number) => string
  /** The pair for a code, which works once [assumed]. Null: unknown, too old or used. */
  readonly redeem: (code: string, now: number, lives: Lives) => Pair | null
  /** Null: authorise again. Source: douyin.md 2 [doc]. */
  readonly refresh: (refreshToken: string, now: number, lives: Lives) => Pair | null
  readonly check: (accessToken: string, now: number) => 'valid' | 'unknown' | 'expired'
  readonly end: (accessToken: string, now: number) => void
}

const hourMs = 3_600_000
/** [assumed] */
const codeLifeMs = 10 * 60_000

export function tokenStore(): Tokens {
  const byAccess = new Map<string, Pair>()
  const byRefresh = new Map<string, Pair>()
  const codes = new Map<string, number>()
  let issued = 0

  function grant(now: number, { accessMs, refreshMs }: Lives): Pair {
    issued += 1
    const pair: Pair = {
      accessToken: tokenText('dy-at', issued),
      refreshToken: tokenText('dy-rt', issued),
      accessUntil: now + accessMs,
      refreshUntil: now + refreshMs,
      successor: null,
    }
    byAccess.set(pair.accessToken, pair)
    byRefresh.set(pair.refreshToken, pair)
    return pair
  }

  function code(now: number): string {
    issued += 1
    const text = tokenText('dy-code', issued)
    codes.set(text, now + codeLifeMs)
    return text
  }

  function redeem(text: string, now: number, lives: Lives): Pair | null {
    const until = codes.get(text) ?? 0
    codes.delete(text)
    return now < until ? grant(now, lives) : null
  }

  /** The old refresh token gives the new pair for as long as the old access token works on [assumed]. */
  function refresh(refreshToken: string, now: number, lives: Lives): Pair | null {
    const old = byRefresh.get(refreshToken)
    if (old === undefined || now >= old.refreshUntil) return null
    if (old.successor !== null) return now - old.successor.at < hourMs ? old.successor.pair : null
    if (old.accessUntil - now > hourMs) return old
    if (now < old.accessUntil) old.accessUntil = now + hourMs
    old.successor = { pair: grant(now, lives), at: now }
    return old.successor.pair
  }

  function check(accessToken: string, now: number): 'valid' | 'unknown' | 'expired' {
    const pair = byAccess.get(accessToken)
    if (pair === undefined) return 'unknown'
    return now < pair.accessUntil ? 'valid' : 'expired'
  }

  function end(accessToken: string, now: number): void {
    const pair = byAccess.get(accessToken)
    if (pair !== undefined) pair.accessUntil = Math.min(pair.accessUntil, now)
  }

  return { grant, code, redeem, refresh, check, end }
}

/** The `data` of both token methods. Source: fixture token.create [doc]; `expires_in` counts down [assumed]. */
export function tokenData(pair: Pair, now: number): Branch {
  return {
    access_token: pair.accessToken,
    expires_in: Math.floor((pair.accessUntil - now) / 1000),
    refresh_token: pair.refreshToken,
    scope: 'SCOPE',
    shop_id: shop.id,
    shop_name: shop.name,
    authority_id: '',
    encrypt_operator: '',
    operator_name: '',
  }
}

/** Invented, and the same at every start, so that the credentials of `about` hold after a reset. */
function tokenText(kind: 'dy-at' | 'dy-rt' | 'dy-code', count: number): string {
  const parts = [0, 1, 2, 3].map((part) => numberOf(`${kind}:${count}:${part}`).toString(16).padStart(8, '0'))
  return `${kind}-${parts.join('')}`
}
