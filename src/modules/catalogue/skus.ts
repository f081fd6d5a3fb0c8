import type { z } from 'zod'
import type { changeSku, createSku } from '../../contract/catalogue.ts'
import { Failure } from '../../core/failures.ts'
import { constraintOf } from '../../platform/db/open.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import { proposeSoon } from './propose-matches.ts'
import { matchByCode } from './store/listings.ts'
import { insertSkus, lockSku, type SkuRow, saveSku } from './store/skus.ts'

/** Adds a SKU; listings with its code are matched to it at once, and the orders that waited for them go on. Throws SKU_CODE_TAKEN. */
export async function addSku(outer: Ctx, asked: z.output<typeof createSku.input>): Promise<{ id: number }> {
  return outer.tx(async (ctx) => {
    const [added] = await insertSkus(ctx.db, [asked], ctx.now())
    if (!added) throw new Failure('SKU_CODE_TAKEN', { sku: asked.code })
    await audit(ctx, {
      deed: 'catalogue.sku-created',
      object: 'sku',
      objectId: added.id,
      details: { code: added.code },
    })
    await matchToSku(ctx, added.id)
    return { id: added.id }
  })
}

/** Changes what is given of a SKU. Throws SKU_NOT_FOUND, SKU_CODE_TAKEN. */
export async function rewriteSku(outer: Ctx, asked: z.output<typeof changeSku.input>): Promise<void> {
  await outer.tx(async (ctx) => {
    const before = await lockSku(ctx.db, asked.id)
    if (!before) throw new Failure('SKU_NOT_FOUND', { sku: asked.id })
    const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
    const after = { ...before, ...given }
    await saveSku(ctx.db, after).catch((error: unknown) => {
      if (constraintOf(error) !== 'sku_code_key') throw error
      throw new Failure('SKU_CODE_TAKEN', { sku: after.code }, error)
    })
    await audit(ctx, {
      deed: 'catalogue.sku-changed',
      object: 'sku',
      objectId: asked.id,
      details: { before: named(before), after: named(after) },
    })
    await matchToSku(ctx, asked.id)
  })
}

/** What the trail tells of a SKU; its cost is not for everybody who reads it. */
export const named = ({ code, productName, specification, barcode, weightG, isActive }: Omit<SkuRow, 'id'>) => ({
  code,
  productName,
  specification,
  barcode,
  weightG,
  isActive,
})

async function matchToSku(ctx: Ctx, skuId: number): Promise<void> {
  const matched = await matchByCode(ctx.db, { skuIds: [skuId] }, ctx.now())
  if (matched.length > 0) {
    await tell(ctx, 'catalogue.listing-matched', { listingIds: matched.map((row) => row.listingId) })
  }
  await proposeSoon(ctx)
}
