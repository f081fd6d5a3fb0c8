import type { Sorted } from '../../../aid/sorted.ts'
import { invalid, missing, refuse } from '../errors.ts'
import { orderTree, refundStatusOf } from '../order-fields.ts'
import type { Order } from '../state.ts'
import { touch } from '../world.ts'
import {
  type Call,
  disturbed,
  type Operations,
  optional,
  orderOf,
  pagingOf,
  reads,
  wholeArgument,
  windowOf,
  writes,
} from './call.ts'
import { type Page, pageOf } from './paging.ts'

/** Orders: pinduoduo.md 4, 5. What the note's answer is called is [assumed]. */
export const orderCalls: Operations = {
  'pdd.order.number.list.increment.get': reads('order_sn_increment_get_response', changedOrders),
  'pdd.order.list.get': reads('order_list_get_response', confirmedOrders),
  'pdd.order.information.get': reads('order_info_get_response', (call) => ({ order_info: orderTree(orderOf(call)) })),
  'pdd.order.note.update': writes('order_note_update_response', writeNote),
}

const dayMs = 86_400_000
const reachMs = 90 * dayMs

function changedOrders(call: Call): object {
  const { world } = call
  const window = windowOf(call, ['start_updated_at', 'end_updated_at'], 30 * 60)
  if (window.to > world.clock.now() - world.settings.listLagSeconds * 1000)
    throw refuse(invalid('结束时间须早于当前时间3分钟'))
  wholeArgument(call, 'is_lucky_flag', { least: 0, most: 2 })
  return list(call, { sorted: world.ordersByModified, window, name: 'order_sn_list' })
}

/** What lies further back than 90 days is refused [assumed: the sheet says only that it is not there]. */
function confirmedOrders(call: Call): object {
  const { world } = call
  const window = windowOf(call, ['start_confirm_at', 'end_confirm_at'], 86_400)
  if (window.from < world.clock.now() - reachMs) throw refuse(invalid('只能查询最近90天内的订单'))
  return list(call, { sorted: world.ordersByConfirmed, window, name: 'order_list' })
}

interface Listing {
  readonly sorted: Sorted<Order>
  readonly window: { readonly from: number; readonly to: number }
  readonly name: string
}

/** Oldest first, both ends of the window included [assumed]. Rows that the fault `hide` leaves out are counted all the same. */
function list(call: Call, { sorted, window, name }: Listing): object {
  const { world, method } = call
  const { page, size } = pagingOf(call)
  const found = pageOf({ sorted, ...window, accepts: filterOf(call), isDescending: false, page, size })
  const shown = found.rows.filter((order) => !world.faults.strikesFor('hide', order.orderSn, method))
  const rows = disturbed(call, shown).map(orderTree)
  shiftOne(call, found)
  return { [name]: rows, total_count: found.total, has_next: page * size < found.total }
}

function filterOf(call: Call): ((order: Order) => boolean) | null {
  const orderStatus = wholeArgument(call, 'order_status', { least: 1, most: 5 })
  if (orderStatus === 4) throw refuse(invalid('order_status不正确'))
  const refundStatus = wholeArgument(call, 'refund_status', { least: 1, most: 5 })
  // Nobody plays the lottery here, so all orders carry 1.
  const lucky = wholeArgument(call, 'is_lucky_flag', { least: 0, most: 2, otherwise: 0 })
  if (orderStatus === 5 && refundStatus === 5 && lucky !== 2) return null
  return (order) =>
    lucky !== 2 &&
    (orderStatus === 5 || order.orderStatus === orderStatus) &&
    (refundStatus === 5 || refundStatusOf(order) === refundStatus)
}

/** The fault `shift`: while somebody pages, one of the listed orders changes and is the latest from now on. */
function shiftOne({ world, method }: Call, page: Page<Order>): void {
  if (!world.faults.holds('shift') || page.total <= page.rows.length) return
  if (world.faults.strikes('shift', method)) touch(world, world.faults.chance().pick(page.matching()))
}

/** Names of the tags' colours. Source: pinduoduo.md 4. */
const tagNames = ['红色', '黄色', '绿色', '蓝色', '紫色'] as const
const longestNote = 300
const longestTagName = 3

/** How long a note may be, and that a tag which is left out stays, is [assumed]. */
function writeNote(call: Call): object {
  const order = orderOf(call)
  const note = call.params.get('note')
  if (note === undefined) throw refuse(missing('note'))
  if ([...note].length > longestNote) throw refuse(invalid(`note不能超过${longestNote}个字`))
  const tag = wholeArgument(call, 'tag', { least: 1, most: 5, otherwise: order.tag ?? 0 })
  const isSame = optional(call, 'tag') === undefined
  const tagName = optional(call, 'tag_name') ?? (isSame ? order.tagName : tagNames[tag - 1]!)
  if ([...(tagName ?? '')].length > longestTagName) throw refuse(invalid(`tag_name不能超过${longestTagName}个字`))
  if (call.pretend) return { is_success: true }
  order.remark = note
  order.tag = tag === 0 ? null : tag
  order.tagName = tagName
  touch(call.world, order)
  return { is_success: true }
}
