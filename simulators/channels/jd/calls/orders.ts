import { type BusinessError, badParameter, orderUnknown, reject } from '../errors.ts'
import { orderTree, type Privacy } from '../order-fields.ts'
import { type Order, type OrderState, stateRemarks } from '../state.ts'
import type { Branch } from '../text.ts'
import { secondNow, touch, type World } from '../world.ts'
import {
  type Call,
  disturbed,
  flag,
  listArgument,
  type Operations,
  optional,
  reads,
  required,
  timeArgument,
  wholeArgument,
  writes,
} from './call.ts'
import { type Page, pageOf } from './paging.ts'

/** Orders: jd.md 6, 12. */
export const orderCalls: Operations = {
  'jingdong.pop.order.search': reads((call) => search(call, 'masked'), searchFails),
  'jingdong.pop.order.enSearch': reads((call) => search(call, 'encrypted'), searchFails),
  'jingdong.pop.order.get': reads((call) => oneOrder(call, 'masked'), oneFails),
  'jingdong.pop.order.enGet': reads((call) => oneOrder(call, 'encrypted'), oneFails),
  'jingdong.pop.order.modifyVenderRemark': writes(writeRemark, (error, call) => ({
    modifyvenderremark_result: apiResult(call, error),
  })),
}

function searchFails(error: BusinessError, call: Call): Branch {
  return { searchorderinfo_result: { apiResult: apiResult(call, error) } }
}

function oneFails(error: BusinessError, call: Call): Branch {
  return { orderDetailInfo: { apiResult: apiResult(call, error) } }
}

function apiResult(call: Call, error: BusinessError | null = null): Branch {
  return {
    success: flag(call, error === null),
    englishErrCode: error?.english ?? '',
    chineseErrCode: error?.chinese ?? '',
    numberCode: error?.number ?? 0,
  }
}

const dayMs = 86_400_000
/** How the longest window and the reach of the lists are counted in days is [assumed]; jd.md 6.1 says a month, 2 years, 3 months. */
const monthMs = 31 * dayMs
const reachMs = { created: 730 * dayMs, modified: 92 * dayMs }
const mostRows = 100

/** Rows that the fault `hide` leaves out are counted all the same. */
function search(call: Call, privacy: Privacy): Branch {
  const { world, operation } = call
  const by = optional(call, 'dateType') === '1' ? 'created' : 'modified'
  const states = statesOf(call)
  const { from, to } = windowOf(call, states)
  const wanted = fieldsOf(call)
  const page = pageOf({
    sorted: by === 'created' ? world.ordersByCreated : world.ordersByModified,
    from: Math.max(from, world.clock.now() - reachMs[by]),
    to,
    accepts: filterOf(call, states),
    isDescending: optional(call, 'sortType') === '1',
    page: wholeArgument(call, 'page', { least: 1, most: 1_000_000 }),
    size: wholeArgument(call, 'page_size', { least: 1, most: mostRows }),
  })
  const shown = page.rows.filter((order) => !world.faults.strikesFor('hide', order.orderId, operation))
  const rows = disturbed(call, shown).map((order) => orderTree(order, wanted, { world, privacy }))
  shiftOne(call, page)
  return { searchorderinfo_result: { apiResult: apiResult(call), orderTotal: page.total, orderInfoList: rows } }
}

/** The fault `shift`: while somebody pages, one of the listed orders changes and is the latest from now on. */
function shiftOne({ world, operation }: Call, page: Page<Order>): void {
  if (!world.faults.holds('shift') || page.total <= page.rows.length) return
  if (world.faults.strikes('shift', operation)) touch(world, world.faults.chance().pick(page.matching()))
}

function isState(word: string): word is OrderState {
  return Object.hasOwn(stateRemarks, word)
}

/** Null: all of them, the unpaid included, which no list of states can name. Source: jd.md 6.1, 6.3 [sdk]. */
function statesOf(call: Call): ReadonlySet<string> | null {
  const words = listArgument(call, 'order_state')
  if (words === undefined) throw reject(badParameter('order_state不能为空'))
  if (words.has('ALL')) return null
  for (const word of words) if (!isState(word) || word === 'NOT_PAY') throw reject(badParameter('order_state不正确'))
  return words
}

/** Only a query for what is to be shipped may leave the dates out; it then covers the last month. */
function windowOf(call: Call, states: ReadonlySet<string> | null): { readonly from: number; readonly to: number } {
  const from = timeArgument(call, 'start_date')
  const to = timeArgument(call, 'end_date')
  if (from === undefined && to === undefined && states?.size === 1 && states.has('WAIT_SELLER_STOCK_OUT')) {
    const now = call.world.clock.now()
    return { from: now - monthMs, to: now }
  }
  if (from === undefined || to === undefined) throw reject(badParameter('开始时间和结束时间不能为空'))
  if (from > to) throw reject(badParameter('开始时间不能大于结束时间'))
  if (to - from > monthMs) throw reject(badParameter('开始时间和结束时间相差不得超过1个月'))
  return { from, to }
}

function fieldsOf(call: Call): ReadonlySet<string> {
  const names = listArgument(call, 'optional_fields')
  if (names === undefined) throw reject(badParameter('optional_fields不能为空'))
  return names
}

function filterOf(call: Call, states: ReadonlySet<string> | null): ((order: Order) => boolean) | null {
  const pin = optional(call, 'realPin')
  const openId = optional(call, 'open_id_buyer')
  const xid = optional(call, 'xid_buyer')
  if (states === null && pin === undefined && openId === undefined && xid === undefined) return null
  return ({ state, buyer }) =>
    (states === null || states.has(state)) &&
    (pin ?? buyer.pin) === buyer.pin &&
    (openId ?? buyer.openId) === buyer.openId &&
    (xid ?? buyer.xid) === buyer.xid
}

/** An order in a state that was not asked for is as good as none [assumed]. */
function oneOrder(call: Call, privacy: Privacy): Branch {
  const { world } = call
  const order = orderOf(call, required(call, 'order_id'))
  const wanted = fieldsOf(call)
  const states = optional(call, 'order_state') === undefined ? null : statesOf(call)
  if (states !== null && !states.has(order.state)) throw reject(orderUnknown)
  return { orderDetailInfo: { apiResult: apiResult(call), orderInfo: orderTree(order, wanted, { world, privacy }) } }
}

function orderOf({ world }: Call, orderId: string): Order {
  const order = world.orders.get(orderId)
  if (order === undefined) throw reject(orderUnknown)
  return order
}

const longestRemark = 500

/** What is left out stays as it is [assumed]. */
function writeRemark(call: Call): Branch {
  const order = orderOf(call, required(call, 'order_id'))
  const remark = optional(call, 'remark') ?? ''
  if (remark.length > longestRemark) throw reject(badParameter(`remark不能超过${longestRemark}个字符`))
  const flagNo = wholeArgument(call, 'flag', { least: 0, most: 5, otherwise: Number(order.flag) })
  if (!call.pretend) setRemark(call.world, order, { remark, flag: String(flagNo) })
  return { modifyvenderremark_result: apiResult(call) }
}

function setRemark(world: World, order: Order, written: { readonly remark: string; readonly flag: string }): void {
  order.remark = written.remark
  order.flag = written.flag
  order.remarkedAt = secondNow(world)
  touch(world, order)
}
