import { z } from 'zod'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { TaobaoAccount, TaobaoCredentials } from './manifest.ts'
import { readAs } from './nonsense.ts'

const Seller = z.looseObject({
  user_id: z.union([z.string(), z.number()]).transform(String),
  nick: z.string(),
  /** `B` is Tmall, `C` is Taobao. */
  type: z.string().nullish(),
})

/** The seller behind the session key. Source: taobao.md 1 [doc M]. */
export async function sellerOf(account: TaobaoAccount, operation: string): Promise<z.infer<typeof Seller>> {
  const { root } = await call(account, {
    operation,
    method: 'taobao.user.seller.get',
    params: { fields: 'user_id,nick,type' },
  })
  return readAs('user', () => Seller.parse(root.user))
}

export const describeShop: ChannelOperations<TaobaoCredentials>['shop.describe'] = async (account) => {
  const { user_id, nick } = await sellerOf(account, 'shop.describe')
  return { channelShopNo: user_id, name: nick }
}
