import type { ChannelLine } from '../../core/channel/shapes.ts'
import type { Intake } from '../../core/order/intake.ts'
import type { WorkOrder } from '../../core/order/settle.ts'
import type { MatchedLine } from '../catalogue/index.ts'
import type { SeenForIntake } from '../channels/index.ts'
import type { Person } from './person.ts'
import type { Loaded } from './work.ts'

/** An order of this batch that is new or changed, with everything decided about it. */
export interface Told {
  readonly seen: SeenForIntake
  readonly known: Loaded | null
  readonly intake: Extract<Intake, { kind: 'new' | 'changed' }>
  readonly matchOf: (line: ChannelLine) => MatchedLine | null
  readonly buyerId: number | null
  readonly goods: string
  readonly work: WorkOrder
  /** The person as it will stand: what staff changed, unless the channel tells another receiver. */
  readonly person: Person
}

/** How a told order and a known one find each other. */
export const keyOf = (one: { readonly shopId: number; readonly channelOrderNo: string }) =>
  `${one.shopId}\n${one.channelOrderNo}`
