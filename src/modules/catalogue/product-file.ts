import type { CellError, Sheet } from '../../kit/channel.ts'
import { tell } from '../../platform/events/tell.ts'
import type { Ctx } from '../../platform/module.ts'
import { audit } from '../security/index.ts'
import { costHeaders, meaningOfColumns, type ProductLine, readProductSheet } from './product-sheet.ts'
import { proposeSoon } from './propose-matches.ts'
import { rewriteSkus } from './rewrite-skus.ts'
import * as store from './store/imported.ts'
import { matchByCode } from './store/listings.ts'
import { insertSkus } from './store/skus.ts'
import { previewUndoProducts, undoProducts } from './undo-products.ts'

/**
 * 商品表: a file of SKUs, added where their code is new and changed where a cell says something else; an empty cell leaves things as they
 * are. Undoing it deletes what it added and nothing uses, and restores what nobody changed since. It has the form of the imports of
 * `channels`, which stands on this module's own line: the apps bring both together.
 */
export const productFile = {
  kind: 'products' as const,
  zh: '商品表',
  permission: 'catalogue.edit' as const,
  costs: costHeaders,
  recognise: meaningOfColumns,
  preview: async (ctx: Ctx, sheet: Sheet) => {
    const read = readProductSheet(sheet)
    const known = byCode(await store.findByCodes(ctx.db, codesOf(read.lines)))
    const { sorted, errors } = sortLines(read.lines, known)
    return { ...tally(sorted), errors: inOrder([...read.errors, ...errors]) }
  },
  run: async (ctx: Ctx, run: Running) => {
    const read = readProductSheet(run.sheet)
    const lines = read.lines.filter((line) => !run.badRows.has(line.row))
    const errors: RowError[] = read.errors.filter((error) => !run.badRows.has(error.row))
    const sorted: Sorted[] = []
    for (let at = 0; at < lines.length; at += lot) {
      const saved = await saveLot(ctx, run.importId, lines.slice(at, at + lot))
      sorted.push(...saved.sorted)
      errors.push(...saved.errors)
    }
    if (sorted.some((one) => one.sort !== 'known')) await proposeSoon(ctx)
    return { ...tally(sorted), errors: inOrder(errors).map(({ row, zh }) => ({ row, zh })) }
  },
  previewUndo: previewUndoProducts,
  undo: undoProducts,
}

interface Running {
  readonly importId: number
  readonly sheet: Sheet
  readonly badRows: ReadonlySet<number>
}

type RowError = Pick<CellError, 'row' | 'zh'>

/** SKUs written at once. */
const lot = 1_000

const codesOf = (lines: readonly ProductLine[]) => lines.map((line) => line.code)
const byCode = (skus: readonly store.KnownSku[]) => new Map(skus.map((sku) => [sku.code, sku]))
const inOrder = <Row extends { readonly row: number }>(rows: Row[]) => rows.sort((a, b) => a.row - b.row)

interface Sorted {
  readonly line: ProductLine
  readonly sort: 'new' | 'known' | 'changed'
  /** Null when it is new. */
  readonly sku: store.KnownSku | null
  /** As it is to stand. */
  readonly facts: store.SkuFacts
}

/** What each line would do; a new SKU must have a name. */
function sortLines(
  lines: readonly ProductLine[],
  known: ReadonlyMap<string, store.KnownSku>,
): { readonly sorted: Sorted[]; readonly errors: CellError[] } {
  const sorted: Sorted[] = []
  const errors: CellError[] = []
  for (const line of lines) {
    const sku = known.get(line.code) ?? null
    const facts = { ...(sku === null ? blank : store.factsOf(sku)), ...line.facts }
    if (facts.productName === '') errors.push(line.wrong('productName', '新的 SKU 要有商品名称'))
    else sorted.push({ line, sort: sortOf(sku, facts), sku, facts })
  }
  return { sorted, errors }
}

const blank: store.SkuFacts = {
  productName: '',
  specification: '',
  barcode: null,
  weightG: null,
  costFen: null,
  imageUrl: null,
}

const factNames = Object.keys(blank) as (keyof store.SkuFacts)[]

const changedNames = (before: store.SkuFacts, after: store.SkuFacts) =>
  factNames.filter((name) => before[name] !== after[name])

function sortOf(sku: store.SkuFacts | null, facts: store.SkuFacts): Sorted['sort'] {
  if (sku === null) return 'new'
  return changedNames(sku, facts).length > 0 ? 'changed' : 'known'
}

function tally(sorted: readonly Sorted[]) {
  const of = (sort: Sorted['sort']) => sorted.filter((one) => one.sort === sort).length
  return { new: of('new'), known: of('known'), changed: of('changed') }
}

/** Writes a lot: a fixed number of statements, whatever its size. */
async function saveLot(
  ctx: Ctx,
  importId: number,
  lines: readonly ProductLine[],
): Promise<{ sorted: Sorted[]; errors: RowError[] }> {
  const known = byCode(await store.lockByCodes(ctx.db, codesOf(lines)))
  const { sorted, errors } = sortLines(lines, known)
  const added = await addNew(
    ctx,
    importId,
    sorted.filter((one) => one.sort === 'new'),
  )
  await saveChanged(
    ctx,
    importId,
    sorted.filter((one) => one.sort === 'changed'),
  )
  const isRaced = (one: Sorted) => one.sort === 'new' && !added.has(one.line.code)
  const raced = sorted.filter(isRaced).map(({ line }) => line.wrong('sku', '这个编码刚被别人新建，请再导一次'))
  return { sorted: sorted.filter((one) => !isRaced(one)), errors: [...errors, ...raced] }
}

/** Gives the codes added; one that somebody else added in the same moment is not among them. */
async function addNew(ctx: Ctx, importId: number, fresh: readonly Sorted[]): Promise<ReadonlySet<string>> {
  if (fresh.length === 0) return new Set()
  const facts = new Map(fresh.map((one) => [one.line.code, one.facts]))
  const rows = [...facts].map(([code, its]) => ({ code, ...its }))
  const added = await insertSkus(ctx.db, rows, ctx.now())
  await store.insertImported(
    ctx.db,
    importId,
    added.map(({ id, code }) => ({ skuId: id, before: null, after: facts.get(code)! })),
  )
  await audit(
    ctx,
    added.map(({ id, code }) => ({
      deed: 'catalogue.sku-created',
      object: 'sku',
      objectId: id,
      details: { code, importId },
    })),
  )
  const skuIds = added.map((sku) => sku.id)
  const matched = await matchByCode(ctx.db, { skuIds }, ctx.now())
  if (matched.length > 0)
    await tell(ctx, 'catalogue.listing-matched', { listingIds: matched.map((row) => row.listingId) })
  return new Set(added.map((sku) => sku.code))
}

async function saveChanged(ctx: Ctx, importId: number, changed: readonly Sorted[]): Promise<void> {
  const pairs = changed.flatMap(({ sku, facts }) => (sku === null ? [] : [{ sku, facts }]))
  if (pairs.length === 0) return
  await rewriteSkus(
    ctx,
    pairs.map(({ sku, facts }) => ({ before: sku, after: { ...sku, ...facts } })),
  )
  await store.insertImported(
    ctx.db,
    importId,
    pairs.map(({ sku, facts }) => {
      const names = changedNames(sku, facts)
      return { skuId: sku.id, before: only(sku, names), after: only(facts, names) }
    }),
  )
}

const only = (facts: store.SkuFacts, names: readonly (keyof store.SkuFacts)[]): Partial<store.SkuFacts> =>
  Object.fromEntries(names.map((name) => [name, facts[name]]))
