import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { XiaohongshuCredentials } from './manifest.ts'
import { secondsOf } from './paging.ts'

const minuteMs = 60_000

/**
 * The shop as authorisation told it: no call names it again. That it can still be asked is proven by one that every shop may make, the
 * orders of the last minute.
 */
export const describeShop: ChannelOperations<XiaohongshuCredentials>['shop.describe'] = async (account) => {
  const now = account.now()
  await call(account, {
    operation: 'shop.describe',
    method: 'order.getOrderList',
    params: { ...secondsOf({ from: now - minuteMs, to: now }), timeType: 1, pageNo: 1, pageSize: 1 },
  })
  const { sellerId, sellerName } = account.credentials
  if (!sellerId) throw new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'xiaohongshu', reason: '店铺还没有授权' })
  return { channelShopNo: sellerId, name: sellerName || sellerId }
}
