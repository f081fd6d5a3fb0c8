import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { PinduoduoCredentials } from './manifest.ts'

/**
 * The shop as authorisation told it, by its number: no call names it. That it can still be asked is proven by one that touches no order,
 * the first of its listings.
 */
export const describeShop: ChannelOperations<PinduoduoCredentials>['shop.describe'] = async (account) => {
  const params = { page: 1, page_size: 1 }
  await call(account, { operation: 'shop.describe', method: 'pdd.goods.list.get', params })
  const { ownerId } = account.credentials
  if (!ownerId) throw new Failure('CHANNEL_NOT_AUTHORISED', { channel: 'pinduoduo', reason: '店铺还没有授权' })
  return { channelShopNo: ownerId, name: ownerId }
}
