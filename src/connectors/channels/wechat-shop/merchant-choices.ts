import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import { call } from './call.ts'
import type { WechatShopAccount } from './manifest.ts'
import { readAs, refused } from './nonsense.ts'

/**
 * What the platform wants chosen from lists of its own when an after-sale is answered. The calls are documented, the
 * shapes of their answers are not in the sheet: all of this file is [assumed]. Source: wechat-shop.md 10 [assumed].
 */
const operation = 'aftersales.answer'
const mostAddresses = 20

const id = z.union([z.string(), z.number()]).transform(String)
const AddressIds = z.array(id).nullish()
const Address = z.looseObject({ default_recv: z.boolean().nullish() })

/**
 * The number of the address to which goods come back: the only one, else the default one. Throws CHANNEL_MISCONFIGURED
 * where there is none.
 */
export async function returnAddressNo(account: WechatShopAccount): Promise<string> {
  const { root } = await call(account, {
    operation,
    path: '/channels/ec/merchant/address/list',
    body: { offset: 0, limit: mostAddresses },
  })
  const ids = readAs('address_id_list', () => AddressIds.parse(root.address_id_list)) ?? []
  const [only, ...others] = ids
  if (only !== undefined && others.length === 0) return only
  for (const addressNo of ids) {
    const reply = await call(account, {
      operation,
      path: '/channels/ec/merchant/address/get',
      body: { address_id: addressNo },
    })
    if (readAs('address_detail', () => Address.parse(reply.root.address_detail)).default_recv) return addressNo
  }
  throw new Failure('CHANNEL_MISCONFIGURED', { channel: 'wechat-shop', reason: '请先在小店后台设置默认退货地址' })
}

const Reasons = z
  .array(z.looseObject({ reject_reason_type: z.number(), reject_reason_type_text: z.string().default('') }))
  .nullish()

/**
 * The kind of refusal that the message names in the platform's words, else its 其他. Throws CHANNEL_REFUSED where neither
 * is offered.
 */
export async function rejectReasonType(account: WechatShopAccount, message: string): Promise<number> {
  const { root } = await call(account, { operation, path: '/channels/ec/aftersale/rejectreason/get', body: {} })
  const reasons = readAs('reject_reason', () => Reasons.parse(root.reject_reason)) ?? []
  const named = reasons.find(({ reject_reason_type_text: text }) => text !== '' && message.includes(text))
  const found = named ?? reasons.find(({ reject_reason_type_text: text }) => text.includes('其他'))
  if (found === undefined) throw refused('微信要求选择拒绝原因，请在小店后台处理')
  return found.reject_reason_type
}
