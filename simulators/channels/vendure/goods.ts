import type { ListingSeed, ListingState } from '../../simulator.ts'
import type { Good, Product } from './model.ts'
import { tellStock, type World } from './world.ts'

/** Adds variants, or changes those whose SKU is known; one already there tells of its stock. */
export function seedListings(world: World, seeds: readonly ListingSeed[]): { readonly count: number } {
  for (const seed of seeds) {
    const known = world.goodsBySku.get(seed.merchantCode)
    const good = known ?? addGood(world, seed)
    good.product.title = seed.title
    good.specification = seed.specification
    good.priceFen = seed.priceFen
    good.onHand = seed.quantity + good.allocated + world.settings.outOfStockThreshold
    touch(world, good)
    good.product.updatedAt = good.updatedAt
    if (known) tellStock(world, good)
  }
  return { count: world.goodsBySku.size }
}

function addGood(world: World, { merchantCode: sku, product: slug, title }: ListingSeed): Good {
  const createdAt = world.clock.now()
  const product = [...world.products.values()].find((each) => each.slug === slug) ?? addProduct(world, slug, title)
  const good: Good = {
    no: world.nextNo('variant'),
    product,
    sku,
    createdAt,
    specification: '',
    priceFen: 0,
    isEnabled: true,
    onHand: 0,
    allocated: 0,
    updatedAt: createdAt,
    pushes: 0,
    pushedAt: null,
  }
  product.goods.push(good)
  world.goods.set(good.no, good)
  world.goodsBySku.set(sku, good)
  return good
}

function addProduct(world: World, slug: string, title: string): Product {
  const createdAt = world.clock.now()
  const product: Product = { no: world.nextNo('product'), slug, title, createdAt, updatedAt: createdAt, goods: [] }
  world.products.set(product.no, product)
  return product
}

function touch({ clock }: World, good: Good): void {
  good.updatedAt = clock.now()
}

/** The variant of an order's line, which is never deleted. */
export function goodOf({ goods }: World, no: number): Good {
  return goods.get(no)!
}

/** One of the words that tell a variant from the others. */
export interface Option {
  readonly group: string
  readonly name: string
}

/** '颜色:苔绿;尺寸:1.8m' as options; none where the product has one variant alone. */
export function optionsOf({ specification }: Good): readonly Option[] {
  if (specification === '') return []
  return specification.split(';').map((part) => {
    const [group = '', name = ''] = part.split(':')
    return { group, name }
  })
}

/** What buyers may still order. Source: own-site.md 4, its sample. */
export function availableOf({ settings }: World, { onHand, allocated }: Good): number {
  return Math.max(0, onHand - allocated - settings.outOfStockThreshold)
}

interface Move {
  readonly onHand?: number
  readonly allocated?: number
}

/** Pieces are sold, sent or put back. */
export function moveStock(world: World, good: Good, { onHand = 0, allocated = 0 }: Move): void {
  good.onHand += onHand
  good.allocated = Math.max(0, good.allocated + allocated)
  touch(world, good)
}

/** Stock as somebody outside sets it. */
export function setStock(world: World, good: Good, onHand: number): void {
  good.onHand = onHand
  good.pushes += 1
  good.pushedAt = world.clock.now()
  touch(world, good)
  tellStock(world, good)
}

/** Every variant as a listing. */
export function listingStates(world: World): readonly ListingState[] {
  return [...world.goods.values()].map((good) => ({
    merchantCode: good.sku,
    title: good.product.title,
    specification: good.specification,
    product: good.product.slug,
    priceFen: good.priceFen,
    quantity: availableOf(world, good),
    itemNo: String(good.product.no),
    skuNo: String(good.no),
    pushes: good.pushes,
    pushedAt: good.pushedAt,
  }))
}
