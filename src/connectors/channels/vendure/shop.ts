import type { ChannelOperations } from '../../../kit/channel.ts'
import { ask } from './call.ts'
import type { Credentials } from './manifest.ts'
import { ShopData } from './payload.ts'
import { shopQuery } from './queries.ts'

/** The code that the platform gives the one channel every shop begins with. Source: own-site.md 4 [assumed]. */
const defaultCode = '__default_channel__'

/** The connection test (测试连接). A shop is a channel of a server, so its number is both. */
export const describeShop: ChannelOperations<Credentials>['shop.describe'] = async (account) => {
  const call = { operation: 'shop.describe', query: shopQuery, variables: {}, isWrite: false }
  const { activeChannel } = await ask(account, call, ShopData)
  const { host } = new URL(account.address)
  const { id, code } = activeChannel
  return { channelShopNo: `${host}/${id}`, name: code === defaultCode ? host : code }
}
