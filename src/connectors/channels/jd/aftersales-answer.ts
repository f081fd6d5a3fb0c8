import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations } from '../../../kit/channel.ts'
import { readApplication } from './aftersales.ts'
import { call, doneIn } from './call.ts'
import { isServiceNo } from './cases.ts'
import type { JdCredentials } from './manifest.ts'
import { wholeFen } from './money.ts'
import { readAs, refused } from './nonsense.ts'
import { readOrder } from './orders.ts'
import { hasLeft } from './parcels.ts'
import { textOf } from './payload.ts'
import { refundStateOf } from './status.ts'

const operation = 'aftersales.answer'
const operatorName = '统单'
const replies = { agree: 1, refuse: 2 } as const
/** Six kinds of refusal exist and none is described; the last is taken as "other". [assumed] */
const otherKind = 6
const shippedOut = { yes: 1, no: 2 } as const
/** What an answer has led to already. */
const answered = { agree: ['wait-receive-return', 'success'], refuse: ['rejected'] } as const

/**
 * Answers an application before shipping (同意 / 拒绝). It is read first: an amount that differs from what the merchant saw throws
 * CHANGED_MEANWHILE, one that is answered so already CHANNEL_ALREADY_DONE. Service orders after shipping cannot be answered from here and are
 * refused with the place where they can. Source: jd.md 10.1 [doc D2], 10.2.
 */
export const answerCase: ChannelOperations<JdCredentials>['aftersales.answer'] = async (account, answer) => {
  if (isServiceNo(answer.channelCaseNo)) throw refused('售后服务单不能在这里处理，请到京东商家后台“售后管理”里审核')

  const row = await readApplication(account, operation, answer)
  const state = refundStateOf(textOf(row.status))
  if (answered[answer.decision].some((done) => done === state)) {
    throw new Failure('CHANNEL_ALREADY_DONE', { channel: 'jd', reason: '这张退款申请已经这样处理过' })
  }
  const isAgreed = answer.decision === 'agree'
  const asked = readAs('refundapply', () => wholeFen(row.applyRefundSum))
  if (isAgreed && asked !== answer.amountFen) throw new Failure('CHANGED_MEANWHILE')

  const { info } = await readOrder(account, operation, answer.channelOrderNo)
  const root = await call(account, {
    operation,
    method: 'jingdong.pop.afs.soa.refundapply.replyRefund',
    isWrite: true,
    params: {
      id: answer.channelCaseNo,
      status: replies[answer.decision],
      checkUserName: operatorName,
      remark: answer.message,
      ...(isAgreed ? {} : { rejectType: otherKind }),
      outWareStatus: hasLeft(info) ? shippedOut.yes : shippedOut.no,
    },
  })
  doneIn(root, 'replyResult')
}
