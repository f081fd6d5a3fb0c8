import { describe } from 'vitest'
import type { StartSimulator } from '../../simulators/simulator.ts'
import type { AnyChannel } from '../../src/kit/channel.ts'
import { asksAboutAftersales } from './asks/aftersales.ts'
import { asksAboutAuthorisation } from './asks/authorisation.ts'
import { asksAboutParcelsBeside } from './asks/beside.ts'
import { asksAboutDiscretion } from './asks/discretion.ts'
import { asksAboutFailures } from './asks/failures.ts'
import { asksAboutFiles } from './asks/files.ts'
import { asksAboutLimits } from './asks/limits.ts'
import { asksAboutListings } from './asks/listings.ts'
import { asksAboutOrders } from './asks/orders.ts'
import { asksAboutPushes } from './asks/pushes.ts'
import { asksAboutShipments } from './asks/shipments.ts'
import { asksAboutStock } from './asks/stock.ts'
import { asksAboutWords } from './asks/words.ts'
import { stageOf } from './stage.ts'

/**
 * Everything a channel's plug-in must be able to show against its simulator (一致性测试). What an absent operation leaves out is skipped and
 * says so. Source: ARCHITECTURE, "Conformance".
 */
export function channelConformance(plug: AnyChannel, start: StartSimulator): void {
  describe(plug.manifest.id, () => {
    const stage = stageOf(plug, start)
    asksAboutAuthorisation(stage)
    asksAboutOrders(stage)
    asksAboutShipments(stage)
    asksAboutParcelsBeside(stage)
    asksAboutStock(stage)
    asksAboutListings(stage)
    asksAboutAftersales(stage)
    asksAboutPushes(stage)
    asksAboutFiles(stage)
    asksAboutWords(stage)
    asksAboutFailures(stage)
    asksAboutDiscretion(stage)
    asksAboutLimits(stage)
  })
}
