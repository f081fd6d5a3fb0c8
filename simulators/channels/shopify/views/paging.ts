import type { Sorted } from '../../../aid/sorted.ts'
import type { View } from '../graphql/answer.ts'
import { coded, graphFault } from '../graphql/errors.ts'
import type { Plain } from '../graphql/values.ts'

/** Rows of one page at most. Source: the platform's own limit for connections [assumed]. */
const rowsAtMost = 250

/** Some rows of a list, and whether others follow or went before. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly hasNext: boolean
  readonly hasPrevious: boolean
}

interface Wish {
  readonly size: number
  readonly isFromEnd: boolean
  readonly after: string | null
  readonly before: string | null
  readonly isReverse: boolean
}

/** Throws a GraphFault unless `first` or `last` is given, from 0 to 250. */
function wishOf({ first, last, after, before, reverse }: Plain): Wish {
  const size = first ?? last
  if (typeof size !== 'number') throw graphFault(coded('BAD_REQUEST', 'you must provide one of first or last'))
  if (size < 0 || size > rowsAtMost) {
    const message = size < 0 ? 'must be greater than or equal to 0' : `cannot exceed ${rowsAtMost}`
    throw graphFault(coded('BAD_REQUEST', `${first === undefined || first === null ? 'last' : 'first'} ${message}`))
  }
  const isFromEnd = first === undefined || first === null
  return { size, isFromEnd, after: textOf(after), before: textOf(before), isReverse: reverse === true }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null)

/** A place in a list that the caller cannot read anything into. */
export function cursorOf(key: number, no: number): string {
  return Buffer.from(JSON.stringify({ last_id: no, last_value: key })).toString('base64')
}

function keyIn(cursor: string): number {
  const text = Buffer.from(cursor, 'base64').toString('utf8')
  const key = /"last_value":(\d+)/.exec(text)?.[1]
  if (key === undefined) throw graphFault(coded('BAD_REQUEST', `Invalid cursor for current pagination sort: ${cursor}`))
  return Number(key)
}

/** A list, and which of it is looked at. */
export interface Listed<Row> {
  readonly list: Sorted<Row>
  /** Lowest and highest key that are looked at. */
  readonly keys: readonly [number, number]
  readonly shows: (row: Row) => boolean
}

/** A page of a sorted list: a row that moves behind is met again, one that stays is neither lost nor doubled. */
export function pageOf<Row>({ list, keys: [least, most], shows }: Listed<Row>, args: Plain): Page<Row> {
  const wish = wishOf(args)
  const [after, before] = wish.isReverse ? [wish.before, wish.after] : [wish.after, wish.before]
  const from = after === null ? least : Math.max(least, keyIn(after) + 1)
  const to = before === null ? most : Math.min(most, keyIn(before) - 1)
  const [start, end] = list.span(from, to)
  const isBackwards = wish.isReverse !== wish.isFromEnd
  const rows: Row[] = []
  let isMore = false
  for (let step = 0; step < end - start; step += 1) {
    const row = list.at(isBackwards ? end - 1 - step : start + step)
    if (!shows(row)) continue
    isMore = rows.length === wish.size
    if (isMore) break
    rows.push(row)
  }
  const isPassed = (wish.isFromEnd ? wish.before : wish.after) !== null
  if (wish.isFromEnd) rows.reverse()
  return { rows, hasNext: wish.isFromEnd ? isPassed : isMore, hasPrevious: wish.isFromEnd ? isMore : isPassed }
}

/** How a row is answered and found again. */
export interface RowViews<Row> {
  readonly view: (row: Row) => View
  readonly cursor: (row: Row) => string
}

/** A page as the fields of a connection. */
export function connectionOf<Row>({ rows, hasNext, hasPrevious }: Page<Row>, { view, cursor }: RowViews<Row>): View {
  const [first, last] = [rows.at(0), rows.at(-1)]
  return {
    nodes: () => rows.map(view),
    edges: () => rows.map((row) => ({ cursor: cursor(row), node: view(row) })),
    pageInfo: {
      hasNextPage: hasNext,
      hasPreviousPage: hasPrevious,
      startCursor: first === undefined ? null : cursor(first),
      endCursor: last === undefined ? null : cursor(last),
    },
  }
}

/** A connection of rows that stand in a short list, each known by its number. */
export function shortConnection<Row>(
  rows: readonly Row[],
  { no, view }: { readonly no: (row: Row) => number; readonly view: (row: Row) => View },
): (args: Plain) => View {
  return (args) => {
    const list: Sorted<Row> = {
      add: () => {},
      remove: () => {},
      clear: () => {},
      span: (from, to) => [Math.max(0, from), Math.min(rows.length, to + 1)],
      at: (position) => rows[position]!,
      size: () => rows.length,
    }
    const page = pageOf({ list, keys: [0, rows.length - 1], shows: () => true }, args)
    return connectionOf(page, { view, cursor: (row) => cursorOf(rows.indexOf(row), no(row)) })
  }
}
