import type { Instant } from '../../core/time/instant.ts'
import type { Ctx } from '../../platform/module.ts'
import { listReports } from './store/reports.ts'
import { listTold } from './store/stock.ts'
import { troubleOf } from './unsent.ts'

interface Trouble {
  readonly code: string
  readonly zh: string
}

/** What became of telling the channel of one parcel of an order (发货回传结果). */
export interface ShipmentOutcome {
  /** The shop whose channel was told: the order's own, or one that stands beside it. */
  readonly shopId: number
  readonly orderId: number
  readonly parcelId: number
  readonly waybillNo: string
  readonly state: 'waiting' | 'for-file' | 'in-file' | 'done' | 'needs-person' | 'dismissed'
  readonly tried: number
  /** Null unless it waits. */
  readonly nextTryAt: Instant | null
  readonly trouble: Trouble | null
  readonly doneAt: Instant | null
  /** When the channel itself was seen to show the parcel. */
  readonly confirmedAt: Instant | null
}

export async function shipmentOutcomes(ctx: Ctx, orderIds: readonly number[]): Promise<ShipmentOutcome[]> {
  const rows = await listReports(ctx.db, orderIds)
  return rows.map(({ code, details, nextTryAt, ...row }) => ({
    ...row,
    nextTryAt: row.state === 'waiting' ? nextTryAt : null,
    trouble: troubleOf(code, details),
  }))
}

/** What a shop was last told of a listing's stock (已回传库存), and what it should show. */
export interface StockOutcome {
  readonly listingId: number
  readonly wanted: number
  readonly told: number | null
  readonly toldAt: Instant | null
  readonly state: 'waiting' | 'told' | 'needs-person' | 'dismissed'
  readonly trouble: Trouble | null
}

/** A number that lies in a stock file counts as told, one that waits for the next file waits. */
const calledState = {
  waiting: 'waiting',
  told: 'told',
  'needs-person': 'needs-person',
  dismissed: 'dismissed',
  'for-file': 'waiting',
  'in-file': 'told',
} as const

export async function stockOutcomes(ctx: Ctx, listingIds: readonly number[]): Promise<StockOutcome[]> {
  const rows = await listTold(ctx.db, listingIds)
  return rows.map(({ quantity, toldQuantity, code, details, state, ...row }) => ({
    ...row,
    state: calledState[state],
    wanted: quantity,
    told: toldQuantity,
    trouble: troubleOf(code, details),
  }))
}
