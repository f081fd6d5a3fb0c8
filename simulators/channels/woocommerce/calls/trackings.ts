import { dayOf, trackingId } from '../acts.ts'
import type { Tracking } from '../model.ts'
import { addTracking, dropTracking, setStatus } from '../moves.ts'
import type { Params } from '../params.ts'
import { type Answer, invalidParam, missingParam, restFault } from '../rest.ts'
import { alter, type Shop } from '../shop.ts'
import { type Call, orderOf } from './call.ts'

/** Carriers the extension knows, by country; the list and the shape of the answer are [assumed]. No Chinese one is among them. */
const providers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Germany: { 'DHL Intraship (DE)': 'https://track.example/dhl-de/%1$s', Hermes: 'https://track.example/hermes/%1$s' },
  'United Kingdom': { 'Royal Mail': 'https://track.example/royal-mail/%1$s', DPD: 'https://track.example/dpd/%1$s' },
  'United States': {
    Fedex: 'https://track.example/fedex/%1$s',
    UPS: 'https://track.example/ups/%1$s',
    USPS: 'https://track.example/usps/%1$s',
    'DHL US': 'https://track.example/dhl-us/%1$s',
  },
}
const linkOf = new Map(Object.values(providers).flatMap((carriers) => Object.entries(carriers)))

/** GET …/orders/{id}/shipment-trackings/providers. Whether it is there tells whether the extension is. Source: own-site.md 2.3 [doc WT]. */
export function listProviders(call: Call): Answer {
  orderOf(call)
  return { body: providers }
}

/** GET …/orders/{id}/shipment-trackings. */
export function listTrackings(call: Call): Answer {
  return { body: orderOf(call).trackings.map(trackingJson) }
}

/** GET …/orders/{id}/shipment-trackings/{tracking}. */
export function getTracking(call: Call): Answer {
  return { body: trackingJson(trackingOf(call)) }
}

/**
 * POST …/orders/{id}/shipment-trackings. Nothing is looked at but the fields: the same number twice makes two entries, and any status will
 * do. With Advanced Shipment Tracking `status_shipped: 1` completes the order and `replace_tracking: 1` drops what was there before.
 * Source: own-site.md 2.3 [doc WT, sdk AST].
 */
export function createTracking(call: Call): Answer {
  const { shop, params } = call
  const { id } = orderOf(call)
  const tracking = readTracking(shop, params)
  const isAst = shop.settings.tracking === 'ast'
  const replaces = isAst && params.flag('replace_tracking', false)
  const completes = isAst && params.flag('status_shipped', false)
  alter(shop, id, (order, at) => {
    const after = addTracking(replaces ? { ...order, trackings: [] } : order, tracking)
    return completes ? setStatus(after, 'completed', at) : after
  })
  return { status: 201, body: trackingJson(tracking) }
}

/** DELETE …/orders/{id}/shipment-trackings/{tracking}. */
export function deleteTracking(call: Call): Answer {
  const tracking = trackingOf(call)
  alter(call.shop, orderOf(call).id, (order) => dropTracking(order, tracking.id))
  return { body: trackingJson(tracking) }
}

function trackingOf(call: Call): Tracking {
  const found = orderOf(call).trackings.find(({ id }) => id === call.path[1])
  if (!found)
    throw restFault(404, 'woocommerce_rest_order_shipment_tracking_invalid_id', 'Invalid shipment tracking ID.')
  return found
}

const day = /^\d{4}-\d\d-\d\d$/

/** That an unknown carrier without a name of its own is refused is [assumed]. */
function readTracking(shop: Shop, params: Params): Tracking {
  const [number, provider, customProvider] = [
    params.text('tracking_number'),
    params.text('tracking_provider'),
    params.text('custom_tracking_provider'),
  ]
  if (number === '') throw missingParam('tracking_number')
  if (customProvider === '' && provider === '') throw missingParam('tracking_provider')
  if (customProvider === '' && !linkOf.has(provider)) {
    throw invalidParam('tracking_provider', 'tracking_provider is not one of the shipment providers.')
  }
  const shipped = params.text('date_shipped')
  const at = shop.now()
  const shippedAt = shipped === '' ? dayOf(at) : Date.parse(shipped)
  if (shipped !== '' && (!day.test(shipped) || Number.isNaN(shippedAt)))
    throw invalidParam('date_shipped', 'Invalid date.')
  return {
    id: trackingId(shop),
    provider: customProvider === '' ? provider : '',
    customProvider,
    customLink: params.text('custom_tracking_link'),
    number,
    shippedAt,
    byApi: true,
    at,
  }
}

function trackingJson(tracking: Tracking): Readonly<Record<string, unknown>> {
  const { id, provider, customProvider, customLink, number, shippedAt } = tracking
  const template = provider === '' ? customLink : (linkOf.get(provider) ?? '')
  return {
    tracking_id: id,
    tracking_provider: provider === '' ? customProvider : provider,
    tracking_link: template.replace('%1$s', encodeURIComponent(number)),
    tracking_number: number,
    date_shipped: new Date(shippedAt).toISOString().slice(0, 10),
  }
}
