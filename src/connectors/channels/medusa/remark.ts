import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { ask, type Call, parsed } from './call.ts'
import type { Credentials } from './manifest.ts'
import { remarkKey } from './metadata.ts'
import { strange } from './nonsense.ts'
import { orderPath } from './orders.ts'
import { WrittenAnswer } from './payload.ts'

/** A limit of ours: the platform has none, but nobody reads more in a list [rule]. */
const remarkMax = 1000

/**
 * Writes the seller's remark (商家备注) into the order's free data, which merges by key [assumed]; empty text clears it. The platform has no
 * flags, so a flag stays ours. Throws INPUT_INVALID over the limit. Source: own-site.md 5.3 [rule].
 */
export const remarkOrder: ChannelOperations<Credentials>['orders.remark'] = async (
  account,
  { channelOrderNo, remark },
) => {
  const length = [...remark].length
  if (length > remarkMax) {
    throw new Failure('INPUT_INVALID', {
      field: '商家备注',
      problem: `最多 ${remarkMax} 个字，现在是 ${length} 个`,
    })
  }
  const call: Call = {
    operation: 'orders.remark',
    method: 'POST',
    path: orderPath(channelOrderNo),
    body: { metadata: { [remarkKey]: remark } },
    isWrite: true,
  }
  const { order } = parsed(WrittenAnswer, await ask(account, call), { what: 'answer', isWrite: true })
  if (order.id !== channelOrderNo) throw strange('网店答了另一个订单', true)
}
