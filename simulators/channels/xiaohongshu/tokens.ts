import { numberOf } from '../../aid/random.ts'

/** Invented, and the same as in the sheet's fixtures. */
export const app = { id: '5f1c9a7e2b3d4c6f8a90', secret: 'b7d3e1f09a8c4d52a6e7f8091b2c3d4e' } as const
export const seller = { id: '66a1b2c3d4e5f60718293a4b', name: '木白家居的小店' } as const

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
  /** The pair for a code. Null: unknown, too old, or used a while ago. */
  readonly redeem: (code: string, now: number, lives: Lives) => Pair | null
  /** By the table of xiaohongshu.md 3 [doc]. Null: authorise again. */
  readonly refresh: (refreshToken: string, now: number, lives: Lives) => Pair | null
  readonly check: (accessToken: string, now: number) => 'valid' | 'unknown' | 'expired'
  readonly end: (accessToken: string, now: number) => void
  /** Whether the latest authorisation still holds: without it nothing is pushed. */
  readonly isLive: (now: number) => boolean
}

const minuteMs = 60_000
const codeLifeMs = 10 * minuteMs
/** For so long a code that was used gives the same pair again; the sheet says "a short while" [assumed]. */
const codeAgainMs = minuteMs
const earliestRefreshMs = 30 * minuteMs
/** The old access token works on for so long [doc]; the old refresh token gives the new pair for as long [assumed]. */
const overlapMs = 5 * minuteMs

interface Code {
  readonly until: number
  used: { readonly pair: Pair; readonly at: number } | null
}

export function tokenStore(): Tokens {
  const byAccess = new Map<string, Pair>()
  const byRefresh = new Map<string, Pair>()
  const codes = new Map<string, Code>()
  let issued = 0
  let latest: Pair | null = null

  function grant(now: number, { accessMs, refreshMs }: Lives): Pair {
    issued += 1
    const pair: Pair = {
      accessToken: tokenText('token', issued),
      refreshToken: tokenText('refresh', issued),
      accessUntil: now + accessMs,
      refreshUntil: now + refreshMs,
      successor: null,
    }
    byAccess.set(pair.accessToken, pair)
    byRefresh.set(pair.refreshToken, pair)
    latest = pair
    return pair
  }

  function code(now: number): string {
    issued += 1
    const text = tokenText('code', issued)
    codes.set(text, { until: now + codeLifeMs, used: null })
    return text
  }

  function redeem(text: string, now: number, lives: Lives): Pair | null {
    const known = codes.get(text)
    if (known === undefined || now >= known.until) return null
    if (known.used !== null) return now - known.used.at <= codeAgainMs ? known.used.pair : null
    known.used = { pair: grant(now, lives), at: now }
    return known.used.pair
  }

  function refresh(refreshToken: string, now: number, lives: Lives): Pair | null {
    const old = byRefresh.get(refreshToken)
    if (old === undefined || now >= old.refreshUntil) return null
    if (old.successor !== null) return now - old.successor.at <= overlapMs ? old.successor.pair : null
    if (old.accessUntil - now > earliestRefreshMs) return old
    old.accessUntil = Math.min(old.accessUntil, now + overlapMs)
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

  return { grant, code, redeem, refresh, check, end, isLive: (now) => latest !== null && now < latest.accessUntil }
}

/** The `data` of both oauth methods. Source: xiaohongshu.md 3 [doc]. */
export function tokenData(pair: Pair): Readonly<Record<string, string | number>> {
  return {
    accessToken: pair.accessToken,
    accessTokenExpiresAt: pair.accessUntil,
    refreshToken: pair.refreshToken,
    refreshTokenExpiresAt: pair.refreshUntil,
    sellerId: seller.id,
    sellerName: seller.name,
  }
}

/** Invented, and the same at every start, so that the credentials of `about` hold after a reset. */
function tokenText(kind: 'token' | 'refresh' | 'code', count: number): string {
  const parts = [0, 1, 2, 3].map((part) => numberOf(`${kind}:${count}:${part}`).toString(16).padStart(8, '0'))
  return `${kind}-${parts.join('')}`
}
