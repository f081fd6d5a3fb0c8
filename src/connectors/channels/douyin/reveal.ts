import { z } from 'zod'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call, fieldsOf } from './call.ts'
import type { DouyinAccount, DouyinCredentials } from './manifest.ts'
import { readAs, refused, strange } from './nonsense.ts'
import { oneDetail } from './order-parts.ts'
import { listIn } from './paging.ts'
import { addressKeyOf, ciphersOf } from './receiver.ts'

const operation = 'orders.reveal'

/** Source: douyin.md 4 [doc]. */
const Decrypted = z.looseObject({
  cipher_text: z.string(),
  decrypt_text: z.string().nullish(),
  is_virtual_tel: z.boolean().nullish(),
  phone_no_a: z.string().nullish(),
  phone_no_b: z.string().nullish(),
})

/**
 * The plain receiver of an order: the order as it is now, and one call that decrypts all of it. The telephone may be a virtual number with
 * an extension. Throws CHANNEL_REFUSED when the address has changed since or the app may not see it. Source: douyin.md 4 [doc].
 */
export const revealReceiver: ChannelOperations<DouyinCredentials>['orders.reveal'] = async (
  account,
  { channelOrderNo, addressKey },
) => {
  const { detail } = await oneDetail(account, operation, channelOrderNo)
  if (addressKeyOf(detail) !== addressKey) throw refused('收件地址已变更，请重新抓取这一单')
  const { name, phone, address } = ciphersOf(detail)
  const texts = [name, phone, address].filter((text) => text !== '')
  if (texts.length === 0) throw refused('抖店没有给出这一单的收件信息，请检查应用的订单权限')

  const plain = await decrypt(account, channelOrderNo, texts)
  const plainOf = (text: string) => {
    const found = text === '' ? '' : plain.get(text)
    if (found === undefined) throw strange('解密结果不完整')
    return found
  }
  return { name: plainOf(name), phone: plainOf(phone), address: plainOf(address) }
}

/** Plain texts by their ciphertext. A text that cannot be decrypted fails the whole, see `readFailure`. */
async function decrypt(
  account: DouyinAccount,
  orderNo: string,
  texts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const reply = await call(account, {
    operation,
    method: 'order.batchDecrypt',
    params: { cipher_infos: texts.map((text) => ({ auth_id: orderNo, cipher_text: text })) },
  })
  const rows = listIn(fieldsOf(reply), 'decrypt_infos').map((row) =>
    readAs('decrypt_infos', () => Decrypted.parse(row)),
  )
  return new Map(
    rows.flatMap((row) => {
      const isVirtual = row.is_virtual_tel === true && row.phone_no_a && row.phone_no_b
      const plain = isVirtual ? `${row.phone_no_a}-${row.phone_no_b}` : row.decrypt_text
      return plain ? [[row.cipher_text, plain] as const] : []
    }),
  )
}
