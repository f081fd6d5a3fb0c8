import type { Instant } from '../time/instant.ts'

/**
 * How a shop's orders are swept by time (滑动窗口抓单). Two marks: `readTo` is how far the list has been read; the cursor is up to where
 * everything is proven to be stored. A window that does not agree becomes a gap: reading goes on behind it, the cursor does not.
 */

/** A stretch of time; `to` is left out. */
export interface Window {
  readonly from: Instant
  readonly to: Instant
}

/** What a channel can do and needs, from its manifest. */
export interface Sweeping {
  readonly spanMaxMs: number
  readonly usualSpanMs: number
  readonly overlapMs: number
  readonly lagMs: number
  readonly reachMs: number
}

export interface SweepState {
  readonly readTo: Instant
  readonly now: Instant
  /** When a window last looked back over the whole overlap; null when none did. */
  readonly deepAt: Instant | null
  /** A shorter span while the channel has trouble with long ones; null for the usual one. */
  readonly spanMs: number | null
}

const shallowestMs = 10_000

/** Looking back over the whole overlap in every window would read the same rows over and over, so it is done four times an overlap. */
export function isDeep(
  { now, deepAt }: Pick<SweepState, 'now' | 'deepAt'>,
  { overlapMs }: Pick<Sweeping, 'overlapMs'>,
): boolean {
  return deepAt === null || now - deepAt >= overlapMs / 4
}

/** The next window to read: from a little before what was read to what may be read by now; null when nothing new can be there. */
export function nextWindow(state: SweepState, sweeping: Sweeping): Window | null {
  const { overlapMs, lagMs, spanMaxMs, usualSpanMs, reachMs } = sweeping
  const lookBack = isDeep(state, sweeping) ? overlapMs : Math.min(overlapMs, Math.max(shallowestMs, 2 * lagMs))
  const longest = Math.max(1, spanMaxMs - lookBack)
  const to = Math.min(state.readTo + Math.min(state.spanMs ?? usualSpanMs, longest), state.now - lagMs)
  if (to <= state.readTo) return null
  return { from: Math.min(Math.max(state.readTo - lookBack, state.now - reachMs), to - 1), to }
}

/** A window in parts of at most `ms`, in order of time. */
export function cutBy(ms: number, { from, to }: Window): Window[] {
  const parts: Window[] = []
  for (let at = from; at < to; at += ms) parts.push({ from: at, to: Math.min(to, at + ms) })
  return parts
}

/** The parts of a window outside all gaps, in order of time. Gaps are read again by themselves. */
export function cutOut(window: Window, gaps: readonly Window[]): Window[] {
  const parts: Window[] = []
  let from = window.from
  for (const gap of [...gaps].sort((a, b) => a.from - b.from)) {
    if (gap.to <= from || gap.from >= window.to) continue
    if (gap.from > from) parts.push({ from, to: gap.from })
    from = gap.to
  }
  if (from < window.to) parts.push({ from, to: window.to })
  return parts
}

/** One reading of a window. */
export interface Reading {
  /** The channel's own count, null where it gives none. */
  readonly total: number | null
  /** False when the count changed from page to page: then a hidden order could stand in for one that left meanwhile. */
  readonly isSteady: boolean
  /** Orders the list showed. */
  readonly listed: ReadonlySet<string>
  /** Of these, the ones we could not store. */
  readonly unstored: readonly string[]
  /** Orders the list did not show which, asked for by number, turn out to have changed within the window. They are stored. */
  readonly confirmed: readonly string[]
}

/**
 * Whether a reading proves that everything in the window is stored: all that was listed is stored, and the channel counts no more and
 * no fewer than we hold. `missing` is negative when the list moved while it was read.
 */
export function judge({ total, isSteady, listed, unstored, confirmed }: Reading): {
  readonly agrees: boolean
  readonly missing: number
} {
  const known = listed.size + confirmed.length
  const missing = (total ?? known) - known + unstored.length
  return { agrees: isSteady && unstored.length === 0 && (total === null || total === known), missing }
}

const shortestSpanMs = 60_000
const readingsOfOne = 2

/** What to do about a window that does not agree: read it again, read its halves, or leave it as a gap. */
export function afterDisagreement(window: Window, readings: number): 'again' | 'halve' | 'gap' {
  if (readings < readingsOfOne) return 'again'
  return window.to - window.from >= 2 * shortestSpanMs ? 'halve' : 'gap'
}

export function halves({ from, to }: Window): [Window, Window] {
  const middle = Math.floor((from + to) / 2)
  return [
    { from, to: middle },
    { from: middle, to },
  ]
}

/** Up to where everything is proven: the beginning of the first gap, or what was read. Never goes back. */
export function cursorAfter(cursor: Instant, readTo: Instant, gaps: readonly Window[]): Instant {
  return Math.max(cursor, Math.min(readTo, ...gaps.map((gap) => gap.from)))
}

const firstPauseMs = 5_000
const longestPauseMs = 10 * 60_000

/** When a gap is read again: soon at first, at last every ten minutes. */
export function gapPauseMs(tries: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(tries, 20))
}

/** The channel could not answer for so long a span: the next one is half as long. Source: taobao.md 6.2 step 4 [rule]. */
export function shorterSpan(spanMs: number | null, usualSpanMs: number): number {
  return Math.max(shortestSpanMs, Math.floor((spanMs ?? usualSpanMs) / 2))
}

/** After a window went well the span grows back; null is the usual one. */
export function longerSpan(spanMs: number | null, usualSpanMs: number): number | null {
  return spanMs === null || spanMs * 2 >= usualSpanMs ? null : spanMs * 2
}

/** A row of an order list, as far as it decides whether the order must be fetched. A list of bare numbers gives null for the rest. */
export interface Head {
  readonly channelOrderNo: string
  readonly channelStatus: string | null
  readonly modifiedAt: Instant | null
}

export interface KnownHead {
  readonly channelOrderNo: string
  readonly channelStatus: string
  readonly modifiedAt: Instant
  /** When the channel was asked. */
  readonly seenAt: Instant
  /** True when it came by a file, which tells less than the channel does. */
  readonly isFromFile: boolean
}

/** Platforms tell times of change to the second, so an order fetched within that second may have changed once more. */
const settlesMs = 1_000

/**
 * Whether an order listed for a window that ends at `to` is new, changed, or may have changed since we fetched it. A bare number says only
 * that it changed before `to`.
 */
export function isChanged(head: Head, known: KnownHead | undefined, to: Instant): boolean {
  if (known === undefined || known.isFromFile) return true
  if (head.modifiedAt === null) return known.seenAt < to + settlesMs
  if (known.modifiedAt > head.modifiedAt) return false
  return (
    known.modifiedAt !== head.modifiedAt ||
    known.channelStatus !== head.channelStatus ||
    known.seenAt < head.modifiedAt + settlesMs
  )
}
