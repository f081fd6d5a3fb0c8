import { limiter } from '../../aid/limits.ts'
import { callLimited, dayLimited, type GatewayError } from './errors.ts'
import type { Settings } from './settings.ts'
import { dayText } from './text.ts'

/** Flow control by the limits of jd.md 14. A refused call opens no ban: the sheet tells of none. */
export interface Flow {
  /** What stands against this call, if anything; counts what broke a limit. */
  readonly admit: (call: FlowCall, settings: Settings) => GatewayError | null
  readonly violations: () => number
  /** Starts all limits anew with changed settings. */
  readonly restart: () => void
}

export interface FlowCall {
  readonly elapsed: number
  readonly now: number
  readonly shop: string
  readonly isWrite: boolean
}

export function flowControl(): Flow {
  let takes: ((call: FlowCall) => boolean) | null = null
  let day = { date: '', calls: 0 }
  let violations = 0

  function admit(call: FlowCall, settings: Settings): GatewayError | null {
    takes ??= bucketsOf(settings)
    const date = dayText(call.now)
    day = { date, calls: date === day.date ? day.calls + 1 : 1 }
    const isOverDay = day.calls > settings.dailyCalls
    if (!isOverDay && takes(call)) return null
    violations += 1
    if (isOverDay) return dayLimited
    return settings.enforceLimits ? callLimited : null
  }

  return {
    admit,
    violations: () => violations,
    restart: () => {
      takes = null
    },
  }
}

/** False: the call came too soon for the app, or for what the shop may write. */
function bucketsOf({ limits }: Settings): (call: FlowCall) => boolean {
  const app = limiter({ perSecond: limits.app })
  const writes = limiter({ perSecond: limits.shopWrites })
  return ({ elapsed, shop, isWrite }) => {
    const taken = [app.take('app', elapsed)]
    if (isWrite) taken.push(writes.take(shop, elapsed))
    return !taken.includes(false)
  }
}
