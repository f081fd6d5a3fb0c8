/** A moment, in epoch milliseconds. Stored as timestamptz, shown in Beijing time. */
export type Instant = number

const beijingOffsetMs = 8 * 3_600_000

/**
 * Reads a platform's Beijing wall time: '2025-10-16 20:41:07' (also with 'T', without seconds, or the day alone).
 * Throws RangeError on any other text and on days that do not exist.
 */
export function parseBeijing(text: string): Instant {
  const match = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?$/.exec(
    text.trim(),
  )
  if (!match) throw new RangeError(`not a Beijing time: ${text}`)
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as Six
  const millis = Number((match[7] ?? '').padEnd(3, '0'))
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, millis)
  const check = new Date(wall)
  if (
    check.getUTCMonth() !== month - 1 ||
    check.getUTCDate() !== day ||
    check.getUTCHours() !== hour ||
    minute > 59 ||
    second > 59
  ) {
    throw new RangeError(`no such moment: ${text}`)
  }
  return wall - beijingOffsetMs
}
type Six = [number, number, number, number, number, number]

/** '2025-10-16 20:41:07' in Beijing: what platforms that speak Beijing time are sent. */
export function beijingText(at: Instant): string {
  return new Date(at + beijingOffsetMs).toISOString().slice(0, 19).replace('T', ' ')
}

/** The Beijing calendar day of a moment, '2025-10-16'. */
export function beijingDay(at: Instant): string {
  return new Date(at + beijingOffsetMs).toISOString().slice(0, 10)
}

/** The first moment of a Beijing calendar day. Throws RangeError on a day that does not exist. */
export function startOfBeijingDay(day: string): Instant {
  return parseBeijing(day)
}

/** ISO 8601 in UTC, the only form in which an instant is written into JSON. */
export function isoText(at: Instant): string {
  return new Date(at).toISOString()
}

/** Reads ISO 8601 with a zone. Throws RangeError without one, since a guess would be wrong by hours. */
export function parseIso(text: string): Instant {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text))
    throw new RangeError(`not an ISO time with zone: ${text}`)
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new RangeError(`no such moment: ${text}`)
  return at
}
