import { plainWaybillNo } from '../../../core/channel/shipment.ts'
import { statusFacts } from '../../../core/channel/words.ts'
import type { ChannelOperations, ReportedLine, SheetOut, ShipmentReport } from '../../../kit/channel.ts'
import { ask } from './call.ts'
import { companyOf } from './carriers.ts'
import type { Credentials, ShopifyAccount } from './manifest.ts'
import { alreadyDone, refused, strange } from './nonsense.ts'
import { orderIn, readOrder, told } from './orders.ts'
import { fulfilmentsOf, isReady } from './parcels.ts'
import { CreatedData, type FulfilmentPayload, type OrderPayload, UpdatedData } from './payload.ts'
import { createFulfilment, updateTracking } from './queries.ts'
import { toOrder } from './to-order.ts'

type Operations = ChannelOperations<Credentials>

/**
 * Tells Shopify of one parcel (发货回传): the order is read for its fulfilment orders, and each location's part is fulfilled by a call of its
 * own. Nothing of ours makes a repeat harmless, so what already stands under this waybill number is left out; CHANNEL_ALREADY_DONE when that is all
 * of it. An unpaid order is refused here, since Shopify would let it go [assumed]. Source: own-site.md 3 [doc S].
 * Throws CHANNEL_REFUSED when a line is not the order's, is on hold or has fewer pieces left; else what a call throws.
 */
export const reportShipment: Operations['shipments.report'] = async (account, report) => {
  const order = await orderFor(account, 'shipments.report', report.channelOrderNo)
  if (!statusFacts[told(() => toOrder(order)).status].paid) throw refused('订单没有付款，不能发货')
  const rest = unreported(order, report)
  if (rest.length === 0) throw alreadyDone('订单上已有这个运单号')

  for (const orders of Map.groupBy(takenFrom(order, rest), ({ location }) => location).values()) {
    await fulfil(account, report, orders)
  }
}

async function orderFor(account: ShopifyAccount, operation: string, channelOrderNo: string): Promise<OrderPayload> {
  return orderIn(await readOrder(account, { operation, channelOrderNo, isWrite: true }), true)
}

const isNumbered = (parcel: FulfilmentPayload, waybillNo: string) =>
  parcel.trackingInfo.some(({ number }) => plainWaybillNo(number) === plainWaybillNo(waybillNo))

/** What of a report does not yet stand under its number. A parcel that does not say what it holds holds everything. */
function unreported(order: OrderPayload, { waybillNo, lines }: ShipmentReport): ReportedLine[] {
  const same = fulfilmentsOf(order).filter((parcel) => isNumbered(parcel, waybillNo))
  if (same.some(({ fulfillmentLineItems }) => fulfillmentLineItems === null)) return []
  const contents = same.flatMap(({ fulfillmentLineItems }) => fulfillmentLineItems?.rows ?? [])
  return lines.flatMap((line) => {
    const own = contents.filter(({ lineItem }) => lineItem.id === line.channelLineNo)
    const left = line.quantity - own.reduce((sum, { quantity }) => sum + quantity, 0)
    return left > 0 ? [{ ...line, quantity: left }] : []
  })
}

/** Pieces of one line of a fulfilment order. */
interface Taken {
  readonly location: string
  readonly fulfilmentOrderNo: string
  readonly id: string
  readonly quantity: number
}

/** Where the pieces of a report are taken from; the fulfilment orders that come first give first. Throws CHANNEL_REFUSED. */
function takenFrom(order: OrderPayload, lines: readonly ReportedLine[]): Taken[] {
  const open = order.fulfillmentOrders.rows.filter(isReady)
  if (order.fulfillmentOrders.rows.length === 0) {
    throw refused(
      '看不到发货单（fulfillment order）：请给自定义应用勾选 read/write_merchant_managed_fulfillment_orders',
    )
  }
  return lines.flatMap(({ channelLineNo, quantity }) => {
    const rows = open.flatMap((from) =>
      from.lineItems.rows
        .filter(({ lineItem }) => lineItem.id === channelLineNo)
        .map(({ id, remainingQuantity }) => ({
          location: from.assignedLocation || from.id,
          fulfilmentOrderNo: from.id,
          id,
          quantity: remainingQuantity,
        })),
    )
    return take(rows, quantity)
  })
}

function take(rows: readonly Taken[], quantity: number): Taken[] {
  let wanted = quantity
  const taken = rows.map((row) => {
    const given = Math.min(row.quantity, wanted)
    wanted -= given
    return { ...row, quantity: given }
  })
  if (wanted > 0) throw refused(`订单里没有这么多待发的件数，还差 ${wanted} 件：可能已发货、已取消或暂缓`)
  return taken.filter((row) => row.quantity > 0)
}

/** A success without a fulfilment says nothing: it may have happened. */
async function fulfil(account: ShopifyAccount, report: ShipmentReport, taken: readonly Taken[]): Promise<void> {
  const call = fulfilCall(report, taken)
  const { fulfillmentCreate } = await ask(account, call, CreatedData)
  if (!fulfillmentCreate.fulfillment) throw strange(call, '没有说发货建好了没有')
}

/** Pure. Names and order of the fields are those of the sheet's sample. */
function fulfilCall(report: ShipmentReport, taken: readonly Taken[]) {
  const orders = [...Map.groupBy(taken, ({ fulfilmentOrderNo }) => fulfilmentOrderNo)]
  const fulfillment = {
    lineItemsByFulfillmentOrder: orders.map(([fulfillmentOrderId, rows]) => ({
      fulfillmentOrderId,
      fulfillmentOrderLineItems: rows.map(({ id, quantity }) => ({ id, quantity })),
    })),
    notifyCustomer: true,
    trackingInfo: trackingOf(report),
  }
  return { operation: 'shipments.report', query: createFulfilment, variables: { fulfillment }, isWrite: true }
}

function trackingOf({ carrier, carrierName, waybillNo }: ShipmentReport) {
  return { company: companyOf(carrier, carrierName), number: waybillNo }
}

/**
 * Corrects carrier or number of a parcel already told (改单号), in every fulfilment that carries the former number. Throws CHANNEL_REFUSED
 * where none does, CHANNEL_ALREADY_DONE where the new one stands there instead. Source: own-site.md 3 [doc S].
 */
export const changeShipment: Operations['shipments.change'] = async (account, change) => {
  const order = await orderFor(account, 'shipments.change', change.channelOrderNo)
  const parcels = fulfilmentsOf(order)
  const former = parcels.filter((parcel) => isNumbered(parcel, change.formerWaybillNo))
  if (former.length === 0) {
    const isChanged = parcels.some((parcel) => isNumbered(parcel, change.waybillNo))
    throw isChanged ? alreadyDone('运单号已经改过') : refused(`订单上没有运单号 ${change.formerWaybillNo}`)
  }
  for (const { id } of former) {
    const variables = { id, tracking: trackingOf(change), notify: true }
    const call = { operation: 'shipments.change', query: updateTracking, variables, isWrite: true }
    const { fulfillmentTrackingInfoUpdate } = await ask(account, call, UpdatedData)
    if (!fulfillmentTrackingInfoUpdate.fulfillment) throw strange(call, '没有说运单号改好了没有')
  }
}

/** One row a line. Shopify's back office has no upload for parcels; this is for the apps that give it one. [assumed] */
export function shipmentSheet(parcels: readonly ShipmentReport[]): SheetOut {
  return {
    fileName: 'shopify-fulfillments.csv',
    encoding: 'utf-8',
    headers: ['Order ID', 'Lineitem id', 'Lineitem quantity', 'Tracking company', 'Tracking number'],
    rows: parcels.flatMap((parcel) => {
      const tail = [companyOf(parcel.carrier, parcel.carrierName), parcel.waybillNo]
      if (parcel.lines.length === 0) return [[parcel.channelOrderNo, '', '', ...tail]]
      return parcel.lines.map(({ channelLineNo, quantity }) => [
        parcel.channelOrderNo,
        channelLineNo,
        String(quantity),
        ...tail,
      ])
    }),
  }
}
