import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { parseJson } from '../../../kit/json.ts'
import { call, resultIn } from './call.ts'
import { decrypt, voucherSignature } from './cipher.ts'
import type { JdAccount, JdCredentials } from './manifest.ts'
import { readAs, refused, strange } from './nonsense.ts'
import { orderBy } from './orders.ts'
import { receiverOf, withoutRegion } from './receiver.ts'

const operation = 'orders.reveal'

const Voucher = z.looseObject({ data: z.looseObject({ id: z.string(), key: z.string() }) })
const Keys = z.looseObject({
  service_key_list: z.array(
    z.looseObject({ keys: z.array(z.looseObject({ id: z.string(), key_string: z.string() })) }),
  ),
})

/**
 * The plain receiver: the order once more with ciphertext in its personal fields, and the keys of this app to open them, which only apps
 * that passed the platform's security review are given. Throws CHANNEL_REFUSED when the receiver has changed since, or when no key fits.
 * Source: jd.md 7 [sdk G].
 */
export const revealReceiver: ChannelOperations<JdCredentials>['orders.reveal'] = async (account, input) => {
  const { channelOrderNo, addressKey } = input
  const asked = { operation, method: 'jingdong.pop.order.enGet', fields: 'orderId,orderState,consigneeInfo' } as const
  const { info } = await orderBy(account, asked, channelOrderNo)
  const sealed = receiverOf(info.consigneeInfo)
  if (sealed.addressKey !== addressKey) throw refused('收件信息已变更，请重新抓取这一单')

  const keys = await masterKeys(account)
  try {
    const { address, ...region } = sealed.raw
    return {
      name: decrypt(sealed.name, keys),
      phone: decrypt(sealed.phone, keys),
      address: withoutRegion(decrypt(address, keys), region),
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const reason = '没有能解开这一单的密钥，请在京东开放平台查看应用的数据安全权限'
    throw new Failure('CHANNEL_REFUSED', { channel: 'jd', reason }, error)
  }
}

/** The keys of this app by their numbers. */
async function masterKeys(account: JdAccount): Promise<ReadonlyMap<string, string>> {
  const { id, key } = await voucher(account)
  const ts = account.now()
  const root = await call(account, {
    operation,
    method: 'jingdong.jos.master.key.get',
    params: { sdk_ver: 2, ts, tid: id, sig: voucherSignature(key, { ts, tid: id }) },
  })
  const { service_key_list } = readAs('master key', () => Keys.parse(resultIn(root, 'response')))
  return new Map(service_key_list.flatMap(({ keys }) => keys.map((each) => [each.id, each.key_string] as const)))
}

async function voucher(account: JdAccount) {
  const root = await call(account, { operation, method: 'jingdong.jos.voucher.info.get' })
  const data = resultIn(resultIn(root, 'response'), 'data')
  if (typeof data.voucher !== 'string') throw strange('没有 voucher')
  const text = Buffer.from(data.voucher, 'base64url').toString('utf8')
  return readAs('voucher', () => Voucher.parse(parsed(text))).data
}

function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw strange('voucher 不是 JSON', false, error)
    throw error
  }
}
