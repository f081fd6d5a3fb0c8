import type { Call } from './calls/call.ts'
import { cancelFulfilment, createFulfilment, createShipment, markDelivered } from './calls/fulfilments.ts'
import { getLocation, getProduct, listLocations, listProducts, listStores, listVariants } from './calls/goods.ts'
import { archiveOrder, cancelOrder, completeOrder, getOrder, listOrders, updateOrder } from './calls/orders.ts'
import { getReturn, listReturns, refundPayment } from './calls/payments.ts'
import { batchLevels, createLevel, getInventory, listInventory, listLevels, updateLevel } from './calls/stock.ts'
import type { Row } from './fields.ts'

export interface Route {
  readonly method: string
  readonly path: RegExp
  /** As counted and as named in fault plans. */
  readonly operation: string
  readonly answer: (call: Call) => Row
}

const orders = '/admin/orders'
const parcels = `${orders}/{id}/fulfillments`
const inventory = '/admin/inventory-items'

/** Every call of the admin API there is; `{id}` is any piece of a path. */
const table: readonly (readonly [ask: string, operation: string, answer: Route['answer']])[] = [
  [`GET ${orders}`, 'orders.list', listOrders],
  [`GET ${orders}/{id}`, 'orders.get', getOrder],
  [`POST ${orders}/{id}`, 'orders.update', updateOrder],
  [`POST ${orders}/{id}/complete`, 'orders.complete', completeOrder],
  [`POST ${orders}/{id}/cancel`, 'orders.cancel', cancelOrder],
  [`POST ${orders}/{id}/archive`, 'orders.archive', archiveOrder],
  [`POST ${parcels}`, 'fulfillments.create', createFulfilment],
  [`POST ${parcels}/{id}/shipments`, 'shipments.create', createShipment],
  [`POST ${parcels}/{id}/mark-as-delivered`, 'fulfillments.deliver', markDelivered],
  [`POST ${parcels}/{id}/cancel`, 'fulfillments.cancel', cancelFulfilment],
  ['POST /admin/payments/{id}/refund', 'payments.refund', refundPayment],
  ['GET /admin/returns', 'returns.list', listReturns],
  ['GET /admin/returns/{id}', 'returns.get', getReturn],
  ['GET /admin/products', 'products.list', listProducts],
  ['GET /admin/products/{id}', 'products.get', getProduct],
  ['GET /admin/product-variants', 'variants.list', listVariants],
  [`GET ${inventory}`, 'inventory.list', listInventory],
  [`POST ${inventory}/location-levels/batch`, 'levels.batch', batchLevels],
  [`GET ${inventory}/{id}`, 'inventory.get', getInventory],
  [`GET ${inventory}/{id}/location-levels`, 'levels.list', listLevels],
  [`POST ${inventory}/{id}/location-levels`, 'levels.create', createLevel],
  [`POST ${inventory}/{id}/location-levels/{id}`, 'levels.update', updateLevel],
  ['GET /admin/stores', 'stores.list', listStores],
  ['GET /admin/stock-locations', 'locations.list', listLocations],
  ['GET /admin/stock-locations/{id}', 'locations.get', getLocation],
]

const routes: readonly Route[] = table.map(([ask, operation, answer]) => {
  const [method, path] = ask.split(' ') as [string, string]
  return { method, path: new RegExp(`^${path.replaceAll('{id}', '([^/]+)')}$`), operation, answer }
})

export function findRoute(method: string, path: string): Route | undefined {
  return routes.find((route) => route.method === method && route.path.test(path))
}
