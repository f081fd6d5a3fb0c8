import { createHash } from 'node:crypto'
import { chance } from '../../aid/random.ts'

/** API keys of the shop. Source: own-site.md 4 [sdk V]; their form is [assumed]. */
export interface Keys {
  /** The newest that holds; null when none does. */
  readonly newest: () => string | null
  readonly holds: (key: string) => boolean
  readonly add: (expiresInMs?: number) => string
  /** Back to the first key alone. */
  readonly reset: () => void
}

/** The token of the one sales channel, which is the default as well. Invented. */
export const channelToken = 'mubai-default-channel'

/** Keys by the seed, so that a restarted simulator knows its callers again. */
export function keyStore(seed: number, now: () => number): Keys {
  const dice = chance(`${seed}:keys`)
  const newKey = () => createHash('sha256').update(dice.digits(16)).digest('hex').slice(0, 48)
  const first = { key: newKey(), until: Number.POSITIVE_INFINITY }
  let kept = [first]
  return {
    newest: () => kept.find(({ until }) => until > now())?.key ?? null,
    holds: (key) => kept.some((each) => each.key === key && each.until > now()),
    add: (expiresInMs = Number.POSITIVE_INFINITY) => {
      const key = newKey()
      kept = [{ key, until: now() + expiresInMs }, ...kept]
      return key
    },
    reset: () => {
      kept = [first]
    },
  }
}

/** The secret that the subscriber beside the shop signs with. Source: own-site.md 6.1. */
export function secretOf(seed: number): string {
  return `whsec_${createHash('sha256').update(`${seed}:vendure secret`).digest('base64')}`
}
