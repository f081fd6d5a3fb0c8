import * as contract from '../../contract/fulfilment.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Module } from '../../platform/module.ts'
import { addToPool, findCarriers, setCarrier } from './carriers.ts'

/** 快递: which carriers are used and for where, and their waybill numbers. */
export const logistics: Module = {
  name: 'logistics',
  routes: [
    serve(contract.listCarriers, findCarriers),
    serve(contract.changeCarrier, async (ctx, asked) => {
      await setCarrier(ctx, asked)
      return {}
    }),
    serve(contract.addNumbers, addToPool),
  ],
  jobs: [],
  listeners: {},
  schedules: [],
}
