import * as catalogueContract from '../../contract/catalogue.ts'
import * as homeContract from '../../contract/home.ts'
import * as inventoryContract from '../../contract/inventory.ts'
import * as shadowContract from '../../contract/shadow.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Module } from '../../platform/module.ts'
import { findListings, findSkus, match, unmatch } from './list-listings.ts'
import { readStock } from './list-stock.ts'
import { readHome } from './read-home.ts'
import { readShadow } from './read-shadow.ts'

/** 汇总: pages that read over the shoulders of all modules and write nothing. */
export const analytics: Module = {
  name: 'analytics',
  routes: [
    serve(homeContract.getHome, readHome),
    serve(inventoryContract.listStock, readStock),
    serve(catalogueContract.listSkus, findSkus),
    serve(catalogueContract.listListings, findListings),
    serve(shadowContract.readShadow, readShadow),
    // These two write through catalogue's face; what they answer beside it only orders know.
    serve(catalogueContract.matchListings, match),
    serve(catalogueContract.unmatchListing, unmatch),
  ],
  jobs: [],
  listeners: {},
  schedules: [],
}
