import { refusal } from '../../aid/control.ts'
import type { ListingSeed, ListingState } from '../../simulator.ts'
import { attributeValues, type Sku, type Ware } from './state.ts'
import { secondNow, type World } from './world.ts'

/** Adds listings, or replaces what is known under the same merchant code. */
export function seedListings(world: World, seeds: readonly ListingSeed[]): { readonly count: number } {
  for (const seed of seeds) {
    if (!Number.isInteger(seed.quantity) || seed.quantity < 0) throw refusal(`quantity of ${seed.merchantCode}`)
    if (!Number.isInteger(seed.priceFen) || seed.priceFen <= 0) throw refusal(`priceFen of ${seed.merchantCode}`)
    const known = world.skus.get(seed.merchantCode)
    if (known?.ware.product === seed.product) replace(world, known, seed)
    else addListing(world, seed, known)
  }
  return { count: seeds.length }
}

/** As the shop shows them: JD tells the values of a specification, not what they are values of. */
export function listingStates(world: World): ListingState[] {
  return [...world.skus.values()].map((sku) => ({
    merchantCode: sku.merchantCode,
    title: sku.title,
    specification: attributeValues(sku.specification).join(';'),
    product: sku.ware.product,
    priceFen: sku.priceFen,
    quantity: sku.quantity,
    itemNo: sku.ware.wareId,
    skuNo: sku.skuId,
    pushes: sku.pushes,
    pushedAt: sku.pushedAt,
  }))
}

/** A buyer takes pieces. The shelf never goes below nothing; whether it was enough is for the caller to see first. */
export function takeStock(world: World, sku: Sku, quantity: number): void {
  sku.quantity = Math.max(0, sku.quantity - quantity)
  sku.modifiedAt = secondNow(world)
}

/** Pieces of an order that was cancelled before it left are for sale again. */
export function returnStock(world: World, sku: Sku, quantity: number): void {
  sku.quantity += quantity
  sku.modifiedAt = secondNow(world)
}

/** The seller sets a listing's stock from outside. */
export function setStock(world: World, sku: Sku, quantity: number): void {
  sku.quantity = quantity
  sku.modifiedAt = secondNow(world)
  sku.pushes += 1
  sku.pushedAt = world.clock.now()
}

/** `former`: the same merchant code in another product, which ends. */
function addListing(world: World, seed: ListingSeed, former: Sku | undefined): void {
  if (former !== undefined) removeListing(world, former)
  const ware = [...world.wares.values()].find(({ product }) => product === seed.product) ?? addWare(world, seed)
  const sku: Sku = {
    ware,
    skuId: `100${world.dice.digits(9)}`,
    merchantCode: seed.merchantCode,
    createdAt: secondNow(world),
    title: seed.title,
    specification: seed.specification,
    priceFen: seed.priceFen,
    quantity: seed.quantity,
    modifiedAt: secondNow(world),
    pushes: 0,
    pushedAt: null,
  }
  ware.skus.push(sku)
  world.skus.set(sku.merchantCode, sku)
  world.skusById.set(sku.skuId, sku)
}

function addWare(world: World, seed: ListingSeed): Ware {
  const ware: Ware = {
    wareId: `10022${world.dice.digits(9)}`,
    product: seed.product,
    createdAt: secondNow(world),
    skus: [],
  }
  world.wares.set(ware.wareId, ware)
  return ware
}

function replace(world: World, sku: Sku, seed: ListingSeed): void {
  sku.title = seed.title
  sku.specification = seed.specification
  sku.priceFen = seed.priceFen
  sku.quantity = seed.quantity
  sku.modifiedAt = secondNow(world)
}

function removeListing(world: World, sku: Sku): void {
  sku.ware.skus.splice(sku.ware.skus.indexOf(sku), 1)
  if (sku.ware.skus.length === 0) world.wares.delete(sku.ware.wareId)
  world.skus.delete(sku.merchantCode)
  world.skusById.delete(sku.skuId)
}
