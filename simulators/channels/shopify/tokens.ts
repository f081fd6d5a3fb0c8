import { createHash } from 'node:crypto'
import { chance } from '../../aid/random.ts'

/** Access tokens of the app, and the codes that OAuth turns into one. */
export interface Tokens {
  /** The newest that holds; null when none does. */
  readonly newest: () => string | null
  readonly holds: (token: string) => boolean
  readonly add: (expiresInMs?: number) => string
  readonly newCode: () => string
  /** A token for a code, once. Null: no such code, or it was used. */
  readonly redeem: (code: string) => string | null
  /** Back to the first token alone. */
  readonly reset: () => void
}

/** The app as Shopify knows it; its secret signs webhooks and callbacks. Both are invented. */
export const app = {
  key: 'c0ffee00c0ffee00c0ffee00c0ffee00',
  secretOf: (seed: number) => `shpss_${hexOf(`${seed}:secret`)}`,
}

/** Tokens by the seed, so that a restarted simulator knows its callers again. */
export function tokenStore(seed: number, now: () => number): Tokens {
  const dice = chance(`${seed}:tokens`)
  const newToken = () => `shpat_${hexOf(dice.digits(12))}`
  const first = { token: newToken(), until: Number.POSITIVE_INFINITY }
  let kept = [first]
  const codes = new Set<string>()

  function add(expiresInMs = Number.POSITIVE_INFINITY): string {
    const token = newToken()
    kept = [{ token, until: now() + expiresInMs }, ...kept]
    return token
  }
  return {
    newest: () => kept.find(({ until }) => until > now())?.token ?? null,
    holds: (token) => kept.some((each) => each.token === token && each.until > now()),
    add,
    newCode: () => {
      const code = hexOf(dice.digits(12))
      codes.add(code)
      return code
    },
    redeem: (code) => (codes.delete(code) ? add() : null),
    reset: () => {
      kept = [first]
      codes.clear()
    },
  }
}

function hexOf(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
