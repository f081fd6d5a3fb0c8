import { type Limiter, limiter } from '../../aid/limits.ts'
import { callLimited, type TopError } from './errors.ts'
import type { Settings } from './settings.ts'
import { dayText, secondsToMidnight } from './text.ts'

/** Flow control: the published limits, and the bans that code 7 announces. Source: taobao.md 5.2, 5.3, 19. */
export interface Flow {
  /** What stands against this call, if anything; counts what broke a limit. */
  readonly admit: (call: FlowCall, settings: Settings) => TopError | null
  /** The answer that opens a ban of one call (seconds) or, until midnight, of the whole app. */
  readonly ban: (call: FlowCall, kind: 'throttle' | 'quota', seconds: number) => TopError
  readonly lift: () => void
  readonly violations: () => number
  /** Starts all limits anew with changed settings. */
  readonly restart: () => void
}

export interface FlowCall {
  readonly operation: string
  readonly elapsed: number
  readonly now: number
  /** Null: the call is the app's alone. */
  readonly shop: string | null
  readonly isWrite: boolean
  /** The item whose stock the call sets. */
  readonly item: string | null
}

interface Ban {
  readonly until: number
  readonly since: number
  readonly level: 'app' | 'app-api'
  /** Operations that have been told; only a call after that breaks the ban. */
  readonly told: Set<string>
}

/** Calls already on their way when a ban begins are refused but not blamed. */
const graceMs = 300

interface Limits {
  readonly app: Limiter
  readonly reads: Limiter
  readonly writes: Limiter
  readonly items: Limiter
}

export function flowControl(): Flow {
  const bans = new Map<string, Ban>()
  let limits: Limits | null = null
  let day = { date: '', calls: 0 }
  let violations = 0

  function banned(call: FlowCall): TopError | null {
    for (const scope of ['app', call.operation]) {
      const ban = bans.get(scope)
      if (ban === undefined) continue
      if (call.elapsed >= ban.until) {
        bans.delete(scope)
        continue
      }
      if (ban.told.has(call.operation) && call.elapsed - ban.since > graceMs) violations += 1
      ban.told.add(call.operation)
      return callLimited(ban.level, Math.ceil((ban.until - call.elapsed) / 1000))
    }
    return null
  }

  function tooMany(call: FlowCall, settings: Settings): boolean {
    limits ??= limitsOf(settings)
    const taken = [limits.app.take('app', call.elapsed)]
    if (call.shop !== null) taken.push((call.isWrite ? limits.writes : limits.reads).take(call.shop, call.elapsed))
    if (call.item !== null) taken.push(limits.items.take(call.item, call.elapsed))
    return taken.includes(false)
  }

  function overDay(call: FlowCall, settings: Settings): boolean {
    const date = dayText(call.now)
    day = date === day.date ? { date, calls: day.calls + 1 } : { date, calls: 1 }
    return day.calls > settings.dailyCalls
  }

  function ban(call: FlowCall, kind: 'throttle' | 'quota', seconds: number): TopError {
    const level = kind === 'quota' ? 'app' : 'app-api'
    const until = call.elapsed + seconds * 1000
    bans.set(level === 'app' ? 'app' : call.operation, {
      until,
      since: call.elapsed,
      level,
      told: new Set([call.operation]),
    })
    return callLimited(level, seconds)
  }

  function admit(call: FlowCall, settings: Settings): TopError | null {
    const refusal = banned(call)
    if (refusal !== null) return refusal
    if (overDay(call, settings)) {
      violations += 1
      return ban(call, 'quota', secondsToMidnight(call.now))
    }
    if (!tooMany(call, settings)) return null
    violations += 1
    return settings.enforceLimits ? ban(call, 'throttle', 1) : null
  }

  return {
    admit,
    ban,
    lift: () => bans.clear(),
    violations: () => violations,
    restart: () => {
      limits = null
    },
  }
}

function limitsOf({ limits }: Settings): Limits {
  return {
    app: limiter({ perSecond: limits.app }),
    reads: limiter({ perSecond: limits.shopReads }),
    writes: limiter({ perSecond: limits.shopWrites }),
    items: limiter({ perSecond: limits.stockWritesPerItem }),
  }
}
