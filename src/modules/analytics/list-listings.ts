import type { z } from 'zod'
import type { ListingRow, listListings, listSkus, matchListings, unmatchListing } from '../../contract/catalogue.ts'
import { listingStates } from '../../contract/catalogue.ts'
import type { Ctx } from '../../platform/module.ts'
import * as catalogue from '../catalogue/index.ts'
import { type StockOutcome, stockOutcomes } from '../channels/index.ts'
import * as store from './store/listings.ts'
import { countSkus, listSkus as listSkuLines } from './store/skus.ts'

/** One page of what shops offer (商品匹配): match or proposal, how many orders wait for it, what the shop was told of its stock. */
export async function findListings(
  ctx: Ctx,
  asked: z.output<typeof listListings.input>,
): Promise<z.input<typeof listListings.output>> {
  const filter = { ...asked, shopId: asked.shopId ?? null, skuId: asked.skuId ?? null }
  const lines = await store.listListings(ctx.db, filter, { after: readCursor(asked.after), limit: asked.limit })
  const page = lines.slice(0, asked.limit)
  const outcomes = await stockOutcomes(
    ctx,
    page.map((line) => line.id),
  )
  const told = new Map(outcomes.map((outcome) => [outcome.listingId, outcome]))
  const counts = new Map((await store.countListings(ctx.db, filter)).map((row) => [row.state, row.count]))
  const last = page.at(-1)
  return {
    rows: page.map((line) => rowOf(line, told.get(line.id) ?? null)),
    next: lines.length > asked.limit && last ? `${last.waiting}.${last.id}` : null,
    counts: Object.fromEntries(listingStates.map((state) => [state, counts.get(state) ?? 0])) as Record<
      (typeof listingStates)[number],
      number
    >,
  }
}

function readCursor(text: string | undefined): store.ListingCursor | null {
  const [, waiting, id] = /^(\d{1,9})\.(\d{1,15})$/.exec(text ?? '') ?? []
  return waiting === undefined || id === undefined ? null : { waiting: Number(waiting), id: Number(id) }
}

function rowOf(line: store.ListingLine, told: StockOutcome | null): z.input<typeof ListingRow> {
  const {
    skuId,
    skuCode,
    skuName,
    proposedSkuId,
    proposedCode,
    proposedName,
    proposedConfidence,
    proposedWhy,
    waiting,
    ...row
  } = line
  return {
    ...row,
    sku: skuId === null ? null : { id: skuId, code: skuCode ?? '', name: skuName ?? '' },
    proposal:
      proposedSkuId === null
        ? null
        : {
            skuId: proposedSkuId,
            code: proposedCode ?? '',
            name: proposedName ?? '',
            confidence: proposedConfidence ?? 0,
            why: proposedWhy ?? '',
          },
    waitingOrders: waiting,
    told: told && toldOf(told),
  }
}

function toldOf({ told, toldAt, wanted, state, trouble }: StockOutcome): ListingRow['told'] {
  if (told === null || toldAt === null) return null
  return { quantity: told, at: toldAt, waiting: state === 'waiting' ? wanted : null, problem: trouble?.zh ?? null }
}

/** Matches listings and says how many open orders go on by it; they do so at once, by the event. */
export async function match(
  outer: Ctx,
  { matches }: z.output<typeof matchListings.input>,
): Promise<z.input<typeof matchListings.output>> {
  return outer.tx(async (ctx) => {
    const result = await catalogue.matchListings(ctx, matches)
    return { ...result, waiting: await store.countWaiting(ctx.db, result.doneIds) }
  })
}

const namedAtMost = 500

/** Takes a match back and names the open orders it had decided; those stop and wait for another. */
export async function unmatch(
  outer: Ctx,
  { id }: z.output<typeof unmatchListing.input>,
): Promise<z.input<typeof unmatchListing.output>> {
  return outer.tx(async (ctx) => {
    const skuId = await catalogue.unmatchListing(ctx, id)
    if (skuId === null) return { touchedOrders: [] }
    return { touchedOrders: await store.listTouched(ctx.db, { listingId: id, skuId }, namedAtMost) }
  })
}

/** One page of SKUs by code (商品与 SKU), with their listings and pieces. */
export async function findSkus(
  ctx: Ctx,
  asked: z.output<typeof listSkus.input>,
): Promise<z.input<typeof listSkus.output>> {
  const lines = await listSkuLines(ctx.db, asked, { after: asked.after ?? null, limit: asked.limit })
  const rows = lines.slice(0, asked.limit)
  return {
    rows,
    next: lines.length > asked.limit ? (rows.at(-1)?.code ?? null) : null,
    total: await countSkus(ctx.db, asked),
  }
}
