/** Something that is listed by when it changed last. */
export interface Row {
  readonly id: string
  readonly modifiedAt: number
}

/** A place in the order of (modifiedAt, id). */
export interface Place {
  readonly modifiedAt: number
  readonly id: string
}

export interface PageRequest<R> {
  /** First change to be listed, itself included. */
  readonly since: number
  /** Last row already seen; null on the first page. */
  readonly after: Place | null
  readonly limit: number
  readonly shows: (row: R) => boolean
}
export interface Page<R> {
  readonly rows: readonly R[]
  /** Where the next page begins; null when there is none. */
  readonly next: Place | null
}

export interface Ledger<R extends Row> {
  readonly get: (id: string) => R | null
  readonly put: (row: R) => void
  /** When a change made now counts as made: later than the row's last change and than every page after which more is to come. */
  readonly stamp: (now: number, id: string) => number
  readonly page: (request: PageRequest<R>) => Page<R>
  readonly since: (modifiedAt: number) => readonly R[]
  /** The clock was set back: pages handed out before no longer hold changes up. */
  readonly forgetPages: () => void
}

/**
 * Rows in the order (modifiedAt, id), kept sorted as they change. A row that changes while its list is being paged moves behind
 * every page handed out, so that one pass may repeat a row but never skips one. Source: own-site.md 6.2, stable order.
 */
export function createLedger<R extends Row>(): Ledger<R> {
  const byId = new Map<string, R>()
  const sorted: R[] = []
  let handedOut = Number.NEGATIVE_INFINITY

  function put(row: R): void {
    const before = byId.get(row.id)
    if (before) sorted.splice(firstNotBefore(sorted, before), 1)
    byId.set(row.id, row)
    sorted.splice(firstNotBefore(sorted, row), 0, row)
  }

  function page({ since, after, limit, shows }: PageRequest<R>): Page<R> {
    const rows: R[] = []
    let next: Place | null = null
    for (let index = beginning(sorted, since, after); index < sorted.length; index++) {
      const row = sorted[index]!
      if (!shows(row)) continue
      const last = rows.at(-1)
      if (last && rows.length === limit) {
        next = { modifiedAt: last.modifiedAt, id: last.id }
        break
      }
      rows.push(row)
    }
    if (next) handedOut = Math.max(handedOut, next.modifiedAt)
    return { rows, next }
  }

  return {
    get: (id) => byId.get(id) ?? null,
    put,
    stamp: (now, id) => Math.max(now, (byId.get(id)?.modifiedAt ?? Number.NEGATIVE_INFINITY) + 1, handedOut + 1),
    page,
    since: (modifiedAt) => sorted.slice(firstNotBefore(sorted, { modifiedAt, id: '' })),
    forgetPages: () => {
      handedOut = Number.NEGATIVE_INFINITY
    },
  }
}

function beginning(sorted: readonly Row[], since: number, after: Place | null): number {
  const first = firstNotBefore(sorted, { modifiedAt: since, id: '' })
  return after
    ? Math.max(first, firstNotBefore(sorted, { modifiedAt: after.modifiedAt, id: `${after.id}\u0000` }))
    : first
}

/** Index of the first row at or behind the place, by halving. */
function firstNotBefore(sorted: readonly Row[], place: Place): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(sorted[middle]!, place)) low = middle + 1
    else high = middle
  }
  return low
}

function isBefore(row: Row, place: Place): boolean {
  return row.modifiedAt < place.modifiedAt || (row.modifiedAt === place.modifiedAt && row.id < place.id)
}
