import { refusal } from '../../aid/control.ts'
import type { ListingSeed, ListingState } from '../../simulator.ts'
import { type Item, type Sku, specOf } from './state.ts'
import type { World } from './world.ts'

/** Adds listings, or replaces what is known under the same merchant code. */
export function seedListings(world: World, seeds: readonly ListingSeed[]): { readonly count: number } {
  for (const seed of seeds) {
    if (!Number.isInteger(seed.quantity) || seed.quantity < 0) throw refusal(`quantity of ${seed.merchantCode}`)
    if (!Number.isInteger(seed.priceFen) || seed.priceFen <= 0) throw refusal(`priceFen of ${seed.merchantCode}`)
    const known = world.skus.get(seed.merchantCode)
    if (known !== undefined && known.item.product !== seed.product) removeListing(world, known)
    const sku = world.skus.get(seed.merchantCode) ?? addListing(world, seed)
    sku.item.title = seed.title
    sku.specification = seed.specification
    sku.priceFen = seed.priceFen
    sku.quantity = seed.quantity
  }
  return { count: seeds.length }
}

/** As the shop shows them: the title is the goods', the specification its values with commas. */
export function listingStates(world: World): ListingState[] {
  return [...world.skus.values()].map((sku) => ({
    merchantCode: sku.merchantCode,
    title: sku.item.title,
    specification: specOf(sku.specification),
    product: sku.item.product,
    priceFen: sku.priceFen,
    quantity: sku.quantity,
    itemNo: String(sku.item.goodsId),
    skuNo: String(sku.skuId),
    pushes: sku.pushes,
    pushedAt: sku.pushedAt,
  }))
}

/** A buyer takes pieces. The shelf never goes below nothing; whether it was enough is for the caller to see first. */
export function takeStock(sku: Sku, quantity: number): void {
  sku.quantity = Math.max(0, sku.quantity - quantity)
}

/** The seller sets a listing's stock from outside. */
export function setStock(world: World, sku: Sku, quantity: number): void {
  sku.quantity = quantity
  sku.pushes += 1
  sku.pushedAt = world.clock.now()
}

function addListing(world: World, seed: ListingSeed): Sku {
  const item = [...world.items.values()].find(({ product }) => product === seed.product) ?? addItem(world, seed)
  const sku: Sku = {
    item,
    skuId: 1_742_000_000_000 + Number(world.dice.digits(9)),
    merchantCode: seed.merchantCode,
    specification: seed.specification,
    priceFen: seed.priceFen,
    quantity: seed.quantity,
    pushes: 0,
    pushedAt: null,
  }
  item.skus.push(sku)
  world.skus.set(sku.merchantCode, sku)
  return sku
}

function addItem(world: World, { product, title }: ListingSeed): Item {
  const item: Item = { goodsId: 753_000_000_000 + Number(world.dice.digits(9)), product, title, skus: [] }
  world.items.set(item.goodsId, item)
  return item
}

function removeListing(world: World, sku: Sku): void {
  sku.item.skus.splice(sku.item.skus.indexOf(sku), 1)
  if (sku.item.skus.length === 0) world.items.delete(sku.item.goodsId)
  world.skus.delete(sku.merchantCode)
}
