import type { Ctx } from '../../platform/module.ts'
import { listHeld } from '../inventory/index.ts'
import { openPerson } from './person.ts'
import { findByIds, listLines, lockByChannelNos, lockByIds, type Stored } from './store/read.ts'
import type { Loaded } from './work.ts'

/** Known orders among those told, locked, with lines and holds. Keyed by shop and channel order number. One statement when none is known. */
export async function loadKnown(
  ctx: Ctx,
  told: readonly { readonly shopId: number; readonly channelOrderNo: string }[],
): Promise<ReadonlyMap<string, Loaded>> {
  const loaded = await withTheirs(ctx, await lockByChannelNos(ctx.db, told))
  return new Map(loaded.map((one) => [`${one.stored.shopId}\n${one.stored.channelOrderNo}`, one]))
}

/** Orders by key, locked, with lines and holds, in order of key. */
export async function loadByIds(ctx: Ctx, ids: readonly number[]): Promise<readonly Loaded[]> {
  return withTheirs(ctx, await lockByIds(ctx.db, ids))
}

/** The same without locks, for previews and exports. */
export async function readByIds(ctx: Ctx, ids: readonly number[]): Promise<readonly Loaded[]> {
  return withTheirs(ctx, await findByIds(ctx.db, ids))
}

async function withTheirs(ctx: Ctx, stored: readonly Stored[]): Promise<Loaded[]> {
  if (stored.length === 0) return []
  const ids = stored.map((order) => order.id)
  const lines = Map.groupBy(await listLines(ctx.db, ids), (line) => line.orderId)
  const held = Map.groupBy(await listHeld(ctx.db, ids), (hold) => hold.orderId)
  return stored.map((order) => ({
    stored: order,
    person: openPerson(ctx.vault, order.sealed),
    lines: lines.get(order.id) ?? [],
    held: held.get(order.id) ?? [],
  }))
}
