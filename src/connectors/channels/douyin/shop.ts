import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import type { DouyinCredentials } from './manifest.ts'
import { countFor } from './orders.ts'

const minuteMs = 60_000

/**
 * The shop as authorisation told it: no call names it again. That it can still be asked is proven by one that every shop may make, the
 * orders of the last minute.
 */
export const describeShop: ChannelOperations<DouyinCredentials>['shop.describe'] = async (account) => {
  const now = account.now()
  await countFor(account, 'shop.describe', { span: { from: now - minuteMs, to: now }, by: 'created' })
  const { shopId, shopName } = account.credentials
  if (!shopId) throw new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'douyin', reason: '店铺还没有授权' })
  return { channelShopNo: shopId, name: shopName || shopId }
}
