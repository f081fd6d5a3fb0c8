import { gramsOf, plainCode, specificationValues } from './grams.ts'

/** What of a SKU is compared. */
export interface SkuFacts {
  readonly id: number
  readonly code: string
  readonly productName: string
  readonly specification: string
  readonly barcode: string | null
}

/** What of a listing is compared. */
export interface ListingFacts {
  readonly merchantCode: string | null
  readonly barcode: string | null
  readonly title: string
  readonly specification: string
}

/** Which SKU a listing probably is (匹配建议): how sure, in percent, and why in words for a person. */
export interface Proposal {
  readonly skuId: number
  readonly confidence: number
  readonly why: string
}

/** Below this a likeness of titles is no proposal; above, it never reaches what codes say. */
const leastLikeness = 60
const mostLikeness = 94
const bySameCode = 100
const byOtherCase = 98
const byOtherSeparators = 95
const bySameBarcode = 98

/**
 * Prepares proposals over these SKUs: code first, then barcode, then title and specification. SKUs are found by their rare grams, so
 * thousands of listings against thousands of SKUs take about a second. A draw between two SKUs is no proposal.
 */
export function proposer(skus: readonly SkuFacts[]): (listing: ListingFacts) => Proposal | null {
  const byCode = soleBy(skus, (sku) => sku.code)
  const byCase = soleBy(skus, (sku) => sku.code.normalize('NFKC').trim().toLowerCase())
  const byPlainCode = soleBy(skus, (sku) => plainCode(sku.code))
  const byBarcode = soleBy(skus, (sku) => sku.barcode?.trim() ?? '')
  const likest = titleIndex(skus)

  return (listing) => {
    const code = listing.merchantCode ?? ''
    const same = byCode.get(code)
    if (same) return { skuId: same.id, confidence: bySameCode, why: '编码相同' }
    const otherCase = byCase.get(code.normalize('NFKC').trim().toLowerCase())
    if (otherCase) return { skuId: otherCase.id, confidence: byOtherCase, why: '编码相同（大小写或全半角不同）' }
    const plain = byPlainCode.get(plainCode(code))
    if (plain) return { skuId: plain.id, confidence: byOtherSeparators, why: '编码相同（分隔符不同）' }
    const scanned = byBarcode.get(listing.barcode?.trim() ?? '')
    if (scanned) return { skuId: scanned.id, confidence: bySameBarcode, why: '条码相同' }
    return likest(listing)
  }
}

/** Those that are alone with their key; an empty key is nobody's. */
function soleBy(skus: readonly SkuFacts[], key: (sku: SkuFacts) => string): ReadonlyMap<string, SkuFacts> {
  const groups = Map.groupBy(skus, key)
  groups.delete('')
  return new Map([...groups].flatMap(([text, [first, second]]) => (first && !second ? [[text, first]] : [])))
}

interface Indexed {
  readonly id: number
  readonly grams: ReadonlySet<string>
  /** Of all grams together. */
  readonly weight: number
}

/** How many entries of the index one listing may look at, and how many SKUs are compared in full. */
const entriesAtMost = 4_000
const comparedAtMost = 200

function titleIndex(skus: readonly SkuFacts[]): (listing: ListingFacts) => Proposal | null {
  const gramsOfSkus = skus.map((sku) => gramsOf(`${sku.productName} ${specificationValues(sku.specification)}`))
  const entries = new Map<string, number[]>()
  for (const [at, grams] of gramsOfSkus.entries()) {
    for (const gram of grams) {
      const places = entries.get(gram)
      if (places) places.push(at)
      else entries.set(gram, [at])
    }
  }
  // A gram that every second SKU has says little, one that only this SKU has says much.
  const weightOf = (gram: string) => Math.log(1 + skus.length / (entries.get(gram)?.length ?? 1))
  const indexed: Indexed[] = skus.map((sku, at) => ({
    id: sku.id,
    grams: gramsOfSkus[at]!,
    weight: sum(gramsOfSkus[at]!, weightOf),
  }))

  return (listing) => {
    const values = gramsOf(specificationValues(listing.specification))
    const grams = new Set([...gramsOf(listing.title), ...values])
    const scored = candidates(grams, entries, weightOf).map((at) => {
      const sku = indexed[at]!
      return { id: sku.id, score: likeness(sku, { grams, values }, weightOf) }
    })
    return bestOf(scored)
  }
}

/** The SKUs that share most with the listing, its rarest grams looked up first. */
function candidates(
  grams: ReadonlySet<string>,
  entries: ReadonlyMap<string, readonly number[]>,
  weightOf: (gram: string) => number,
): number[] {
  const known = [...grams]
    .flatMap((gram) => {
      const places = entries.get(gram)
      return places ? [{ places, weight: weightOf(gram) }] : []
    })
    .sort((a, b) => a.places.length - b.places.length)
  const shared = new Map<number, number>()
  let looked = 0
  for (const { places, weight } of known) {
    if (looked > 0 && looked + places.length > entriesAtMost) break
    looked += places.length
    for (const at of places) shared.set(at, (shared.get(at) ?? 0) + weight)
  }
  return [...shared]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, comparedAtMost)
    .map(([at]) => at)
}

/**
 * From 0 to 1: how much of the SKU's name and specification the listing says, halved where the listing's own specification says
 * something else; less when the name is too short to prove much.
 */
function likeness(
  sku: Indexed,
  listing: { readonly grams: ReadonlySet<string>; readonly values: ReadonlySet<string> },
  weightOf: (gram: string) => number,
): number {
  if (sku.weight === 0) return 0
  const said = sum(sku.grams, (gram) => (listing.grams.has(gram) ? weightOf(gram) : 0)) / sku.weight
  const own = listing.values.size
  const agreed = own === 0 ? 1 : [...listing.values].filter((gram) => sku.grams.has(gram)).length / own
  const proof = 0.6 + 0.4 * Math.min(1, sku.grams.size / 4)
  return said * (0.5 + 0.5 * agreed) * proof
}

function bestOf(scored: readonly { readonly id: number; readonly score: number }[]): Proposal | null {
  const [first, second] = [...scored].sort((a, b) => b.score - a.score || a.id - b.id)
  if (!first || (second && first.score - second.score < 1e-9)) return null
  const confidence = Math.round(first.score * mostLikeness)
  return confidence < leastLikeness ? null : { skuId: first.id, confidence, why: `标题 ${confidence} %` }
}

function sum(grams: Iterable<string>, of: (gram: string) => number): number {
  let total = 0
  for (const gram of grams) total += of(gram)
  return total
}
