import { plainWaybillNo } from '../../../core/channel/shipment.ts'
import type { ChannelOperations, ReportedLine, SheetOut, ShipmentReport } from '../../../kit/channel.ts'
import { ask } from './call.ts'
import type { Credentials, VendureAccount } from './manifest.ts'
import { alreadyDone, readAs, refused, strange } from './nonsense.ts'
import { orderIn, readOrder } from './orders.ts'
import { isHandedOver, isPrepared, piecesIn } from './parcels.ts'
import { AddedData, type FulfilmentPayload, MovedData, type OrderPayload } from './payload.ts'
import { addFulfilment, moveFulfilment } from './queries.ts'
import { toOrder } from './to-order.ts'

const operation = 'shipments.report'

/**
 * Tells Vendure of one parcel (发货回传), in two steps: the parcel is prepared with its number, then moved to Shipped.
 * Cut between them, it stands there prepared and has not left; a repeat finds it by its number and takes the second
 * step alone. What already left under this number is not told again; CHANNEL_ALREADY_DONE when that is all of it. An
 * unpaid order is refused here. Source: own-site.md 4 [sdk V].
 * Throws CHANNEL_REFUSED when a line is not the order's; else what a call throws.
 */
export const reportShipment: ChannelOperations<Credentials>['shipments.report'] = async (account, report) => {
  const { channelOrderNo } = report
  const order = orderIn(await readOrder(account, { operation, channelOrderNo, isWrite: true }), true)
  if (readAs('order', () => toOrder(order)).paidAt === null) throw refused('订单没有付款，不能发货')
  checkLines(order, report)

  const numbered = order.fulfillments.filter(({ trackingCode }) => isSameNumber(trackingCode, report.waybillNo))
  const begun = numbered.filter(isPrepared)
  const rest = unreported([...begun, ...numbered.filter(isHandedOver)], report)
  if (begun.length === 0 && rest.length === 0) throw alreadyDone('订单上已有这个运单号')

  for (const parcel of begun) await handOver(account, parcel)
  if (rest.length > 0) await handOver(account, await prepare(account, report, rest))
}

const isSameNumber = (one: string, other: string) => plainWaybillNo(one) === plainWaybillNo(other)

/** Vendure takes lines of several orders in one parcel, so a stranger would slip through. */
function checkLines({ lines }: OrderPayload, report: ShipmentReport): void {
  const stranger = report.lines.find(({ channelLineNo }) => !lines.some(({ id }) => id === channelLineNo))
  if (stranger) throw refused(`订单里没有商品行 ${stranger.channelLineNo}`)
}

/** What of a report does not yet stand under its number. */
function unreported(parcels: readonly FulfilmentPayload[], { lines }: ShipmentReport): ReportedLine[] {
  return lines.flatMap((line) => {
    const left = line.quantity - piecesIn(parcels, line.channelLineNo)
    return left > 0 ? [{ ...line, quantity: left }] : []
  })
}

type Fulfilment = Pick<FulfilmentPayload, 'id' | 'state'>

/** A success without a parcel says nothing: it may have happened. */
async function prepare(
  account: VendureAccount,
  report: ShipmentReport,
  lines: readonly ReportedLine[],
): Promise<Fulfilment> {
  return (await ask(account, prepareCall(report, lines), AddedData)).addFulfillmentToOrder
}

/** Pure. Names and order of the fields are those of the sheet's sample. The carrier is free text. */
function prepareCall({ carrier, carrierName, waybillNo }: ShipmentReport, lines: readonly ReportedLine[]) {
  const i = {
    lines: lines.map(({ channelLineNo, quantity }) => ({ orderLineId: channelLineNo, quantity })),
    handler: {
      code: 'manual-fulfillment',
      arguments: [
        { name: 'method', value: carrierName || carrier },
        { name: 'trackingCode', value: waybillNo },
      ],
    },
  }
  return { operation, query: addFulfilment, variables: { i }, isWrite: true }
}

/** A parcel that is only created must be pending first. */
async function handOver(account: VendureAccount, { id, state }: Fulfilment): Promise<void> {
  for (const s of state === 'Created' ? ['Pending', 'Shipped'] : ['Shipped']) {
    const call = { operation, query: moveFulfilment, variables: { id, s }, isWrite: true }
    const moved = (await ask(account, call, MovedData)).transitionFulfillmentToState
    if (moved.state !== s) throw strange(`包裹应是 ${s}，答的是 ${moved.state}`, true)
  }
}

/**
 * One row a line. Vendure's back office has no upload for parcels; this is for a script or plugin that takes one.
 * [assumed]
 */
export function shipmentSheet(parcels: readonly ShipmentReport[]): SheetOut {
  return {
    fileName: 'Vendure批量发货.csv',
    encoding: 'utf-8',
    headers: ['订单ID', '商品行ID', '数量', '快递公司', '快递单号'],
    rows: parcels.flatMap(({ channelOrderNo, carrier, carrierName, waybillNo, lines }) => {
      const tail = [carrierName || carrier, waybillNo]
      if (lines.length === 0) return [[channelOrderNo, '', '', ...tail]]
      return lines.map((line) => [channelOrderNo, line.channelLineNo, String(line.quantity), ...tail])
    }),
  }
}
