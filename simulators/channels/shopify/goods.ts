import type { ListingSeed, ListingState } from '../../simulator.ts'
import type { Good, Product } from './model.ts'
import { gid } from './text.ts'
import { secondNow, tellProduct, tellStock, type World } from './world.ts'

/** Adds variants, or changes those whose SKU is known; a product already there says so. */
export function seedListings(world: World, seeds: readonly ListingSeed[]): { readonly count: number } {
  const touched = new Set<Product>()
  for (const seed of seeds) {
    const known = world.goodsBySku.get(seed.merchantCode)
    if (known) touched.add(known.product)
    const good = known ?? addGood(world, seed)
    good.product.title = seed.title
    good.specification = seed.specification
    good.priceFen = seed.priceFen
    good.available = seed.quantity
    good.updatedAt = secondNow(world)
    good.product.updatedAt = good.updatedAt
  }
  for (const product of touched) tellProduct(world, product)
  return { count: world.goodsBySku.size }
}

function addGood(world: World, { merchantCode: sku, product: word, title }: ListingSeed): Good {
  const product = [...world.products.values()].find(({ handle }) => handle === word) ?? addProduct(world, word, title)
  const good: Good = {
    variantNo: world.nextNo('variant'),
    itemNo: world.nextNo('item'),
    product,
    sku,
    specification: '',
    priceFen: 0,
    available: 0,
    committed: 0,
    updatedAt: 0,
    pushes: 0,
    pushedAt: null,
  }
  product.goods.push(good)
  world.goods.set(good.variantNo, good)
  world.goodsBySku.set(sku, good)
  world.goodsByItem.set(good.itemNo, good)
  return good
}

function addProduct(world: World, handle: string, title: string): Product {
  const product: Product = { no: world.nextNo('product'), handle, title, updatedAt: 0, goods: [] }
  world.products.set(product.no, product)
  return product
}

/** One of the words that tell a variant from the others. */
export interface Option {
  readonly name: string
  readonly value: string
}

/** '颜色:苔绿;尺寸:1.8m' as options; a product with one variant alone has the platform's own, 'Title'. */
export function optionsOf({ specification }: Good): readonly Option[] {
  if (specification === '') return [{ name: 'Title', value: 'Default Title' }]
  return specification.split(';').map((part) => {
    const [name = '', value = ''] = part.split(':')
    return { name, value }
  })
}

/** '苔绿 / 1.8m'. */
export function variantTitle(good: Good): string {
  return optionsOf(good)
    .map(({ value }) => value)
    .join(' / ')
}

interface Move {
  readonly available: number
  readonly committed: number
}

/** Pieces are sold, sent or put back. */
export function moveStock(good: Good, { available, committed }: Move): void {
  good.available = Math.max(0, good.available + available)
  good.committed = Math.max(0, good.committed + committed)
}

/** Pieces of an order that never left are on sale again. */
export function putBack(world: World, sku: string, quantity: number): void {
  const good = world.goodsBySku.get(sku)
  if (good === undefined || quantity === 0) return
  moveStock(good, { available: quantity, committed: -quantity })
  good.updatedAt = secondNow(world)
  tellStock(world, good)
}

/** Every variant as a listing, by the global ids that orders name. */
export function listingStates({ goods }: World): readonly ListingState[] {
  return [...goods.values()].map((good) => ({
    merchantCode: good.sku,
    title: good.product.title,
    specification: good.specification,
    product: good.product.handle,
    priceFen: good.priceFen,
    quantity: good.available,
    itemNo: gid('Product', good.product.no),
    skuNo: gid('ProductVariant', good.variantNo),
    pushes: good.pushes,
    pushedAt: good.pushedAt,
  }))
}
