import type { ChannelOperations } from '../../../kit/channel.ts'
import { ask, parsed } from './call.ts'
import type { Credentials } from './manifest.ts'
import { SitePayload } from './payload.ts'

const operation = 'shop.describe'

/**
 * The connection test (测试连接): that the key may read orders, then what the site calls itself. The site has no number of its own, so its
 * address stands for it. The index is open to everybody and proves nothing about the key. Source: own-site.md 2.3 [doc].
 */
export const describeShop: ChannelOperations<Credentials>['shop.describe'] = async (account) => {
  const query = { per_page: '1', status: 'any' }
  await ask(account, { operation, method: 'GET', path: '/wc/v3/orders', query, isWrite: false })
  const { value } = await ask(account, { operation, method: 'GET', path: '/', isWrite: false })
  const { name } = parsed(SitePayload, value, { what: 'site', isWrite: false })
  const { host, pathname } = new URL(account.address)
  return { channelShopNo: pathname === '/' ? host : host + pathname, name: name || host }
}
