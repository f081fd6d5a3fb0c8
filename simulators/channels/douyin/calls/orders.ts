import { orderFields } from '../order-fields.ts'
import { mainStatusOf, type Order } from '../state.ts'
import type { Branch } from '../text.ts'
import { tellOfOrder, touch, type World } from '../world.ts'
import {
  beyond,
  type Call,
  flagArgument,
  type Operations,
  optionalText,
  orderNamed,
  type Params,
  reads,
  rowsArgument,
  textArgument,
  writes,
  wrong,
} from './call.ts'
import { type Found, type PageWish, pageArguments, pageOf, spanArgument } from './paging.ts'

/** Orders: douyin.md 4 and 5. */
export const orderCalls: Operations = {
  'order.searchList': reads(searchList),
  'order.orderDetail': reads((call) => ({
    shop_order_detail: orderFields(orderNamed(call.world, textArgument(call, 'shop_order_id'))),
  })),
  'order.addOrderRemark': writes(writeRemark),
}

/** [assumed] */
const deepest = 50_000

/** Rows that the fault `hide` leaves out are counted all the same. */
function searchList(call: Call): Branch {
  const { world, operation } = call
  const wish = pageArguments(call, 0)
  if (wish.page * wish.size > deepest) return beyond('page')
  const found = foundOf(call, wish)
  const shown = found.rows.filter(({ orderId }) => !world.faults.strikesFor('hide', orderId, operation))
  const rows = unsettled(world, operation, shown.map(orderFields))
  shiftOne(call, found)
  return { page: wish.page, total: found.total, size: wish.size, shop_order_list: rows }
}

/** By the window that is given, by both when both are; sorted by creation and from the latest unless asked otherwise [assumed]. */
function foundOf(call: Call, wish: PageWish): Found<Order> {
  const { world } = call
  const created = spanArgument(call, 'create_time_start', 'create_time_end')
  const updated = spanArgument(call, 'update_time_start', 'update_time_end')
  const span = updated ?? created ?? wrong('update_time_start')
  const orderBy = optionalText(call, 'order_by') ?? 'create_time'
  if (orderBy !== 'create_time' && orderBy !== 'update_time') return wrong('order_by')
  const isByUpdate = orderBy === 'update_time'
  const isPlain = isByUpdate ? created === undefined : updated === undefined
  const isWithin = (at: number, one = span) => at >= one.from && at <= one.to
  const accepts = filterOf(call)
  const isMeant = (order: Order) =>
    (created === undefined || isWithin(order.createdAt, created)) &&
    (updated === undefined || isWithin(order.updatedAt, updated)) &&
    (accepts === null || accepts(order))
  return pageOf(
    {
      sorted: isByUpdate ? world.ordersByUpdated : world.ordersByCreated,
      span: isPlain ? span : { from: 0, to: Number.MAX_SAFE_INTEGER },
      isAscending: flagArgument(call, 'order_asc'),
      accepts: isPlain && accepts === null ? null : isMeant,
    },
    wish,
  )
}

/** `combine_status`: one of the rows must fit; a row may name `order_status` and `main_status`, both as text. */
function filterOf(call: Call): ((order: Order) => boolean) | null {
  if (call.params.combine_status === undefined) return null
  const wishes = rowsArgument(call, 'combine_status').map((row) => ({
    status: statusOf(row, 'order_status'),
    main: statusOf(row, 'main_status'),
  }))
  return (order) =>
    wishes.some(
      ({ status, main }) =>
        (status === undefined || status === order.status) && (main === undefined || main === mainStatusOf(order)),
    )
}

function statusOf(row: Params, name: string): number | undefined {
  const value = row[name]
  if (value === undefined || value === '') return undefined
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : wrong(`combine_status.${name}`)
}

/** The faults `duplicate` and `reorder`: a row twice, a page mixed. */
function unsettled<Row>({ faults }: World, operation: string, rows: readonly Row[]): readonly Row[] {
  if (rows.length === 0) return rows
  const doubled = faults.strikes('duplicate', operation) ? [...rows, faults.chance().pick(rows)] : rows
  return faults.strikes('reorder', operation) ? faults.chance().shuffled(doubled) : doubled
}

/** The fault `shift`: while somebody pages, one of the listed orders changes and moves to the end. */
function shiftOne({ world, operation }: Call, found: Found<Order>): void {
  if (!world.faults.holds('shift')) return
  const matching = found.matching()
  if (matching.length <= found.rows.length || !world.faults.strikes('shift', operation)) return
  touch(world, world.faults.chance().pick(matching))
}

const longestRemark = 60

/** Signs are counted, not bytes, and an empty remark takes the old one away [assumed]. Source: douyin.md 5. */
function writeRemark(call: Call): Branch {
  const { world, params, pretend } = call
  const remark = params.remark === '' ? '' : textArgument(call, 'remark')
  if ([...remark].length > longestRemark) return beyond('remark')
  const addsStar = optionalText(call, 'is_add_star') ?? 'false'
  if (addsStar !== 'true' && addsStar !== 'false') return wrong('is_add_star')
  const star = addsStar === 'true' ? textArgument(call, 'star') : null
  if (star !== null && !/^[0-5]$/.test(star)) return wrong('star')
  const order = orderNamed(world, textArgument(call, 'order_id'))
  if (pretend) return {}
  order.remark = remark
  if (star !== null) order.star = Number(star)
  touch(world, order)
  tellOfOrder(world, order, '113')
  return {}
}
