import type { EventName } from '../core/events.ts'
import { opsOver } from '../modules/ops/index.ts'
import { security } from '../modules/security/index.ts'
import type { Ctx, Module } from '../platform/module.ts'

/** All modules, bottom first. Not listing one is switching it off. */
export function allModules(): readonly Module[] {
  const lower: readonly Module[] = [security]
  return [...lower, opsOver(lower)]
}

/** Which jobs hear an event, of these modules. */
export function listenersOf(modules: readonly Module[]): Ctx['listenersOf'] {
  const hear = (event: EventName) => modules.flatMap((module) => module.listeners[event] ?? [])
  return hear
}
