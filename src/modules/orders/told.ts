import type { ChannelLine } from '../../core/channel/shapes.ts'
import type { Intake } from '../../core/order/intake.ts'
import type { WorkOrder } from '../../core/order/settle.ts'
import type { MatchedLine } from '../catalogue/index.ts'
import type { SeenForIntake } from '../channels/index.ts'
import type { Person } from './person.ts'
import type { Loaded } from './work.ts'

/** What was told of an order, and what we have of it. */
export interface Judged<Meaning extends Intake = Intake> {
  readonly seen: SeenForIntake
  /** What it goes on from; null when it is new, and when it comes back. */
  readonly known: Loaded | null
  /** The withdrawn order that it comes back as: it is written over that and takes nothing from it. */
  readonly former: Loaded | null
  readonly intake: Meaning
}

/** What changes our books. */
export type News = Extract<Intake, { kind: 'new' | 'back' | 'changed' }>

/** An order of this batch that is new, back or changed, with everything decided about it. */
export interface Told extends Judged<News> {
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
