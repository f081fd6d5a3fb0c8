import type { ChannelOperations } from '../../../kit/channel.ts'
import { ask } from './call.ts'
import type { Credentials } from './manifest.ts'
import { ShopData } from './payload.ts'
import { shopQuery } from './queries.ts'

/** The connection test (测试连接). A shop is known by its `.myshopify.com` name, which never changes and which pushes name too. */
export const describeShop: ChannelOperations<Credentials>['shop.describe'] = async (account) => {
  const call = { operation: 'shop.describe', query: shopQuery, variables: {}, isWrite: false }
  const { shop } = await ask(account, call, ShopData)
  return { channelShopNo: shop.myshopifyDomain, name: shop.name }
}
