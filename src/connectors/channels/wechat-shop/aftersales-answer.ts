import { Failure } from '../../../core/failures.ts'
import type { CaseAnswer, ChannelOperations } from '../../../kit/channel.ts'
import type { Fields } from '../../../kit/fields.ts'
import { toCase } from './aftersales.ts'
import { call } from './call.ts'
import type { WechatShopAccount, WechatShopCredentials } from './manifest.ts'
import { rejectReasonType, returnAddressNo } from './merchant-choices.ts'
import { refused } from './nonsense.ts'
import { fetchAftersale } from './orders.ts'
import type { AftersalePayload } from './payload.ts'
import { textOf } from './payload.ts'

const operation = 'aftersales.answer'
const handled = new Set(['refund-only', 'return-and-refund'])

/**
 * What is agreed to: that goods come back, or that they are here and the money goes. Source: wechat-shop.md 10 [doc].
 */
const [agreeToReturn, goodsReceived] = [1, 2] as const

/**
 * Answers an after-sale (同意 / 拒绝). The record is read first, and an amount that differs from what the merchant saw
 * throws CHANGED_MEANWHILE. Money alone is agreed to at once; a return first by naming the return address, then, once
 * the goods are back, by saying so. The platform takes one answer a minute for one after-sale. Throws
 * CHANNEL_ALREADY_DONE, CHANNEL_REFUSED, INPUT_INVALID, CHANNEL_MISCONFIGURED without a return address. Source:
 * wechat-shop.md 10 [doc].
 */
export const answerCase: ChannelOperations<WechatShopCredentials>['aftersales.answer'] = async (account, answer) => {
  const { record } = await fetchAftersale(account, operation, answer.channelCaseNo)
  const { state, kind, refundFen } = toCase(record)
  if (state === 'success') {
    throw new Failure('CHANNEL_ALREADY_DONE', { channel: 'wechat-shop', reason: '退款已经成功' })
  }
  if (!handled.has(kind)) throw refused('换货请在小店后台处理')

  if (answer.decision === 'refuse') return refuse(account, answer)
  if (refundFen !== answer.amountFen) throw new Failure('CHANGED_MEANWHILE')
  await write(account, 'acceptapply', {
    after_sale_order_id: answer.channelCaseNo,
    ...(await acceptance(account, record, kind === 'return-and-refund')),
  })
}

async function acceptance(account: WechatShopAccount, record: AftersalePayload, isReturn: boolean): Promise<Fields> {
  if (!isReturn) return {}
  if (textOf(record.status) === 'MERCHANT_WAIT_RECEIPT') return { accept_type: goodsReceived }
  return { address_id: await returnAddressNo(account), accept_type: agreeToReturn }
}

async function refuse(account: WechatShopAccount, { channelCaseNo, message }: CaseAnswer): Promise<void> {
  const reason = message.trim()
  if (reason === '') throw new Failure('INPUT_INVALID', { field: '拒绝说明', problem: '请写明拒绝的原因' })
  await write(account, 'rejectapply', {
    after_sale_order_id: channelCaseNo,
    reject_reason: reason,
    reject_reason_type: await rejectReasonType(account, reason),
  })
}

async function write(account: WechatShopAccount, name: string, body: Fields): Promise<void> {
  await call(account, { operation, path: `/channels/ec/aftersale/${name}`, body, isWrite: true })
}
