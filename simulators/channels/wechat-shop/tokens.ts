import { type Chance, chance } from '../../aid/random.ts'

/** An app of the platform: the shop's own, or the mini-program's. Their keys are never mixed. */
export interface App {
  readonly kind: 'shop' | 'mini-program'
  readonly appId: string
  readonly secret: string
}
export type Apps = readonly [shop: App, miniProgram: App]

/** Both apps by the seed of the program's start, so that who is connected stays connected. */
export function appsOf(seed: number): Apps {
  const dice = chance(`${seed}:apps`)
  return [
    { kind: 'shop', appId: `wx${hex(dice, 16)}`, secret: hex(dice, 32) },
    { kind: 'mini-program', appId: `wx${hex(dice, 16)}`, secret: hex(dice, 32) },
  ]
}

interface Token {
  readonly text: string
  readonly app: App
  expiresAt: number
  /** Another has taken its place by force: no longer the latest. */
  isReplaced: boolean
}

export interface Issued {
  readonly accessToken: string
  readonly expiresInSeconds: number
}

/** Who stands behind a token; or the code of the refusal. */
export type Checked = { readonly app: App } | { readonly errcode: number }

export interface Tokens {
  /** The stable token: the same until its last five minutes. Source: wechat-shop.md 1 [doc]. */
  readonly stable: (app: App, now: number, lifeSeconds: number) => Issued
  /** A new stable token; the one before ends at once. Null: too often (20 a day, 30 s apart). */
  readonly forced: (app: App, now: number, lifeSeconds: number) => Issued | 'too-soon' | 'too-often'
  /** The classic token: always a new one, the one before lives five minutes more. */
  readonly classic: (app: App, now: number, lifeSeconds: number) => Issued
  /** A token beside all others, for a test. */
  readonly extra: (app: App, now: number, lifeMs: number) => string
  readonly check: (text: string | null, now: number) => Checked
}

const overlapMs = 300_000
const forcedApartMs = 30_000
const forcedPerDay = 20
const dayMs = 86_400_000

/**
 * Tokens of all apps; expired 42001, unknown and replaced 40001, malformed 40014, missing 41001. Source: wechat-shop.md
 * 2, 15.
 */
export function tokenStore(seed: number): Tokens {
  const dice = chance(`${seed}:tokens`)
  const all = new Map<string, Token>()
  const latest = new Map<string, Token>()
  const forcedAt = new Map<string, readonly number[]>()

  function issue(app: App, expiresAt: number): Token {
    const token = { text: `90_${letters(dice, 133)}`, app, expiresAt, isReplaced: false }
    all.set(token.text, token)
    return token
  }

  function next(kind: string, app: App, expiresAt: number): Token {
    const token = issue(app, expiresAt)
    latest.set(`${kind}/${app.appId}`, token)
    return token
  }

  function stable(app: App, now: number, lifeSeconds: number): Issued {
    const held = latest.get(`stable/${app.appId}`)
    const isGood = held !== undefined && held.expiresAt - now >= overlapMs
    return issuedOf(isGood ? held : next('stable', app, now + lifeSeconds * 1000), now)
  }

  function forced(app: App, now: number, lifeSeconds: number): Issued | 'too-soon' | 'too-often' {
    const times = (forcedAt.get(app.appId) ?? []).filter((at) => at > now - dayMs)
    if (times.length >= forcedPerDay) return 'too-often'
    if (times.some((at) => at > now - forcedApartMs)) return 'too-soon'
    forcedAt.set(app.appId, [...times, now])
    const held = latest.get(`stable/${app.appId}`)
    if (held !== undefined) held.isReplaced = true
    return issuedOf(next('stable', app, now + lifeSeconds * 1000), now)
  }

  function classic(app: App, now: number, lifeSeconds: number): Issued {
    const held = latest.get(`classic/${app.appId}`)
    if (held !== undefined) held.expiresAt = Math.min(held.expiresAt, now + overlapMs)
    return issuedOf(next('classic', app, now + lifeSeconds * 1000), now)
  }

  function check(text: string | null, now: number): Checked {
    if (text === null || text === '') return { errcode: 41001 }
    if (!/^[\w-]{1,512}$/.test(text)) return { errcode: 40014 }
    const token = all.get(text)
    if (token === undefined || token.isReplaced) return { errcode: 40001 }
    return token.expiresAt <= now ? { errcode: 42001 } : { app: token.app }
  }

  return { stable, forced, classic, extra: (app, now, lifeMs) => issue(app, now + lifeMs).text, check }
}

function issuedOf({ text, expiresAt }: Token, now: number): Issued {
  return { accessToken: text, expiresInSeconds: Math.floor((expiresAt - now) / 1000) }
}

function hex(dice: Chance, length: number): string {
  return Array.from({ length }, () => dice.whole(0, 15).toString(16)).join('')
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Letters and digits by chance. */
export function letters(dice: Chance, length: number): string {
  return Array.from({ length }, () => alphabet[dice.whole(0, alphabet.length - 1)]!).join('')
}
