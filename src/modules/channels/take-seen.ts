import type { ChannelOrder } from '../../core/channel/shapes.ts'
import type { Instant } from '../../core/time/instant.ts'
import type { Ctx } from '../../platform/module.ts'
import type { SeenSource } from './store/seen.ts'
import * as store from './store/seen.ts'

/** An order that waits to be taken in, in its newest version. */
export interface SeenForIntake {
  readonly seenId: number
  readonly shopId: number
  readonly channel: string
  readonly channelOrderNo: string
  /** Counts contents of this order, from 1. */
  readonly version: number
  readonly modifiedAt: Instant
  readonly source: SeenSource
  /** The import that first brought it, else null. */
  readonly importId: number | null
  readonly order: ChannelOrder
}

/**
 * Locks up to `limit` orders of all shops that wait to be taken in, oldest first, passing over what another worker holds. Call it
 * and `markTaken` in one transaction: the locks go with it, and a version that came meanwhile waits again.
 */
export async function takeSeen(ctx: Ctx, limit: number): Promise<SeenForIntake[]> {
  const rows = await store.lockWaiting(ctx.db, limit)
  return rows.map(({ id, orderSealed, ...row }) => ({
    seenId: id,
    ...row,
    // Written by ourselves from a parsed order, so it is not parsed by its schema again.
    order: JSON.parse(ctx.vault.open(orderSealed)) as ChannelOrder,
  }))
}

/** Says what became of them, such as `new`, `changed`, `same`; see `takeSeen`. */
export async function markTaken(ctx: Ctx, seenIds: readonly number[], outcome: string): Promise<void> {
  if (seenIds.length > 0) await store.saveTaken(ctx.db, seenIds, outcome)
}

/** How many wait to be taken in. */
export async function countSeenWaiting(ctx: Ctx): Promise<number> {
  return (await store.countWaiting(ctx.db)).count
}

export interface Payload {
  readonly version: number
  readonly seenAt: Instant
  readonly raw: string
}

/** What the channel said of an order, as it said it, newest first (渠道原文). The route that shows it asks for `orders.raw`. */
export async function readPayloads(
  ctx: Ctx,
  order: { readonly shopId: number; readonly channelOrderNo: string },
): Promise<Payload[]> {
  const rows = await store.listPayloads(ctx.db, order.shopId, order.channelOrderNo)
  return rows.map(({ rawSealed, ...row }) => ({ ...row, raw: ctx.vault.open(rawSealed) }))
}
