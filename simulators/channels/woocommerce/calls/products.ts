import type { Backorders, Good, Item } from '../model.ts'
import { integerOf, type Params, paramsOf } from '../params.ts'
import { foundVariationJson, productJson, variationJson } from '../product-json.ts'
import { type Answer, restFault } from '../rest.ts'
import type { Shop } from '../shop.ts'
import { batch } from './batch.ts'
import { type Call, cut, pageAnswer, pagingOf } from './call.ts'

/** GET /products. `sku=A,B` finds variations too. Source: own-site.md 2.3. */
export function listProducts(call: Call): Answer {
  const { shop, params } = call
  const paging = pagingOf(call)
  const skus = params.list('sku')
  const rows = skus ? bySkus(shop, skus) : productRows(call)
  return pageAnswer(call, paging, { rows: cut(rows, paging).map((row) => row()), total: rows.length })
}

/** Rows are written only for the page that shows them. */
type Row = () => unknown

function bySkus(shop: Shop, skus: readonly string[]): readonly Row[] {
  const ids = skus.flatMap((sku) => shop.bySku.get(sku) ?? [])
  const goods = ids.flatMap((id) => shop.goods.get(id) ?? [])
  return goods.map(
    (good) => () => (good.isVariation ? foundVariationJson(shop, good) : productJson(shop, itemOf(shop, good.id))),
  )
}

function productRows({ shop, params }: Call): readonly Row[] {
  const [include, exclude] = [params.ids('include'), params.ids('exclude')]
  const zone = { isGmt: params.flag('dates_are_gmt', false) }
  const [after, before] = [params.time('modified_after', zone), params.time('modified_before', zone)]
  const type = params.choice('type', ['any', 'simple', 'variable', 'grouped', 'external'])
  const search = params.text('search')
  const orderBy = params.choice('orderby', ['date', 'id', 'title', 'modified'])
  const direction = params.choice('order', ['desc', 'asc']) === 'asc' ? 1 : -1
  const found = [...shop.items.values()].filter(
    ({ id, name, isVariable, modifiedAt }) =>
      (include?.has(id) ?? true) &&
      !(exclude?.has(id) ?? false) &&
      (after === null || modifiedAt > after) &&
      (before === null || modifiedAt < before) &&
      (type === 'any' || type === (isVariable ? 'variable' : 'simple')) &&
      name.includes(search),
  )
  const compare = {
    date: (a: Item, b: Item) => a.createdAt - b.createdAt,
    id: () => 0,
    title: (a: Item, b: Item) => a.name.localeCompare(b.name, 'zh'),
    modified: (a: Item, b: Item) => a.modifiedAt - b.modifiedAt,
  }[orderBy]
  return found.sort((a, b) => (compare(a, b) || a.id - b.id) * direction).map((item) => () => productJson(shop, item))
}

/** GET /products/{id}. */
export function getProduct({ shop, path }: Call): Answer {
  const id = Number(path[0])
  const variation = variationAt(shop, id)
  return { body: variation ? foundVariationJson(shop, variation) : productJson(shop, itemOf(shop, id)) }
}

/** PUT /products/{id}: what belongs to stock; other fields are passed over. Source: own-site.md 2.3. */
export function updateProduct({ shop, path, params }: Call): Answer {
  return { body: setSimple(shop, Number(path[0]), params) }
}

/** POST /products/batch. */
export function batchProducts(call: Call): Answer {
  return batch(call, { update: (id, fields) => setSimple(call.shop, id, paramsOf(new URLSearchParams(), fields)) })
}

function setSimple(shop: Shop, id: number, params: Params): unknown {
  if (variationAt(shop, id)) {
    const way = '/products/<product_id>/variations/<id>'
    throw restFault(
      404,
      'woocommerce_rest_invalid_product_id',
      `To manipulate product variations you should use the ${way} endpoint.`,
    )
  }
  const item = itemOf(shop, id)
  const good = shop.goods.get(id)
  if (good) setStock(shop, good, params)
  return productJson(shop, shop.items.get(item.id)!)
}

/** GET /products/{id}/variations. */
export function listVariations(call: Call): Answer {
  const { shop, path, params } = call
  const paging = pagingOf(call)
  const { goodIds, isVariable } = itemOf(shop, Number(path[0]))
  const skus = params.list('sku')
  const goods = (isVariable ? goodIds : [])
    .map((id) => shop.goods.get(id)!)
    .filter(({ sku }) => skus?.includes(sku) ?? true)
  const rows = cut(goods, paging).map((good) => variationJson(shop, good))
  return pageAnswer(call, paging, { rows, total: goods.length })
}

/** GET /products/{id}/variations/{variation}. */
export function getVariation({ shop, path }: Call): Answer {
  return { body: variationJson(shop, variationOf(shop, Number(path[0]), Number(path[1]))) }
}

/** PUT /products/{id}/variations/{variation}. */
export function updateVariation({ shop, path, params }: Call): Answer {
  const good = variationOf(shop, Number(path[0]), Number(path[1]))
  return { body: variationJson(shop, setStock(shop, good, params)) }
}

/** POST /products/{id}/variations/batch. */
export function batchVariations(call: Call): Answer {
  const { shop, path } = call
  const parent = itemOf(shop, Number(path[0]))
  return batch(call, {
    update: (id, fields) => {
      const good = variationOf(shop, parent.id, id)
      return variationJson(shop, setStock(shop, good, paramsOf(new URLSearchParams(), fields)))
    },
  })
}

function itemOf(shop: Shop, id: number): Item {
  const item = shop.items.get(id)
  if (!item) throw restFault(404, 'woocommerce_rest_product_invalid_id', 'Invalid ID.')
  return item
}

function variationAt(shop: Shop, id: number): Good | null {
  const good = shop.goods.get(id)
  return good?.isVariation ? good : null
}

function variationOf(shop: Shop, itemId: number, id: number): Good {
  const good = variationAt(shop, id)
  if (good?.itemId !== itemId) throw restFault(404, 'woocommerce_rest_product_variation_invalid_id', 'Invalid ID.')
  return good
}

const stockFields = ['manage_stock', 'stock_quantity', 'stock_status', 'backorders']

/** A number without `manage_stock` counts only where stock is managed already, as in the core [assumed]. */
function setStock(shop: Shop, good: Good, params: Params): Good {
  if (!stockFields.some((name) => params.given(name) !== undefined)) return good
  const at = shop.now()
  const isManaged = params.flag('manage_stock', good.quantity !== null)
  const wanted = params.given('stock_quantity')
  const quantity = wanted === undefined || wanted === null ? (good.quantity ?? 0) : integerOf('stock_quantity', wanted)
  const isPush = isManaged && wanted !== undefined
  const backorders: readonly [Backorders, ...Backorders[]] = ['no', 'notify', 'yes']
  const after: Good = {
    ...good,
    quantity: isManaged ? quantity : null,
    backorders: params.given('backorders') === undefined ? good.backorders : params.choice('backorders', backorders),
    statusByHand:
      params.given('stock_status') === undefined
        ? good.statusByHand
        : params.choice('stock_status', ['instock', 'outofstock', 'onbackorder']),
    modifiedAt: at,
    pushes: good.pushes + (isPush ? 1 : 0),
    pushedAt: isPush ? at : good.pushedAt,
  }
  shop.goods.set(good.id, after)
  const item: Item = { ...shop.items.get(good.itemId)!, modifiedAt: at }
  shop.items.set(item.id, item)
  shop.tell({ topic: 'product.updated', item })
  return after
}
