import type { ChannelOperations } from '../../../kit/channel.ts'
import { ask, parsed } from './call.ts'
import type { Credentials } from './manifest.ts'
import { StoresAnswer } from './payload.ts'

/** The connection test (测试连接): that the key holds, and what the store calls itself. Source: own-site.md 5.3 [sdk M]. */
export const describeShop: ChannelOperations<Credentials>['shop.describe'] = async (account) => {
  const query = { limit: '1', offset: '0' }
  const call = { operation: 'shop.describe', method: 'GET', path: '/stores', query, isWrite: false } as const
  const { stores } = parsed(StoresAnswer, await ask(account, call), { what: 'answer', isWrite: false })
  const { id, name } = stores[0]!
  return { channelShopNo: id, name: name || new URL(account.address).host }
}
