import { invalidArgument, missingArgument, refuse, remote, subAccountOnly } from '../errors.ts'
import { write } from '../fields.ts'
import { refundDetailFields, refundFields } from '../refund-fields.ts'
import { agreeToReturn, awaitsMoney, refuseBuyer, succeed } from '../refunding.ts'
import { openRefundStatuses, type Refund } from '../state.ts'
import { type Branch, list, type Tree, timeText, whole } from '../text.ts'
import {
  type Call,
  fieldsOf,
  type Operations,
  objectArgument,
  optional,
  reads,
  refundOf,
  refuseFilters,
  required,
  textOf,
  timeArgument,
  writes,
} from './call.ts'
import { pageOf } from './paging.ts'

/** Refunds and after-sales: taobao.md 15 [doc]. */
export const refundCalls: Operations = {
  'taobao.refunds.receive.get': reads(receivedRefunds, 'r2'),
  'taobao.refund.get': reads(oneRefund, 'r2'),
  'taobao.rp.refunds.agree': writes(agreeRefunds, 'w2'),
  'taobao.rp.returngoods.agree': writes(agreeReturn, 'w2'),
  'taobao.refund.refuse': writes(refuseRefund, 'w2'),
  'taobao.rdc.aligenius.sendgoods.cancel': writes(cancelSending, 'w2'),
}

function receivedRefunds(call: Call): Branch {
  refuseFilters(call, ['type'])
  const { own } = fieldsOf(call)
  const status = optional(call, 'status')
  const buyer = optional(call, 'buyer_open_uid')
  const isFiltered = status !== undefined || buyer !== undefined
  const page = pageOf(call, {
    sorted: call.world.refundsByModified,
    from: timeArgument(call, 'start_modified') ?? 0,
    to: timeArgument(call, 'end_modified') ?? Number.MAX_SAFE_INTEGER,
    accepts: isFiltered
      ? (refund) =>
          (status ?? refund.status) === refund.status &&
          (buyer ?? refund.trade.buyerOpenUid) === refund.trade.buyerOpenUid
      : null,
  })
  const rows = page.rows.map((refund) => write(refundFields, own, refund))
  return { total_results: page.total, has_next: page.hasNext, refunds: list('refund', rows) }
}

function oneRefund(call: Call): Branch {
  const { own } = fieldsOf(call)
  const refund = refundOf(call)
  return { refund: { ...write(refundFields, own, refund), ...write(refundDetailFields, own, refund) } }
}

/** Rows and money one call may agree to: taobao.md 15 [doc]. */
const agreeLimits = { B: { rows: 30, fen: 1_000_000 }, C: { rows: 20, fen: 600_000 } } as const

function agreeRefunds(call: Call): Branch {
  if (call.grant?.isSubAccount !== true) throw refuse(subAccountOnly)
  const limit = agreeLimits[call.world.settings.sellerType]
  const rows = required(call, 'refund_infos').split(',')
  if (rows.length > limit.rows || rows.some((row) => !/^\d+\|\d+\|\d+\|(onsale|aftersale)$/.test(row)))
    throw refuse(invalidArgument('refund_infos'))
  const total = rows.reduce((all, row) => all + Number(row.split('|')[1]), 0)
  if (total > limit.fen) throw refuse(invalidArgument('refund_infos', '退款总金额超过限制'))

  const results = rows.map((row) => agreeOne(call, row))
  const agreed = results.filter(({ succ }) => succ).length
  return { succ: agreed > 0, ...agreedWords(agreed, results.length), results: list('refund_mapping_result', results) }
}

function agreedWords(agreed: number, asked: number): Branch {
  if (agreed === asked) return { msg_code: 'OP_SUCC', message: '操作成功' }
  if (agreed > 0) return { msg_code: 'SOME_OP_SUCC', message: '部分成功' }
  return { msg_code: 'OP_FAILURE_UE', message: '操作失败' }
}

/** `id|amount in fen|version|phase`; all must be as the refund stands now. */
function agreeOne(
  call: Call,
  row: string,
): { readonly refund_id: string; readonly succ: boolean; readonly message: string } {
  const [refundNo = '', fen, version, phase] = row.split('|')
  const refund = call.world.refunds.get(refundNo)
  const answer = (succ: boolean, message: string) => ({ refund_id: refundNo, succ, message })
  if (refund === undefined) return answer(false, '退款单不存在')
  if (!awaitsMoney(refund) || Number(version) !== refund.version || phase !== refund.phase)
    return answer(false, '退款单状态已变更')
  if (Number(fen) !== refund.feeFen) return answer(false, '退款金额不一致')
  if (!call.pretend) succeed(call.world, refund)
  return answer(true, '操作成功')
}

const forTmall = ['refund_phase', 'refund_version', 'remark', 'seller_address_id']
const forTaobao = ['name', 'address', 'post', 'tel', 'mobile', 'seller_address_id']

/** The sheet does not give the answer's fields; `is_success` is [assumed] after `refund.refuse`. */
function agreeReturn(call: Call): Branch {
  const refund = refundOf(call)
  for (const name of call.world.settings.sellerType === 'B' ? forTmall : forTaobao) {
    if (optional(call, name) === undefined) throw refuse(missingArgument(name))
  }
  checkVersion(call, refund)
  if (!refund.hasGoodReturn || refund.status !== 'WAIT_SELLER_AGREE') throw refuse(changedMeanwhile)
  if (!call.pretend) agreeToReturn(call.world, refund)
  return { is_success: true }
}

/** The spelling is [assumed]; the sheet names none for a refund in another state. */
const changedMeanwhile = remote('isv.refund-status-error', '退款单状态已变更')

function checkVersion(call: Call, refund: Refund): void {
  const version = optional(call, 'refund_version')
  const phase = optional(call, 'refund_phase')
  if (version !== undefined && version !== String(refund.version)) throw refuse(changedMeanwhile)
  if (phase !== undefined && phase !== refund.phase) throw refuse(changedMeanwhile)
}

function refuseRefund(call: Call): Branch {
  const refund = refundOf(call)
  const words = required(call, 'refuse_message').length
  if (words < 2 || words > 200) throw refuse(invalidArgument('refuse_message'))
  if (call.world.settings.sellerType === 'B' && !call.files.has('refuse_proof'))
    throw refuse(missingArgument('refuse_proof'))
  checkVersion(call, refund)
  if (refund.status !== 'WAIT_SELLER_AGREE' && refund.status !== 'WAIT_SELLER_CONFIRM_GOODS')
    throw refuse(changedMeanwhile)
  if (!call.pretend) refuseBuyer(call.world, refund)
  const modified = timeText(refund.modifiedAt)
  return { is_success: true, refund: { refund_id: refund.refundNo, status: 'SELLER_REFUSE_BUYER', modified } }
}

/** AG: tells whether goods that are not shipped could be stopped. SUCCESS pays the buyer at once. */
function cancelSending(call: Call): Branch {
  const param = objectArgument(call, 'param')
  for (const name of ['refund_id', 'tid', 'status']) if (textOf(param[name]) === '') throw refuse(missingArgument(name))
  const status = textOf(param.status)
  if (status !== 'SUCCESS' && status !== 'FAIL') throw refuse(invalidArgument('status'))
  const refund = call.world.refunds.get(textOf(param.refund_id))
  if (refund === undefined || refund.trade.tid !== textOf(param.tid))
    return agFailure('REFUND_NOT_EXIST', '退款单不存在')
  if (!openRefundStatuses.has(refund.status)) return agFailure('REFUND_STATUS_ERROR', '退款单状态已变更')
  if (refund.line.shippedQuantity > 0) return agFailure('ALREADY_CONSIGNED', '已发货，不能取消')
  if (!call.pretend && status === 'SUCCESS') succeed(call.world, refund)
  return { result: { success: true, result_data: { refund_id: whole(refund.refundNo) } } }
}

/** The codes are [assumed]; the sheet names the fields alone. */
function agFailure(code: string, info: string): Branch {
  const result: Tree = { success: false, error_code: code, error_info: info }
  return { result }
}
