import { notFound } from '../answers.ts'
import { project, type Row, readFields } from '../fields.ts'
import type { Good } from '../model.ts'
import { cut, isWithin, type Query, readQuery } from '../query.ts'
import { locations, type Shop } from '../shop.ts'
import { productRow, variantRow } from '../views/goods.ts'
import { type Call, pageAnswer } from './call.ts'

const usualLimit = 50

/** GET /admin/products, the oldest first [assumed]. [sdk M] */
export function listProducts({ shop, search }: Call): Row {
  const query = readQuery(search, ['id', 'q', 'status', 'created_at', 'updated_at'])
  const wish = readFields(search.get('fields'), 'product')
  const paging = query.paging(usualLimit)
  const [ids, statuses, q] = [query.list('id'), query.list('status'), query.text('q')]
  const [created, updated] = [query.time('created_at'), query.time('updated_at')]
  const found = [...shop.products.values()].filter(
    ({ id, title, createdAt, updatedAt }) =>
      (ids?.includes(id) ?? true) &&
      (statuses?.includes('published') ?? true) &&
      (q === null || title.includes(q)) &&
      isWithin(createdAt, created) &&
      isWithin(updatedAt, updated),
  )
  const rows = cut(found, paging).map((product) => project('product', productRow(shop, product), wish))
  return pageAnswer('products', rows, { count: found.length, paging })
}

/** GET /admin/products/{id}. */
export function getProduct({ shop, path, search }: Call): Row {
  const product = shop.products.get(path[0]!)
  if (!product) throw notFound('Product', path[0]!)
  return { product: project('product', productRow(shop, product), readFields(search.get('fields'), 'product')) }
}

/** GET /admin/product-variants. [sdk M] */
export function listVariants({ shop, search }: Call): Row {
  const query = readQuery(search, ['id', 'sku', 'created_at', 'updated_at'])
  const wish = readFields(search.get('fields'), 'variant')
  const paging = query.paging(usualLimit)
  const found = variantsOf(shop, query)
  const rows = cut(found, paging).map((good) => project('variant', variantRow(shop, good), wish))
  return pageAnswer('variants', rows, { count: found.length, paging })
}

function variantsOf(shop: Shop, query: Query): readonly Good[] {
  const [ids, skus] = [query.list('id'), query.list('sku')]
  const [created, updated] = [query.time('created_at'), query.time('updated_at')]
  return [...shop.goods.values()].filter(
    ({ variantId, sku, createdAt, updatedAt }) =>
      (ids?.includes(variantId) ?? true) &&
      (skus?.includes(sku) ?? true) &&
      isWithin(createdAt, created) &&
      isWithin(updatedAt, updated),
  )
}

/** GET /admin/stores: the shop's own name. [sdk M] */
export function listStores({ search }: Call): Row {
  const paging = readQuery(search, []).paging(usualLimit)
  const store = { id: 'store_01JA0MUBAI', name: '木白家居', default_location_id: locations[0].id, metadata: null }
  return pageAnswer('stores', [store], { count: 1, paging })
}

/** GET /admin/stock-locations. [sdk M] */
export function listLocations({ search }: Call): Row {
  const query = readQuery(search, ['id', 'name'])
  const paging = query.paging(usualLimit)
  const [ids, names] = [query.list('id'), query.list('name')]
  const found = locations.filter(({ id, name }) => (ids?.includes(id) ?? true) && (names?.includes(name) ?? true))
  return pageAnswer('stock_locations', cut(found, paging).map(locationRow), { count: found.length, paging })
}

/** GET /admin/stock-locations/{id}. */
export function getLocation({ path }: Call): Row {
  const location = locations.find(({ id }) => id === path[0])
  if (!location) throw notFound('StockLocation', path[0]!)
  return { stock_location: locationRow(location) }
}

function locationRow({ id, name }: (typeof locations)[number]): Row {
  return { id, name, metadata: null, address_id: id.replace('sloc_', 'laddr_') }
}
