import type { Fault, FaultKind, FaultPlan } from '../simulator.ts'
import { type Chance, chance } from './random.ts'

/** Plays a fault plan: says for each call whether a kind of fault strikes, and counts. */
export interface FaultPlayer {
  readonly set: (plan: FaultPlan) => FaultPlan
  readonly plan: () => FaultPlan
  /** Does this kind strike now, at this operation? Every asking is one throw of the dice. */
  readonly strikes: (kind: FaultKind, operation: string) => boolean
  /** As `strikes`, but thrown once per subject and plan, and the same for ever after: an order that is hidden stays hidden. */
  readonly strikesFor: (kind: FaultKind, subject: string, operation?: string) => boolean
  /** True when the plan holds this kind at all: a quick way past what is costly to ask. */
  readonly holds: (kind: FaultKind) => boolean
  readonly played: () => Readonly<Record<string, number>>
  /** For choices among ways to fail, by the plan's seed. */
  readonly chance: () => Chance
  readonly forget: () => void
}

/** Every kind of fault the contract knows. */
export const everyFault: readonly FaultKind[] = [
  'throttle',
  'quota',
  'server-error',
  'busy',
  'hang',
  'cut',
  'drop-after-apply',
  'nonsense',
  'expire',
  'duplicate',
  'reorder',
  'hide',
  'shift',
  'lose-push',
  'lie',
]

interface Armed {
  readonly fault: Fault
  readonly dice: Chance
  left: number
}

/** A player without a plan; nothing strikes until one is set. `seed` holds where a plan names none. */
export function faultPlayer(seed: number): FaultPlayer {
  let plan: FaultPlan = { faults: [] }
  let armed: readonly Armed[] = []
  let choices = chance(seed)
  const decided = new Map<string, boolean>()
  const played: Record<string, number> = {}

  function set(next: FaultPlan): FaultPlan {
    plan = next
    armed = arm(next, next.seed ?? seed)
    choices = chance(`${next.seed ?? seed}:choices`)
    decided.clear()
    return plan
  }

  function strikes(kind: FaultKind, operation: string | undefined): boolean {
    for (const one of armed) {
      if (one.left <= 0 || !concerns(one.fault, kind, operation) || !one.dice.happens(one.fault.rate)) continue
      one.left -= 1
      played[kind] = (played[kind] ?? 0) + 1
      return true
    }
    return false
  }

  function strikesFor(kind: FaultKind, subject: string, operation?: string): boolean {
    if (!armed.some((one) => concerns(one.fault, kind, operation))) return false
    const key = `${kind}/${subject}`
    const outcome = decided.get(key) ?? strikes(kind, operation)
    decided.set(key, outcome)
    return outcome
  }

  function forget(): void {
    set({ faults: [] })
    for (const kind of Object.keys(played)) delete played[kind]
  }

  return {
    set,
    plan: () => plan,
    strikes,
    strikesFor,
    holds: (kind) => armed.some(({ fault }) => fault.kind === kind),
    played: () => ({ ...played }),
    chance: () => choices,
    forget,
  }
}

function arm({ faults }: FaultPlan, seed: number): readonly Armed[] {
  return faults.map((fault, at) => ({
    fault,
    dice: chance(`${seed}:fault:${at}`),
    left: fault.times ?? Number.POSITIVE_INFINITY,
  }))
}

/** An operation that is not given stands for any. */
function concerns(fault: Fault, kind: FaultKind, operation: string | undefined): boolean {
  if (fault.kind !== kind) return false
  return operation === undefined || fault.operations === undefined || fault.operations.includes(operation)
}
