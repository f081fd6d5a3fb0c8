import type { View } from '../errors.ts'
import { variantFields } from '../fields.ts'
import { availableOf, type Option, optionsOf } from '../goods.ts'
import { type ListOptions, selected, windowOf } from '../lists.ts'
import { type Good, locations, mainLocation, type Product, usualCurrency } from '../model.ts'
import type { World } from '../world.ts'
import { locationView } from './shop.ts'

/** `ProductVariant`; its name is the product's, its options tell it from the others. */
export function goodView(world: World, good: Good): View {
  const { no, product, sku, createdAt, updatedAt, priceFen, onHand, allocated, isEnabled } = good
  const threshold = world.settings.outOfStockThreshold
  return {
    __typename: 'ProductVariant',
    id: String(no),
    createdAt,
    updatedAt,
    product: () => productView(world, product),
    productId: String(product.no),
    languageCode: 'zh',
    sku,
    name: product.title,
    featuredAsset: null,
    assets: [],
    price: priceFen,
    currencyCode: usualCurrency,
    priceWithTax: priceFen,
    prices: [{ currencyCode: usualCurrency, price: priceFen }],
    options: () => optionsOf(good).map((option) => optionView(product, option)),
    enabled: isEnabled,
    trackInventory: 'INHERIT',
    stockLevel: availableOf(world, good) > 0 ? 'IN_STOCK' : 'OUT_OF_STOCK',
    stockOnHand: onHand,
    stockAllocated: allocated,
    outOfStockThreshold: threshold,
    useGlobalOutOfStockThreshold: threshold === 0,
    stockLevels: () => levelViews(good),
  }
}

/** The second location's level of nothing comes first: no order of levels is promised. */
function levelViews({ no, createdAt, updatedAt, onHand, allocated }: Good): readonly View[] {
  return locations.toReversed().map((location) => ({
    id: String(no * 10 + location.no),
    createdAt,
    updatedAt,
    stockLocationId: String(location.no),
    stockOnHand: location.no === mainLocation ? onHand : 0,
    stockAllocated: location.no === mainLocation ? allocated : 0,
    stockLocation: locationView(String(location.no)),
  }))
}

/** Groups and options of a product are numbered in the order in which its variants name them. */
function optionView(product: Product, { group, name }: Option): View {
  const all = product.goods.flatMap(optionsOf)
  const groups = [...new Set(all.map((each) => each.group))]
  const names = [...new Set(all.map((each) => `${each.group}:${each.name}`))]
  const born = { createdAt: product.createdAt, updatedAt: product.createdAt, languageCode: 'zh' }
  const groupId = String(product.no * 10 + groups.indexOf(group))
  const id = String(product.no * 100 + names.indexOf(`${group}:${name}`))
  return {
    ...born,
    id,
    code: `o${id}`,
    name,
    groupId,
    group: { ...born, id: groupId, code: `g${groupId}`, name: group },
  }
}

/** `Product`. */
export function productView(world: World, product: Product): View {
  const { no, title, slug, createdAt, updatedAt, goods } = product
  const picture = {
    id: String(no),
    createdAt,
    updatedAt: createdAt,
    name: `${no}.jpg`,
    type: 'IMAGE',
    source: `https://mubai.example/assets/source/${no}.jpg`,
    preview: `https://mubai.example/assets/preview/${no}.jpg`,
  }
  return {
    __typename: 'Product',
    id: String(no),
    createdAt,
    updatedAt,
    languageCode: 'zh',
    name: title,
    slug,
    description: '',
    enabled: goods.some(({ isEnabled }) => isEnabled),
    featuredAsset: picture,
    assets: [picture],
    variants: () => goods.map((good) => goodView(world, good)),
    variantList: ({ options }: { readonly options?: ListOptions | null }) => goodList(world, goods, options ?? {}),
    optionGroups: () => {
      const views = goods.flatMap(optionsOf).map((option) => optionView(product, option).group as View)
      return [...new Map(views.map((view) => [view.id, view])).values()]
    },
  }
}

/** `ProductVariantList`. */
export function goodList(world: World, goods: Iterable<Good>, options: ListOptions): View {
  const [from, to] = windowOf(options)
  const found = selected(goods, options, variantFields)
  return { items: found.slice(from, to).map((good) => goodView(world, good)), totalItems: found.length }
}
