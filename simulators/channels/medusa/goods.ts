import type { ListingSeed, ListingState } from '../../simulator.ts'
import type { Good, Level, Order, Product } from './model.ts'
import { ourLocationId, type Shop } from './shop.ts'

/** Adds variants, or replaces those whose SKU is known; only a known one tells of its stock. */
export function seedGoods(shop: Shop, seeds: readonly ListingSeed[]): void {
  const words = new Map([...shop.products.values()].map(({ word, id }) => [word, id]))
  for (const seed of seeds) {
    const known = goodOf(shop, seed.merchantCode)
    const good = known ?? addGood(shop, seed, words)
    const at = shop.now()
    const { specification, priceFen } = seed
    shop.goods.set(good.variantId, { ...good, specification, priceFen, updatedAt: at })
    const product = shop.products.get(good.productId)!
    shop.products.set(product.id, { ...product, title: seed.title, updatedAt: at })
    setLevel(shop, good.variantId, { stocked: seed.quantity + (levelOf(good)?.reserved ?? 0) })
    if (known) shop.tell({ type: 'inventory.updated', sku: seed.merchantCode })
  }
}

function addGood(
  shop: Shop,
  { merchantCode: sku, title, product: word }: ListingSeed,
  words: Map<string, string>,
): Good {
  const at = shop.now()
  const productId = words.get(word) ?? shop.newId('prod')
  const [variantId, inventoryId] = [shop.newId('variant'), shop.newId('iitem')]
  const before = shop.products.get(productId)
  const product: Product = before ?? { id: productId, word, title, variantIds: [], createdAt: at, updatedAt: at }
  words.set(word, productId)
  shop.products.set(productId, { ...product, variantIds: [...product.variantIds, variantId] })
  shop.bySku.set(sku, variantId)
  shop.byInventory.set(inventoryId, variantId)
  return {
    variantId,
    productId,
    inventoryId,
    sku,
    specification: '',
    priceFen: 0,
    createdAt: at,
    updatedAt: at,
    pushes: 0,
    pushedAt: null,
    levels: new Map(),
  }
}

export function goodOf(shop: Shop, sku: string): Good | undefined {
  return shop.goods.get(shop.bySku.get(sku) ?? '')
}

export function levelOf({ levels }: Good, locationId: string = ourLocationId): Level | undefined {
  return levels.get(locationId)
}

/** What may still be bought of it: stocked less reserved, nothing where it has no level. Source: own-site.md 5. */
export function available(good: Good, locationId: string = ourLocationId): number {
  const level = levelOf(good, locationId)
  return level ? level.stocked - level.reserved : 0
}

export interface LevelChange {
  readonly locationId?: string
  /** Numbers that hold from now on; what is not given stays. */
  readonly stocked?: number
  readonly reserved?: number
}

/** Sets a level, which is made where there is none. */
export function setLevel(shop: Shop, variantId: string, { locationId = ourLocationId, ...wish }: LevelChange): Level {
  const good = shop.goods.get(variantId)!
  const at = shop.now()
  const fresh = { id: shop.newId('ilev'), locationId, stocked: 0, reserved: 0, createdAt: at }
  const level: Level = { ...(levelOf(good, locationId) ?? fresh), ...wish, updatedAt: at }
  shop.goods.set(variantId, { ...good, levels: new Map(good.levels).set(locationId, level) })
  return level
}

export function dropLevel(shop: Shop, variantId: string, locationId: string): void {
  const good = shop.goods.get(variantId)!
  const levels = new Map(good.levels)
  levels.delete(locationId)
  shop.goods.set(variantId, { ...good, levels })
}

/** Moves stock at our location; goods that no longer have a level there move nothing. */
function moveStock(shop: Shop, variantId: string, by: { readonly stocked: number; readonly reserved: number }): void {
  const good = shop.goods.get(variantId)
  const level = good && levelOf(good)
  if (!level) return
  setLevel(shop, variantId, { stocked: level.stocked + by.stocked, reserved: level.reserved + by.reserved })
}

/** Reserves what is there for a new order; one that came too late waits for the rest. */
export function reserve(shop: Shop, order: Order): Order {
  const lines = order.lines.map((line) => {
    const good = shop.goods.get(line.variantId)
    const reserved = Math.min(line.quantity, Math.max(0, good ? available(good) : 0))
    moveStock(shop, line.variantId, { stocked: 0, reserved })
    return { ...line, reserved }
  })
  return { ...order, lines }
}

export interface Move {
  readonly lineId: string
  readonly quantity: number
}

/** Pieces that were reserved leave the stock with a fulfilment. Source: own-site.md 5 ("reserves out of stock"). */
export function takeOut(shop: Shop, order: Order, moves: readonly Move[]): Order {
  return letGo(shop, order, { moves, stockedToo: true })
}

/** Pieces that were reserved may be bought again. */
export function release(shop: Shop, order: Order, moves: readonly Move[]): Order {
  return letGo(shop, order, { moves, stockedToo: false })
}

interface Letting {
  readonly moves: readonly Move[]
  readonly stockedToo: boolean
}

function letGo(shop: Shop, order: Order, { moves, stockedToo }: Letting): Order {
  const lines = order.lines.map((line) => {
    const wanted = moves.find(({ lineId }) => lineId === line.id)?.quantity ?? 0
    const free = Math.min(wanted, line.reserved)
    if (free === 0) return line
    moveStock(shop, line.variantId, { stocked: stockedToo ? -free : 0, reserved: -free })
    return { ...line, reserved: line.reserved - free }
  })
  return { ...order, lines }
}

/** A fulfilment that is cancelled puts its pieces back, reserved as before. */
export function putBack(shop: Shop, order: Order, moves: readonly Move[]): Order {
  const lines = order.lines.map((line) => {
    const back = moves.find(({ lineId }) => lineId === line.id)?.quantity ?? 0
    moveStock(shop, line.variantId, { stocked: back, reserved: back })
    return { ...line, reserved: line.reserved + back }
  })
  return { ...order, lines }
}

export function listingOf(shop: Shop, good: Good): ListingState {
  const product = shop.products.get(good.productId)!
  return {
    merchantCode: good.sku,
    title: product.title,
    specification: good.specification,
    product: product.word,
    priceFen: good.priceFen,
    quantity: available(good),
    itemNo: product.id,
    skuNo: good.variantId,
    pushes: good.pushes,
    pushedAt: good.pushedAt,
  }
}
