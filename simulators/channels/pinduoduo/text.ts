const beijingMs = 8 * 3_600_000

/** An instant as Beijing wall time, `yyyy-MM-dd HH:mm:ss`; empty for what has not happened. Source: pinduoduo.md 4. */
export function timeText(ms: number | null): string {
  if (ms === null) return ''
  return new Date(ms + beijingMs).toISOString().slice(0, 19).replace('T', ' ')
}

/** Fen as a number in yuan: the double nearest to it, 2820 is 28.2. Source: pinduoduo.md 4 [doc]. */
export function yuan(fen: number): number {
  return fen / 100
}

/** Fen as refund calls write money: 1249 is '12.49', 0 is '0'. Source: refund.list.increment.get.json. */
export function yuanText(fen: number): string {
  return String(yuan(fen))
}
