import { refusal } from '../../aid/control.ts'
import type { ListingSeed, ListingState } from '../../simulator.ts'
import { tellListing, tellLowStock } from './events.ts'
import type { Product, Sku, StockMove } from './state.ts'
import type { World } from './world.ts'

export const onSale = 5
export const takenDown = 11
const passed = 4
/** From how few pieces on the merchant is warned; the number is [assumed]. */
const lowStock = 3
const movesKept = 200

/** Adds listings, or replaces those whose merchant code is known. Nothing is pushed: the shelf is as it is. */
export function seedListings(world: World, seeds: readonly ListingSeed[]): { readonly count: number } {
  for (const seed of seeds) {
    if (!Number.isInteger(seed.quantity) || seed.quantity < 0) throw refusal(`quantity of ${seed.merchantCode}`)
    if (!Number.isInteger(seed.priceFen) || seed.priceFen <= 0) throw refusal(`priceFen of ${seed.merchantCode}`)
    const known = world.skus.get(seed.merchantCode)
    if (known?.product.product === seed.product) replace(known, seed)
    else {
      if (known !== undefined) takeOut(world, known)
      addListing(world, seed)
    }
  }
  return { count: seeds.length }
}

/** A product has one title, which its SKUs share. */
export function listingStates(world: World): ListingState[] {
  return [...world.skus.values()].map((sku) => ({
    merchantCode: sku.merchantCode,
    title: sku.product.title,
    specification: sku.specification,
    product: sku.product.product,
    priceFen: sku.priceFen,
    quantity: sku.quantity,
    itemNo: sku.product.productId,
    skuNo: sku.skuId,
    pushes: sku.pushes,
    pushedAt: sku.pushedAt,
  }))
}

/** '颜色:苔绿;尺寸:1.8m' as the platform shows it. */
export function attributesOf(specification: string): readonly { attr_key: string; attr_value: string }[] {
  if (specification === '') return []
  return specification.split(';').map((part) => {
    const [attr_key = '', ...value] = part.split(':')
    return { attr_key, attr_value: value.join(':') }
  })
}

export function pictureOf(world: World, skuId: string): string {
  return `https://mmecimage.cn/p/${world.apps[0].appId}/SIM_${skuId}`
}

/** Finds a SKU as calls name it. */
export function findSku(world: World, productId: string, skuId: string): Sku | undefined {
  return world.products.get(productId)?.skus.find((sku) => sku.skuId === skuId)
}

/** A buyer takes pieces. The shelf never goes below nothing; whether it was enough is for the caller to see first. */
export function takeStock(world: World, sku: Sku, quantity: number): void {
  move(world, sku, { by: -Math.min(quantity, sku.quantity), kind: 'sale' })
}

/**
 * Pieces of an order that was never paid, or of a present nobody accepted, go back on the shelf. Source: wechat-shop.md
 * 9.
 */
export function returnStock(world: World, sku: Sku, quantity: number): void {
  move(world, sku, { by: quantity, kind: 'cancel' })
}

/** The merchant moves a listing's stock from outside. */
export function changeStock(world: World, sku: Sku, by: number): void {
  move(world, sku, { by, kind: 'merchant' })
  sku.pushes += 1
  sku.pushedAt = world.clock.now()
}

/** On sale, or taken down by the merchant. */
export function setProductStatus(world: World, product: Product, status: number): void {
  product.status = status
  tellListing(world, product)
}

function move(world: World, sku: Sku, { by, kind }: { readonly by: number; readonly kind: StockMove['kind'] }): void {
  const before = sku.quantity
  sku.quantity += by
  sku.moves.push({ amount: by, before, after: sku.quantity, kind, at: world.clock.now() })
  if (sku.moves.length > movesKept) sku.moves.shift()
  if (before > lowStock && sku.quantity <= lowStock) tellLowStock(world, sku)
}

function addListing(world: World, seed: ListingSeed): void {
  const known = [...world.products.values()].find(({ product }) => product === seed.product)
  const product = known ?? addProduct(world, seed)
  world.skuCount += 1
  const sku: Sku = {
    product,
    skuId: String(4_120_077_000 + world.skuCount),
    merchantCode: seed.merchantCode,
    specification: seed.specification,
    priceFen: seed.priceFen,
    quantity: seed.quantity,
    warehouses: new Map(),
    moves: [],
    pushes: 0,
    pushedAt: null,
  }
  product.title = seed.title
  product.skus.push(sku)
  world.skus.set(sku.merchantCode, sku)
}

function addProduct(world: World, { product, title }: ListingSeed): Product {
  world.productCount += 1
  const productId = String(10_000_351_720_000 + world.productCount)
  const added: Product = { productId, product, title, status: onSale, editStatus: passed, skus: [] }
  world.products.set(productId, added)
  return added
}

function replace(sku: Sku, seed: ListingSeed): void {
  sku.product.title = seed.title
  sku.specification = seed.specification
  sku.priceFen = seed.priceFen
  sku.quantity = seed.quantity
}

function takeOut(world: World, sku: Sku): void {
  const { product } = sku
  product.skus.splice(product.skus.indexOf(sku), 1)
  if (product.skus.length === 0) world.products.delete(product.productId)
  world.skus.delete(sku.merchantCode)
}
