/** How fast one caller may go: `burst` calls at once, then `perSecond`. */
export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

/** Kinds of call, each with a bucket of its own per caller. `open` needs no right and goes by address, as does `hook`. */
export type RateKind = 'read' | 'write' | 'file' | 'open' | 'hook'

/** Far above what a person or a fair integrator needs; a loop gone wild is slowed before it hurts the others. */
export const usualRates: Readonly<Record<RateKind, Rate>> = {
  read: { burst: 1_000, perSecond: 300 },
  write: { burst: 500, perSecond: 200 },
  file: { burst: 100, perSecond: 5 },
  open: { burst: 60, perSecond: 5 },
  hook: { burst: 3_000, perSecond: 500 },
}

interface Bucket {
  left: number
  at: number
}

const keptAtMost = 20_000

/** Token buckets in memory. `take` gives 0 when the call may go on, else the whole seconds to wait. `nowMs` never goes back. */
export function openRates(
  rates: Readonly<Record<RateKind, Rate>>,
  nowMs: () => number,
): { readonly take: (kind: RateKind, who: string) => number } {
  const buckets = new Map<string, Bucket>()

  function take(kind: RateKind, who: string): number {
    const { burst, perSecond } = rates[kind]
    const now = nowMs()
    const key = `${kind} ${who}`
    const bucket = buckets.get(key)
    const left = bucket ? Math.min(burst, bucket.left + ((now - bucket.at) / 1_000) * perSecond) : burst
    if (left < 1) return Math.max(1, Math.ceil((1 - left) / perSecond))
    // Set anew, so that the map stays in order of last use and the longest unused goes first.
    buckets.delete(key)
    buckets.set(key, { left: left - 1, at: now })
    if (buckets.size > keptAtMost) buckets.delete(buckets.keys().next().value ?? '')
    return 0
  }

  return { take }
}

/** The network a caller comes from: IPv4 as it is, of IPv6 the first 64 bits, since one customer holds all that follows. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  if (!address.includes(':')) return address
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const before = head.split(':').filter(Boolean)
  const after = (tail ?? '').split(':').filter(Boolean)
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0')
  const groups = [...before, ...zeros, ...after].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
