import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { ask, parsed } from './call.ts'
import type { Credentials } from './manifest.ts'
import { remarkKey } from './meta.ts'
import { orderPath } from './orders.ts'
import { WrittenPayload } from './payload.ts'

/** A limit of ours: the platform has none, but nobody reads more in a list [rule]. */
const remarkMax = 1000

/**
 * Writes the seller's remark (商家备注) into the order's meta data; empty text clears it. The platform has no flags, so a flag stays ours.
 * Throws INPUT_INVALID over the limit. Source: own-site.md 2.3 [rule].
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
  const body = { meta_data: [{ key: remarkKey, value: remark }] }
  const call = {
    operation: 'orders.remark',
    method: 'PUT',
    path: orderPath(channelOrderNo),
    body,
    isWrite: true,
  } as const
  parsed(WrittenPayload, (await ask(account, call)).value, { what: 'order', isWrite: true })
}
