import { Failure } from '../../core/failures.ts'
import { isoText } from '../../core/time/instant.ts'
import { tell } from '../../platform/events/tell.ts'
import type { FileAnswer } from '../../platform/http/serve.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import { mustFindShop } from './manage-shops.ts'
import { sheetFile } from './sheet-file.ts'
import * as store from './store/reports.ts'

/**
 * The file that the platform's bulk-shipping upload takes (批量发货表): all parcels that wait, which are then told; or those of an earlier
 * file once more. Throws SHOP_NOT_FOUND, CHANNEL_OPERATION_ABSENT, INPUT_INVALID when no parcel waits.
 */
export async function makeShipmentFile(
  outer: Ctx,
  { shopId, fileId }: { readonly shopId: number; readonly fileId?: number | undefined },
): Promise<FileAnswer> {
  return outer.tx(async (ctx) => {
    const shop = await mustFindShop(ctx, shopId)
    const plug = ctx.plugs.channel(shop.channel)
    const write = plug.operations['export.shipments']
    if (write === undefined)
      throw new Failure('CHANNEL_OPERATION_ABSENT', { channel: plug.manifest.zh, operation: '发货表' })
    const rows = await store.lockForFile(ctx.db, shopId, fileId ?? null)
    if (rows.length === 0) throw new Failure('INPUT_INVALID', { field: '发货表', problem: '没有等待下载的包裹' })

    const sheet = write(rows.map((row) => row.report))
    if (fileId === undefined) {
      const file = { shopId, fileName: sheet.fileName, parcels: rows.length, madeBy: ctx.actor.name, now: ctx.now() }
      const { id } = await store.insertFile(ctx.db, file)
      await store.saveInFile(
        ctx.db,
        rows.map((row) => row.id),
        { id, now: ctx.now() },
      )
      await tell(ctx, 'channels.shipment-reported', { orderIds: [...new Set(rows.map((row) => row.orderId))] })
    }
    await audit(ctx, {
      deed: 'channels.shipment-file-made',
      object: 'shop',
      objectId: shopId,
      details: { parcels: rows.length, again: fileId !== undefined },
    })
    return sheetFile(sheet)
  })
}

export async function listShipmentFiles(ctx: Ctx, shopId: number) {
  await mustFindShop(ctx, shopId)
  const { count } = await store.countForFile(ctx.db, shopId)
  const files = await store.listFiles(ctx.db, shopId)
  return {
    waiting: count,
    files: files.map(({ id, madeAt, ...file }) => ({ ...file, fileId: id, madeAt: isoText(madeAt) })),
  }
}
