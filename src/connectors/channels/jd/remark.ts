import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { call, doneIn } from './call.ts'
import type { JdAccount, JdCredentials } from './manifest.ts'
import { orderOf, readOrder } from './orders.ts'
import { nothingBack } from './to-order.ts'

type Operations = ChannelOperations<JdCredentials>

const longest = 500
const flags = /^[0-5]$/
const operation = 'orders.remark'

/**
 * Writes the seller's remark (商家备注) and flag. What an omitted flag does is not told, so it is always sent, read first where none is given.
 * An empty remark clears it. Throws INPUT_INVALID over the limit. Source: jd.md 12 [doc D2].
 */
export const remarkOrder: Operations['orders.remark'] = async (account, { channelOrderNo, remark, flag }) => {
  const length = [...remark].length
  if (length > longest) {
    throw new Failure('INPUT_INVALID', {
      field: '商家备注',
      problem: `京东最多 ${longest} 个字，现在是 ${length} 个字`,
    })
  }
  if (flag !== null && !flags.test(flag)) {
    throw new Failure('INPUT_INVALID', { field: '旗帜', problem: '京东的旗帜是 0 到 5' })
  }
  const root = await call(account, {
    operation,
    method: 'jingdong.pop.order.modifyVenderRemark',
    isWrite: true,
    params: { order_id: channelOrderNo, flag: flag ?? (await presentFlag(account, channelOrderNo)), remark },
  })
  doneIn(root, 'modifyvenderremark_result')
}

/** An order without a flag, or with a word in its place, is grey. */
async function presentFlag(account: JdAccount, channelOrderNo: string): Promise<string> {
  const { info } = await readOrder(account, operation, channelOrderNo)
  const { flag } = orderOf(info, nothingBack)
  return flag !== null && flags.test(flag) ? flag : '0'
}
