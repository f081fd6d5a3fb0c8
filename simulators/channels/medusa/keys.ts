import { chance } from '../../aid/random.ts'

/** The secret API keys of the shop. A key does not expire by itself; one may be given that does, for tests. Source: own-site.md 5, Auth. */
export interface Keys {
  readonly isLive: (secretKey: string) => boolean
  readonly newest: () => string
  readonly add: (expiresInMs?: number) => void
  /** Back to the first key alone. */
  readonly reset: () => void
}

interface Key {
  readonly secretKey: string
  readonly expiresAt: number
}

/** Keys by the seed, so that a restarted simulator knows its callers again. */
export function createKeys(seed: number, now: () => number): Keys {
  const dice = chance(`${seed}:keys`)
  const made = (expiresAt: number): Key => {
    const digits = Array.from({ length: 64 }, () => dice.whole(0, 15).toString(16))
    return { secretKey: `sk_${digits.join('')}`, expiresAt }
  }
  const first = made(Number.POSITIVE_INFINITY)
  let keys: readonly Key[] = [first]

  return {
    isLive: (secretKey) => keys.some((key) => key.secretKey === secretKey && key.expiresAt > now()),
    newest: () => keys[0]!.secretKey,
    add: (expiresInMs = Number.POSITIVE_INFINITY) => {
      keys = [made(now() + expiresInMs), ...keys]
    },
    reset: () => {
      keys = [first]
    },
  }
}
