import type { View } from '../graphql/answer.ts'
import type { Plain } from '../graphql/values.ts'
import type { FulfilmentOrder, FulfilmentOrderLine, Order, Tracking } from '../model.ts'
import { draftFulfilment, type Part, report, send } from '../shipping.ts'
import { numberOf } from '../text.ts'
import { ownedView } from '../views/order.ts'
import { fulfilmentView } from '../views/parcels.ts'
import { changedOrder, secondNow } from '../world.ts'
import { isUserError, refused, type UserError, type Writing } from './write.ts'

/** `fulfillmentCreate`: a parcel from one location. Which words refuse what is [assumed] but for the closed one. Source: own-site.md 3. */
export function createFulfilment(writing: Writing, { fulfillment: input }: Plain): View {
  const { world, isLie } = writing
  const { lineItemsByFulfillmentOrder: wanted, trackingInfo } = input as Plain
  const parcel = parcelOf(writing, wanted as readonly Plain[])
  if (isUserError(parcel)) return refused(['fulfillment'], parcel)
  const { order, parts } = parcel
  const fulfilment = draftFulfilment(world, order, { parts, tracking: trackingOf((trackingInfo ?? {}) as Plain) })
  if (!isLie) {
    send(world, order, { parts, fulfilment })
    report(world, order, fulfilment)
  }
  return { fulfillment: ownedView(world, order, fulfilmentView(world, order, fulfilment)), userErrors: [] }
}

interface Wanted {
  readonly order: Order
  readonly parts: readonly Part[]
}

function parcelOf({ world }: Writing, wanted: readonly Plain[]): Wanted | UserError {
  const parts: Part[] = []
  let order: Order | null = null
  for (const { fulfillmentOrderId: id, fulfillmentOrderLineItems: lines } of wanted) {
    const found = world.fulfilmentOrders.get(numberOf('FulfillmentOrder', id) ?? -1)
    if (found === undefined) return no('Fulfillment order does not exist.')
    if (order !== null && order !== found.order) return no('All fulfillment orders must belong to the same order.')
    order = found.order
    const part = partOf(found.fulfilmentOrder, (lines ?? []) as readonly Plain[])
    if (isUserError(part)) return part
    parts.push(part)
  }
  if (order === null) return no('At least one fulfillment order is required.')
  const places = new Set(parts.map(({ fulfilmentOrder }) => fulfilmentOrder.locationNo))
  return places.size > 1 ? no('All fulfillment orders must be assigned to the same location.') : { order, parts }
}

/** Without lines everything that is left. */
function partOf(fulfilmentOrder: FulfilmentOrder, wanted: readonly Plain[]): Part | UserError {
  const { no: number, status, lines } = fulfilmentOrder
  if (status !== 'OPEN' && status !== 'IN_PROGRESS')
    return no(`Fulfillment order ${number} has an unfulfillable status= ${status.toLowerCase()}.`)
  const left = lines.filter(({ remaining }) => remaining > 0)
  if (wanted.length === 0) return { fulfilmentOrder, pieces: left.map((line) => ({ line, quantity: line.remaining })) }
  const taken = new Map<FulfilmentOrderLine, number>()
  for (const { id, quantity } of wanted) {
    const line = lines.find((each) => each.no === numberOf('FulfillmentOrderLineItem', id))
    if (line === undefined) return no('Fulfillment order line item does not exist.')
    const all = (taken.get(line) ?? 0) + Number(quantity)
    if (Number(quantity) < 1 || all > line.remaining)
      return no('Invalid fulfillment order line item quantity requested.')
    taken.set(line, all)
  }
  return { fulfilmentOrder, pieces: [...taken].map(([line, quantity]) => ({ line, quantity })) }
}

const no = (message: string): UserError => ({ field: ['fulfillment'], message })

/** `fulfillmentTrackingInfoUpdate`: another number for a parcel. */
export function changeTracking({ world, isLie }: Writing, { fulfillmentId, trackingInfoInput }: Plain): View {
  const found = world.fulfilments.get(numberOf('Fulfillment', fulfillmentId) ?? -1)
  if (found === undefined)
    return refused(['fulfillment'], { field: ['fulfillmentId'], message: 'Fulfillment does not exist.' })
  const { order, fulfilment } = found
  const changed = { ...fulfilment, tracking: trackingOf(trackingInfoInput as Plain), updatedAt: secondNow(world) }
  if (!isLie) {
    Object.assign(fulfilment, changed)
    const reported = world.shipments.get(String(fulfilment.no))
    if (reported) {
      reported.waybillNo = changed.tracking.number ?? ''
      reported.carrier = changed.tracking.company ?? ''
    }
    changedOrder(world, order)
  }
  return { fulfillment: ownedView(world, order, fulfilmentView(world, order, changed)), userErrors: [] }
}

/** Any text will do for a carrier. */
function trackingOf({ number, company, url, numbers, urls }: Plain): Tracking {
  const firstOf = (one: unknown, several: unknown) => {
    const value: unknown = one ?? (Array.isArray(several) ? several[0] : null)
    return typeof value === 'string' ? value : null
  }
  return { number: firstOf(number, numbers), company: firstOf(company, null), url: firstOf(url, urls) }
}
