import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, ShipmentReport } from '../../../kit/channel.ts'
import { write } from './call.ts'
import { platformCarrierId } from './carriers.ts'
import type { PinduoduoAccount, PinduoduoCredentials } from './manifest.ts'
import { refused } from './nonsense.ts'
import { oneOrder } from './order-parts.ts'
import { hasWaybill } from './parcels.ts'
import { type Order, textOf } from './payload.ts'

type Operations = ChannelOperations<PinduoduoCredentials>

/** `redelivery_type`. Source: pinduoduo.md 5 [doc]. */
const [firstTime, correction] = [1, 2]
/** 分包发货, of the kinds of further parcels [sdk]. */
const splitParcel = 1

/**
 * Tells the platform of one parcel (发货回传). It knows orders and not lines: the first parcel ships the order whole, and what leaves later is
 * told as a further number, which buyers see. There is no idempotency key, so a refusal is looked up in the order. Throws
 * CHANNEL_ALREADY_DONE where the order shows the number. Source: pinduoduo.md 5 [doc].
 */
export const reportShipment: Operations['shipments.report'] = async (account, report) => {
  const order = report.isWholeOrder ? null : await orderHolding(account, report)
  if (order !== null && hasWaybill(order, report.waybillNo)) throw alreadyDone()
  const isFurther = order !== null && textOf(order.tracking_number) !== ''
  const id = await platformCarrierId(account, 'shipments.report', report)
  try {
    await (isFurther ? tellFurther(account, report, id) : tellFirst(account, report, id))
  } catch (error) {
    if (isRefusal(error) && (await isKnown(account, report))) throw alreadyDone(error)
    throw error
  }
}

function tellFirst(account: PinduoduoAccount, { channelOrderNo, waybillNo }: ShipmentReport, id: number) {
  return write(account, {
    operation: 'shipments.report',
    method: 'pdd.logistics.online.send',
    params: {
      order_sn: channelOrderNo,
      logistics_id: id,
      tracking_number: waybillNo,
      redelivery_type: firstTime,
    },
  })
}

/** Its fields are those of public clients [sdk]; the sheet only names the call. */
function tellFurther(account: PinduoduoAccount, { channelOrderNo, waybillNo }: ShipmentReport, id: number) {
  return write(account, {
    operation: 'shipments.report',
    method: 'pdd.order.upload.extra.logistics',
    params: {
      order_sn: channelOrderNo,
      extra_track_type: splitParcel,
      extra_track_list: [{ shipping_id: id, tracking_number: waybillNo }],
    },
  })
}

/** The platform would take a parcel of anything, so its goods are looked up. Throws CHANNEL_REFUSED where one is not of this order. */
async function orderHolding(account: PinduoduoAccount, { channelOrderNo, lines }: ShipmentReport): Promise<Order> {
  const { order } = await oneOrder(account, 'shipments.report', channelOrderNo)
  const skuNos = new Set([...(order.item_list ?? []), ...(order.gift_list ?? [])].map(({ sku_id }) => textOf(sku_id)))
  const foreign = lines.find(({ channelSkuNo }) => !skuNos.has(channelSkuNo))
  if (foreign !== undefined) throw refused(`订单里没有规格 ${foreign.channelSkuNo}`)
  return order
}

function isRefusal(error: unknown): boolean {
  return error instanceof Failure && error.code === 'CHANNEL_REFUSED'
}

/** Whether the order shows the refused number; where it cannot be read the refusal stands. */
async function isKnown(account: PinduoduoAccount, report: ShipmentReport): Promise<boolean> {
  try {
    const { order } = await oneOrder(account, 'shipments.report', report.channelOrderNo)
    return hasWaybill(order, report.waybillNo)
  } catch (error) {
    if (error instanceof Failure) return false
    throw error
  }
}

function alreadyDone(cause?: unknown): Failure {
  const reason = '拼多多上已有这个单号'
  return new Failure('CHANNEL_ALREADY_DONE', { channel: 'pinduoduo', reason }, cause)
}

/**
 * Corrects carrier or number of the order's first parcel (改单号). Further parcels cannot be corrected: CHANNEL_REFUSED.
 * Source: pinduoduo.md 5 [doc].
 */
export const changeShipment: Operations['shipments.change'] = async (account, change) => {
  const operation = 'shipments.change'
  if (!change.isWholeOrder) {
    const { order } = await oneOrder(account, operation, change.channelOrderNo)
    if (textOf(order.tracking_number) !== change.formerWaybillNo) {
      throw refused(`单号 ${change.formerWaybillNo} 不是这一单的第一个包裹，请在拼多多商家后台修改`)
    }
  }
  await write(account, {
    operation,
    method: 'pdd.logistics.online.send',
    params: {
      order_sn: change.channelOrderNo,
      logistics_id: await platformCarrierId(account, operation, change),
      tracking_number: change.waybillNo,
      redelivery_type: correction,
    },
  })
}
