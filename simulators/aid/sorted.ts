/** Things kept in the order of a number that changes (the time of the last change), so that a span is found without a sort. */
export interface Sorted<T> {
  readonly add: (thing: T) => void
  /** Takes a thing out; call it before its number changes. */
  readonly remove: (thing: T) => void
  /** Positions of those with `from` ≤ number ≤ `to`: the first, and one past the last. */
  readonly span: (from: number, to: number) => readonly [number, number]
  readonly at: (position: number) => T
  readonly size: () => number
  readonly clear: () => void
}

/** Ties are in the order of adding; adding at the end, which is the rule, costs next to nothing. */
export function sortedBy<T>(number: (thing: T) => number): Sorted<T> {
  let things: T[] = []

  /** The first position whose number is at least `least`, or above it when `past` is set. */
  function find(least: number, past: boolean): number {
    let [low, high] = [0, things.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const value = number(things[middle]!)
      if (value < least || (past && value === least)) low = middle + 1
      else high = middle
    }
    return low
  }

  function remove(thing: T): void {
    const end = things.length
    for (let at = find(number(thing), false); at < end; at++) {
      if (things[at] !== thing) continue
      things.splice(at, 1)
      return
    }
  }

  return {
    add: (thing) => {
      const place = find(number(thing), true)
      if (place === things.length) things.push(thing)
      else things.splice(place, 0, thing)
    },
    remove,
    span: (from, to) => [find(from, false), find(to, true)],
    at: (position) => things[position]!,
    size: () => things.length,
    clear: () => {
      things = []
    },
  }
}
