import { z } from 'zod'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import { askedBy, isCiphertext, type Secrets } from './ciphertext.ts'
import type { XiaohongshuAccount, XiaohongshuCredentials } from './manifest.ts'
import { readAs, refused, strange } from './nonsense.ts'
import { askReceiver, oneDetail } from './order-parts.ts'
import { listIn } from './paging.ts'
import { textOf } from './payload.ts'
import { isOutdated } from './receiver.ts'

const operation = 'orders.reveal'

/** Why plain text is wanted. Source: xiaohongshu.md 8 [doc], which purpose is which [assumed]. */
const actionTypes = { waybill: '2', 'after-sales': '1', service: '1' } as const

const Decrypted = z.looseObject({
  encryptedData: z.string(),
  decryptedData: z.string().nullish(),
  virtualNumberFlag: z.boolean().nullish(),
  virtualNumber: z.string().nullish(),
})

/**
 * The plain receiver behind an `openAddressId`: the order as it is now, its ciphertext, and one call that decrypts all of it. The
 * telephone may be a virtual number with an extension. Throws CHANNEL_REFUSED when the address has changed since or the order no longer
 * waits to be sent, CHANNEL_QUOTA_EXHAUSTED. Source: xiaohongshu.md 8 [doc].
 */
export const revealReceiver: ChannelOperations<XiaohongshuCredentials>['orders.reveal'] = async (
  account,
  { channelOrderNo, addressKey, purpose },
) => {
  const { detail } = await oneDetail(account, operation, channelOrderNo)
  const isChanged = textOf(detail.openAddressId) !== addressKey
  const read = isChanged ? null : await askReceiver(account, operation, detail)
  if (isChanged || isOutdated(read?.row ?? null)) throw refused('收件地址已变更，请重新抓取这一单')
  if (read === null) throw refused('这一单不在待发货状态，小红书不提供收件信息')

  const { receiverName, receiverPhone, receiverAddress } = read.row
  const [name, phone, address] = [receiverName, receiverPhone, receiverAddress].map(textOf) as [string, string, string]
  const plain = await decrypt(account, {
    channelOrderNo,
    actionType: actionTypes[purpose],
    texts: [name, phone, address].filter(isCiphertext),
  })
  const plainOf = (text: string) => {
    if (!isCiphertext(text)) return text
    const found = plain.get(text)
    if (found === undefined) throw strange('解密结果不完整')
    return found
  }
  return { name: plainOf(name), phone: plainOf(phone), address: plainOf(address) }
}

/** Plain texts by their ciphertext. A text that cannot be decrypted fails the whole, see `readFailure`. */
async function decrypt(account: XiaohongshuAccount, secrets: Secrets): Promise<ReadonlyMap<string, string>> {
  if (secrets.texts.length === 0) return new Map()
  const { data } = await call(account, { operation, method: 'data.batchDecrypt', params: askedBy(secrets) })
  const rows = listIn(data, 'dataInfoList').map((row) => readAs('dataInfoList', () => Decrypted.parse(row)))
  return new Map(
    rows.flatMap(({ encryptedData, decryptedData, virtualNumberFlag, virtualNumber }) => {
      const plain = virtualNumberFlag && virtualNumber ? virtualNumber : decryptedData
      return plain ? [[encryptedData, plain] as const] : []
    }),
  )
}
