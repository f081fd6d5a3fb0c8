import type { ReactNode } from 'react'
import { fullTimeText, instantOf, moneyText, nearness, spanOf, timeText } from '../format.ts'
import { useNow } from '../now.ts'
import { useWords } from '../words/language.ts'
import { partWords } from '../words/parts.ts'

export type Tone = 'ok' | 'warn' | 'err' | 'info' | 'special' | 'neutral'

/** A short word on a coloured ground; the colour never speaks alone. */
export function Tag({ tone = 'neutral', tip, children }: { tone?: Tone; tip?: string; children: ReactNode }) {
  return (
    <span className="tag" data-tone={tone} data-tip={tip}>
      {children}
    </span>
  )
}

/** The channel's one character; the shop's name stands beside it. */
export function ChannelMark({ channel, mark }: { readonly channel: string; readonly mark: string }) {
  return (
    <span className="mark" data-channel={channel} aria-hidden="true">
      {mark.slice(0, 1)}
    </span>
  )
}

/** Whole fen as `¥1,234.50`; unknown is `—`. */
export function Money({
  fen,
  currency = 'CNY',
}: {
  readonly fen: number | null | undefined
  readonly currency?: string
}) {
  return <span className="num">{moneyText(fen, currency)}</span>
}

interface TimeProps {
  /** Epoch milliseconds, ISO text, or null for never. */
  readonly at: number | string | null | undefined
  /** Said when there is none; `—` by default. */
  readonly none?: string
}

/** An instant in Beijing time, short; the whole of it on hover. */
export function Time({ at, none = '—' }: TimeProps) {
  const words = useWords(partWords)
  const now = useNow()
  if (at === null || at === undefined) return <span className="quiet">{none}</span>
  const instant = instantOf(at)
  return (
    <time dateTime={new Date(instant).toISOString()} data-tip={fullTimeText(instant)} className="nowrap">
      {timeText(instant, now, words.time.yesterday)}
    </time>
  )
}

/** How long ago: `3 分钟前`. */
export function Ago({ at, none }: TimeProps) {
  const words = useWords(partWords)
  const now = useNow()
  if (at === null || at === undefined) return <span className="quiet">{none ?? words.time.never}</span>
  const instant = instantOf(at)
  return (
    <time dateTime={new Date(instant).toISOString()} data-tip={fullTimeText(instant)} className="nowrap">
      {agoText(words.time, now - instant)}
    </time>
  )
}

type TimeWords = typeof partWords.zh.time

/** `3 分钟前` for a span in milliseconds. */
export function agoText(words: TimeWords, ms: number): string {
  const span = spanOf(ms)
  if (span.days > 0) return words.daysAgo(span.days)
  if (span.hours > 0) return words.hoursAgo(span.hours)
  return span.minutes > 0 ? words.minutesAgo(span.minutes) : words.now
}

/** The two greatest parts of a span: `1 小时 52 分`. */
export function spanText(words: TimeWords, ms: number): string {
  const { days, hours, minutes } = spanOf(ms)
  if (days > 0) return hours > 0 && days < 10 ? `${words.days(days)} ${words.hours(hours)}` : words.days(days)
  if (hours > 0) return minutes > 0 ? `${words.hours(hours)} ${words.minutes(minutes)}` : words.hours(hours)
  return words.minutes(minutes)
}

const toneOf = { over: 'err', near: 'err', soon: 'warn', far: undefined } as const

/** A deadline that counts down: amber under four hours, red under one, `已超` after. `done`: it no longer matters. */
export function Deadline({ at, done = false }: { readonly at: number | null; readonly done?: boolean }) {
  const words = useWords(partWords)
  const now = useNow()
  if (at === null) return <span className="quiet">—</span>
  if (done) return <Time at={at} />
  const near = nearness(at, now)
  const span = spanText(words.time, Math.abs(at - now))
  const text = near === 'over' ? words.time.over(span) : words.time.left(span)
  const tone = toneOf[near]
  const full = fullTimeText(at)
  if (tone === undefined)
    return (
      <span className="nowrap" data-tip={full}>
        {text}
      </span>
    )
  return (
    <Tag tone={tone} tip={full}>
      {text}
    </Tag>
  )
}

interface StatProps {
  readonly label: string
  readonly value: ReactNode
  readonly more?: ReactNode
  readonly tone?: Tone
}

/** One figure with its name. */
export function Stat({ label, value, more, tone }: StatProps) {
  return (
    <div className="stat" data-tone={tone}>
      <span className="stat-label">{label}</span>
      <span className="stat-value">{value}</span>
      {more && <span className="stat-more">{more}</span>}
    </div>
  )
}
