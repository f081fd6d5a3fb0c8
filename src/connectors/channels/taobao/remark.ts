import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { asFields } from '../../../kit/fields.ts'
import { call } from './call.ts'
import type { TaobaoAccount, TaobaoCredentials } from './manifest.ts'
import { strange } from './nonsense.ts'

type Operations = ChannelOperations<TaobaoCredentials>

/** Source: taobao.md 10 [doc M]: the limit is in bytes, a Chinese character is three. */
const memoMaxBytes = 1000
const flags = new Set(['0', '1', '2', '3', '4', '5'])
const operation = 'orders.remark'

/**
 * Writes the seller's remark (卖家备注) and flag. An omitted flag would turn grey, so it is always sent, read first where none is given.
 * An empty remark clears it. Throws INPUT_INVALID over the limit. Source: taobao.md 10 [doc M].
 */
export const remarkOrder: Operations['orders.remark'] = async (account, { channelOrderNo, remark, flag }) => {
  const bytes = Buffer.byteLength(remark, 'utf8')
  if (bytes > memoMaxBytes) {
    throw new Failure('INPUT_INVALID', {
      field: '卖家备注',
      problem: `淘宝最多 ${memoMaxBytes} 字节（约 333 个汉字），现在是 ${bytes} 字节`,
    })
  }
  if (flag !== null && !flags.has(flag)) {
    throw new Failure('INPUT_INVALID', { field: '旗帜', problem: '淘宝的旗帜是 0 到 5' })
  }
  await call(account, {
    operation,
    method: 'taobao.trade.memo.update',
    isWrite: true,
    params: {
      tid: channelOrderNo,
      memo: remark,
      flag: flag ?? (await presentFlag(account, channelOrderNo)),
      reset: remark === '' ? 'true' : 'false',
    },
  })
}

async function presentFlag(account: TaobaoAccount, channelOrderNo: string): Promise<string> {
  const { root } = await call(account, {
    operation,
    method: 'taobao.trade.get',
    params: { fields: 'tid,seller_flag', tid: channelOrderNo },
  })
  const trade = asFields(root.trade)
  if (trade === null) throw strange('没有 trade')
  return flagText(trade.seller_flag)
}

/** A trade without a flag is grey. */
function flagText(flag: unknown): string {
  return typeof flag === 'number' || typeof flag === 'string' ? String(flag) : '0'
}
