import { chance } from '../../aid/random.ts'

export type Permissions = 'read' | 'write' | 'read_write'

export interface Key {
  readonly id: number
  readonly consumerKey: string
  readonly consumerSecret: string
  readonly permissions: Permissions
  readonly expiresAt: number
}

/** The REST keys of the site. */
export interface Keys {
  /** Undefined for an unknown key and for one that no longer holds. */
  readonly find: (consumerKey: string) => Key | undefined
  readonly newest: () => Key
  readonly add: (wish?: { readonly permissions?: Permissions; readonly expiresInMs?: number }) => Key
  /** Back to the first key alone. */
  readonly reset: () => void
}

/** Keys by the seed, `ck_` and `cs_` with 40 hexadecimal digits, so that a restarted simulator knows its callers again. */
export function createKeys(seed: number, now: () => number): Keys {
  const dice = chance(`${seed}:keys`)
  const first = made(1, {})
  let keys: readonly Key[] = [first]

  function made(
    id: number,
    { permissions = 'read_write', expiresInMs = Number.POSITIVE_INFINITY }: Parameters<Keys['add']>[0] & {},
  ): Key {
    const digits = () => Array.from({ length: 40 }, () => dice.whole(0, 15).toString(16)).join('')
    const pair = { consumerKey: `ck_${digits()}`, consumerSecret: `cs_${digits()}` }
    return { id, ...pair, permissions, expiresAt: now() + expiresInMs }
  }

  return {
    find: (consumerKey) => keys.find((key) => key.consumerKey === consumerKey && key.expiresAt > now()),
    newest: () => keys[0]!,
    add: (wish = {}) => {
      const key = made(keys.length + 1, wish)
      keys = [key, ...keys]
      return key
    },
    reset: () => {
      keys = [first]
    },
  }
}
