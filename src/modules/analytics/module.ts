import * as homeContract from '../../contract/home.ts'
import * as inventoryContract from '../../contract/inventory.ts'
import { serve } from '../../platform/http/serve.ts'
import type { Module } from '../../platform/module.ts'
import { readStock } from './list-stock.ts'
import { readHome } from './read-home.ts'

/** 汇总: pages that read over the shoulders of all modules and write nothing. */
export const analytics: Module = {
  name: 'analytics',
  routes: [serve(homeContract.getHome, readHome), serve(inventoryContract.listStock, readStock)],
  jobs: [],
  listeners: {},
  schedules: [],
}
