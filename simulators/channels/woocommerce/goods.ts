import type { ListingSeed, ListingState } from '../../simulator.ts'
import type { Good, Item } from './model.ts'
import type { Shop } from './shop.ts'

/** Adds goods, or replaces those whose SKU is known. A good without a specification is a simple product, others are variations. */
export function seedGoods(shop: Shop, seeds: readonly ListingSeed[]): void {
  const before = new Set(shop.items.keys())
  const items = [...shop.items.values()].filter(({ isVariable }) => isVariable)
  const variable = new Map(items.map((item) => [item.product, item.id]))
  const touched = new Set<number>()
  for (const seed of seeds) {
    const known = goodOf(shop, seed.merchantCode)
    const isVariation = seed.specification !== ''
    const isSame = known?.product === seed.product && known.isVariation === isVariation
    if (known && !isSame) remove(shop, known)
    const itemId = known && isSame ? replace(shop, known, seed) : add(shop, seed, variable.get(seed.product))
    if (isVariation) variable.set(seed.product, itemId)
    touched.add(itemId)
  }
  for (const id of touched) {
    const item = shop.items.get(id)
    if (item) shop.tell({ topic: before.has(id) ? 'product.updated' : 'product.created', item })
  }
}

export function goodOf(shop: Shop, sku: string): Good | undefined {
  return shop.goods.get(shop.bySku.get(sku) ?? -1)
}

function replace(shop: Shop, known: Good, seed: ListingSeed): number {
  const at = shop.now()
  const { title, specification, priceFen: price, quantity } = seed
  shop.goods.set(known.id, { ...known, specification, price, quantity, modifiedAt: at })
  const item: Item = { ...shop.items.get(known.itemId)!, name: title, modifiedAt: at }
  shop.items.set(item.id, item)
  return item.id
}

function remove(shop: Shop, good: Good): void {
  shop.goods.delete(good.id)
  const item = shop.items.get(good.itemId)!
  const goodIds = item.goodIds.filter((id) => id !== good.id)
  if (goodIds.length === 0) shop.items.delete(item.id)
  else shop.items.set(item.id, { ...item, goodIds })
}

/** A variation goes into the variable product `into`, where there is one. Answers the id of the product. */
function add(shop: Shop, seed: ListingSeed, into: number | undefined): number {
  const at = shop.now()
  const isVariation = seed.specification !== ''
  const itemId = (isVariation ? into : undefined) ?? shop.nextNumber('good')
  const id = isVariation ? shop.nextNumber('good') : itemId
  const before = shop.items.get(itemId)
  shop.goods.set(id, {
    id,
    itemId,
    isVariation,
    sku: seed.merchantCode,
    specification: seed.specification,
    product: seed.product,
    price: seed.priceFen,
    quantity: seed.quantity,
    statusByHand: 'instock',
    backorders: 'no',
    createdAt: at,
    modifiedAt: at,
    pushes: 0,
    pushedAt: null,
  })
  shop.bySku.set(seed.merchantCode, id)
  const item: Item = {
    id: itemId,
    name: seed.title,
    product: seed.product,
    isVariable: isVariation,
    goodIds: [...(before?.goodIds ?? []), id],
    createdAt: before?.createdAt ?? at,
    modifiedAt: at,
  }
  shop.items.set(itemId, item)
  return itemId
}

/** `skuNo` is the variation, and empty for a simple product. */
export function listingOf(shop: Shop, good: Good): ListingState {
  return {
    merchantCode: good.sku,
    title: shop.items.get(good.itemId)!.name,
    specification: good.specification,
    product: good.product,
    priceFen: good.price,
    quantity: good.quantity ?? 0,
    itemNo: String(good.itemId),
    skuNo: good.isVariation ? String(good.id) : '',
    pushes: good.pushes,
    pushedAt: good.pushedAt,
  }
}

/** '颜色:苔绿;尺寸:1.8m' as names and options. */
export function optionsOf(specification: string): readonly { readonly name: string; readonly option: string }[] {
  if (specification === '') return []
  return specification.split(';').map((part) => {
    const at = part.indexOf(':')
    return at < 0 ? { name: '规格', option: part } : { name: part.slice(0, at), option: part.slice(at + 1) }
  })
}

/** The name of a good as an order line shows it: the product, then what was chosen. */
export function nameOf(shop: Shop, { itemId, specification }: Good): string {
  const { name } = shop.items.get(itemId)!
  const chosen = optionsOf(specification).map(({ option }) => option)
  return chosen.length === 0 ? name : `${name} - ${chosen.join(', ')}`
}
