import { z } from 'zod'
import { Failure } from '../../../core/failures.ts'
import type { CaseAnswer, ChannelOperations } from '../../../kit/channel.ts'
import { call } from './call.ts'
import type { XiaohongshuAccount, XiaohongshuCredentials } from './manifest.ts'
import { readAs, refused } from './nonsense.ts'
import { oneCase } from './order-parts.ts'
import { listIn } from './paging.ts'
import { type AfterSale, textOf } from './payload.ts'
import { caseFenOf } from './refunds.ts'
import { caseStateOf, exchangeType } from './status.ts'

const operation = 'aftersales.answer'
/** 待商家审核, 待买家寄回, 待商家收货: what can still be answered, or has been. Source: xiaohongshu.md 7 [doc]. */
const [waitsForReview, waitsForBuyer, waitsForReceipt] = ['1', '2', '3'] as const
const returnAndRefund = '1'

/**
 * Answers an after-sale (同意 / 拒绝). It is read first: an amount that differs from what the merchant saw throws CHANGED_MEANWHILE. A return
 * still to come is agreed to with the return address; goods that came back are received; else money is agreed to. Exchanges and cases
 * the platform has stepped into are answered in its back office. Throws CHANNEL_ALREADY_DONE, CHANNEL_REFUSED, INPUT_INVALID,
 * CHANNEL_MISCONFIGURED without a return address. Source: xiaohongshu.md 10 [doc].
 */
export const answerCase: ChannelOperations<XiaohongshuCredentials>['aftersales.answer'] = async (account, answer) => {
  const { record } = await oneCase(account, operation, answer.channelCaseNo)
  const status = textOf(record.status)
  if (caseStateOf(record) === 'success') throw alreadyDone('退款已经成功')
  if (textOf(record.returnType) === exchangeType) throw refused('换货请在小红书商家后台处理')
  if (status === waitsForBuyer && answer.decision === 'agree') throw alreadyDone('已同意退货，等买家寄回')
  if (status !== waitsForReview && status !== waitsForReceipt) {
    throw refused('这张售后单现在不能在这里处理，请在小红书商家后台查看')
  }
  if (answer.decision === 'refuse') {
    await refuse(account, record, answer)
    return
  }
  if (caseFenOf(record) !== answer.amountFen) throw new Failure('CHANGED_MEANWHILE')
  await agree(account, record, answer)
}

async function agree(account: XiaohongshuAccount, record: AfterSale, { message }: CaseAnswer): Promise<void> {
  const { returnsId } = record
  if (textOf(record.status) === waitsForReceipt) {
    await write(account, 'afterSale.confirmReceive', { returnsId, action: 1 })
    return
  }
  if (textOf(record.returnType) !== returnAndRefund) {
    await write(account, 'afterSale.auditReturns', { returnsId, action: 1 })
    return
  }
  const sellerAddressRecordId = returnAddressOf(account.credentials)
  const receiverInfo = { sellerAddressRecordId }
  await write(account, 'afterSale.auditReturns', { returnsId, action: 2, message, receiverInfo })
}

function returnAddressOf({ returnAddressNo = '' }: XiaohongshuCredentials): number {
  if (!/^\d{1,15}$/.test(returnAddressNo)) {
    throw new Failure('CHANNEL_MISCONFIGURED', {
      channel: 'xiaohongshu',
      reason: '请先在店铺设置里填写退货地址编号（全是数字）',
    })
  }
  return Number(returnAddressNo)
}

/** Refusing a request and refusing goods that came back are two calls, each with reasons of its own. */
async function refuse(account: XiaohongshuAccount, record: AfterSale, { message }: CaseAnswer): Promise<void> {
  const { returnsId } = record
  const isReceipt = textOf(record.status) === waitsForReceipt
  const reason = await reasonFor(account, { returnsId, rejectReasonType: isReceipt ? 2 : 1, message: message.trim() })
  const said = { returnsId, reason, description: message.trim() }
  if (isReceipt) await write(account, 'afterSale.confirmReceive', { ...said, action: 2 })
  else await write(account, 'afterSale.auditReturns', { ...said, action: 3 })
}

const Reason = z.looseObject({ reasonId: z.union([z.string(), z.number()]), reasonName: z.string() })

interface ToRefuse {
  readonly returnsId: string
  readonly rejectReasonType: 1 | 2
  readonly message: string
}

/** The platform's reason that is the merchant's message word for word, else 其他 with the message as its description. */
async function reasonFor(
  account: XiaohongshuAccount,
  { returnsId, rejectReasonType, message }: ToRefuse,
): Promise<string | number> {
  if (message === '') throw new Failure('INPUT_INVALID', { field: '拒绝说明', problem: '请写明拒绝的原因' })
  const { data } = await call(account, {
    operation,
    method: 'afterSale.rejectReasons',
    params: { returnsId, rejectReasonType },
  })
  const reasons = listIn(data, 'rejectReasons').map((row) => readAs('rejectReasons', () => Reason.parse(row)))
  const found =
    reasons.find(({ reasonName }) => reasonName === message) ??
    reasons.find(({ reasonName }) => reasonName.includes('其他'))
  if (found === undefined) {
    throw refused(`请把拒绝说明写成平台的理由之一：${reasons.map(({ reasonName }) => reasonName).join('、')}`)
  }
  return found.reasonId
}

async function write(account: XiaohongshuAccount, method: string, params: Readonly<Record<string, unknown>>) {
  await call(account, { operation, method, params, isWrite: true })
}

function alreadyDone(reason: string): Failure {
  return new Failure('CHANNEL_ALREADY_DONE', { channel: 'xiaohongshu', reason })
}
