import { refusal } from '../../aid/control.ts'
import { numberOf } from '../../aid/random.ts'
import type { ListingSeed, ListingState } from '../../simulator.ts'
import type { Item, Sku } from './state.ts'
import { announceItem, secondNow, type World } from './world.ts'

/** Adds listings, or replaces what is known under the same merchant code. */
export function seedListings(world: World, seeds: readonly ListingSeed[]): { readonly count: number } {
  for (const seed of seeds) {
    if (!Number.isInteger(seed.quantity) || seed.quantity < 0) throw refusal(`quantity of ${seed.merchantCode}`)
    if (!Number.isInteger(seed.priceFen) || seed.priceFen <= 0) throw refusal(`priceFen of ${seed.merchantCode}`)
    const known = world.skus.get(seed.merchantCode)
    if (known === undefined) addListing(world, seed)
    else if (known.item.product === seed.product && (known.skuNo === '') === (seed.specification === ''))
      replace(world, known, seed)
    else moveListing(world, known, seed)
  }
  return { count: seeds.length }
}

export function listingStates(world: World): ListingState[] {
  return [...world.skus.values()].map((sku) => ({
    merchantCode: sku.merchantCode,
    title: sku.title,
    specification: sku.specification,
    product: sku.item.product,
    priceFen: sku.priceFen,
    quantity: sku.quantity,
    itemNo: sku.item.itemNo,
    skuNo: sku.skuNo,
    pushes: sku.pushes,
    pushedAt: sku.pushedAt,
  }))
}

export function totalOf(item: Item): number {
  return item.skus.reduce((all, { quantity }) => all + quantity, 0)
}

/** A buyer takes pieces. The shelf never goes below nothing; whether it was enough is for the caller to see first. */
export function takeStock(world: World, sku: Sku, quantity: number): void {
  const had = sku.quantity
  sku.quantity = Math.max(0, had - quantity)
  sku.item.soldQuantity += quantity
  sku.modifiedAt = secondNow(world)
  sku.item.modifiedAt = sku.modifiedAt
  if (had > 0) announceIfEmpty(world, sku)
}

/** Pieces of an order that was never paid go back on the shelf. */
export function returnStock(world: World, sku: Sku, quantity: number): void {
  sku.quantity += quantity
  sku.item.soldQuantity -= quantity
  announceItem(world, sku, 'ItemStockChanged')
}

/** The seller sets a listing's stock from outside. */
export function setStock(world: World, sku: Sku, quantity: number): void {
  sku.quantity = quantity
  sku.pushes += 1
  sku.pushedAt = world.clock.now()
  announceItem(world, sku, 'ItemStockChanged')
  announceIfEmpty(world, sku)
}

function announceIfEmpty(world: World, sku: Sku): void {
  if (sku.quantity > 0) return
  if (sku.skuNo !== '') announceItem(world, sku, 'ItemSkuZeroStock')
  if (totalOf(sku.item) === 0) announceItem(world, sku, 'ItemZeroStock')
}

function addListing(world: World, seed: ListingSeed): void {
  const item = [...world.items.values()].find(({ product }) => product === seed.product) ?? addItem(world, seed)
  const isPlain = seed.specification === ''
  if (item.skus.length > 0 && (isPlain || item.skus[0]!.skuNo === ''))
    throw refusal(`${seed.product}: an item without SKUs cannot have a second listing`)
  const sku: Sku = {
    item,
    skuNo: isPlain ? '' : `5${world.dice.digits(12)}`,
    merchantCode: seed.merchantCode,
    createdAt: secondNow(world),
    title: seed.title,
    specification: seed.specification,
    priceFen: seed.priceFen,
    quantity: seed.quantity,
    modifiedAt: 0,
    pushes: 0,
    pushedAt: null,
  }
  item.skus.push(sku)
  world.skus.set(sku.merchantCode, sku)
  announceItem(world, sku, item.skus.length === 1 ? 'ItemAdd' : 'ItemUpdate')
}

function addItem(world: World, seed: ListingSeed): Item {
  const item: Item = {
    itemNo: `7${world.dice.digits(11)}`,
    product: seed.product,
    outerCode: seed.specification === '' ? seed.merchantCode : `P-${numberOf(seed.product).toString(36).toUpperCase()}`,
    category: String(50_008_000 + (numberOf(seed.product) % 2000)),
    createdAt: secondNow(world),
    skus: [],
    modifiedAt: 0,
    soldQuantity: 0,
  }
  world.items.set(item.itemNo, item)
  return item
}

function replace(world: World, sku: Sku, seed: ListingSeed): void {
  sku.title = seed.title
  sku.specification = seed.specification
  sku.priceFen = seed.priceFen
  sku.quantity = seed.quantity
  announceItem(world, sku, 'ItemUpdate')
}

function moveListing(world: World, sku: Sku, seed: ListingSeed): void {
  sku.item.skus.splice(sku.item.skus.indexOf(sku), 1)
  if (sku.item.skus.length === 0) world.items.delete(sku.item.itemNo)
  world.skus.delete(sku.merchantCode)
  addListing(world, seed)
}
