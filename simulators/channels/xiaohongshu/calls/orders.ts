import { orderDetail, orderRow } from '../order-fields.ts'
import type { Order } from '../state.ts'
import { tellOfOrder, touch, type World } from '../world.ts'
import {
  type Call,
  type Operations,
  optionalWhole,
  orderOf,
  reads,
  textArgument,
  wholeArgument,
  writes,
} from './call.ts'
import { type Page, pageOf, windowArgument } from './paging.ts'

/** Orders: xiaohongshu.md 5, 6, 9. */
export const orderCalls: Operations = {
  'order.getOrderList': reads(orderList),
  'order.getOrderDetail': reads((call) => orderDetail(orderOf(call))),
  'order.modifySellerMarkInfo': writes(writeRemark),
}

const mostPages = 100
const mostRows = 100

/** Rows that the fault `hide` leaves out are counted all the same. */
function orderList(call: Call) {
  const { world, operation } = call
  const window = windowArgument(call, 1000)
  const page = pageOf(
    {
      sorted: window.by === 'created' ? world.ordersByCreated : world.ordersByUpdated,
      window,
      accepts: filterOf(call),
    },
    {
      pageNo: wholeArgument(call, 'pageNo', { least: 1, most: mostPages, otherwise: 1 }),
      pageSize: wholeArgument(call, 'pageSize', { least: 1, most: mostRows, otherwise: 50 }),
    },
  )
  const shown = page.rows.filter(({ orderId }) => !world.faults.strikesFor('hide', orderId, operation))
  const orderList = unsettled(world, operation, shown.map(orderRow))
  shiftOne(call, page)
  const { total, pageNo, pageSize } = page
  return { total, pageNo, pageSize, maxPageNo: Math.ceil(total / pageSize), orderList }
}

function filterOf(call: Call): ((order: Order) => boolean) | null {
  const type = optionalWhole(call, 'orderType') ?? 0
  const status = optionalWhole(call, 'orderStatus') ?? 0
  if (type === 0 && status === 0) return null
  return (order) => (type === 0 || order.orderType === type) && (status === 0 || order.status === status)
}

/** The faults `duplicate` and `reorder`: a row twice, a page mixed. */
function unsettled<Row>({ faults }: World, operation: string, rows: readonly Row[]): readonly Row[] {
  if (rows.length === 0) return rows
  const doubled = faults.strikes('duplicate', operation) ? [...rows, faults.chance().pick(rows)] : rows
  return faults.strikes('reorder', operation) ? faults.chance().shuffled(doubled) : doubled
}

/** The fault `shift`: while somebody pages, one of the listed orders changes and moves to the end. */
function shiftOne({ world, operation }: Call, page: Page<Order>): void {
  if (!world.faults.holds('shift')) return
  const matching = page.matching()
  if (matching.length <= page.rows.length || !world.faults.strikes('shift', operation)) return
  touch(world, world.faults.chance().pick(matching))
}

/** Left out, the mark stays as it is [assumed]. Source: xiaohongshu.md 9 [doc]. */
function writeRemark(call: Call): undefined {
  const { world, params, pretend } = call
  const order = orderOf(call)
  const note = params.sellerMarkNote === '' ? '' : textArgument(call, 'sellerMarkNote')
  const operator = textArgument(call, 'operator')
  const flag = wholeArgument(call, 'sellerMarkPriority', { least: 1, most: 6, otherwise: order.flag })
  if (pretend) return
  order.remark = note
  order.flag = flag
  touch(world, order)
  const data = { sellerRemarkContent: note, sellerRemarkOperator: operator }
  tellOfOrder(world, order, { tag: 'msg_fulfillment_seller_remark_change', data })
}
