import { setImmediate as otherWork } from 'node:timers/promises'
import { proposer } from '../../core/catalogue/propose.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Ctx, Job } from '../../platform/module.ts'
import { type ListingFacts, listUnmatched, saveProposals } from './store/matches.ts'
import { listActiveFacts } from './store/skus.ts'

const jobName = 'catalogue.propose'
const lot = 500

/** Proposals are reckoned anew soon after SKUs or listings changed; many changes are one reckoning. */
export const proposeSoon = (ctx: Ctx) => enqueue(ctx, jobName, {}, { key: jobName, priority: 10 })

/** Reckons what each unmatched listing probably is (匹配建议), and keeps what is new. Gives how many proposals changed. */
export async function proposeMatches(ctx: Ctx): Promise<number> {
  const propose = proposer(await listActiveFacts(ctx.db))
  let changed = 0
  for (let after = 0; ; ) {
    const listings = await listUnmatched(ctx.db, after, lot)
    const last = listings.at(-1)
    if (!last) return changed
    const rows = listings.flatMap((listing) => {
      const proposal = propose(listing)
      return isKept(listing, proposal) ? [] : [{ id: listing.id, proposal }]
    })
    if (rows.length > 0) await saveProposals(ctx.db, rows)
    changed += rows.length
    after = last.id
    await otherWork()
  }
}

function isKept(listing: ListingFacts, proposal: ReturnType<ReturnType<typeof proposer>>): boolean {
  return (
    listing.proposedSkuId === (proposal?.skuId ?? null) &&
    listing.proposedConfidence === (proposal?.confidence ?? null) &&
    listing.proposedWhy === (proposal?.why ?? null)
  )
}

export const proposeJob: Job = { name: jobName, run: async (ctx) => void (await proposeMatches(ctx)) }
