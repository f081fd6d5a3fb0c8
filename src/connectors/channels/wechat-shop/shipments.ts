import { plainWaybillNo } from '../../../core/channel/shipment.ts'
import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, ShipmentReport } from '../../../kit/channel.ts'
import type { Fields } from '../../../kit/fields.ts'
import { call } from './call.ts'
import { carrierCode } from './carriers.ts'
import type { WechatShopAccount, WechatShopCredentials } from './manifest.ts'
import { refused } from './nonsense.ts'
import { fetchOrder } from './orders.ts'
import { parcelsIn } from './parcels.ts'
import { type OrderPayload, type ParcelRow, textOf, wholeOf } from './payload.ts'
import { lineNoOf } from './to-order.ts'

type Operations = ChannelOperations<WechatShopCredentials>

/**
 * The merchant's own carrier; the platform withdrew the other kinds for goods that travel. Source: wechat-shop.md 8
 * [doc].
 */
const ownCarrier = 1

/**
 * Tells the platform of one parcel (发货回传). The order is read first: a parcel needs the products' numbers, which a
 * report does not carry, and a repeat is not recognised by the platform, which only says that the status does not fit.
 * So a waybill number that is there already throws CHANNEL_ALREADY_DONE, and a line that is not of this order
 * CHANNEL_REFUSED, both before anything is sent. Source: wechat-shop.md 8 [doc].
 */
export const reportShipment: Operations['shipments.report'] = async (account, report) => {
  const operation = 'shipments.report'
  const { order, code } = await beforeWrite(async () => ({
    order: (await fetchOrder(account, operation, report.channelOrderNo)).order,
    code: await carrierCode(account, operation, report),
  }))
  if (parcelWith(order, report.waybillNo)) throw alreadyDone()
  await send(account, report, {
    operation,
    path: '/channels/ec/order/delivery/send',
    parcel: { delivery_id: code, goods: goodsOf(order, report) },
  })
}

/**
 * Corrects carrier or number of a parcel already reported (改单号). The platform wants the goods again: those of the
 * former parcel where the order still shows it, else those of the report. Source: wechat-shop.md 8 [doc].
 */
export const changeShipment: Operations['shipments.change'] = async (account, change) => {
  const operation = 'shipments.change'
  const { order, code } = await beforeWrite(async () => ({
    order: (await fetchOrder(account, operation, change.channelOrderNo)).order,
    code: await carrierCode(account, operation, change),
  }))
  const former = parcelWith(order, change.formerWaybillNo)
  const present = parcelWith(order, change.waybillNo)
  if (present && (!former || present.delivery_id === code)) throw alreadyDone()
  await send(account, change, {
    operation,
    path: '/channels/ec/order/deliveryinfo/update',
    parcel: { delivery_id: code, goods: former ? goodsIn(former) : goodsOf(order, change) },
  })
}

/**
 * Silence while the order is read is told like silence of the write itself: whoever hears CHANNEL_UNCLEAR looks at the
 * order before telling again, and the look is what is missing here.
 */
async function beforeWrite<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read()
  } catch (error) {
    const isSilence = error instanceof Failure && ['CHANNEL_UNREACHABLE', 'CHANNEL_NONSENSE'].includes(error.code)
    throw isSilence ? new Failure('CHANNEL_UNCLEAR', error.details, error) : error
  }
}

function alreadyDone(): Failure {
  return new Failure('CHANNEL_ALREADY_DONE', { channel: 'wechat-shop', reason: '订单上已经有这个运单号' })
}

function parcelWith(order: OrderPayload, waybillNo: string): ParcelRow | undefined {
  return parcelsIn(order).find((parcel) => plainWaybillNo(textOf(parcel.waybill_id)) === plainWaybillNo(waybillNo))
}

/**
 * Every line a row of its own, even where a gift has the SKU of its goods. Throws CHANNEL_REFUSED for a line that the
 * order does not have.
 */
function goodsOf(order: OrderPayload, { lines }: Pick<ShipmentReport, 'lines'>): Fields[] {
  const products = order.order_detail?.product_infos ?? []
  return lines.map(({ channelLineNo, quantity }) => {
    const product = products.find((each, place) => lineNoOf(order, each, place) === channelLineNo)
    if (product === undefined) throw refused(`订单里没有商品行 ${channelLineNo}`)
    return { product_id: textOf(product.product_id), sku_id: textOf(product.sku_id), product_cnt: quantity }
  })
}

function goodsIn(parcel: ParcelRow): Fields[] {
  return parcel.product_infos.map((goods) => ({
    product_id: textOf(goods.product_id),
    sku_id: textOf(goods.sku_id),
    product_cnt: wholeOf(goods.product_cnt),
  }))
}

interface Sending {
  readonly operation: string
  readonly path: string
  readonly parcel: { readonly delivery_id: string; readonly goods: readonly Fields[] }
}

async function send(account: WechatShopAccount, report: ShipmentReport, { operation, path, parcel }: Sending) {
  await call(account, {
    operation,
    path,
    isWrite: true,
    body: {
      order_id: report.channelOrderNo,
      delivery_list: [
        {
          delivery_id: parcel.delivery_id,
          waybill_id: report.waybillNo,
          deliver_type: ownCarrier,
          product_infos: parcel.goods,
        },
      ],
    },
  })
}
