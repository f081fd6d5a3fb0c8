import { refusal } from '../../aid/control.ts'
import { numberOf } from '../../aid/random.ts'
import type { ListingSeed, ListingState } from '../../simulator.ts'
import { type Item, type Part, type Sku, variantsOf } from './state.ts'
import type { World } from './world.ts'

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
    itemNo: sku.item.itemId,
    skuNo: sku.skuId,
    pushes: sku.pushes,
    pushedAt: sku.pushedAt,
  }))
}

/** A placed order occupies its pieces until it is paid or closed. The shelf never goes below nothing. Source: xiaohongshu.md 10 [assumed]. */
export function occupy(world: World, sku: Sku, quantity: number): void {
  sku.available = Math.max(0, sku.available - quantity)
  sku.occupied += quantity
  sku.updatedAt = world.clock.now()
}

export function sell(sku: Sku, quantity: number): void {
  sku.occupied -= quantity
}

export function release(world: World, sku: Sku, quantity: number): void {
  sku.occupied -= quantity
  sku.available += quantity
  sku.updatedAt = world.clock.now()
}

/** What is not for sale here and now: channels, activities, unpaid orders. */
export function elsewhere(sku: Sku): number {
  const { occupied, productChannel, productChannelOccupied, activityChannel, activityChannelOccupied } = sku
  return occupied + productChannel + productChannelOccupied + activityChannel + activityChannelOccupied
}

/** The seller sets what is for sale from outside. */
export function setAvailable(world: World, sku: Sku, available: number): void {
  sku.available = available
  sku.pushes += 1
  sku.pushedAt = world.clock.now()
  sku.updatedAt = sku.pushedAt
}

/** A name of both: '桂花乌龙茶包 15包/盒'. */
export function skuNameOf({ title, specification }: Sku): string {
  return [title, specOf(specification)].filter((part) => part !== '').join(' ')
}

export function specOf(specification: string): string {
  return variantsOf(specification)
    .map(({ value }) => value)
    .join(' ')
}

export function listing(world: World, merchantCode: string): Sku {
  const sku = world.skus.get(merchantCode)
  if (sku === undefined) throw refusal(`no listing ${merchantCode}`)
  return sku
}

/** Makes a listing a bundle of others, or a plain one again when there are no parts. */
export function bundle(world: World, merchantCode: string, parts: readonly Part[]): void {
  const sku = listing(world, merchantCode)
  if (parts.some((part) => part.sku === sku || part.sku.parts.length > 0))
    throw refusal('a bundle holds plain goods only')
  sku.parts = parts
  sku.updatedAt = world.clock.now()
}

function add(world: World, seed: ListingSeed): void {
  const now = world.clock.now()
  const item = [...world.items.values()].find(({ product }) => product === seed.product) ?? addItem(world, seed.product)
  const sku: Sku = {
    item,
    skuId: newId(world),
    merchantCode: seed.merchantCode,
    createdAt: now,
    title: seed.title,
    specification: seed.specification,
    priceFen: seed.priceFen,
    originalPriceFen: originalOf(seed),
    isBuyable: true,
    parts: [],
    available: seed.quantity,
    occupied: 0,
    productChannel: 0,
    productChannelOccupied: 0,
    activityChannel: 0,
    activityChannelOccupied: 0,
    hasManyWarehouses: false,
    updatedAt: now,
    pushes: 0,
    pushedAt: null,
  }
  item.skus.push(sku)
  item.updatedAt = now
  world.skus.set(sku.merchantCode, sku)
  world.skusById.set(sku.skuId, sku)
}

function addItem(world: World, product: string): Item {
  const now = world.clock.now()
  const item: Item = { itemId: newId(world), product, createdAt: now, skus: [], updatedAt: now }
  world.items.set(item.itemId, item)
  return item
}

function replace(world: World, sku: Sku, seed: ListingSeed): void {
  sku.title = seed.title
  sku.specification = seed.specification
  sku.priceFen = seed.priceFen
  sku.originalPriceFen = originalOf(seed)
  sku.available = seed.quantity
  sku.updatedAt = world.clock.now()
  sku.item.updatedAt = sku.updatedAt
}

function remove(world: World, sku: Sku): void {
  sku.item.skus.splice(sku.item.skus.indexOf(sku), 1)
  if (sku.item.skus.length === 0) world.items.delete(sku.item.itemId)
  world.skus.delete(sku.merchantCode)
  world.skusById.delete(sku.skuId)
}

/** The price before it was lowered, for a part of the goods. */
function originalOf({ merchantCode, priceFen }: ListingSeed): number {
  return priceFen + (numberOf(merchantCode) % 3) * 500
}

/** 24 hexadecimal digits, as all of the platform's ids of goods. */
function newId({ dice }: World): string {
  return `67f0${Array.from({ length: 20 }, () => dice.whole(0, 15).toString(16)).join('')}`
}
