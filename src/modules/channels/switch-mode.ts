import { Failure } from '../../core/failures.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import { turnReports } from './store/reports.ts'
import * as store from './store/shops.ts'
import { turnWishes } from './store/stock.ts'
import { wakeShop } from './wake-shop.ts'

/**
 * Changes how a shop is worked (接口 or 文件). Its orders stay the same ones, since a file and the API name them alike; what was not told
 * yet goes the new way. Towards the API the merchant next types in keys and begins. Throws SHOP_NOT_FOUND, CHANNEL_OPERATION_ABSENT.
 */
export async function switchMode(
  outer: Ctx,
  { shopId, mode }: { readonly shopId: number; readonly mode: 'api' | 'file' },
): Promise<void> {
  await outer.tx(async (ctx) => {
    const shop = await store.lockShop(ctx.db, shopId)
    if (shop === null) throw new Failure('SHOP_NOT_FOUND', { shopId })
    if (shop.mode === mode) return
    const { operations, manifest } = ctx.plugs.channel(shop.channel)
    if (mode === 'file' && operations['export.read'] === undefined)
      throw new Failure('CHANNEL_OPERATION_ABSENT', { channel: manifest.zh, operation: '文件模式' })

    await store.saveMode(ctx.db, shopId, mode)
    const turn = (offered: boolean) =>
      ({ to: mode === 'api' && offered ? 'waiting' : 'for-file', now: ctx.now() }) as const
    await turnReports(ctx.db, shopId, turn(operations['shipments.report'] !== undefined))
    await turnWishes(ctx.db, shopId, turn(operations['stock.push'] !== undefined))
    await audit(ctx, { deed: 'channels.mode-switched', object: 'shop', objectId: shopId, details: { mode } })
    if (mode === 'api' && shop.beganAt !== null) await wakeShop(ctx, shopId)
    await tell(ctx, 'channels.shop-changed', { shopId })
  })
}
