import { type Limiter, limiter } from '../../aid/limits.ts'
import type { Settings } from './settings.ts'

/** Flow control: so many calls of one API for one shop in 60 s. Source: pinduoduo.md 3 [doc]. */
export interface Flow {
  /** False: the call broke the limit, which is counted, and is refused. */
  readonly admits: (method: string, elapsed: number, settings: Settings) => boolean
  readonly violations: () => number
  /** Starts the limit anew with changed settings. */
  readonly restart: () => void
}

export function flowControl(): Flow {
  let calls: Limiter | null = null
  let violations = 0

  function admits(method: string, elapsed: number, { callsPerMinute, enforceLimits }: Settings): boolean {
    calls ??= limiter({ perSecond: callsPerMinute / 60, burst: callsPerMinute })
    if (calls.take(method, elapsed)) return true
    violations += 1
    return !enforceLimits
  }

  return {
    admits,
    violations: () => violations,
    restart: () => {
      calls = null
    },
  }
}
