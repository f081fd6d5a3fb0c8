import type { Truth, TruthLine } from '../../simulators/simulator.ts'
import type { ChannelOrder } from '../../src/core/channel/shapes.ts'
import type { IncomingPush, Sheet } from '../../src/kit/channel.ts'
import type { Rig, Shop } from './rig.ts'

/** What the suite must know of one channel, since no operation and no control call tells it. Found by the channel's id. */
export interface ChannelAid {
  /** The back office's export of these orders, in the channel's own columns and words. */
  readonly sheetOf?: (orders: readonly Truth[]) => Sheet
  /** False: the channel keeps no flag (旗帜) beside a remark. */
  readonly hasFlags?: boolean
  /** True: one answer says that calls came too fast and that a quota is used up; it is read as the latter, with a pause of a minute at most. */
  readonly oneThrottleWord?: boolean
  /** A code of authorisation gives the same tokens again for a while; so long after it was given it is over. Else it works once. */
  readonly codeLivesMs?: number
  /** A token is renewed only when no more than this is left of it; before that its renewal gives it back as it is. */
  readonly renewsWithinMs?: number
  /** False: a push's body has no part in its signature, since it only hints at what to read again. */
  readonly signsBody?: boolean
  /** What a push must be answered with; without it a 200 is enough. */
  readonly pushAnswer?: string
  /** False: a push signs no time, so an old one is known by its number alone. */
  readonly signsTime?: boolean
  /** False: nobody asks for money back at this channel; a refund that it tells of has been paid, and has no word of its own. */
  readonly hasRefundRequests?: boolean
  /** True: though nobody asks, a refund has a word of its own, since it is under way before it is paid. */
  readonly refundsHaveWords?: boolean
  /** A raw status is several words of the platform joined by this, each in a field of its own. */
  readonly statusJoint?: string
  /** What an order is once everything of it has left, where that is its end; else it is shipped first. */
  readonly shippedStatus?: 'completed'
  /** True: nobody but us knows what is in a parcel; the platform knows that goods have left once all have. */
  readonly parcelsNameNoGoods?: boolean
  /** True: the first parcel ships the whole order, whatever is in it; later ones are numbers beside it. */
  readonly firstParcelShipsAll?: boolean
  /** True: listings tell no price (0); what is paid is known from orders. */
  readonly tellsNoPrice?: boolean
  /** True: a line has no number of its own but its SKU's, so the same goods in another order are named alike. */
  readonly namesLinesBySku?: boolean
  /** Orders whose name, telephone and address the channel does not tell: those must be empty. */
  readonly keepsReceiverBack?: (order: Truth) => boolean
  /** What 500 orders in every state can be told of (`test/flows/truth.test.ts`). */
  readonly truth?: TruthFacts
  /** A genuine push about an order, where the simulator pushes nothing by HTTP though its platform may. */
  readonly pushAbout?: (credentials: Readonly<Record<string, string>>, orderNo: string, now: number) => IncomingPush
}

/** What a channel's contract can and cannot say of an order; everything left out is said to the letter. */
export interface TruthFacts {
  /** Put to the simulator's `settings`, so that rare kinds of orders occur. */
  readonly settings?: Readonly<Record<string, number>>
  readonly hasPresale?: boolean
  readonly hasGifts?: boolean
  /** False: a line leaves whole or not at all. */
  readonly splitsLines?: boolean
  /** A told status as far as the platform can know it. */
  readonly toldStatus?: (order: ChannelOrder) => string
  /** Statuses that this channel has no word for. */
  readonly without?: readonly string[]
  /** A status of what its platform keeps beside its orders and no order is: neither listed nor found. */
  readonly noOrder?: string
  /** What its platform does to orders, or lets a shop do, beyond what every simulator can. Comes last. */
  readonly live?: (rig: Rig, shop: Shop) => Promise<void>
  /** Warnings that are no fault. */
  readonly says?: RegExp
  /** A true line as far as the channel can tell it, and a told line without what cannot be compared. */
  readonly trueLine?: (line: TruthLine, order: Truth) => TruthLine
  readonly toldLine?: (line: TruthLine, order: Truth) => TruthLine
  /** False: what goes back is told of this order as a whole; its lines are then compared without it. */
  readonly tellsRefundsByLine?: (order: ChannelOrder) => boolean
}

export async function aidFor(id: string): Promise<ChannelAid> {
  const { aid } = (await import(`./by-channel/${id}.ts`)) as { readonly aid: ChannelAid }
  return aid
}

/** Beijing wall time, as back offices write it. */
export const wallTime = (at: number | null) =>
  at === null ? '' : new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

export const yuan = (fen: number) => (fen / 100).toFixed(2)

/** A sheet from rows of named cells; every row has every column. */
export function sheetOf(fileName: string, rows: readonly Readonly<Record<string, string>>[]): Sheet {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return { fileName, headers, rows: rows.map((row) => headers.map((header) => row[header] ?? '')) }
}
