/** Chance that repeats: the same seed gives the same sequence on every machine. */
export interface Chance {
  /** At least 0, less than 1. */
  readonly fraction: () => number
  /** A whole number, both ends included. */
  readonly whole: (least: number, most: number) => number
  readonly happens: (rate: number) => boolean
  /** Throws RangeError on an empty list. */
  readonly pick: <T>(list: readonly T[]) => T
  readonly shuffled: <T>(list: readonly T[]) => T[]
  /** Decimal digits, the first never 0. */
  readonly digits: (length: number) => string
}

/** A sequence of its own for every seed. Text is taken as well, so that `chance(`${seed}:buyers`)` is one of many. */
export function chance(seed: number | string): Chance {
  const fraction = sequence(String(seed))
  const whole = (least: number, most: number) => least + Math.floor(fraction() * (most - least + 1))

  function pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('nothing to pick from')
    return list[whole(0, list.length - 1)]!
  }

  function shuffled<T>(list: readonly T[]): T[] {
    const mixed = [...list]
    for (let last = mixed.length - 1; last > 0; last--) {
      const other = whole(0, last)
      const kept = mixed[last]!
      mixed[last] = mixed[other]!
      mixed[other] = kept
    }
    return mixed
  }

  return {
    fraction,
    whole,
    happens: (rate) => fraction() < rate,
    pick,
    shuffled,
    digits: (length) => Array.from({ length }, (_, place) => whole(place === 0 ? 1 : 0, 9)).join(''),
  }
}

/** A whole number of 32 bits that stands for a text (FNV-1a), for what must depend on a name and not on the order of asking. */
export function numberOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** The generator sfc32, seeded by four hashes of the text and warmed up. */
function sequence(seed: string): () => number {
  let [a, b, c, count] = [numberOf(`${seed}/a`), numberOf(`${seed}/b`), numberOf(`${seed}/c`), 1]
  const next = () => {
    const sum = (((a + b) | 0) + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 0x1_0000_0000
  }
  for (let round = 0; round < 12; round++) next()
  return next
}
