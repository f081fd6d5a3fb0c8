import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { XiaohongshuAccount, XiaohongshuCredentials } from './manifest.ts'
import { oneDetail } from './order-parts.ts'
import { textOf } from './payload.ts'

const operation = 'orders.remark'
/** No limit is published; this one is careful [assumed]. */
const longest = 500
/** 1 grey, 2 red, 3 yellow, 4 green, 5 blue, 6 purple. Source: xiaohongshu.md 6, 9 [doc]. */
const flags = new Set(['1', '2', '3', '4', '5', '6'])
const plainFlag = '1'

/**
 * Writes the seller's remark (商家备注) and flag. The call always wants a flag, so the present one is sent where none is given, and grey
 * where there is none. An empty remark clears it. Throws INPUT_INVALID over the limit. Source: xiaohongshu.md 9 [doc].
 */
export const remarkOrder: ChannelOperations<XiaohongshuCredentials>['orders.remark'] = async (
  account,
  { channelOrderNo, remark, flag },
) => {
  const length = [...remark].length
  if (length > longest) {
    throw new Failure('INPUT_INVALID', { field: '商家备注', problem: `最多 ${longest} 个字，现在是 ${length} 个字` })
  }
  if (flag !== null && !flags.has(flag)) {
    throw new Failure('INPUT_INVALID', { field: '旗帜', problem: '小红书的旗帜是 1 到 6' })
  }
  await call(account, {
    operation,
    method: 'order.modifySellerMarkInfo',
    isWrite: true,
    params: {
      orderId: channelOrderNo,
      sellerMarkNote: remark,
      operator: 'tongdan',
      sellerMarkPriority: Number(flag ?? (await presentFlag(account, channelOrderNo))),
    },
  })
}

async function presentFlag(account: XiaohongshuAccount, channelOrderNo: string): Promise<string> {
  const { detail } = await oneDetail(account, operation, channelOrderNo)
  const present = textOf(detail.sellerRemarkFlag)
  return flags.has(present) ? present : plainFlag
}
