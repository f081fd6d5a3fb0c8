import type { Answer } from './plug.ts'

/**
 * How long an answer's `retry-after` asks to wait, in ms: seconds, also in parts, or a date read against the answer's own `date`. Null where
 * there is none, or one nobody can mean (a million seconds and more). Source: RFC 9110 10.2.3.
 */
export function retryAfterOf(headers: Answer['headers']): number | null {
  const text = headers['retry-after']?.trim() ?? ''
  const wait = /^\d+(\.\d+)?$/.test(text)
    ? Math.ceil(Number(text) * 1000)
    : Date.parse(text) - Date.parse(headers.date ?? '')
  return wait < longestMs ? Math.max(0, wait) : null
}

const longestMs = 1_000_000_000
