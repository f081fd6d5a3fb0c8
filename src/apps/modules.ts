import type { EventName } from '../core/events.ts'
import { analytics } from '../modules/analytics/index.ts'
import { catalogue } from '../modules/catalogue/index.ts'
import { channels } from '../modules/channels/index.ts'
import { fulfilment } from '../modules/fulfilment/index.ts'
import { inventory } from '../modules/inventory/index.ts'
import { logistics } from '../modules/logistics/index.ts'
import { opsOver } from '../modules/ops/index.ts'
import { orders } from '../modules/orders/index.ts'
import { security } from '../modules/security/index.ts'
import type { Ctx, Module } from '../platform/module.ts'
import { listings } from './keep-listings.ts'

/** All modules, bottom first. Not listing one is switching it off. */
export function allModules(): readonly Module[] {
  const lower: readonly Module[] = [
    security,
    catalogue,
    channels,
    listings,
    inventory,
    orders,
    logistics,
    fulfilment,
    analytics,
  ]
  return [...lower, opsOver(lower)]
}

/** Which jobs hear an event, of these modules. */
export function listenersOf(modules: readonly Module[]): Ctx['listenersOf'] {
  const hear = (event: EventName) => modules.flatMap((module) => module.listeners[event] ?? [])
  return hear
}
