import { chance } from '../../aid/random.ts'

/** The secrets shared with the order system. */
export interface Keys {
  /** Those that hold now, newest first. */
  readonly live: () => readonly string[]
  /** A further secret, beside the ones before it: the beginning of a rotation. */
  readonly add: (expiresInMs?: number) => string
  /** The end of a rotation: only the newest holds. */
  readonly dropOld: () => void
  /** Back to the first secret alone. */
  readonly reset: () => void
}

interface Key {
  readonly secret: string
  readonly expiresAt: number
}

/** Secrets of 32 bytes by the seed, so that a restarted simulator knows its callers again. Source: own-site.md 6.1 [doc SW]. */
export function createKeys(seed: number, now: () => number): Keys {
  const dice = chance(`${seed}:keys`)
  const first = newSecret()
  let keys: readonly Key[] = [{ secret: first, expiresAt: Number.POSITIVE_INFINITY }]

  function newSecret(): string {
    const bytes = Uint8Array.from({ length: 32 }, () => dice.whole(0, 255))
    return `whsec_${Buffer.from(bytes).toString('base64')}`
  }

  return {
    live: () => keys.filter(({ expiresAt }) => expiresAt > now()).map(({ secret }) => secret),
    add: (expiresInMs = Number.POSITIVE_INFINITY) => {
      const secret = newSecret()
      keys = [{ secret, expiresAt: now() + expiresInMs }, ...keys]
      return secret
    },
    dropOld: () => {
      keys = keys.slice(0, 1)
    },
    reset: () => {
      keys = [{ secret: first, expiresAt: Number.POSITIVE_INFINITY }]
    },
  }
}
