import type { ChannelOrder } from '../../core/channel/shapes.ts'
import { waybillNosOf } from '../../core/channel/shipment.ts'
import { parseIso } from '../../core/time/instant.ts'
import type { SeenOrder } from '../../kit/channel.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import type { Vault } from '../../platform/vault/vault.ts'
import { confirmReports } from './store/reports.ts'
import type { NewSeen, SeenSource } from './store/seen.ts'
import * as store from './store/seen.ts'

export interface Seeing {
  readonly shopId: number
  readonly source: SeenSource
  readonly importId?: number
  /** When the channel was asked (epoch ms); now when left out. */
  readonly at?: number
}

export interface StoredSeen {
  /** Order numbers whose content is new to us. */
  readonly isNew: readonly string[]
}

/**
 * Stores orders as the channel told them (已见订单), in the caller's transaction or its own, with a few statements whatever their number, and
 * tells `channels.orders-seen` when something is new. Older ones than we hold, and echoes, change nothing.
 */
export async function storeSeen(ctx: Ctx, orders: readonly SeenOrder[], about: Seeing): Promise<StoredSeen> {
  if (orders.length === 0) return { isNew: [] }
  const rows = newestOfEach(orders).map((order) => sealed(ctx.vault, order))
  return ctx.tx(async (inner) => {
    const stored = await store.upsertSeen(inner.db, rows, {
      shopId: about.shopId,
      source: about.source,
      importId: about.importId ?? null,
      at: about.at ?? ctx.now(),
    })
    const isNew = stored.filter((row) => row.isNew).map((row) => row.channelOrderNo)
    if (isNew.length > 0) await tell(inner, 'channels.orders-seen', { shopId: about.shopId })
    await confirmParcels(inner, orders, about.shopId)
    return { isNew }
  })
}

/** A parcel that the channel shows has been told to it beyond doubt. */
async function confirmParcels(ctx: Ctx, orders: readonly SeenOrder[], shopId: number): Promise<void> {
  const parcels = orders.flatMap(({ order }) =>
    [...waybillNosOf(order)].map((waybillNo) => ({ channelOrderNo: order.channelOrderNo, waybillNo })),
  )
  if (parcels.length === 0) return
  const confirmed = await confirmReports(ctx.db, shopId, { parcels, now: ctx.now() })
  if (confirmed.length > 0)
    await tell(ctx, 'channels.shipment-reported', { orderIds: confirmed.map((row) => row.orderId) })
}

/** A list read while it moves may show an order twice; the later change stands. */
function newestOfEach(orders: readonly SeenOrder[]): SeenOrder[] {
  const newest = new Map<string, SeenOrder>()
  for (const seen of orders) {
    const known = newest.get(seen.order.channelOrderNo)
    if (known === undefined || seen.order.modifiedAt >= known.order.modifiedAt)
      newest.set(seen.order.channelOrderNo, seen)
  }
  return [...newest.values()]
}

function sealed(vault: Vault, { order, raw }: SeenOrder): NewSeen {
  const text = JSON.stringify(order)
  return {
    channelOrderNo: order.channelOrderNo,
    channelStatus: order.channelStatus,
    createdAt: parseIso(order.createdAt),
    modifiedAt: parseIso(order.modifiedAt),
    content: contentOf(vault, order),
    orderSealed: vault.seal(text),
    rawSealed: vault.seal(raw),
  }
}

/** Fingerprint of what an order says; when it last changed is no part of it, since platforms move that without reason (own-site.md trap 2 [doc]). */
export function contentOf(vault: Vault, order: ChannelOrder): string {
  return vault.fingerprint('order-content', JSON.stringify({ ...order, modifiedAt: null }))
}
