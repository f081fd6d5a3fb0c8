import { Failure } from '../../../core/failures.ts'
import { defineChannel } from '../../../kit/channel.ts'
import { readFailure } from './failure.ts'
import { manifest, type WechatMallCredentials } from './manifest.ts'
import { refused } from './nonsense.ts'
import { findParcels, tellCorrection, tellParcel } from './parcels.ts'
import { describeApp, refreshAuth } from './token.ts'

/**
 * 小程序发货信息管理: whoever sells goods through WeChat Pay in a mini-program of her own tells WeChat of every parcel, or the money is held
 * back. The orders are another shop's, beside which this one stands.
 */
export const wechatMall = defineChannel<WechatMallCredentials>({
  manifest,
  operations: {
    'shop.describe': describeApp,
    'auth.refresh': refreshAuth,
    'shipments.report': tellParcel,
    'shipments.change': tellCorrection,
    'shipments.find': findParcels,
  },
  inspect: {
    orders: () => {
      throw refused('这里只报送发货，没有订单；订单在商城自己的渠道里')
    },
    failure: readFailure,
    signature: () => {
      throw new Failure('INPUT_INVALID', { field: 'kind', problem: '小程序的接口不签名' })
    },
  },
  vocabulary: { orderStatuses: [], refundStatuses: [] },
})
