import { z } from 'zod'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { WechatShopCredentials } from './manifest.ts'
import { readAs, refused } from './nonsense.ts'
import { AddressInfo, textOf } from './payload.ts'
import { addressIn } from './receiver.ts'

const word = z.union([z.string(), z.number()]).nullish()
const Decoded = z.looseObject({
  address_info: AddressInfo,
  virtual_number_info: z.looseObject({ virtual_number: word, extension: word }).nullish(),
})

/**
 * The plain receiver of an order. Where a virtual number is in force the telephone stays masked, and that number with
 * its extension is given instead. The platform asks for neither token nor purpose, and gives about thirty a day for
 * nothing [sdk]. Throws CHANNEL_REFUSED where the answer is still masked. Source: wechat-shop.md 6 [doc].
 */
export const revealReceiver: ChannelOperations<WechatShopCredentials>['orders.reveal'] = async (
  account,
  { channelOrderNo },
) => {
  const { root } = await call(account, {
    operation: 'orders.reveal',
    path: '/channels/ec/order/sensitiveinfo/decode',
    body: { order_id: channelOrderNo },
  })
  const { address_info, virtual_number_info } = readAs('address_info', () => Decoded.parse(root))
  const name = textOf(address_info.user_name)
  const address = addressIn(address_info)
  if (name === '' || isMasked(name) || isMasked(address)) throw refused('微信没有给出明文收件人，请改用平台电子面单')

  const virtual = [virtual_number_info?.virtual_number, virtual_number_info?.extension].map(textOf).filter(Boolean)
  const plainPhone = textOf(address_info.tel_number)
  const phone = isMasked(plainPhone) && virtual.length > 0 ? virtual.join('-') : plainPhone
  return { name, phone, address }
}

const isMasked = (text: string) => text.includes('*')
