import {
  type Branch,
  badArgument,
  type Call,
  objectOf,
  optionalText,
  optionalWhole,
  textOf,
  wholeOf,
} from '../calls/call.ts'
import { keyFor, placeIn } from '../calls/paging.ts'
import { refuse } from '../errors.ts'
import { seconds } from '../world.ts'
import type { MiniPayment } from './state.ts'

const paymentUnknown = 10060001

/** Whether the call asks about the mini-program's own AppID. */
export function isMiniApp({ world, body }: Call): boolean {
  return textOf(body, 'appid') === world.apps[1].appId
}

/** A payment by its own number or the merchant's. One that is too young is as unknown as one that never was. */
export function paymentOf({ world }: Call, by: Branch): MiniPayment {
  const transaction = optionalText(by, 'transaction_id')
  const trade = optionalText(by, 'merchant_trade_no')
  if (transaction === '' && trade === '') throw refuse(badArgument)
  const { payments } = world.miniProgram
  const found =
    transaction === ''
      ? [...payments.values()].find(
          (payment) => payment.merchantTradeNo === trade && payment.merchantId === textOf(by, 'merchant_id'),
        )
      : payments.get(transaction)
  if (found === undefined || world.clock.now() < found.knownAt) throw refuse(paymentUnknown)
  return found
}

export function paymentFields(payment: MiniPayment): Branch {
  return {
    transaction_id: payment.transactionId,
    merchant_id: payment.merchantId,
    sub_merchant_id: '',
    merchant_trade_no: payment.merchantTradeNo,
    description: payment.description,
    paid_amount: payment.amountFen,
    openid: payment.openid,
    trade_create_time: seconds(payment.paidAt),
    pay_time: seconds(payment.paidAt),
    order_state: payment.state,
    in_complaint: false,
    shipping: {
      delivery_mode: payment.deliveryMode,
      logistics_type: payment.logisticsType,
      finish_shipping: payment.isAllDelivered,
      goods_desc: payment.parcels.map(({ description }) => description).join('，'),
      finish_shipping_count: payment.finishedCount,
      shipping_list: payment.parcels.map((parcel) => ({
        tracking_no: parcel.trackingNo,
        express_company: parcel.carrierId,
        goods_desc: parcel.description,
        upload_time: seconds(parcel.uploadTime),
        ...(parcel.contact === null ? {} : { contact: parcel.contact }),
      })),
    },
  }
}

const listName = 'wxa/sec/order/get_order_list'

/** In the order of payment; `last_index` is where the next page begins. */
export function listPayments({ world, body }: Call): Branch {
  const most = Number.MAX_SAFE_INTEGER
  const range = body.pay_time_range === undefined ? {} : objectOf(body, 'pay_time_range')
  const from = wholeOf(range, 'begin_time', { least: 0, most, usual: 0 })
  const to = wholeOf(range, 'end_time', { least: from, most, usual: most })
  const state = optionalWhole(body, 'order_state')
  const openid = optionalText(body, 'openid')
  const size = wholeOf(body, 'page_size', { least: 1, most: 100, usual: 100 })
  const { last_index, ...asked } = body
  const place = placeIn(listName, { ...asked, next_key: last_index })
  const skip = Number.isFinite(place) ? place : 0

  const found = [...world.miniProgram.payments.values()]
    .filter(({ knownAt }) => knownAt <= world.clock.now())
    .filter(({ paidAt }) => seconds(paidAt) >= from && seconds(paidAt) <= to)
    .filter((payment) => state === null || payment.state === state)
    .filter((payment) => openid === '' || payment.openid === openid)
  const rows = found.slice(skip, skip + size)
  return {
    order_list: rows.map(paymentFields),
    last_index: keyFor(listName, asked, skip + rows.length),
    has_more: found.length > skip + size,
  }
}
