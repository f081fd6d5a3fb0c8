import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { PinduoduoAccount, PinduoduoCredentials } from './manifest.ts'
import { oneOrder } from './order-parts.ts'
import { textOf } from './payload.ts'

const operation = 'orders.remark'
/** No limit is published; this one is careful [assumed]. */
const longest = 300
/** Tag and its name, which has three characters at most. Source: pinduoduo.md 4, 5 [doc]; the names [assumed]. */
const tagNames: Readonly<Record<string, string>> = { 1: '红色', 2: '黄色', 3: '绿色', 4: '蓝色', 5: '紫色' }

/**
 * Writes the seller's remark (商家备注) and flag. The present flag is sent again where none is given, since nothing says what leaving it out
 * does. An empty remark clears it. Throws INPUT_INVALID over the limit. Source: pinduoduo.md 5 [doc].
 */
export const remarkOrder: ChannelOperations<PinduoduoCredentials>['orders.remark'] = async (
  account,
  { channelOrderNo, remark, flag },
) => {
  const length = [...remark].length
  if (length > longest) {
    throw new Failure('INPUT_INVALID', { field: '商家备注', problem: `最多 ${longest} 个字，现在是 ${length} 个字` })
  }
  if (flag !== null && tagNames[flag] === undefined) {
    throw new Failure('INPUT_INVALID', { field: '旗帜', problem: '拼多多的旗帜是 1 到 5' })
  }
  const tag = flag === null ? await presentTag(account, channelOrderNo) : tagOf(flag, '')
  await call(account, {
    operation,
    method: 'pdd.order.note.update',
    params: { order_sn: channelOrderNo, note: remark, ...tag },
    isWrite: true,
  })
}

function tagOf(tag: string, name: string) {
  return tagNames[tag] === undefined ? {} : { tag: Number(tag), tag_name: name || tagNames[tag] }
}

async function presentTag(account: PinduoduoAccount, channelOrderNo: string) {
  const { order } = await oneOrder(account, operation, channelOrderNo)
  return tagOf(textOf(order.remark_tag), textOf(order.remark_tag_name))
}
