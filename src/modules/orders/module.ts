import * as contract from '../../contract/orders.ts'
import * as review from '../../contract/review.ts'
import { parseAddress } from '../../core/address/parse.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Module } from '../../platform/module.ts'
import { approveOrders, holdOrders, recallOrders, releaseOrders } from './approve-orders.ts'
import { moveToWarehouse, rewriteAddress, writeRemark } from './edit-order.ts'
import { exportSheet } from './export-orders.ts'
import { countViews, findOrders } from './find-orders.ts'
import { readOrder, readRaw, reveal } from './get-order.ts'
import { inLots, preview } from './preview-deed.ts'
import { readReviewSettings, writeReviewSettings } from './review-settings.ts'
import { findAnything } from './search-all.ts'
import { afterLossJob, afterMatchJob, foldTalliesJob, releaseDueJob, serveShortJob, takeInJob } from './work-through.ts'

/** 订单: orders in one form, from intake to the moment they are packed. */
export const orders: Module = {
  name: 'orders',
  routes: [
    serve(contract.listOrders, findOrders),
    serve(contract.countOrders, (ctx, { shopIds }) => countViews(ctx, shopIds)),
    serve(contract.previewDeed, preview),
    serve(contract.approveOrders, (ctx, asked) =>
      inLots(ctx, asked.selection, (ids) => approveOrders(ctx, ids, asked)),
    ),
    serve(contract.holdOrders, (ctx, asked) => inLots(ctx, asked.selection, (ids) => holdOrders(ctx, ids, asked))),
    serve(contract.releaseOrders, (ctx, asked) => inLots(ctx, asked.selection, (ids) => releaseOrders(ctx, ids))),
    serve(contract.recallOrders, (ctx, asked) =>
      inLots(ctx, asked.selection, (ids) => recallOrders(ctx, ids, asked.reason)),
    ),
    serve(contract.exportOrders, exportSheet),
    serve(contract.getOrder, (ctx, { orderNo }) => readOrder(ctx, orderNo)),
    serve(contract.getOrderRaw, (ctx, { orderNo }) => readRaw(ctx, orderNo)),
    serve(contract.revealReceiver, reveal),
    serve(contract.remarkOrder, async (ctx, asked) => done(await writeRemark(ctx, asked))),
    serve(contract.changeWarehouse, async (ctx, asked) => done(await moveToWarehouse(ctx, asked))),
    serve(contract.changeAddress, async (ctx, asked) => done(await rewriteAddress(ctx, asked))),
    serve(contract.understandAddress, async (_ctx, { text }) => {
      const { name, phone, province, city, district, town, detail, certainty } = parseAddress(text)
      return { name, phone, province, city, district, town, detail, certainty }
    }),
    serve(review.getReviewSettings, readReviewSettings),
    serve(review.changeReviewSettings, writeReviewSettings),
    serve(contract.searchAll, findAnything),
  ],
  jobs: [takeInJob, afterMatchJob, afterLossJob, serveShortJob, releaseDueJob, foldTalliesJob],
  listeners: {
    'channels.orders-seen': ['orders.take-in'],
    'catalogue.listing-matched': ['orders.after-match'],
    'inventory.changed': ['orders.serve-short'],
    'inventory.holds-lost': ['orders.after-loss'],
  },
  schedules: [
    // What was seen is taken in at once by the event; this is the net under it.
    { job: 'orders.take-in', everyMs: 10_000 },
    { job: 'orders.release-due', everyMs: 15_000 },
    { job: 'orders.fold-tallies', everyMs: 60_000 },
  ],
}

/** For calls that answer nothing. */
const done = (_: unknown): Record<string, never> => ({})
