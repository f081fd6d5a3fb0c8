import { Failure } from '../../core/failures.ts'
import { isoText } from '../../core/time/instant.ts'
import type { FileAnswer } from '../../platform/http/serve.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import { mustFindShop } from './manage-shops.ts'
import { sheetFile } from './sheet-file.ts'
import * as store from './store/stock.ts'

/**
 * The file that the platform's bulk stock upload takes (库存表), for a shop in file mode: what every matched listing should show now, as
 * absolute numbers. Throws SHOP_NOT_FOUND, CHANNEL_OPERATION_ABSENT, INPUT_INVALID when there is nothing to show.
 */
export async function makeStockFile(outer: Ctx, { shopId }: { readonly shopId: number }): Promise<FileAnswer> {
  return outer.tx(async (ctx) => {
    const shop = await mustFindShop(ctx, shopId)
    const plug = ctx.plugs.channel(shop.channel)
    const write = plug.operations['export.stock']
    if (write === undefined)
      throw new Failure('CHANNEL_OPERATION_ABSENT', { channel: plug.manifest.zh, operation: '库存表' })
    const rows = await store.lockForStockFile(ctx.db, shopId)
    if (rows.length === 0)
      throw new Failure('INPUT_INVALID', { field: '库存表', problem: '还没有已匹配的商品，请先匹配商品' })

    const sheet = write(
      rows.map(({ channelItemNo, channelSkuNo, merchantCode, quantity }) => ({
        channelItemNo,
        channelSkuNo,
        merchantCode,
        quantity,
      })),
    )
    await store.saveInStockFile(
      ctx.db,
      rows.map((row) => row.id),
      ctx.now(),
    )
    await audit(ctx, {
      deed: 'channels.stock-file-made',
      object: 'shop',
      objectId: shopId,
      details: { listings: rows.length },
    })
    return sheetFile(sheet)
  })
}

/** What a stock file would hold now. Throws SHOP_NOT_FOUND. */
export async function readStockFile(ctx: Ctx, shopId: number) {
  await mustFindShop(ctx, shopId)
  const { madeAt, ...counts } = await store.stockFileState(ctx.db, shopId)
  return { ...counts, madeAt: madeAt === null ? null : isoText(madeAt) }
}
