import { plainWaybillNo, waybillNosOf } from '../../../core/channel/shipment.ts'
import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, ShipmentReport } from '../../../kit/channel.ts'
import { call, doneIn, type MethodCall } from './call.ts'
import { platformCarrier } from './carriers.ts'
import type { JdAccount, JdCredentials } from './manifest.ts'
import { notFound } from './nonsense.ts'
import { orderOf, readOrder } from './orders.ts'
import { type Waybill, waybillFields, waybillsOf } from './parcels.ts'
import { partialCall } from './partial.ts'
import { nothingBack } from './to-order.ts'

type Operations = ChannelOperations<JdCredentials>

const wholeMethod = 'jingdong.pop.order.shipment'

/**
 * Tells the platform of one parcel (发货回传). One call ships a whole order, so it is for the parcel that holds everything; any other goes as
 * a partial shipment, the last one too, since only that says what is in it. There is no idempotency key and a repeat is refused in the same
 * words as a wrong state: then the order is read, and CHANNEL_ALREADY_DONE is thrown where it shows the waybill. Source: jd.md 9.1, 9.2.
 */
export const reportShipment: Operations['shipments.report'] = async (account, report) => {
  try {
    const root = await call(account, shipmentCall(report))
    if (report.isWholeOrder) doneIn(root, 'sopjosshipment_result')
  } catch (error) {
    if (error instanceof Failure && error.code === 'CHANNEL_REFUSED' && (await isKnown(account, report))) {
      throw new Failure('CHANNEL_ALREADY_DONE', { channel: 'jd', reason: '订单上已有这个运单号' }, error)
    }
    throw error
  }
}

/** Pure. Throws INPUT_INVALID where the platform does not know the carrier. */
export function shipmentCall(report: ShipmentReport): MethodCall {
  if (!report.isWholeOrder) return partialCall(report)
  return {
    operation: 'shipments.report',
    method: wholeMethod,
    isWrite: true,
    params: {
      orderId: report.channelOrderNo,
      logiCoprId: platformCarrier(report.carrier, report.carrierName).id,
      logiNo: report.waybillNo,
    },
  }
}

async function isKnown(account: JdAccount, { channelOrderNo, waybillNo }: ShipmentReport): Promise<boolean> {
  const { info } = await readOrder(account, 'shipments.report', channelOrderNo)
  return waybillNosOf(orderOf(info, nothingBack)).has(plainWaybillNo(waybillNo))
}

/**
 * Corrects carrier or number of a parcel already reported (改单号). The call replaces all waybills of the order, so the order is read and the
 * others are sent as they stand. Throws CHANNEL_NOT_FOUND where the order does not show the former number, CHANNEL_ALREADY_DONE where it
 * shows the new one in its place. Source: jd.md 9.2 [sdk]; that a call for several parcels takes them as an order writes them [assumed].
 */
export const changeShipment: Operations['shipments.change'] = async (account, change) => {
  const carrierId = platformCarrier(change.carrier, change.carrierName).id
  const { info } = await readOrder(account, 'shipments.change', change.channelOrderNo)
  const present = waybillsOf(info)
  const has = (waybillNo: string) => present.some((waybill) => isSame(waybill, waybillNo))
  if (!has(change.formerWaybillNo)) {
    if (has(change.waybillNo)) throw new Failure('CHANNEL_ALREADY_DONE', { channel: 'jd', reason: '运单号已经改过' })
    throw notFound(`订单上没有运单号 ${change.formerWaybillNo}`)
  }
  const changed = present.map((waybill) =>
    isSame(waybill, change.formerWaybillNo) ? { carrierId, waybillNo: change.waybillNo } : waybill,
  )
  const { logisticsId, waybill } = waybillFields(changed)
  await call(account, {
    operation: 'shipments.change',
    method: '360buy.order.sop.waybill.update',
    isWrite: true,
    params: { order_id: change.channelOrderNo, logistics_id: logisticsId, waybill },
  })
}

function isSame(waybill: Waybill, waybillNo: string): boolean {
  return plainWaybillNo(waybill.waybillNo) === plainWaybillNo(waybillNo)
}
