import { z } from 'zod'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call, resultIn } from './call.ts'
import type { JdAccount, JdCredentials } from './manifest.ts'
import { readAs } from './nonsense.ts'

const number = z.union([z.string(), z.number()]).transform(String)
const Shop = z.looseObject({ vender_id: number, shop_id: number, shop_name: z.string() })

/** The shop behind the token. Source: jd.md 2 [doc G]. */
export async function shopOf(account: JdAccount, operation: string): Promise<z.infer<typeof Shop>> {
  const root = await call(account, { operation, method: 'jingdong.vender.shop.query' })
  const result = resultIn(root, 'shop_jos_result')
  return readAs('shop', () => Shop.parse(result))
}

export const describeShop: ChannelOperations<JdCredentials>['shop.describe'] = async (account) => {
  const { shop_id, shop_name } = await shopOf(account, 'shop.describe')
  return { channelShopNo: shop_id, name: shop_name }
}
