import { refusal } from '../../aid/control.ts'
import type { ListingSeed, ListingState } from '../../simulator.ts'
import type { Item, Part, Sku } from './state.ts'
import { nowOf, type World } from './world.ts'

/** Adds listings, or replaces what is known under the same merchant code. Done by a test, not in the shop: nothing is pushed. */
export function seedListings(world: World, seeds: readonly ListingSeed[]): { readonly count: number } {
  for (const seed of seeds) {
    if (!Number.isInteger(seed.quantity) || seed.quantity < 0) throw refusal(`quantity of ${seed.merchantCode}`)
    if (!Number.isInteger(seed.priceFen) || seed.priceFen <= 0) throw refusal(`priceFen of ${seed.merchantCode}`)
    const known = world.skus.get(seed.merchantCode)
    if (known?.item.product === seed.product) replace(world, known, seed)
    else {
      if (known !== undefined) remove(world, known)
      add(world, seed)
    }
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
    quantity: sku.available,
    itemNo: sku.item.productId,
    skuNo: sku.skuId,
    pushes: sku.pushes,
    pushedAt: sku.pushedAt,
  }))
}

/** A placed order takes its pieces off the shelf, which never goes below nothing [assumed]. */
export function take(sku: Sku, quantity: number): void {
  sku.available = Math.max(0, sku.available - quantity)
}

/** An order closed without payment gives them back; a refund does not [assumed]. */
export function giveBack(sku: Sku, quantity: number): void {
  sku.available += quantity
}

/** The seller sets what is for sale from outside. */
export function setAvailable(world: World, sku: Sku, available: number): void {
  sku.available = available
  sku.pushes += 1
  sku.pushedAt = world.clock.now()
  sku.item.updatedAt = nowOf(world)
}

export function listing(world: World, merchantCode: string): Sku {
  const sku = world.skus.get(merchantCode)
  if (sku === undefined) throw refusal(`no listing ${merchantCode}`)
  return sku
}

/** Makes a listing a bundle of others, or a plain one again when there are no parts. */
export function bundle(world: World, merchantCode: string, parts: readonly Part[]): void {
  const sku = listing(world, merchantCode)
  const isPlain = parts.every((part) => part.sku !== sku && part.sku.parts.length === 0)
  if (!isPlain) throw refusal('a bundle holds plain goods only')
  sku.parts = parts
}

/** 16 digits, below 2^53, and 19 digits, above it. Source: douyin.md 1. */
const firstSkuId = 3_412_340_000_000_000
const firstProductId = 3_700_000_000_000_000_100n

function add(world: World, seed: ListingSeed): void {
  const item = world.itemsByProduct.get(seed.product) ?? addItem(world, seed)
  world.goodsMade += 1
  const sku: Sku = {
    item,
    skuId: String(firstSkuId + world.goodsMade),
    merchantCode: seed.merchantCode,
    createdAt: nowOf(world),
    title: seed.title,
    specification: seed.specification,
    priceFen: seed.priceFen,
    parts: [],
    available: seed.quantity,
    pushes: 0,
    pushedAt: null,
  }
  item.skus.push(sku)
  world.skus.set(sku.merchantCode, sku)
  world.skusById.set(sku.skuId, sku)
}

function addItem(world: World, { product, title }: ListingSeed): Item {
  world.goodsMade += 1
  const now = nowOf(world)
  const productId = String(firstProductId + BigInt(world.goodsMade))
  const item: Item = { productId, product, title, createdAt: now, updatedAt: now, skus: [] }
  world.items.set(productId, item)
  world.itemsByProduct.set(product, item)
  return item
}

function replace(world: World, sku: Sku, seed: ListingSeed): void {
  sku.title = seed.title
  sku.specification = seed.specification
  sku.priceFen = seed.priceFen
  sku.available = seed.quantity
  sku.item.title = seed.title
  sku.item.updatedAt = nowOf(world)
}

function remove(world: World, sku: Sku): void {
  const { item } = sku
  item.skus.splice(item.skus.indexOf(sku), 1)
  if (item.skus.length === 0) {
    world.items.delete(item.productId)
    world.itemsByProduct.delete(item.product)
  }
  world.skus.delete(sku.merchantCode)
  world.skusById.delete(sku.skuId)
}
