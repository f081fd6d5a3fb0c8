import type { EventName } from '../core/events.ts'
import { analytics } from '../modules/analytics/index.ts'
import { catalogue, productFile } from '../modules/catalogue/index.ts'
import { channelsWith, type ImportSeams } from '../modules/channels/index.ts'
import { fulfilment } from '../modules/fulfilment/index.ts'
import { inventory, stockFile } from '../modules/inventory/index.ts'
import { logistics, waybillFile } from '../modules/logistics/index.ts'
import { opsOver, type Playground } from '../modules/ops/index.ts'
import { orders, orderUndo } from '../modules/orders/index.ts'
import { security } from '../modules/security/index.ts'
import type { Ctx, Module } from '../platform/module.ts'
import { listings } from './keep-listings.ts'

/**
 * What files may hold beside orders. A file is the first kind that recognises its headers: one with SKUs and quantities counts stock, also
 * when it names the goods as well.
 */
const imports: ImportSeams = { kinds: [stockFile, waybillFile, productFile], orders: orderUndo }

/** All modules, bottom first. Not listing one is switching it off. */
export function allModules(playground: Playground = {}): readonly Module[] {
  const lower: readonly Module[] = [
    security,
    catalogue,
    channelsWith(imports),
    listings,
    inventory,
    orders,
    logistics,
    fulfilment,
    analytics,
  ]
  return [...lower, opsOver(lower, playground)]
}

/** Which jobs hear an event, of these modules. */
export function listenersOf(modules: readonly Module[]): Ctx['listenersOf'] {
  const hear = (event: EventName) => modules.flatMap((module) => module.listeners[event] ?? [])
  return hear
}
