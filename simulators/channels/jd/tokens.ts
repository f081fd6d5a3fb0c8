import { numberOf } from '../../aid/random.ts'

export const app = { key: '7D4A19C2F05B4E8691D3A7C6E0B85F24', secret: '5c0e9f7a31d84b26a8e4f19d07c3b562' } as const
export const seller = {
  venderId: 10_915_001,
  shopId: 20_915_001,
  name: '木白家居旗舰店',
  openId: 'MubaiOpenIdSeller0000000000000000000000000915',
  uid: '8400000915',
  xid: 'o*AATmubaiXidSeller0915',
} as const

export interface Grant {
  readonly accessToken: string
  /** Null when the seller must authorise again. */
  readonly refreshToken: string | null
  readonly issuedAt: number
  readonly expiresAt: number
  /** Set when the platform ended it before its time. */
  ended: boolean
}

export interface GrantWish {
  readonly now: number
  readonly lifeMs: number
  readonly refreshable: boolean
}

export interface Tokens {
  readonly grant: (wish: GrantWish) => Grant
  /** A code for one use, good for ten minutes [assumed]. */
  readonly code: (now: number) => string
  /** False: unknown, used, or too old. */
  readonly takeCode: (code: string, now: number) => boolean
  /** The grant behind a refresh token; it can be refreshed before it expires and not after. Source: jd.md 2 [doc]. */
  readonly refreshable: (refreshToken: string, now: number) => Grant | null
  readonly holds: (accessToken: string, now: number) => boolean
  readonly end: (accessToken: string) => void
}

const codeLifeMs = 10 * 60_000

export function tokenStore(): Tokens {
  const grants = new Map<string, Grant>()
  const byRefresh = new Map<string, Grant>()
  const codes = new Map<string, number>()
  let issued = 0

  function grant({ now, lifeMs, refreshable }: GrantWish): Grant {
    issued += 1
    const made: Grant = {
      accessToken: tokenText('access', issued),
      refreshToken: refreshable ? tokenText('refresh', issued) : null,
      issuedAt: now,
      expiresAt: now + lifeMs,
      ended: false,
    }
    grants.set(made.accessToken, made)
    if (made.refreshToken !== null) byRefresh.set(made.refreshToken, made)
    return made
  }

  function code(now: number): string {
    issued += 1
    const text = tokenText('code', issued).slice(0, 6)
    codes.set(text, now + codeLifeMs)
    return text
  }

  function takeCode(text: string, now: number): boolean {
    const until = codes.get(text)
    codes.delete(text)
    return until !== undefined && now < until
  }

  const isOver = ({ ended, expiresAt }: Grant, now: number) => ended || now >= expiresAt

  function refreshable(refreshToken: string, now: number): Grant | null {
    const found = byRefresh.get(refreshToken)
    return found === undefined || isOver(found, now) ? null : found
  }

  function holds(accessToken: string, now: number): boolean {
    const found = grants.get(accessToken)
    return found !== undefined && !isOver(found, now)
  }

  function end(accessToken: string): void {
    const found = grants.get(accessToken)
    if (found !== undefined) found.ended = true
  }

  return { grant, code, takeCode, refreshable, holds, end }
}

/** Invented, and the same at every start, so that the credentials of `about` hold after a reset. */
function tokenText(head: string, count: number): string {
  const parts = [0, 1, 2, 3].map((part) => numberOf(`jd:${head}:${count}:${part}`).toString(16).padStart(8, '0'))
  return `${parts.join('')}${head.slice(0, 1)}mb1`
}
