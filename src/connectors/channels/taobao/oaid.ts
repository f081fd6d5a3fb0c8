import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { TaobaoCredentials } from './manifest.ts'
import { readAs, strange } from './nonsense.ts'
import { listIn } from './paging.ts'

type Operations = ChannelOperations<TaobaoCredentials>

/** Why the plain receiver is wanted. 1004 is a waybill of any carrier. Source: taobao.md 9 [doc M]. */
const scenes = { waybill: '1004', 'after-sales': '2001', service: '2002' } as const

const mergeMax = 100

const Revealed = z.looseObject({
  name: z.string().nullish(),
  mobile: z.string().nullish(),
  phone: z.string().nullish(),
  address_detail: z.string().nullish(),
  matched: z.union([z.boolean(), z.string()]).nullish(),
})

/**
 * The plain receiver behind an OAID. The telephone may be a virtual number with an extension (`18877771111-123`). Throws CHANNEL_REFUSED when
 * the address has changed since: then the order must be read again. Decryption is reserved for reviewed apps. Source: taobao.md 9 [doc M].
 */
export const revealReceiver: Operations['orders.reveal'] = async (account, { channelOrderNo, addressKey, purpose }) => {
  const { root } = await call(account, {
    operation: 'orders.reveal',
    method: 'taobao.top.oaid.decrypt',
    params: { query_list: JSON.stringify([{ oaid: addressKey, tid: channelOrderNo, scene: scenes[purpose] }]) },
  })
  const [row] = listIn(root, 'receiver_list', 'receiver')
  if (row === undefined) throw strange('没有 receiver')
  const receiver = readAs('receiver', () => Revealed.parse(row))
  if (receiver.matched === false || receiver.matched === 'false') {
    throw new Failure('CHANNEL_REFUSED', { channel: 'taobao', reason: '收件地址已变更，请重新抓取这一单' })
  }
  return {
    name: receiver.name ?? '',
    phone: receiver.mobile || receiver.phone || '',
    address: receiver.address_detail ?? '',
  }
}

/** Groups of trades that may leave in one parcel, as the platform sees it by their OAIDs. At most 100 at once. Source: taobao.md 9 [doc M]. */
export const mergeableOrders: Operations['orders.mergeable'] = async (account, orders) => {
  if (orders.length === 0) return []
  if (orders.length > mergeMax) {
    throw new Failure('INPUT_INVALID', { field: '订单', problem: `一次最多比较 ${mergeMax} 单` })
  }
  const { root } = await call(account, {
    operation: 'orders.mergeable',
    method: 'taobao.top.oaid.merge',
    params: {
      merge_list: JSON.stringify(
        orders.map(({ addressKey, channelOrderNo }) => ({ oaid: addressKey, tid: channelOrderNo })),
      ),
    },
  })
  return listIn(root, 'tid_list', 'string').map((group) => String(group).split(',').filter(Boolean))
}
