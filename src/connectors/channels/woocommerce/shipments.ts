import { plainWaybillNo } from '../../../core/channel/shipment.ts'
import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, ShipmentReport } from '../../../kit/channel.ts'
import { ask, parsed, refused } from './call.ts'
import { type Credentials, manifest, type WooAccount } from './manifest.ts'
import { ownParcelsIn, parcelsKey } from './meta.ts'
import { orderPath, readOrder } from './orders.ts'
import { OrderPayload, type OwnParcel, RefundPayload, WrittenPayload } from './payload.ts'
import { readRefunds } from './refunds.ts'
import { completedWord, takesParcels } from './status.ts'
import { dropNumber, findTracker, holds, type Tracker, tellNumber } from './tracking.ts'

type Operations = ChannelOperations<Credentials>

/**
 * Tells the shop of one parcel (发货回传): its number in the shop's tracker, then the order's status with the last parcel. The platform
 * refuses nothing by itself and takes a number twice, so the order and its numbers are read first. A repeat finishes what an
 * interrupted try left undone. Source: own-site.md 2.3 [doc, rule].
 * Throws CHANNEL_ALREADY_DONE, CHANNEL_UNCLEAR, CHANNEL_REFUSED for an order or a line that cannot be sent.
 */
export const reportShipment: Operations['shipments.report'] = async (account, report) => {
  const operation = 'shipments.report'
  const asking = { operation, channelOrderNo: report.channelOrderNo, isWrite: true }
  const order = await orderFor(account, asking)
  const fault = faultOf(order.payload, report)
  if (fault !== null) throw refused(fault)

  const tracker = await findTracker(account, asking)
  const change = changeFor(order, report, tracker)
  if (holds(tracker, report.waybillNo)) {
    if (change === null) throw alreadyDone('网店已有这个快递单号')
  } else {
    await tellNumber(account, tracker, { operation, ...report })
  }
  if (change !== null) await changeOrder(account, asking, change)
}

/** Corrects the number of a parcel (改单号): the new one is told before the former goes, so the buyer is never without. */
export const changeShipment: Operations['shipments.change'] = async (account, change) => {
  const { channelOrderNo, waybillNo, formerWaybillNo } = change
  const operation = 'shipments.change'
  const asking = { operation, channelOrderNo, isWrite: true }
  const { payload } = await orderFor(account, asking)
  const tracker = await findTracker(account, asking)
  const noted = ownParcelsIn(payload.meta_data)
  const isNoted = noted.some((parcel) => isParcel(parcel, formerWaybillNo))
  const isThere = isNoted || (tracker.namespace !== null && holds(tracker, formerWaybillNo))
  if (!isThere && holds(tracker, waybillNo)) throw alreadyDone('网店已改成这个快递单号')
  if (!isThere) throw refused('网店订单里没有原快递单号')

  if (!holds(tracker, waybillNo)) await tellNumber(account, tracker, { ...change, operation })
  await dropNumber(account, tracker, { operation, channelOrderNo, waybillNo: formerWaybillNo })
  if (isNoted) {
    const parcels = noted.map((parcel) =>
      isParcel(parcel, formerWaybillNo) ? { ...ownParcel(change), lines: parcel.lines } : parcel,
    )
    await changeOrder(account, asking, { parcels, isComplete: false })
  }
}

interface KnownOrder {
  readonly payload: OrderPayload
  readonly refunds: readonly RefundPayload[]
}

async function orderFor(account: WooAccount, asking: Parameters<typeof readOrder>[1]): Promise<KnownOrder> {
  const { value, records } = await readOrder(account, asking)
  return {
    payload: parsed(OrderPayload, value, { what: 'order', isWrite: true }),
    refunds: records.map((record) => parsed(RefundPayload, record, { what: 'refund', isWrite: true })),
  }
}

/** Why an order cannot take this parcel, in words; null when it can. */
function faultOf({ status, line_items }: OrderPayload, report: ShipmentReport): string | null {
  if (!takesParcels.has(status)) return `网店订单状态是 ${status}，不能发货`
  for (const { channelLineNo, quantity } of report.lines) {
    const line = line_items.find((each) => each.id === channelLineNo)
    if (line === undefined) return `网店订单里没有商品行 ${channelLineNo}`
    if (quantity > line.quantity) return `商品行 ${channelLineNo} 只有 ${line.quantity} 件`
  }
  return null
}

interface OrderChange {
  /** All our notes of parcels as they will be; null to leave them. */
  readonly parcels: readonly OwnParcel[] | null
  readonly isComplete: boolean
}

/** What is still to be written into the order itself; null when nothing is. Pure. */
function changeFor({ payload, refunds }: KnownOrder, report: ShipmentReport, tracker: Tracker): OrderChange | null {
  const noted = ownParcelsIn(payload.meta_data)
  const isNoted = noted.some((parcel) => isParcel(parcel, report.waybillNo))
  const isWorthNoting = !report.isWholeOrder || tracker.namespace === null
  const parcels = isWorthNoting && !isNoted ? [...noted, ownParcel(report)] : null
  const isLast = report.isWholeOrder || leavesNothing({ payload, refunds }, report, parcels ?? noted)
  const isComplete = isLast && payload.status !== completedWord
  return parcels === null && !isComplete ? null : { parcels, isComplete }
}

/** Whether every piece is in a noted parcel or paid back. `completesLine` is the caller's own word for it. */
function leavesNothing(
  { payload, refunds }: KnownOrder,
  report: ShipmentReport,
  parcels: readonly OwnParcel[],
): boolean {
  const refund = readRefunds(payload, refunds)
  return payload.line_items.every((line, index) => {
    const told = report.lines.find(({ channelLineNo }) => channelLineNo === line.id)
    if (told && (told.completesLine ?? told.isWholeLine)) return true
    const held = parcels.flatMap((parcel) => parcel.lines).filter(({ id }) => id === line.id)
    const sent = held.reduce((sum, { quantity }) => sum + quantity, 0)
    return sent + (refund.lines[index]?.refundedQuantity ?? 0) >= line.quantity
  })
}

async function changeOrder(
  account: WooAccount,
  { operation, channelOrderNo }: { readonly operation: string; readonly channelOrderNo: string },
  { parcels, isComplete }: OrderChange,
): Promise<void> {
  const body = {
    ...(isComplete ? { status: completedWord } : {}),
    ...(parcels === null ? {} : { meta_data: [{ key: parcelsKey, value: parcels }] }),
  }
  const call = { operation, method: 'PUT', path: orderPath(channelOrderNo), body, isWrite: true } as const
  parsed(WrittenPayload, (await ask(account, call)).value, { what: 'order', isWrite: true })
}

function ownParcel({ carrier, carrierName, waybillNo, lines }: ShipmentReport): OwnParcel {
  return {
    carrier,
    carrierName,
    waybillNo,
    lines: lines.map(({ channelLineNo, quantity }) => ({ id: channelLineNo, quantity })),
  }
}

function isParcel(parcel: OwnParcel, waybillNo: string): boolean {
  return plainWaybillNo(parcel.waybillNo) === plainWaybillNo(waybillNo)
}

function alreadyDone(reason: string): Failure {
  return new Failure('CHANNEL_ALREADY_DONE', { channel: manifest.id, reason })
}
