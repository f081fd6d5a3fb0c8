import { z } from 'zod'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { PinduoduoAccount, PinduoduoCredentials } from './manifest.ts'
import { readAs, refused, strange } from './nonsense.ts'
import { oneOrder } from './order-parts.ts'
import { listIn } from './paging.ts'
import { textOf } from './payload.ts'
import { isCiphertext } from './receiver.ts'

const operation = 'orders.reveal'

/** Source: pinduoduo.md 4 [doc]. */
const Decrypted = z.looseObject({
  encrypted_data: z.string(),
  decrypted_data: z.string().nullish(),
  virtual_identify_number: z.union([z.string(), z.number()]).nullish(),
})

/**
 * The plain receiver of an order: the order as it is now, and one call that decrypts all of it. The telephone may be a virtual number with
 * an extension. Throws CHANNEL_REFUSED when the address has changed since or the order no longer waits to be sent.
 * Source: pinduoduo.md 4 [doc].
 */
export const revealReceiver: ChannelOperations<PinduoduoCredentials>['orders.reveal'] = async (
  account,
  { channelOrderNo, addressKey },
) => {
  const { order } = await oneOrder(account, operation, channelOrderNo)
  if (textOf(order.open_address_id) !== addressKey) throw refused('收件地址已变更，请重新抓取这一单')
  const [name, phone, address] = [order.receiver_name, order.receiver_phone, order.receiver_address].map(textOf) as [
    string,
    string,
    string,
  ]
  if (name === '' || phone === '' || address === '') throw refused('这一单不在待发货状态，拼多多不提供收件信息')

  const plain = await decrypt(account, channelOrderNo, [name, phone, address].filter(isCiphertext))
  const plainOf = (text: string) => {
    if (!isCiphertext(text)) return text
    const found = plain.get(text)
    if (found === undefined) throw strange('解密结果不完整')
    return found
  }
  return { name: plainOf(name), phone: plainOf(phone), address: plainOf(address) }
}

/** Plain texts by their ciphertext. A text that cannot be decrypted fails the whole, see `readFailure`. */
async function decrypt(
  account: PinduoduoAccount,
  orderNo: string,
  texts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (texts.length === 0) return new Map()
  const params = { data_list: texts.map((text) => ({ data_tag: orderNo, encrypted_data: text })) }
  const { response } = await call(account, { operation, method: 'pdd.open.decrypt.batch', params })
  const rows = listIn(response, 'data_decrypt_list').map((row) =>
    readAs('data_decrypt_list', () => Decrypted.parse(row)),
  )
  return new Map(
    rows.flatMap(({ encrypted_data, decrypted_data, virtual_identify_number }) => {
      if (!decrypted_data) return []
      // How number and extension go together on a label is [assumed].
      const extension = encrypted_data.startsWith('$') ? textOf(virtual_identify_number) : ''
      return [[encrypted_data, extension === '' ? decrypted_data : `${decrypted_data}-${extension}`] as const]
    }),
  )
}
