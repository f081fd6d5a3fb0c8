import { describe } from 'vitest'
import type { StartSimulator } from '../../simulators/simulator.ts'
import type { AnyChannel } from '../../src/kit/channel.ts'
import { asksAboutAftersales } from './asks/aftersales.ts'
import { asksAboutFailures } from './asks/failures.ts'
import { asksAboutListings } from './asks/listings.ts'
import { asksAboutOrders } from './asks/orders.ts'
import { asksAboutShipments } from './asks/shipments.ts'
import { asksAboutStock } from './asks/stock.ts'
import { stageOf } from './stage.ts'

/** Everything a channel's plug-in must be able to show against its simulator. Source: architecture, "Conformance". */
export function channelConformance(plug: AnyChannel, start: StartSimulator): void {
  describe(plug.manifest.id, () => {
    const stage = stageOf(plug, start)
    asksAboutOrders(stage)
    asksAboutShipments(stage)
    asksAboutStock(stage)
    asksAboutListings(stage)
    asksAboutAftersales(stage)
    asksAboutFailures(stage)
  })
}
