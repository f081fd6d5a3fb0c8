import type { z } from 'zod'
import type { readShadow as contract } from '../../contract/shadow.ts'
import { cleanDays, compareShadow, type ShadowKind, shadowDays } from '../../core/channel/shadow.ts'
import { beijingDay, isoText } from '../../core/time/instant.ts'
import type { Ctx } from '../../platform/module.ts'
import { shadowStageOf } from '../channels/index.ts'
import * as store from './store/shadow.ts'

type Report = z.input<typeof contract.output>
const shownAtMost = 500

/** 影子对照 of one shop. Reads only; nothing is told to the channel. Throws SHOP_NOT_FOUND. */
export async function readShadow(ctx: Ctx, { shopId }: { readonly shopId: number }): Promise<Report> {
  const { since, wantedDays } = await shadowStageOf(ctx, shopId)
  const orders = since === null ? [] : await store.listShadowed(ctx.db, shopId, since)
  const stock = since === null ? [] : await store.listStockDifferences(ctx.db, shopId)
  const now = ctx.now()
  const verdicts = orders.map((order) => ({ order, verdict: compareShadow(order, now) }))
  const days = shadowDays(verdicts.map(({ verdict }) => verdict))
  const clean = cleanDays(days, beijingDay(now))
  return {
    since: since === null ? null : isoText(since),
    compared: days.reduce((sum, day) => sum + day.orders, 0),
    cleanDays: clean,
    wantedDays,
    mayGoLive: since !== null && clean >= wantedDays,
    days,
    differences: verdicts
      .flatMap(({ order, verdict }) => (verdict.kind === 'differs' ? [{ order, verdict }] : []))
      .slice(0, shownAtMost)
      .map(({ order, verdict }) => ({
        orderId: order.orderId,
        orderNo: order.orderNo,
        channelOrderNo: order.channelOrderNo,
        at: isoText(verdict.at),
        kind: verdict.how,
        ...sentences[verdict.how](order),
      })),
    stock: stock.map(({ total: _, ...row }) => row),
    stockDiffers: stock[0]?.total ?? 0,
  }
}

type Sentence = (order: store.Shadowed) => { readonly ours: string; readonly theirs: string }

const sentences: Record<ShadowKind, Sentence> = {
  'sent-though-held': ({ holdReason, sent }) => ({
    ours: holdReason === null ? '挂起，不发货' : `挂起，不发货：${holdReason}`,
    theirs: `已发 ${sent} 件`,
  }),
  'sent-too-much': ({ wanted, sent }) => ({ ours: `发 ${wanted} 件，其余已退款`, theirs: `已发 ${sent} 件` }),
  'sent-too-little': ({ wanted, sent }) => ({ ours: `发 ${wanted} 件`, theirs: `只发了 ${sent} 件` }),
  'not-sent': ({ wanted }) => ({ ours: `可以发货，${wanted} 件`, theirs: '过了发货期限还没发' }),
}
