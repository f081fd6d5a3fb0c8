import * as contract from '../../contract/channels.ts'
import { serve } from '../../platform/http/serve.ts'
import type { ServedRoute } from '../../platform/module.ts'
import { finishAuthorisation, startAuthorisation, testShop } from './authorise-shop.ts'
import { readCertificates } from './certificates.ts'
import { listChannels, listShops, readFirstPull, readShop } from './list-shops.ts'
import * as manage from './manage-shops.ts'
import { listCalls, listPushes, listSpans } from './records.ts'
import { listShipmentFiles, makeShipmentFile } from './shipment-file.ts'
import { makeStockFile, readStockFile } from './stock-file.ts'
import { switchMode } from './switch-mode.ts'
import { dismissUnsent, listUnsent, retryUnsent } from './unsent.ts'

/** An answer that says only that it was done. */
const done = async (work: Promise<unknown>): Promise<Record<string, never>> => {
  await work
  return {}
}

export const shopRoutes: readonly ServedRoute[] = [
  serve(contract.listChannels, async (ctx) => ({ channels: listChannels(ctx) })),
  serve(contract.listShops, async (ctx) => ({ shops: await listShops(ctx) })),
  serve(contract.readShop, (ctx, { shopId }) => readShop(ctx, shopId)),
  serve(contract.createShop, manage.createShop),
  serve(contract.changeShop, (ctx, asked) => done(manage.changeShop(ctx, asked))),
  serve(contract.switchMode, (ctx, asked) => done(switchMode(ctx, asked))),
  serve(contract.pauseShop, (ctx, { shopId }) => done(manage.pauseShop(ctx, shopId))),
  serve(contract.resumeShop, (ctx, { shopId }) => done(manage.resumeShop(ctx, shopId))),
  serve(contract.deleteShop, (ctx, asked) => done(manage.deleteShop(ctx, asked))),
  serve(contract.saveCredentials, manage.saveCredentials),
  serve(contract.startAuthorisation, (ctx, { shopId }) => startAuthorisation(ctx, shopId)),
  serve(contract.finishAuthorisation, (ctx, { query }) => finishAuthorisation(ctx, query)),
  serve(contract.testShop, (ctx, { shopId }) => testShop(ctx, shopId)),
  serve(contract.beginShop, (ctx, asked) => done(manage.beginShop(ctx, asked))),
  serve(contract.readFirstPull, async (ctx, { shopId }) => ({ firstPull: await readFirstPull(ctx, shopId) })),
  serve(contract.syncShop, (ctx, { shopId }) => done(manage.syncShop(ctx, shopId))),
  serve(contract.listCertificates, readCertificates),
  serve(contract.listSpans, listSpans),
  serve(contract.listCalls, listCalls),
  serve(contract.listUnsent, listUnsent),
  serve(contract.retryUnsent, (ctx, { items }) => retryUnsent(ctx, items)),
  serve(contract.dismissUnsent, (ctx, { items, reason }) => dismissUnsent(ctx, items, reason)),
  serve(contract.listPushes, listPushes),
  serve(contract.makeShipmentFile, makeShipmentFile),
  serve(contract.listShipmentFiles, (ctx, { shopId }) => listShipmentFiles(ctx, shopId)),
  serve(contract.makeStockFile, makeStockFile),
  serve(contract.readStockFile, (ctx, { shopId }) => readStockFile(ctx, shopId)),
]
