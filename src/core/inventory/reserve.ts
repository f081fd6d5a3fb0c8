/** Pieces of one SKU at one place. */
export interface Shelf {
  readonly onHand: number
  readonly reserved: number
}

/** What one order line wants. */
export interface Need {
  readonly lineKey: string
  readonly skuId: number
  readonly quantity: number
}

/** An order that wants pieces held. `warehouses` are the places it may be held at, best first; `takesPart`: rather some pieces than none. */
export interface Claim {
  readonly orderKey: string
  readonly needs: readonly Need[]
  readonly warehouses: readonly number[]
  readonly takesPart?: boolean
}

export type Reservation =
  | {
      readonly kind: 'reserved'
      readonly warehouseId: number
      readonly holds: readonly Need[]
      /** What a claim that takes part went without; empty otherwise. */
      readonly missing: readonly Lack[]
    }
  | { readonly kind: 'short'; readonly missing: readonly Lack[] }

/** What is missing at the place that comes nearest to filling the order. */
export interface Lack {
  readonly skuId: number
  readonly quantity: number
}

export const stockKey = (skuId: number, warehouseId: number) => `${skuId}@${warehouseId}`

/**
 * Reserves for each claim all it needs at one place, or nothing (占用), in the order given: who comes first is served first. The first
 * place that can fill the whole order takes it; a claim that takes part goes to the place with the most of it. Shelves are not changed;
 * the outcome says what must be.
 */
export function reserve(claims: readonly Claim[], shelves: ReadonlyMap<string, Shelf>): Map<string, Reservation> {
  const taken = new Map<string, number>()
  const available = (skuId: number, warehouseId: number) => {
    const key = stockKey(skuId, warehouseId)
    const shelf = shelves.get(key)
    return shelf ? shelf.onHand - shelf.reserved - (taken.get(key) ?? 0) : 0
  }
  return new Map(claims.map((claim) => [claim.orderKey, settle(claim, available, taken)]))
}

function settle(
  claim: Claim,
  available: (skuId: number, warehouseId: number) => number,
  taken: Map<string, number>,
): Reservation {
  const wanted = new Map<number, number>()
  for (const { skuId, quantity } of claim.needs) wanted.set(skuId, (wanted.get(skuId) ?? 0) + quantity)

  let nearest: { readonly warehouseId: number; readonly missing: readonly Lack[] } | null = null
  for (const warehouseId of claim.warehouses) {
    const missing = lacks(wanted, (skuId) => available(skuId, warehouseId))
    if (missing.length === 0) {
      for (const [skuId, quantity] of wanted) {
        const key = stockKey(skuId, warehouseId)
        taken.set(key, (taken.get(key) ?? 0) + quantity)
      }
      return { kind: 'reserved', warehouseId, holds: claim.needs, missing: [] }
    }
    if (nearest === null || pieces(missing) < pieces(nearest.missing)) nearest = { warehouseId, missing }
  }
  const part = claim.takesPart && nearest !== null ? partOf(claim, nearest.warehouseId, { available, taken }) : []
  if (nearest !== null && part.length > 0)
    return { kind: 'reserved', warehouseId: nearest.warehouseId, holds: part, missing: nearest.missing }
  return { kind: 'short', missing: nearest?.missing ?? [...wanted].map(([skuId, quantity]) => ({ skuId, quantity })) }
}

/** As many pieces of each need as one place has, in the order of the needs. */
function partOf(
  claim: Claim,
  warehouseId: number,
  shelf: { readonly available: (skuId: number, warehouseId: number) => number; readonly taken: Map<string, number> },
): Need[] {
  return claim.needs.flatMap((need) => {
    const quantity = Math.min(need.quantity, Math.max(0, shelf.available(need.skuId, warehouseId)))
    if (quantity === 0) return []
    const key = stockKey(need.skuId, warehouseId)
    shelf.taken.set(key, (shelf.taken.get(key) ?? 0) + quantity)
    return [{ ...need, quantity }]
  })
}

function lacks(wanted: ReadonlyMap<number, number>, free: (skuId: number) => number): Lack[] {
  return [...wanted].flatMap(([skuId, quantity]) => {
    const lack = quantity - Math.max(0, free(skuId))
    return lack > 0 ? [{ skuId, quantity: lack }] : []
  })
}

const pieces = (missing: readonly Lack[]) => missing.reduce((sum, lack) => sum + lack.quantity, 0)
