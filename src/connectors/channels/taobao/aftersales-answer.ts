import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import type { CaseAnswer, ChannelOperations } from '../../../kit/channel.ts'
import { readRecord, toCase } from './aftersales.ts'
import { call, type TopCall } from './call.ts'
import type { TaobaoAccount, TaobaoCredentials } from './manifest.ts'
import { readAs, strange } from './nonsense.ts'
import { listIn } from './paging.ts'
import { type RefundRow, textOf } from './payload.ts'
import { sellerOf } from './shop.ts'

const operation = 'aftersales.answer'
const refuseWords = { min: 2, max: 200 }
const handled = new Set(['refund-only', 'return-and-refund'])

/**
 * Answers a refund request (同意 / 拒绝). The record is read first: phase and version go back as they came, and an amount that differs from what
 * the merchant saw throws CHANGED_MEANWHILE. A return still to come is agreed to with the return address, money is agreed to once
 * nothing is awaited. The platform wants a sub-account's session for money, and on Tmall a picture for a refusal,
 * which cannot be sent from here; it then refuses in its own words. Throws CHANNEL_ALREADY_DONE, CHANNEL_REFUSED, INPUT_INVALID,
 * CHANNEL_MISCONFIGURED without a return address. Source: taobao.md 15 [doc M].
 */
export const answerCase: ChannelOperations<TaobaoCredentials>['aftersales.answer'] = async (account, answer) => {
  const { record } = await readRecord(account, operation, answer.channelCaseNo)
  const { state, kind, refundFen } = toCase(record)
  if (state === 'success') {
    throw new Failure('CHANNEL_ALREADY_DONE', { channel: 'taobao', reason: '退款已经成功' })
  }
  if (!handled.has(kind)) throw refused('换货、补寄和维修请在千牛里处理')

  if (answer.decision === 'refuse') {
    await call(account, refusalCall(record, answer))
    return
  }
  if (refundFen !== answer.amountFen) throw new Failure('CHANGED_MEANWHILE')
  if (state === 'requested' && kind === 'return-and-refund') {
    const isTmall = (await sellerOf(account, operation)).type === 'B'
    await call(account, returnCall(record, answer, { credentials: account.credentials, isTmall }))
    return
  }
  await agreeRefund(account, record, answer)
}

async function agreeRefund(account: TaobaoAccount, record: RefundRow, answer: CaseAnswer): Promise<void> {
  const { root } = await call(account, {
    operation,
    method: 'taobao.rp.refunds.agree',
    isWrite: true,
    params: {
      refund_infos: [
        answer.channelCaseNo,
        answer.amountFen,
        textOf(record.refund_version),
        textOf(record.refund_phase),
      ].join('|'),
    },
  })
  const rows = listIn(root, 'results', 'refund_mapping_result').map((row) => readAs('result', () => Mapped.parse(row)))
  const own = rows.find((row) => String(row.refund_id) === answer.channelCaseNo)
  if (own === undefined) throw strange('没有这张退款单的结果', true)
  if (own.succ === false || own.succ === 'false') throw refused(own.message ?? '平台没有说明原因')
}

const Mapped = z.looseObject({
  refund_id: z.union([z.string(), z.number()]),
  succ: z.union([z.boolean(), z.string()]),
  message: z.string().nullish(),
})

/** Pure. Refusing money and refusing goods that came back are two calls. Throws INPUT_INVALID on a message too short or too long. */
function refusalCall(record: RefundRow, { channelCaseNo, message }: CaseAnswer): TopCall {
  const length = [...message.trim()].length
  if (length < refuseWords.min || length > refuseWords.max) {
    throw new Failure('INPUT_INVALID', {
      field: '拒绝说明',
      problem: `淘宝要求 ${refuseWords.min} 到 ${refuseWords.max} 个字，现在是 ${length} 个字`,
    })
  }
  const isGoodsBack = textOf(record.status) === 'WAIT_SELLER_CONFIRM_GOODS'
  return {
    operation,
    method: isGoodsBack ? 'taobao.rp.returngoods.refuse' : 'taobao.refund.refuse',
    isWrite: true,
    params: {
      refund_id: channelCaseNo,
      refuse_message: message.trim(),
      refund_phase: textOf(record.refund_phase),
      refund_version: textOf(record.refund_version),
    },
  }
}

interface ReturnTo {
  readonly credentials: TaobaoCredentials
  readonly isTmall: boolean
}

/** Pure. Tmall takes the number of an address, Taobao the address itself as well. Throws CHANNEL_MISCONFIGURED where one is missing. */
function returnCall(record: RefundRow, answer: CaseAnswer, { credentials, isTmall }: ReturnTo): TopCall {
  const base = { operation, method: 'taobao.rp.returngoods.agree', isWrite: true }
  const common = { refund_id: answer.channelCaseNo, seller_address_id: credentials.returnAddressNo }
  const needed = isTmall
    ? [credentials.returnAddressNo]
    : [credentials.returnAddressNo, credentials.returnName, credentials.returnPhone, credentials.returnAddress]
  if (needed.some((text) => !text)) {
    throw new Failure('CHANNEL_MISCONFIGURED', { channel: 'taobao', reason: '请先在店铺设置里填写退货地址' })
  }
  if (isTmall) {
    const { refund_phase, refund_version } = record
    const params = { ...common, refund_phase: textOf(refund_phase), refund_version: textOf(refund_version) }
    return { ...base, params: { ...params, remark: answer.message } }
  }
  return {
    ...base,
    params: {
      ...common,
      name: credentials.returnName,
      address: credentials.returnAddress,
      post: credentials.returnPostcode || '000000',
      tel: credentials.returnPhone,
      mobile: credentials.returnPhone,
    },
  }
}

function refused(reason: string): Failure {
  return new Failure('CHANNEL_REFUSED', { channel: 'taobao', reason })
}
