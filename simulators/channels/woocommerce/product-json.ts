import { nameOf, optionsOf } from './goods.ts'
import type { Good, Item } from './model.ts'
import type { Shop } from './shop.ts'
import { bothTimes, money } from './text.ts'

type Json = Readonly<Record<string, unknown>>

/** A product as `/products` shows it. Source: own-site.md 2.3; the fields beside its stock are [assumed] from the layout of orders. */
export function productJson(shop: Shop, item: Item): Json {
  const goods = item.goodIds.map((id) => shop.goods.get(id)!)
  const [simple] = item.isVariable ? [] : goods
  const attributes = Map.groupBy(
    goods.flatMap(({ specification }) => optionsOf(specification)),
    ({ name }) => name,
  )
  const lowest = Math.min(...goods.map(({ price }) => price))
  return {
    id: item.id,
    name: item.name,
    slug: `product-${item.id}`,
    permalink: `${shop.address()}/product/product-${item.id}/`,
    ...bothTimes('date_created', item.createdAt),
    ...bothTimes('date_modified', item.modifiedAt),
    type: item.isVariable ? 'variable' : 'simple',
    status: 'publish',
    sku: simple?.sku ?? '',
    ...pricesJson(lowest, { isParent: item.isVariable }),
    ...(simple ? stockJson(simple) : parentStock(goods)),
    parent_id: 0,
    images: [],
    attributes: [...attributes].map(([name, options], position) => ({
      id: 0,
      name,
      position,
      visible: true,
      variation: true,
      options: [...new Set(options.map(({ option }) => option))],
    })),
    default_attributes: [],
    variations: item.isVariable ? item.goodIds : [],
    meta_data: [],
  }
}

/** A variation as the calls below its product show it. */
export function variationJson(shop: Shop, good: Good): Json {
  return {
    id: good.id,
    type: 'variation',
    ...bothTimes('date_created', good.createdAt),
    ...bothTimes('date_modified', good.modifiedAt),
    permalink: `${shop.address()}/product/product-${good.itemId}/`,
    sku: good.sku,
    ...pricesJson(good.price, { isParent: false }),
    status: 'publish',
    ...stockJson(good),
    attributes: optionsOf(good.specification).map(({ name, option }) => ({ id: 0, name, option })),
    image: null,
    name: optionsOf(good.specification)
      .map(({ option }) => option)
      .join(', '),
    parent_id: good.itemId,
    meta_data: [],
  }
}

/** A variation that `GET /products?sku=` found: `parent_id` above 0, `type` variation. Source: own-site.md 2.3. */
export function foundVariationJson(shop: Shop, good: Good): Json {
  return { ...variationJson(shop, good), name: nameOf(shop, good), images: [], variations: [] }
}

/** What a variable product costs is said by its variations; only the lowest price shows. */
function pricesJson(fen: number, { isParent }: { readonly isParent: boolean }): Json {
  const price = money(fen)
  return { price, regular_price: isParent ? '' : price, sale_price: '', on_sale: false, purchasable: true }
}

function stockJson(good: Good): Json {
  return {
    manage_stock: good.quantity !== null,
    stock_quantity: good.quantity,
    stock_status: stockStatus(good),
    backorders: good.backorders,
    backorders_allowed: good.backorders !== 'no',
    backordered: stockStatus(good) === 'onbackorder',
  }
}

function parentStock(goods: readonly Good[]): Json {
  const isThere = goods.some((good) => stockStatus(good) === 'instock')
  const status = isThere ? 'instock' : 'outofstock'
  return {
    manage_stock: false,
    stock_quantity: null,
    stock_status: status,
    backorders: 'no',
    backorders_allowed: false,
    backordered: false,
  }
}

/** Follows the quantity where the shop manages stock. Source: own-site.md 2.3. */
function stockStatus({ quantity, backorders, statusByHand }: Good): Good['statusByHand'] {
  if (quantity === null) return statusByHand
  if (quantity > 0) return 'instock'
  return backorders === 'no' ? 'outofstock' : 'onbackorder'
}
