import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { WechatShopCredentials } from './manifest.ts'

/** The platform names no limit; this keeps a remark readable in its back office [assumed]. */
const longestRemark = 500

/**
 * Writes the merchant's note (商家备注), which replaces the former one; an empty one clears it. The platform has no flags,
 * so one that is asked for is not written. Throws INPUT_INVALID over the limit. Source: wechat-shop.md 6 [doc].
 */
export const remarkOrder: ChannelOperations<WechatShopCredentials>['orders.remark'] = async (
  account,
  { channelOrderNo, remark },
) => {
  const length = [...remark].length
  if (length > longestRemark) {
    throw new Failure('INPUT_INVALID', {
      field: '商家备注',
      problem: `微信小店最多 ${longestRemark} 个字，现在是 ${length} 个字`,
    })
  }
  await call(account, {
    operation: 'orders.remark',
    path: '/channels/ec/order/merchantnotes/update',
    body: { order_id: channelOrderNo, merchant_notes: remark },
    isWrite: true,
  })
}
