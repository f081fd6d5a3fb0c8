import type { Access } from './auth.ts'
import type { Call } from './calls/call.ts'
import { createNote, deleteNote, listNotes } from './calls/notes.ts'
import { batchOrders, deleteOrder, getOrder, listOrders, updateOrder } from './calls/orders.ts'
import {
  batchProducts,
  batchVariations,
  getProduct,
  getVariation,
  listProducts,
  listVariations,
  updateProduct,
  updateVariation,
} from './calls/products.ts'
import { createRefund, getRefund, listRefunds } from './calls/refunds.ts'
import { describeApi, describeSite, getCountry } from './calls/site.ts'
import { createTracking, deleteTracking, getTracking, listProviders, listTrackings } from './calls/trackings.ts'
import { createWebhook, deleteWebhook, getWebhook, listWebhooks, updateWebhook } from './calls/webhooks.ts'
import type { Answer } from './rest.ts'
import type { Settings } from './settings.ts'

export interface Route {
  readonly methods: readonly string[]
  readonly path: RegExp
  /** As counted and as named in fault plans. */
  readonly operation: string
  /** Null: open to anybody. */
  readonly access: Access | null
  readonly answer: (call: Call) => Answer
}

type Row = readonly [ask: string, operation: string, access: Access | null, answer: Route['answer']]

/** `{id}` is a number, `{word}` any piece of a path. An update takes PUT, PATCH and POST, as the core does. */
const core: readonly Row[] = [
  ['GET ', 'site.describe', null, describeSite],
  ['GET /wc/v3', 'api.describe', null, describeApi],
  ['GET /wc/v3/orders', 'orders.list', 'list', listOrders],
  ['POST /wc/v3/orders/batch', 'orders.batch', 'batch', batchOrders],
  ['GET /wc/v3/orders/{id}', 'orders.get', 'view', getOrder],
  ['UPDATE /wc/v3/orders/{id}', 'orders.update', 'edit', updateOrder],
  ['DELETE /wc/v3/orders/{id}', 'orders.delete', 'delete', deleteOrder],
  ['GET /wc/v3/orders/{id}/notes', 'notes.list', 'list', listNotes],
  ['POST /wc/v3/orders/{id}/notes', 'notes.create', 'create', createNote],
  ['DELETE /wc/v3/orders/{id}/notes/{id}', 'notes.delete', 'delete', deleteNote],
  ['GET /wc/v3/orders/{id}/refunds', 'refunds.list', 'list', listRefunds],
  ['POST /wc/v3/orders/{id}/refunds', 'refunds.create', 'create', createRefund],
  ['GET /wc/v3/orders/{id}/refunds/{id}', 'refunds.get', 'view', getRefund],
  ['GET /wc/v3/products', 'products.list', 'list', listProducts],
  ['POST /wc/v3/products/batch', 'products.batch', 'batch', batchProducts],
  ['GET /wc/v3/products/{id}', 'products.get', 'view', getProduct],
  ['UPDATE /wc/v3/products/{id}', 'products.update', 'edit', updateProduct],
  ['GET /wc/v3/products/{id}/variations', 'variations.list', 'list', listVariations],
  ['POST /wc/v3/products/{id}/variations/batch', 'variations.batch', 'batch', batchVariations],
  ['GET /wc/v3/products/{id}/variations/{id}', 'variations.get', 'view', getVariation],
  ['UPDATE /wc/v3/products/{id}/variations/{id}', 'variations.update', 'edit', updateVariation],
  ['GET /wc/v3/webhooks', 'webhooks.list', 'list', listWebhooks],
  ['POST /wc/v3/webhooks', 'webhooks.create', 'create', createWebhook],
  ['GET /wc/v3/webhooks/{id}', 'webhooks.get', 'view', getWebhook],
  ['UPDATE /wc/v3/webhooks/{id}', 'webhooks.update', 'edit', updateWebhook],
  ['DELETE /wc/v3/webhooks/{id}', 'webhooks.delete', 'delete', deleteWebhook],
  ['GET /wc/v3/data/countries/{word}', 'countries.get', 'view', getCountry],
]

const trackingsOf = (namespace: string): readonly Row[] => {
  const base = `/${namespace}/v3/orders/{id}/shipment-trackings`
  return [
    [`GET ${base}/providers`, 'trackings.providers', 'list', listProviders],
    [`GET ${base}`, 'trackings.list', 'list', listTrackings],
    [`POST ${base}`, 'trackings.create', 'create', createTracking],
    [`GET ${base}/{word}`, 'trackings.get', 'view', getTracking],
    [`DELETE ${base}/{word}`, 'trackings.delete', 'delete', deleteTracking],
  ]
}

function routeOf([ask, operation, access, answer]: Row): Route {
  const [method, path] = ask.split(' ') as [string, string]
  const pattern = path.replaceAll('{id}', '(\\d+)').replaceAll('{word}', '([\\w-]+)')
  const methods = method === 'UPDATE' ? ['PUT', 'PATCH', 'POST'] : [method]
  return { methods, path: new RegExp(`^/wp-json${pattern}/?$`), operation, access, answer }
}

const coreRoutes = core.map(routeOf)

/** The routes of a site with its extensions: one that is not installed has none. */
const routesBy: Readonly<Record<Settings['tracking'], readonly Route[]>> = {
  'shipment-tracking': [...coreRoutes, ...trackingsOf('wc-shipment-tracking').map(routeOf)],
  ast: [...coreRoutes, ...trackingsOf('wc-ast').map(routeOf)],
  none: coreRoutes,
}

export function findRoute({ tracking }: Settings, method: string, path: string): Route | undefined {
  return routesBy[tracking].find((route) => route.methods.includes(method) && route.path.test(path))
}
