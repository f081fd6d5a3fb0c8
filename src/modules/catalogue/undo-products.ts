import { undoChange } from '../../core/catalogue/undo-change.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import { fieldWords } from './product-sheet.ts'
import { proposeSoon } from './propose-matches.ts'
import { rewriteSkus } from './rewrite-skus.ts'
import * as store from './store/imported.ts'

interface Left {
  readonly label: string
  readonly zh: string
}

/** How many SKUs of a products file can be put back as they were, and what cannot, with the reason (撤销预览). */
export async function previewUndoProducts(ctx: Ctx, importId: number): Promise<{ undone: number; left: Left[] }> {
  const imported = await store.listImported(ctx.db, importId)
  const verdicts = await judge(ctx, imported, await store.findSkus(ctx.db, idsOf(imported)))
  return {
    undone: verdicts.filter((one) => one.left.length === 0).length,
    left: verdicts.flatMap((one) => one.left),
  }
}

/** Deletes what a products file added and nothing uses, and restores what nobody changed since (撤销导入), in the caller's transaction. */
export async function undoProducts(ctx: Ctx, importId: number): Promise<void> {
  const imported = await store.listImported(ctx.db, importId)
  const verdicts = await judge(ctx, imported, await store.lockSkus(ctx.db, idsOf(imported)))
  await takeAway(
    ctx,
    verdicts.filter((one) => one.goes).map((one) => one.sku),
  )
  await restore(ctx, verdicts)
  if (verdicts.length > 0) await proposeSoon(ctx)
}

const idsOf = (imported: readonly store.Imported[]) => imported.map((one) => one.skuId)

interface Verdict {
  readonly sku: store.KnownSku
  /** Added by the file, and nothing keeps it. */
  readonly goes: boolean
  /** As it is to stand where the file changed it; null where nothing is to be restored. */
  readonly restored: store.SkuFacts | null
  readonly left: readonly Left[]
}

/** What of an import can be undone; a SKU that is gone already is nobody's. */
async function judge(
  ctx: Ctx,
  imported: readonly store.Imported[],
  skus: readonly store.KnownSku[],
): Promise<Verdict[]> {
  const byId = new Map(skus.map((sku) => [sku.id, sku]))
  const added = imported.filter((one) => one.before === null).map((one) => one.skuId)
  const used = await store.listUsedElsewhere(ctx.db, added)
  const matched = await store.listMatchedByPerson(ctx.db, added)
  return imported.flatMap((one) => {
    const sku = byId.get(one.skuId)
    if (sku === undefined) return []
    const isUsed = used.has(sku.id)
    return [
      one.before === null ? ofAdded(sku, one.after, { isUsed, isMatched: matched.has(sku.id) }) : ofChanged(sku, one),
    ]
  })
}

function ofAdded(
  sku: store.KnownSku,
  after: store.SomeFacts,
  about: { readonly isUsed: boolean; readonly isMatched: boolean },
): Verdict {
  const { changedSince } = undoChange({ before: {}, after }, store.factsOf(sku))
  const zh = whyItStays({ ...about, isChanged: changedSince.length > 0 })
  return { sku, goes: zh === null, restored: null, left: zh === null ? [] : [{ label: sku.code, zh }] }
}

function whyItStays(about: {
  readonly isUsed: boolean
  readonly isMatched: boolean
  readonly isChanged: boolean
}): string | null {
  if (about.isUsed) return '已有库存、订单或包裹用到它'
  if (about.isMatched) return '已有人把平台商品匹配到它'
  return about.isChanged ? '新建之后又改过' : null
}

function ofChanged(sku: store.KnownSku, { before, after }: store.Imported): Verdict {
  const facts = store.factsOf(sku)
  const { restored, changedSince } = undoChange({ before: before ?? {}, after }, facts)
  const isAny = Object.keys(restored).length > 0
  return {
    sku,
    goes: false,
    restored: isAny ? store.SkuFacts.parse({ ...facts, ...restored }) : null,
    left: changedSince.map((name) => ({
      label: `${sku.code} 的${fieldWords[name as keyof store.SkuFacts]}`,
      zh: '之后又改过',
    })),
  }
}

async function takeAway(ctx: Ctx, skus: readonly store.KnownSku[]): Promise<void> {
  if (skus.length === 0) return
  const ids = skus.map((sku) => sku.id)
  const listingIds = await store.deleteSkus(ctx.db, ids, { actor: ctx.actor.name, at: ctx.now() })
  await audit(
    ctx,
    skus.map(({ id, code }) => ({ deed: 'catalogue.sku-deleted', object: 'sku', objectId: id, details: { code } })),
  )
  if (listingIds.length > 0) await tell(ctx, 'catalogue.listing-matched', { listingIds })
}

async function restore(ctx: Ctx, verdicts: readonly Verdict[]): Promise<void> {
  const pairs = verdicts.flatMap(({ sku, restored }) =>
    restored === null ? [] : [{ before: sku, after: { ...sku, ...restored } }],
  )
  if (pairs.length > 0) await rewriteSkus(ctx, pairs)
}
