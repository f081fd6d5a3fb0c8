import { optionsOf, variantTitle } from '../goods.ts'
import type { View } from '../graphql/answer.ts'
import type { Plain } from '../graphql/values.ts'
import { type Good, mainLocation, type Product } from '../model.ts'
import { sum } from '../sums.ts'
import { gid, numberOf, utcTime, yuan } from '../text.ts'
import type { World } from '../world.ts'
import { locationView } from './locations.ts'
import { shortConnection } from './paging.ts'

/** The fields of `Product`. */
export function productView(world: World, product: Product): View {
  const { no, title, handle, updatedAt, goods } = product
  return {
    __typename: 'Product',
    id: gid('Product', no),
    legacyResourceId: String(no),
    title,
    handle,
    status: 'ACTIVE',
    createdAt: utcTime(updatedAt),
    updatedAt: utcTime(updatedAt),
    totalInventory: () => sum(goods.map(({ available }) => available)),
    hasOnlyDefaultVariant: () => goods.every(({ specification }) => specification === ''),
    featuredMedia: null,
    variants: shortConnection(goods, { no: ({ variantNo }) => variantNo, view: (good) => goodView(world, good) }),
  }
}

/** The fields of `ProductVariant`. */
export function goodView(world: World, good: Good): View {
  return {
    __typename: 'ProductVariant',
    id: gid('ProductVariant', good.variantNo),
    legacyResourceId: String(good.variantNo),
    sku: good.sku,
    title: () => variantTitle(good),
    displayName: () => `${good.product.title} - ${variantTitle(good)}`,
    price: yuan(good.priceFen),
    compareAtPrice: null,
    barcode: null,
    availableForSale: good.available > 0,
    inventoryPolicy: 'DENY',
    inventoryQuantity: good.available,
    selectedOptions: () => optionsOf(good),
    createdAt: utcTime(good.updatedAt),
    updatedAt: utcTime(good.updatedAt),
    product: () => productView(world, good.product),
    inventoryItem: () => itemView(world, good),
    image: null,
  }
}

/** The fields of `InventoryItem`, which the main location alone keeps. */
export function itemView(world: World, good: Good): View {
  return {
    __typename: 'InventoryItem',
    id: gid('InventoryItem', good.itemNo),
    sku: good.sku,
    tracked: true,
    updatedAt: utcTime(good.updatedAt),
    variant: () => goodView(world, good),
    inventoryLevel: ({ locationId }: Plain) =>
      numberOf('Location', locationId) === mainLocation ? levelView(world, good) : null,
    inventoryLevels: shortConnection([good], { no: ({ itemNo }) => itemNo, view: (each) => levelView(world, each) }),
  }
}

function levelView(world: World, good: Good): View {
  const kept: Readonly<Record<string, number>> = {
    available: good.available,
    committed: good.committed,
    on_hand: good.available + good.committed,
  }
  return {
    id: `gid://shopify/InventoryLevel/${mainLocation}?inventory_item_id=${good.itemNo}`,
    updatedAt: utcTime(good.updatedAt),
    location: () => locationView(mainLocation),
    item: () => itemView(world, good),
    quantities: ({ names }: Plain) =>
      (names as readonly string[]).map((name) => ({
        name,
        quantity: kept[name] ?? 0,
        updatedAt: utcTime(good.updatedAt),
      })),
  }
}
