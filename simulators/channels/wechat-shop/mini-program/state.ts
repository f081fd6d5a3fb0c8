/**
 * A payment in the merchant's own mini-program, as far as the platform watches over its shipping. Source:
 * wechat-shop.md 12.
 */
export interface MiniPayment {
  readonly transactionId: string
  readonly merchantId: string
  readonly merchantTradeNo: string
  readonly openid: string
  readonly description: string
  readonly amountFen: number
  readonly paidAt: number
  /** Not known before this time: it takes up to a minute. */
  readonly knownAt: number
  /** 1 to ship, 2 shipped, 3 receipt confirmed, 4 done, 5 refunded. */
  state: 1 | 2 | 3 | 4 | 5
  deliveryMode: 1 | 2
  logisticsType: number
  isAllDelivered: boolean
  /** How often the whole was told: once, and one correction. */
  finishedCount: 0 | 1 | 2
  /** The time the merchant gave last; it only moves forward. */
  uploadTime: number
  parcels: readonly MiniParcel[]
  wasReminded: boolean
}

export interface MiniParcel {
  readonly trackingNo: string
  readonly carrierId: string
  readonly description: string
  readonly contact: Readonly<Record<string, unknown>> | null
  readonly uploadTime: number
}

export interface MiniProgram {
  readonly payments: Map<string, MiniPayment>
  jumpPath: string
}

export const merchantId = '1900000109'

export function newMiniProgram(): MiniProgram {
  return { payments: new Map(), jumpPath: '' }
}
