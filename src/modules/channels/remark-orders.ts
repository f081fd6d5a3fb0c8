import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Ctx } from '../../platform/module.ts'
import { ask } from './ask.ts'
import { onDuty } from './duty.ts'
import { offers, operationOf } from './link.ts'
import * as store from './store/remarks.ts'
import { listNamedShops } from './store/shops.ts'
import { verdictOn } from './verdict.ts'

export interface RemarkToSend {
  readonly shopId: number
  /** Ours, for the list of what is unsent. */
  readonly orderId?: number
  readonly channelOrderNo: string
  readonly remark: string
  readonly flag: string | null
}

/**
 * Puts seller remarks into the outbox (备注回传), in the caller's transaction; the newest of an order counts. Shops in file mode, and channels
 * that take no remarks, are passed over: there the remark stays ours.
 */
export async function remarkOrders(ctx: Ctx, remarks: readonly RemarkToSend[]): Promise<void> {
  const shops = await listNamedShops(ctx.db)
  const takes = new Set(
    shops
      .filter(
        (shop) =>
          !shop.isDeleted &&
          shop.mode === 'api' &&
          ctx.plugs.channel(shop.channel).operations['orders.remark'] !== undefined,
      )
      .map((shop) => shop.id),
  )
  const newest = new Map(
    remarks.filter((one) => takes.has(one.shopId)).map((one) => [`${one.shopId} ${one.channelOrderNo}`, one]),
  )
  if (newest.size === 0) return
  const rows = [...newest.values()].map(({ remark, orderId, ...row }) => ({
    ...row,
    orderId: orderId ?? null,
    remarkSealed: ctx.vault.seal(remark),
  }))
  await store.upsertRemarks(ctx.db, rows, ctx.now())
  for (const shopId of new Set(rows.map((row) => row.shopId))) await enqueueRemarks(ctx, shopId)
}

export const enqueueRemarks = (ctx: Ctx, shopId: number) =>
  enqueue(ctx, 'orders.remark', { shopId }, { key: `orders.remark:${shopId}`, queue: `shop:${shopId}:remarks` })

const perTurn = 20

/** Tells a shop's channel the remarks that wait. The whole remark is told each time, so twice does no harm. */
export async function sendRemarks(ctx: Ctx, shopId: number): Promise<void> {
  await onDuty(ctx, { shopId, duty: 'remarks' }, async (link) => {
    if (link.shop.isReadOnly || !offers(link, 'orders.remark')) return
    const due = await store.listDueRemarks(ctx.db, shopId, { limit: perTurn, now: ctx.now() })
    for (const { id, version, tried, channelOrderNo, remarkSealed, flag } of due) {
      const input = { channelOrderNo, remark: ctx.vault.open(remarkSealed), flag }
      try {
        await ask(ctx, link, (account) => operationOf(link, 'orders.remark')(account, input))
        await store.saveRemarked(ctx.db, { id, version }, ctx.now())
      } catch (error) {
        await store.saveRemarkTrouble(ctx.db, verdictOn(error, { id, tried, now: ctx.now() }))
      }
    }
    if (due.length === perTurn) await enqueueRemarks(ctx, shopId)
  })
}
