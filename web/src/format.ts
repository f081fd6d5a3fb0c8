/** Amounts, times and counts as people read them. Times are Beijing time whatever the device says. */
const beijingMs = 8 * 3_600_000
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** `¥1,234.50`, `-¥20.00`; unknown is `—`, which zero never is. Another currency stands before the figure by its code. */
export function moneyText(fen: number | null | undefined, currency = 'CNY'): string {
  if (fen === null || fen === undefined) return '—'
  const digits = String(Math.abs(fen)).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  const sign = fen < 0 ? '-' : ''
  const unit = currency === 'CNY' ? '¥' : `${currency} `
  return `${sign}${unit}${whole}.${digits.slice(-2)}`
}

export const countText = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** `2 048 000` bytes as `2.0 MB`. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1_000)))
  return `${(bytes / 1_000 ** step).toFixed(step === 0 ? 0 : 1)} ${units[step]}`
}

/** An instant of the contract: epoch milliseconds, or ISO text. */
export const instantOf = (at: number | string): number => (typeof at === 'number' ? at : Date.parse(at))

const two = (value: number): string => String(value).padStart(2, '0')

function partsOf(at: number) {
  const wall = new Date(at + beijingMs)
  return {
    year: wall.getUTCFullYear(),
    day: `${two(wall.getUTCMonth() + 1)}-${two(wall.getUTCDate())}`,
    clock: `${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}`,
    second: two(wall.getUTCSeconds()),
    dayNo: Math.floor((at + beijingMs) / dayMs),
  }
}

/** Today `14:05`, `昨天 14:05`, this year `11-22 14:05`, else with the year. */
export function timeText(at: number, now: number, yesterday: string): string {
  const then = partsOf(at)
  const today = partsOf(now)
  if (then.dayNo === today.dayNo) return then.clock
  if (then.dayNo === today.dayNo - 1) return `${yesterday} ${then.clock}`
  if (then.year === today.year) return `${then.day} ${then.clock}`
  return `${then.year}-${then.day} ${then.clock}`
}

/** The whole instant, for hovering: `2026-11-22 14:05:09 UTC+8`. */
export function fullTimeText(at: number): string {
  const { year, day, clock, second } = partsOf(at)
  return `${year}-${day} ${clock}:${second} UTC+8`
}

/** The Beijing calendar day, `2026-11-22`. */
export function dayText(at: number): string {
  const { year, day } = partsOf(at)
  return `${year}-${day}`
}

/** The instant of a Beijing clock time, `days` after the day of `now`. */
export function beijingClock(now: number, days: number, hour: number): number {
  return (partsOf(now).dayNo + days) * dayMs + hour * hourMs - beijingMs
}

export interface Span {
  readonly days: number
  readonly hours: number
  readonly minutes: number
}

/** A span in whole days, hours and minutes, never negative. */
export function spanOf(ms: number): Span {
  const minutes = Math.floor(Math.max(0, ms) / minuteMs)
  return { days: Math.floor(minutes / 1_440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 }
}

/** How near a deadline is: over, within an hour, within four, or far. */
export function nearness(at: number, now: number): 'over' | 'near' | 'soon' | 'far' {
  const left = at - now
  if (left < 0) return 'over'
  if (left < hourMs) return 'near'
  return left < 4 * hourMs ? 'soon' : 'far'
}

/** Digits that a Chinese keyboard made wide become narrow: `１２．５` is `12.5`. */
export function narrowDigits(text: string): string {
  return text.replace(/[０-９．－，]/g, (wide) =>
    wide === '，' ? ',' : String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
  )
}
