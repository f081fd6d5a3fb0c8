import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import { call } from './call.ts'
import type { WechatMallAccount } from './manifest.ts'
import { readAs, refused } from './nonsense.ts'

const Parcel = z.looseObject({
  tracking_no: z.string(),
  express_company: z.string().nullish(),
  goods_desc: z.string().nullish(),
  upload_time: z.number().nullish(),
})
export type Parcel = z.infer<typeof Parcel>

const Payment = z.looseObject({
  transaction_id: z.string().min(1),
  openid: z.string().min(1),
  description: z.string().nullish(),
  shipping: z
    .looseObject({
      finish_shipping: z.boolean().nullish(),
      finish_shipping_count: z.number().nullish(),
      shipping_list: z.array(Parcel).nullish(),
    })
    .nullish(),
})

/** A payment as WeChat knows it. Times in epoch ms. */
export interface Payment {
  readonly transactionId: string
  readonly openid: string
  readonly description: string
  readonly parcels: readonly Parcel[]
  /** Everything was told; one correction is left until it was used. */
  readonly isFinished: boolean
  /** Of what was told last; 0 when nothing was. The next must be later. */
  readonly toldAt: number
}

/** Payments may be unknown for so long after they were made. Source: wechat-shop.md 12 [doc]. */
const youngMs = 60_000

/**
 * The payment of an order: its number at the mall is the merchant's number of the payment (商户订单号). One that is unknown although the
 * parcel left more than a minute ago was not paid by WeChat, or to another merchant number: CHANNEL_REFUSED says so, for a person to
 * decide. Source: wechat-shop.md 12 [doc].
 * @param since when the order was certainly paid: its parcel's time, or null where that is not known
 */
export async function readPayment(
  account: WechatMallAccount,
  {
    operation,
    orderNo,
    since,
  }: { readonly operation: string; readonly orderNo: string; readonly since: number | null },
): Promise<Payment> {
  const body = { merchant_id: account.credentials.merchantId, merchant_trade_no: orderNo }
  try {
    const root = await call(account, { operation, path: '/wxa/sec/order/get_order', body })
    return paymentIn(readAs('order', () => Payment.parse(root.order)))
  } catch (error) {
    if (isUnknown(error) && since !== null && account.now() - since >= youngMs) throw notByWechat(error)
    throw error
  }
}

/** WeChat does not know the payment, or not yet. */
export const isUnknown = (error: unknown) => error instanceof Failure && error.details.code === '10060001'

const notByWechat = (cause: unknown) => {
  const { code, details } = refused(
    '微信支付里没有这笔订单：可能不是用微信支付付的，或商户号不对。不用报送的，请在未送达里不再回传',
  )
  return new Failure(code, details, cause)
}

function paymentIn({ transaction_id, openid, description, shipping }: z.infer<typeof Payment>): Payment {
  const parcels = shipping?.shipping_list ?? []
  return {
    transactionId: transaction_id,
    openid,
    description: description ?? '',
    parcels,
    isFinished: shipping?.finish_shipping === true,
    toldAt: Math.max(0, ...parcels.map(({ upload_time }) => (upload_time ?? 0) * 1000)),
  }
}
