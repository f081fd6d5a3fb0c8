import * as contract from '../../contract/catalogue.ts'
import { Failure } from '../../core/failures.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Module } from '../../platform/module.ts'
import { createSkusFromListings } from './create-skus.ts'
import { ignoreListing } from './match-listings.ts'
import { proposeJob } from './propose-matches.ts'
import { addSku, rewriteSku } from './skus.ts'
import { isListing, listHistory } from './store/matches.ts'

/** 商品: SKUs, what shops offer, and which is which. Lists that need orders or stock as well are served by `analytics`. */
export const catalogue: Module = {
  name: 'catalogue',
  routes: [
    serve(contract.createSku, addSku),
    serve(contract.changeSku, async (ctx, asked) => {
      await rewriteSku(ctx, asked)
      return {}
    }),
    serve(contract.ignoreListing, async (ctx, asked) => {
      await ignoreListing(ctx, asked)
      return {}
    }),
    serve(contract.createSkusFromListings, (ctx, { listingIds }) => createSkusFromListings(ctx, listingIds)),
    serve(contract.listMatchHistory, async (ctx, { id }) => {
      if (!(await isListing(ctx.db, id))) throw new Failure('LISTING_NOT_FOUND')
      return { rows: await listHistory(ctx.db, id) }
    }),
  ],
  jobs: [proposeJob],
  listeners: {},
  schedules: [],
}
