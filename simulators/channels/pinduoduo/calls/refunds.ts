import { caseDecided, caseUnknown, refuse } from '../errors.ts'
import { sumsOf } from '../money.ts'
import { moveCase, payOut } from '../refunding.ts'
import type { Case } from '../state.ts'
import { timeText, yuanText } from '../text.ts'
import {
  type Call,
  disturbed,
  idArgument,
  type Operations,
  optional,
  orderOf,
  pagingOf,
  reads,
  wholeArgument,
  windowOf,
  writes,
} from './call.ts'
import { pageOf } from './paging.ts'

/** After-sales: pinduoduo.md 5. Names and shapes of the answers but for the list's are [assumed]. */
export const refundCalls: Operations = {
  'pdd.refund.list.increment.get': reads('refund_increment_get_response', listCases),
  'pdd.refund.information.get': reads('refund_information_get_response', (call) => caseTree(caseOf(call))),
  'pdd.refund.agree': writes('refund_agree_response', agree),
  'pdd.refund.returngoods.agree': writes('refund_returngoods_agree_response', agreeToReturn),
}

/** Of both filters 1 means all; for the status that is [assumed] from refund.list.increment.get.json. */
function listCases(call: Call): object {
  const status = wholeArgument(call, 'after_sales_status', { least: 0, most: 33 })
  const type = wholeArgument(call, 'after_sales_type', { least: 1, most: 6 })
  const accepts = (one: Case) => (status === 1 || one.status === status) && (type === 1 || one.type === type)
  const { page, size } = pagingOf(call)
  const found = pageOf({
    sorted: call.world.casesByModified,
    ...windowOf(call, ['start_updated_at', 'end_updated_at'], 30 * 60),
    accepts: status === 1 && type === 1 ? null : accepts,
    isDescending: false,
    page,
    size,
  })
  return { refund_list: disturbed(call, found.rows).map(caseTree), total_count: found.total }
}

/** Source: refund.list.increment.get.json. */
function caseTree(one: Case) {
  const { order, line } = one
  const { pay, discount } = sumsOf(order)
  return {
    id: one.id,
    order_sn: order.orderSn,
    after_sales_status: one.status,
    after_sales_type: one.type,
    after_sale_reason: one.reason,
    refund_amount: yuanText(one.amountFen),
    order_amount: yuanText(pay),
    discount_amount: yuanText(discount),
    goods_number: line.quantity,
    goods_id: line.sku.item.goodsId,
    sku_id: String(line.sku.skuId),
    outer_id: line.sku.merchantCode,
    created_time: timeText(one.createdAt),
    updated_time: timeText(one.modifiedAt),
    shipping_name: '',
    tracking_number: '',
  }
}

/** By order and case; the order's last one where no case is named [assumed]. */
function caseOf(call: Call): Case {
  const order = orderOf(call)
  const isNamed = optional(call, 'after_sales_id') !== undefined
  const one = isNamed ? call.world.cases.get(idArgument(call, 'after_sales_id')) : order.cases.at(-1)
  if (one === undefined || one.order !== order) throw refuse(caseUnknown)
  return one
}

/** A refund that waits for the seller, or a return whose goods are on their way. */
function agree(call: Call): object {
  const one = caseOf(call)
  if (one.status !== 2 && one.status !== 7) throw refuse(caseDecided)
  if (!call.pretend) payOut(call.world, one)
  return { is_success: true }
}

function agreeToReturn(call: Call): object {
  const one = caseOf(call)
  if (one.status !== 3) throw refuse(caseDecided)
  if (!call.pretend) moveCase(call.world, one, 7)
  return { is_success: true }
}
