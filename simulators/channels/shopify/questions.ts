import type { Sorted } from '../../aid/sorted.ts'
import type { View } from './graphql/answer.ts'
import type { Plain } from './graphql/values.ts'
import { type Good, locations, type Order, type Product } from './model.ts'
import { readSearch, type Search, type SearchFields, type SearchWarning } from './search.ts'
import { financialOf, fulfilmentOf } from './status.ts'
import { gid, numberOf, partsOf } from './text.ts'
import { goodView, itemView, productView } from './views/goods.ts'
import { locationView } from './views/locations.ts'
import { orderView, ownedView } from './views/order.ts'
import { connectionOf, cursorOf, type Page, pageOf, shortConnection } from './views/paging.ts'
import { fulfilmentOrderView, fulfilmentView } from './views/parcels.ts'
import { refundView } from './views/refunds.ts'
import { needScope } from './views/scopes.ts'
import { changedOrder, keyOf, type World } from './world.ts'

/** What questions are put to. */
export interface Asking {
  readonly world: World
  /** Takes what a search filter holds that is none; it is told beside the answer. */
  readonly onWarnings: (field: string, warnings: readonly SearchWarning[]) => void
}

/** The fields of `QueryRoot`. */
export function questionsOf(asking: Asking): View {
  const { world } = asking
  const byId =
    (name: string, kind: string) =>
    ({ id }: Plain) => {
      needScope(world, scopes[kind] ?? '', name)
      return partsOf(id).kind === kind ? nodeAt(world, id) : null
    }
  return {
    shop,
    node: ({ id }: Plain) => nodeAt(world, id),
    nodes: ({ ids }: Plain) => (ids as readonly unknown[]).map((id) => nodeAt(world, id)),
    order: byId('order', 'Order'),
    orders: (args: Plain) => orders(asking, args),
    ordersCount: (args: Plain) => ordersCount(asking, args),
    fulfillmentOrder: byId('fulfillmentOrder', 'FulfillmentOrder'),
    fulfillment: byId('fulfillment', 'Fulfillment'),
    refund: byId('refund', 'Refund'),
    product: byId('product', 'Product'),
    products: (args: Plain) => products(asking, args),
    productVariant: byId('productVariant', 'ProductVariant'),
    productVariants: (args: Plain) => variants(asking, args),
    inventoryItem: byId('inventoryItem', 'InventoryItem'),
    location: ({ id }: Plain) => locationView(id === undefined ? locations[0].no : numberOf('Location', id)),
    locations: shortConnection(locations, { no: ({ no }) => no, view: ({ no }) => locationView(no)! }),
  }
}

/** Source: own-site.md 3 [doc S, exact set assumed]. */
const scopes: Readonly<Record<string, string>> = {
  Order: 'read_orders',
  Refund: 'read_orders',
  Fulfillment: 'read_orders',
  FulfillmentOrder: 'read_merchant_managed_fulfillment_orders',
  Product: 'read_products',
  ProductVariant: 'read_products',
  InventoryItem: 'read_inventory',
}

/** The shop's own name in webhooks and callbacks. Invented. */
export const shopDomain = 'mubai-sample.myshopify.com'

const shop: View = {
  id: gid('Shop', 9001),
  name: '木白家居官网',
  myshopifyDomain: shopDomain,
  primaryDomain: { host: shopDomain, url: `https://${shopDomain}`, sslEnabled: true },
  url: `https://${shopDomain}`,
  currencyCode: 'CNY',
  ianaTimezone: 'Asia/Shanghai',
  timezoneOffset: '+0800',
  taxesIncluded: false,
  email: 'shop@mubai.example',
}

function nodeAt(world: World, id: unknown): View | null {
  const { kind, no } = partsOf(id)
  const finders: Readonly<Record<string, () => View | null | undefined>> = {
    Shop: () => (no === 9001 ? { ...shop, __typename: 'Shop' } : null),
    Order: () => viewed(world.orders.get(no), (order) => (isVisible(world, order) ? orderView(world, order) : null)),
    FulfillmentOrder: () =>
      viewed(world.fulfilmentOrders.get(no), ({ order, fulfilmentOrder }) =>
        ownedView(world, order, fulfilmentOrderView(world, order, fulfilmentOrder)),
      ),
    Fulfillment: () =>
      viewed(world.fulfilments.get(no), ({ order, fulfilment }) =>
        ownedView(world, order, fulfilmentView(world, order, fulfilment)),
      ),
    Refund: () =>
      viewed(world.refunds.get(no), ({ order, refund }) => ownedView(world, order, refundView(world, order, refund))),
    Product: () => viewed(world.products.get(no), (product) => productView(world, product)),
    ProductVariant: () => viewed(world.goods.get(no), (good) => goodView(world, good)),
    InventoryItem: () => viewed(world.goodsByItem.get(no), (good) => itemView(world, good)),
    Location: () => locationView(no),
  }
  return finders[kind]?.() ?? null
}

function viewed<Thing>(thing: Thing | undefined, view: (thing: Thing) => View | null): View | null {
  return thing === undefined ? null : view(thing)
}

const sixtyDaysMs = 60 * 86_400_000

/** Without `read_all_orders` an app sees the orders of 60 days. */
function isVisible({ settings, clock }: World, { createdAt }: Order): boolean {
  return !settings.withoutScopes.includes('read_all_orders') || clock.now() - createdAt <= sixtyDaysMs
}

const orderFields: SearchFields<Order> = {
  created_at: { kind: 'time', of: ({ createdAt }) => createdAt },
  processed_at: { kind: 'time', of: ({ createdAt }) => createdAt },
  updated_at: { kind: 'time', of: ({ updatedAt }) => updatedAt },
  id: { kind: 'number', of: ({ no }) => no },
  name: { kind: 'words', of: ({ name }) => [name, name.slice(1)] },
  test: { kind: 'words', of: ({ isTest }) => [String(isTest)] },
  tag: { kind: 'words', of: ({ asked }) => (asked === null ? [] : ['待退款']) },
  sku: { kind: 'words', of: ({ lines }) => lines.map(({ sku }) => sku) },
  financial_status: { kind: 'words', of: (order) => [financialOf(order), 'any'] },
  fulfillment_status: { kind: 'words', of: (order) => [...fulfilmentWords(order), 'any'] },
  status: { kind: 'words', of: (order) => [...stateWords(order), 'any'] },
}

function fulfilmentWords(order: Order): readonly string[] {
  const word = fulfilmentOf(order)
  const older = { FULFILLED: 'shipped', PARTIALLY_FULFILLED: 'partial', UNFULFILLED: 'unshipped' } as const
  return word in older ? [word, older[word as keyof typeof older]] : [word]
}

function stateWords({ cancelledAt, closedAt }: Order): readonly string[] {
  if (cancelledAt !== null) return ['cancelled', 'not_closed']
  return closedAt === null ? ['open', 'not_closed'] : ['closed']
}

interface Sorting {
  readonly list: Sorted<Order>
  /** Filters that bound the list. */
  readonly bounds: readonly string[]
  readonly key: (order: Order) => number
}

function sortingOf(world: World, sortKey: unknown): Sorting {
  if (sortKey === 'UPDATED_AT')
    return { list: world.byUpdated, bounds: ['updated_at'], key: (order) => keyOf(order.updatedAt, order.place) }
  if (sortKey === 'ID' || sortKey === 'ORDER_NUMBER')
    return { list: world.byNumber, bounds: [], key: ({ place }) => place }
  const key = (order: Order) => keyOf(order.createdAt, order.place)
  return { list: world.byCreated, bounds: ['created_at', 'processed_at'], key }
}

const lastPlace = 2 ** 20 - 1

function keysOf<Row>(search: Search<Row>, bounds: readonly string[]): readonly [number, number] {
  const spans = bounds.map((field) => search.span(field))
  const from = Math.max(...spans.map((span) => span.from), Number.NEGATIVE_INFINITY)
  const to = Math.min(...spans.map((span) => span.to), Number.POSITIVE_INFINITY)
  return [keyOf(from, 0), keyOf(to, lastPlace)]
}

function searchOf<Row>({ onWarnings }: Asking, { query }: Plain, about: SearchedField<Row>): Search<Row> {
  const search = readSearch(typeof query === 'string' ? query : '', about.fields)
  if (search.warnings.length > 0) onWarnings(about.name, search.warnings)
  return search
}

interface SearchedField<Row> {
  readonly name: string
  readonly fields: SearchFields<Row>
}

function orders(asking: Asking, args: Plain): View {
  const { world } = asking
  needScope(world, 'read_orders', 'orders')
  const search = searchOf(asking, args, { name: 'orders', fields: orderFields })
  const { list, bounds, key } = sortingOf(world, args.sortKey)
  const shows = (order: Order) =>
    search.matches(order) &&
    isVisible(world, order) &&
    !world.faults.strikesFor('hide', gid('Order', order.no), 'orders')
  const page = pageOf({ list, keys: keysOf(search, bounds), shows }, args)
  const views = {
    view: (order: Order) => orderView(world, order),
    cursor: (order: Order) => cursorOf(key(order), order.no),
  }
  const connection = connectionOf(page, views)
  const rows = twisted(world, page)
  return { ...connection, nodes: () => rows.map(views.view), edges: () => rows.map((row) => edgeOf(row, views)) }
}

function edgeOf(
  order: Order,
  { view, cursor }: { readonly view: (order: Order) => View; readonly cursor: (order: Order) => string },
): View {
  return { cursor: cursor(order), node: view(order) }
}

/** Rows as faults hand them out: one twice, in another order; and the last changes before the next page is asked for. */
function twisted(world: World, { rows, hasNext }: Page<Order>): readonly Order[] {
  const { faults } = world
  const [first] = rows
  const last = rows.at(-1)
  if (hasNext && last && faults.strikes('shift', 'orders')) shift(world, last)
  const doubled = first && faults.strikes('duplicate', 'orders') ? [...rows, first] : rows
  return faults.strikes('reorder', 'orders') ? faults.chance().shuffled(doubled) : doubled
}

function shift(world: World, last: Order): void {
  const { byUpdated } = world
  const [, next] = byUpdated.span(0, keyOf(last.updatedAt, last.place))
  const follower = next < byUpdated.size() ? byUpdated.at(next) : undefined
  for (const order of [last, follower]) {
    if (order === undefined) continue
    order.note = order.note === '' ? '催一下' : `${order.note}。催一下`
    changedOrder(world, order)
  }
}

function ordersCount(asking: Asking, args: Plain): View {
  const { world } = asking
  needScope(world, 'read_orders', 'ordersCount')
  const search = searchOf(asking, args, { name: 'ordersCount', fields: orderFields })
  const [start, end] = world.byUpdated.span(...keysOf(search, ['updated_at']))
  let found = 0
  for (let place = start; place < end; place += 1) {
    const order = world.byUpdated.at(place)
    if (search.matches(order) && isVisible(world, order)) found += 1
  }
  const limit = typeof args.limit === 'number' ? args.limit : found
  return { count: Math.min(found, limit), precision: found > limit ? 'AT_LEAST' : 'EXACT' }
}

const productFields: SearchFields<Product> = {
  updated_at: { kind: 'time', of: ({ updatedAt }) => updatedAt },
  id: { kind: 'number', of: ({ no }) => no },
  sku: { kind: 'words', of: ({ goods }) => goods.map(({ sku }) => sku) },
  status: { kind: 'words', of: () => ['active'] },
}

const variantFields: SearchFields<Good> = {
  updated_at: { kind: 'time', of: ({ updatedAt }) => updatedAt },
  id: { kind: 'number', of: ({ variantNo }) => variantNo },
  product_id: { kind: 'number', of: ({ product }) => product.no },
  sku: { kind: 'words', of: ({ sku }) => [sku] },
}

function products(asking: Asking, args: Plain): View {
  const { world } = asking
  needScope(world, 'read_products', 'products')
  const search = searchOf(asking, args, { name: 'products', fields: productFields })
  const rows = [...world.products.values()].filter(search.matches)
  return shortConnection(rows, { no: ({ no }) => no, view: (product) => productView(world, product) })(args)
}

function variants(asking: Asking, args: Plain): View {
  const { world } = asking
  needScope(world, 'read_products', 'productVariants')
  const search = searchOf(asking, args, { name: 'productVariants', fields: variantFields })
  const rows = [...world.goods.values()].filter(search.matches)
  return shortConnection(rows, { no: ({ variantNo }) => variantNo, view: (good) => goodView(world, good) })(args)
}
