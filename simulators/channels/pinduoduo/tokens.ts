import { numberOf } from '../../aid/random.ts'

export const app = {
  id: '1f0e9d8c7b6a45d4928374650a1b2c3d',
  secret: '9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0c',
} as const
export const mall = { ownerId: '998877', ownerName: '木白家居旗舰店' } as const

export interface Grant {
  readonly accessToken: string
  /** Null when the merchant must authorise again. */
  readonly refreshToken: string | null
  readonly issuedAt: number
  readonly expiresAt: number
  readonly refreshableUntil: number
  /** Set when the platform ended it before its time. */
  ended: boolean
}

export interface GrantWish {
  readonly now: number
  readonly lifeMs: number
  /** Null: it cannot be refreshed. */
  readonly refreshMs: number | null
}

export interface Tokens {
  readonly grant: (wish: GrantWish) => Grant
  /** A code for one use, good for ten minutes. Source: pinduoduo.md 2 [doc]. */
  readonly code: (now: number) => string
  /** False: unknown, used, or too old. */
  readonly takeCode: (code: string, now: number) => boolean
  /** The grant behind a refresh token that holds. */
  readonly refreshable: (refreshToken: string, now: number) => Grant | null
  readonly state: (accessToken: string, now: number) => 'holds' | 'over' | 'unknown'
  readonly end: (accessToken: string) => void
  /** Authorising again kills older tokens. Source: pinduoduo.md 2 [doc]. */
  readonly endAll: () => void
}

const codeLifeMs = 10 * 60_000

export function tokenStore(): Tokens {
  const grants = new Map<string, Grant>()
  const byRefresh = new Map<string, Grant>()
  const codes = new Map<string, number>()
  let issued = 0

  function grant({ now, lifeMs, refreshMs }: GrantWish): Grant {
    issued += 1
    const made: Grant = {
      accessToken: tokenText('at', issued),
      refreshToken: refreshMs === null ? null : tokenText('rt', issued),
      issuedAt: now,
      expiresAt: now + lifeMs,
      refreshableUntil: now + (refreshMs ?? 0),
      ended: false,
    }
    grants.set(made.accessToken, made)
    if (made.refreshToken !== null) byRefresh.set(made.refreshToken, made)
    return made
  }

  function code(now: number): string {
    issued += 1
    const text = tokenText('code', issued)
    codes.set(text, now + codeLifeMs)
    return text
  }

  function takeCode(text: string, now: number): boolean {
    const until = codes.get(text)
    codes.delete(text)
    return until !== undefined && now < until
  }

  function refreshable(refreshToken: string, now: number): Grant | null {
    const found = byRefresh.get(refreshToken)
    return found === undefined || found.ended || now >= found.refreshableUntil ? null : found
  }

  function state(accessToken: string, now: number): 'holds' | 'over' | 'unknown' {
    const found = grants.get(accessToken)
    if (found === undefined) return 'unknown'
    return found.ended || now >= found.expiresAt ? 'over' : 'holds'
  }

  const end = (accessToken: string) => {
    const found = grants.get(accessToken)
    if (found !== undefined) found.ended = true
  }
  return { grant, code, takeCode, refreshable, state, end, endAll: () => [...grants.keys()].forEach(end) }
}

/** Invented, and the same at every start, so that the credentials of `about` hold after a reset. */
function tokenText(head: string, count: number): string {
  const parts = [0, 1, 2].map((part) => numberOf(`pinduoduo:${head}:${count}:${part}`).toString(16).padStart(8, '0'))
  return parts.join('') + head
}
