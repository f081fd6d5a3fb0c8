import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { DouyinCredentials } from './manifest.ts'

/** In characters [assumed]. Source: douyin.md 5 [doc]. */
const longest = 60
/** 0 grey, 1 purple, 2 cyan, 3 green, 4 orange, 5 red. Source: douyin.md 4 [doc]. */
const flags = new Set(['0', '1', '2', '3', '4', '5'])

/**
 * Writes the seller's remark (商家备注), and the flag where one is given. An empty remark clears it [assumed]. Throws INPUT_INVALID over the
 * limit or for a flag that is none. Source: douyin.md 5 [doc].
 */
export const remarkOrder: ChannelOperations<DouyinCredentials>['orders.remark'] = async (
  account,
  { channelOrderNo, remark, flag },
) => {
  const length = [...remark].length
  if (length > longest) {
    throw new Failure('INPUT_INVALID', { field: '商家备注', problem: `最多 ${longest} 个字，现在是 ${length} 个字` })
  }
  if (flag !== null && !flags.has(flag)) {
    throw new Failure('INPUT_INVALID', { field: '旗帜', problem: '抖店的旗帜是 0 到 5' })
  }
  await call(account, {
    operation: 'orders.remark',
    method: 'order.addOrderRemark',
    isWrite: true,
    params: {
      order_id: channelOrderNo,
      remark,
      is_add_star: flag === null ? 'false' : 'true',
      star: flag ?? undefined,
    },
  })
}
