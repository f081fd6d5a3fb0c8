import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Instant } from '../../core/time/instant.ts'

/** What this process does with its time and memory. */
export interface ProcessWatch {
  readonly startedAt: Instant
  /** Of the last one to two minutes, 99 of 100 delays of the event loop were shorter. */
  readonly eventLoopDelayMs: () => number
}

const windowMs = 60_000
const resolutionMs = 20

/** Watches the process it is called in; it does not keep that process alive. */
export function watchProcess(now: Instant): ProcessWatch {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs })
  delays.enable()
  let before = 0
  setInterval(() => {
    before = delayOf(delays.percentile(99))
    delays.reset()
  }, windowMs).unref()
  return {
    startedAt: now - Math.round(process.uptime() * 1_000),
    eventLoopDelayMs: () => Math.max(before, delays.count > 0 ? delayOf(delays.percentile(99)) : 0),
  }
}

/** The sampler counts its own interval in; what is beyond it is delay. To a tenth of a millisecond. */
const delayOf = (nanoseconds: number) => Math.round(Math.max(0, nanoseconds / 1e6 - resolutionMs) * 10) / 10
