import { saveListings } from '../modules/catalogue/index.ts'
import { takeListings } from '../modules/channels/index.ts'
import type { Job, Module } from '../platform/module.ts'

const atOnce = 500

/**
 * Carries listings from where shops' goods are pulled to where they are kept and matched. Both modules stand on one line and do not
 * know each other, so the apps bring them together.
 */
const keepJob: Job = {
  name: 'listings.keep',
  run: async (ctx) => {
    for (;;) {
      const kept = await ctx.tx(async (inner) => {
        const seen = await takeListings(inner, atOnce)
        for (const [shopId, some] of Map.groupBy(seen, (one) => one.shopId)) {
          await saveListings(inner, shopId, { listings: some.map((one) => one.listing), isComplete: false })
        }
        return seen.length
      })
      if (kept === 0) return
    }
  },
}

export const listings: Module = {
  name: 'listings',
  routes: [],
  jobs: [keepJob],
  listeners: { 'channels.listings-seen': [keepJob.name] },
  schedules: [{ job: keepJob.name, everyMs: 60_000 }],
}
