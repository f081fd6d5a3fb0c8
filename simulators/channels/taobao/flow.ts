import { limiter } from '../../aid/limits.ts'
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

/** All limits together. */
export function flowControl(): Flow {
  const bans = banList()
  let takes: ((call: FlowCall) => boolean) | null = null
  let day = { date: '', calls: 0 }
  let violations = 0

  function isOverDay(call: FlowCall, settings: Settings): boolean {
    const date = dayText(call.now)
    day = { date, calls: date === day.date ? day.calls + 1 : 1 }
    return day.calls > settings.dailyCalls
  }

  function admit(call: FlowCall, settings: Settings): TopError | null {
    const refusal = bans.refusal(call)
    if (refusal !== null) {
      if (refusal.isBlamed) violations += 1
      return refusal.error
    }
    takes ??= bucketsOf(settings)
    const isOver = isOverDay(call, settings)
    if (!isOver && takes(call)) return null
    violations += 1
    if (isOver) return bans.open(call, 'quota', secondsToMidnight(call.now))
    return settings.enforceLimits ? bans.open(call, 'throttle', 1) : null
  }

  return {
    admit,
    ban: bans.open,
    lift: bans.lift,
    violations: () => violations,
    restart: () => {
      takes = null
    },
  }
}

/** The bans in force: of one call, or of the whole app. */
function banList() {
  const bans = new Map<string, Ban>()

  function inForce(call: FlowCall): Ban | undefined {
    for (const scope of [wholeApp, call.operation]) {
      const ban = bans.get(scope)
      if (ban !== undefined && call.elapsed < ban.until) return ban
      bans.delete(scope)
    }
    return undefined
  }

  /** Blamed is who had been told, by an earlier refusal of the same call. */
  function refusal(call: FlowCall): { readonly error: TopError; readonly isBlamed: boolean } | null {
    const ban = inForce(call)
    if (ban === undefined) return null
    const isBlamed = ban.told.has(call.operation) && call.elapsed - ban.since > graceMs
    ban.told.add(call.operation)
    return { error: callLimited(ban.level, Math.ceil((ban.until - call.elapsed) / 1000)), isBlamed }
  }

  function open(call: FlowCall, kind: 'throttle' | 'quota', seconds: number): TopError {
    const level = kind === 'quota' ? 'app' : 'app-api'
    const ban: Ban = {
      until: call.elapsed + seconds * 1000,
      since: call.elapsed,
      level,
      told: new Set([call.operation]),
    }
    bans.set(level === 'app' ? wholeApp : call.operation, ban)
    return callLimited(level, seconds)
  }

  return { refusal, open, lift: () => bans.clear() }
}

const wholeApp = 'the whole app'

/** False: the call came too soon for the app, for the shop, or for the item whose stock it sets. */
function bucketsOf({ limits }: Settings): (call: FlowCall) => boolean {
  const app = limiter({ perSecond: limits.app })
  const reads = limiter({ perSecond: limits.shopReads })
  const writes = limiter({ perSecond: limits.shopWrites })
  const items = limiter({ perSecond: limits.stockWritesPerItem })
  return ({ elapsed, shop, isWrite, item }) => {
    const taken = [app.take('app', elapsed)]
    if (shop !== null) taken.push((isWrite ? writes : reads).take(shop, elapsed))
    if (item !== null) taken.push(items.take(item, elapsed))
    return !taken.includes(false)
  }
}
