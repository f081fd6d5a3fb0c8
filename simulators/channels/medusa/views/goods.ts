import type { Row } from '../fields.ts'
import { available } from '../goods.ts'
import type { Good, Level, Product } from '../model.ts'
import { sum } from '../pricing.ts'
import type { Shop } from '../shop.ts'
import { decimal, iso, optionsOf, variantTitle } from '../text.ts'

/** A product; its variants and options only where they are asked for. [sdk M] */
export function productRow(shop: Shop, product: Product): Row {
  const goods = () => product.variantIds.map((id) => shop.goods.get(id)!)
  return {
    id: product.id,
    title: product.title,
    handle: product.id.toLowerCase(),
    subtitle: null,
    description: null,
    is_giftcard: false,
    status: 'published',
    thumbnail: null,
    discountable: true,
    external_id: null,
    metadata: null,
    created_at: iso(product.createdAt),
    updated_at: iso(product.updatedAt),
    deleted_at: null,
    variants: () => goods().map((good) => variantRow(shop, good)),
    options: () => optionRows(product, goods()),
    images: () => [],
    sales_channels: () => [{ id: 'sc_01JA0WEB', name: '官网' }],
  }
}

function optionRows({ id: productId }: Product, goods: readonly Good[]): readonly Row[] {
  const all = goods.flatMap((good) => optionsOf(good.specification).map((option) => ({ option, good })))
  return [...Map.groupBy(all, ({ option }) => option.name)].map(([title, uses]) => ({
    id: optionId(productId, title),
    title,
    values: () =>
      [...new Set(uses.map(({ option }) => option.value))].map((value) => ({ id: valueId(title, value), value })),
  }))
}

const optionId = (productId: string, title: string) => `opt_${productId.slice(5)}_${title}`
const valueId = (title: string, value: string) => `optval_${title}_${value}`

export function variantRow(shop: Shop, good: Good): Row {
  const { variantId, productId, specification } = good
  return {
    id: variantId,
    title: variantTitle(specification),
    sku: good.sku,
    barcode: null,
    ean: null,
    upc: null,
    thumbnail: null,
    allow_backorder: false,
    manage_inventory: true,
    variant_rank: 0,
    hs_code: null,
    origin_country: null,
    mid_code: null,
    material: null,
    weight: null,
    length: null,
    height: null,
    width: null,
    product_id: productId,
    metadata: null,
    created_at: iso(good.createdAt),
    updated_at: iso(good.updatedAt),
    deleted_at: null,
    product: () => productRow(shop, shop.products.get(productId)!),
    options: () =>
      optionsOf(specification).map(({ name, value }) => ({
        id: valueId(name, value),
        value,
        option_id: optionId(productId, name),
        option: () => ({ id: optionId(productId, name), title: name, values: () => [] }),
      })),
    prices: () => pricesOf(good),
    inventory_items: () => [
      {
        id: `pvitem_${variantId.slice(8)}`,
        variant_id: variantId,
        inventory_item_id: good.inventoryId,
        required_quantity: 1,
        inventory: () => inventoryRow(shop, good),
        variant: () => variantRow(shop, good),
      },
    ],
    inventory_quantity: () => sum([...good.levels.keys()].map((locationId) => available(good, locationId))),
  }
}

/** Some goods are sold abroad as well and have a price for it, which comes first. */
function pricesOf({ variantId, priceFen, updatedAt }: Good): readonly Row[] {
  const times = { created_at: iso(updatedAt), updated_at: iso(updatedAt) }
  const price = (currency_code: string, amount: number) => ({
    id: `price_${variantId.slice(8)}_${currency_code}`,
    currency_code,
    amount,
    min_quantity: null,
    max_quantity: null,
    price_set_id: `pset_${variantId.slice(8)}`,
    ...times,
  })
  const isSoldAbroad = priceFen % 3 === 0
  return [...(isSoldAbroad ? [price('usd', decimal(Math.round(priceFen / 7)))] : []), price('cny', decimal(priceFen))]
}

/** What stands behind a variant; its two sums are those of all locations. Source: own-site.md 5, Stock, [sdk M]. */
export function inventoryRow(shop: Shop, good: Good): Row {
  const levels = [...good.levels.values()]
  return {
    id: good.inventoryId,
    sku: good.sku,
    title: shop.products.get(good.productId)!.title,
    description: null,
    requires_shipping: true,
    thumbnail: null,
    metadata: null,
    stocked_quantity: sum(levels.map(({ stocked }) => stocked)),
    reserved_quantity: sum(levels.map(({ reserved }) => reserved)),
    created_at: iso(good.createdAt),
    updated_at: iso(good.updatedAt),
    location_levels: () => levels.map((level) => levelRow(shop, good, level)),
  }
}

export function levelRow(shop: Shop, good: Good, level: Level): Row {
  return {
    id: level.id,
    inventory_item_id: good.inventoryId,
    location_id: level.locationId,
    stocked_quantity: level.stocked,
    reserved_quantity: level.reserved,
    incoming_quantity: 0,
    available_quantity: level.stocked - level.reserved,
    metadata: null,
    created_at: iso(level.createdAt),
    updated_at: iso(level.updatedAt),
    deleted_at: null,
    inventory_item: () => inventoryRow(shop, good),
  }
}
