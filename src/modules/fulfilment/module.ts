import * as contract from '../../contract/fulfilment.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Module } from '../../platform/module.ts'
import { allocateOrders } from './allocate-orders.ts'
import { cancelParcels } from './cancel-parcels.ts'
import { checkPiece, uncheckParcel } from './check-parcel.ts'
import { printParcels } from './print-parcels.ts'
import { findPage, mustRead } from './read-parcels.ts'
import { scanParcel } from './scan-parcel.ts'
import { drawWaybills, setWaybill } from './set-waybill.ts'
import { shipParcels } from './ship-parcels.ts'
import { reportedJob } from './show-on-orders.ts'
import { stopJob } from './stop-parcels.ts'
import { foldTally } from './store/parcels.ts'

/** 打单发货: approved orders become parcels, are printed, checked and handed over. */
export const fulfilment: Module = {
  name: 'fulfilment',
  routes: [
    serve(contract.listParcels, findPage),
    serve(contract.allocateOrders, allocateOrders),
    serve(contract.drawWaybills, drawWaybills),
    serve(contract.printParcels, printParcels),
    serve(contract.scanParcel, (ctx, { code }) => scanParcel(ctx, code)),
    serve(contract.shipParcels, shipParcels),
    serve(contract.cancelParcels, cancelParcels),
    serve(contract.getParcel, (ctx, { id }) => mustRead(ctx, id)),
    serve(contract.setWaybill, async (ctx, asked) => {
      await setWaybill(ctx, asked)
      return {}
    }),
    serve(contract.checkPiece, checkPiece),
    serve(contract.uncheckParcel, (ctx, { id }) => uncheckParcel(ctx, id)),
  ],
  jobs: [
    stopJob,
    reportedJob,
    { name: 'fulfilment.fold-tally', run: (ctx) => ctx.tx(async (inner) => void (await foldTally(inner.db))) },
  ],
  listeners: {
    'orders.stopped': [stopJob.name],
    'orders.changed': [stopJob.name],
    'channels.shipment-reported': [reportedJob.name],
  },
  schedules: [{ job: 'fulfilment.fold-tally', everyMs: 60_000 }],
}
