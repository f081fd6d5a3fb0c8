import { invalidArgument, missingArgument, refuse } from '../errors.ts'
import type { Trade, TradeStatus } from '../state.ts'
import { type Branch, list, timeText, whole } from '../text.ts'
import { tradeTree } from '../trade-fields.ts'
import { announce, secondNow, type World } from '../world.ts'
import {
  type Call,
  fieldsOf,
  flag,
  type Operations,
  optional,
  reads,
  refuseFilters,
  timeArgument,
  tradeOf,
  wholeArgument,
  writes,
} from './call.ts'
import { type Page, pageOf } from './paging.ts'

/** Orders: taobao.md 6, 7, 10. */
export const tradeCalls: Operations = {
  'taobao.trades.sold.get': reads(soldTrades),
  'taobao.trades.sold.increment.get': reads(changedTrades),
  'taobao.trade.fullinfo.get': reads((call) => oneTrade(call, 'full'), 'r2'),
  'taobao.trade.get': reads((call) => oneTrade(call, 'check')),
  'taobao.trade.memo.update': writes(updateMemo),
}

const dayMs = 86_400_000
/** The lists reach back three months; as days it is [assumed]. */
const reachMs = 92 * dayMs

function soldTrades(call: Call): Branch {
  refuseFilters(call, ['buyer_nick', 'ext_type', 'rate_status', 'tag'])
  const { tradesByCreated, clock } = call.world
  const from = timeArgument(call, 'start_created')
  const to = timeArgument(call, 'end_created')
  if (from !== undefined && to !== undefined && from > to)
    throw refuse(invalidArgument('start_created', '开始时间不能晚于结束时间'))
  const earliest = clock.now() - reachMs
  const page = pageOf(call, {
    sorted: tradesByCreated,
    from: Math.max(from ?? earliest, earliest),
    to: to ?? Number.MAX_SAFE_INTEGER,
    accepts: filterOf(call, 'buyer_open_id'),
  })
  return tradeList(call, page)
}

function changedTrades(call: Call): Branch {
  refuseFilters(call, ['buyer_nick', 'ext_type', 'tag'])
  const from = requiredTime(call, 'start_modified')
  const to = requiredTime(call, 'end_modified')
  if (from > to) throw refuse(invalidArgument('start_modified', '开始时间不能晚于结束时间'))
  if (to - from > dayMs)
    throw refuse(invalidArgument('start_modified', 'start_modified 与 end_modified 的时间跨度不能大于一天'))
  const { tradesByModified, clock } = call.world
  const page = pageOf(call, {
    sorted: tradesByModified,
    from: Math.max(from, clock.now() - reachMs),
    to,
    accepts: filterOf(call, 'buyer_open_uid'),
  })
  return tradeList(call, page)
}

function requiredTime(call: Call, name: string): number {
  const ms = timeArgument(call, name)
  if (ms === undefined) throw refuse(missingArgument(name))
  return ms
}

/** Rows that the fault `hide` leaves out are counted all the same. */
function tradeList(call: Call, page: Page<Trade>): Branch {
  const { world } = call
  const wish = { selection: fieldsOf(call), detail: 'row', sellerType: world.settings.sellerType } as const
  const shown = page.rows.filter((trade) => !world.faults.strikesFor('hide', trade.tid, call.operation))
  const rows = shown.map((trade) => tradeTree(trade, wish))
  shiftOne(call, page)
  return { total_results: page.total, has_next: page.hasNext, trades: list('trade', rows) }
}

/** The fault `shift`: while somebody pages, one of the listed orders changes and is the latest from now on. */
function shiftOne(call: Call, page: Page<Trade>): void {
  const { world, operation } = call
  if (!world.faults.holds('shift')) return
  const matching = page.matching()
  if (matching.length <= page.rows.length || !world.faults.strikes('shift', operation)) return
  announce(world, world.faults.chance().pick(matching), 'TradeChanged')
}

/** Two words of the query that no order carries. Source: taobao.md 6.1 [doc]. */
const statusGroups: Readonly<Record<string, readonly TradeStatus[]>> = {
  ALL_WAIT_PAY: ['WAIT_BUYER_PAY', 'TRADE_NO_CREATE_PAY'],
  ALL_CLOSED: ['TRADE_CLOSED', 'TRADE_CLOSED_BY_TAOBAO'],
}

const statuses: ReadonlySet<string> = new Set<TradeStatus>([
  'TRADE_NO_CREATE_PAY',
  'WAIT_BUYER_PAY',
  'PAY_PENDING',
  'WAIT_PRE_AUTH_CONFIRM',
  'PAID_FORBID_CONSIGN',
  'WAIT_SELLER_SEND_GOODS',
  'SELLER_CONSIGNED_PART',
  'WAIT_BUYER_CONFIRM_GOODS',
  'TRADE_BUYER_SIGNED',
  'TRADE_FINISHED',
  'TRADE_CLOSED',
  'TRADE_CLOSED_BY_TAOBAO',
])

/** Plain trades are `fixed` and are found as `guarantee_trade` as well, which is how the default holds them [assumed]. */
function typesOf(trade: Trade): readonly string[] {
  return trade.type === 'fixed' ? ['fixed', 'guarantee_trade'] : [trade.type]
}

/** A list of types that leaves nothing out needs no look at each order. */
const everyType = [['fixed', 'guarantee_trade'], ['step'], ['cod']]

function filterOf(call: Call, buyerName: string): ((trade: Trade) => boolean) | null {
  const status = optional(call, 'status')
  const types = optional(call, 'type')?.split(',')
  const buyer = optional(call, buyerName)
  if (status !== undefined && !statuses.has(status) && statusGroups[status] === undefined)
    throw refuse(invalidArgument('status'))
  const wanted = status === undefined ? undefined : (statusGroups[status] ?? [status])
  const isAll = types === undefined || everyType.every((names) => names.some((name) => types.includes(name)))
  if (wanted === undefined && buyer === undefined && isAll) return null
  return (trade) =>
    (wanted === undefined || wanted.some((word) => word === trade.status)) &&
    (buyer === undefined || buyer === trade.buyerOpenUid) &&
    (isAll || typesOf(trade).some((type) => types.includes(type)))
}

function oneTrade(call: Call, detail: 'full' | 'check'): Branch {
  const selection = fieldsOf(call)
  const trade = tradeOf(call)
  const asked = detail === 'full' && optional(call, 'include_oaid') !== undefined
  const own = asked ? new Set([...selection.own, 'oaid']) : selection.own
  return {
    trade: tradeTree(trade, { selection: { ...selection, own }, detail, sellerType: call.world.settings.sellerType }),
  }
}

const memoBytes = 1000

/** Leaving `flag` out sets it to 0, as the platform does. Source: taobao.md 10 [doc]. */
function updateMemo(call: Call): Branch {
  const { world, pretend } = call
  const trade = tradeOf(call)
  const memo = optional(call, 'memo') ?? ''
  if (Buffer.byteLength(memo) > memoBytes) throw refuse(invalidArgument('memo'))
  const flagNo = wholeArgument(call, 'flag', { least: 0, most: 5, otherwise: 0 })
  const reset = flag(call, 'reset')
  if (pretend) return { trade: { tid: whole(trade.tid), modified: timeText(secondNow(world)) } }
  writeMemo(world, trade, { memo: reset ? '' : memo || trade.memo, flag: flagNo })
  return { trade: { tid: whole(trade.tid), modified: timeText(trade.modifiedAt) } }
}

function writeMemo(
  world: World,
  trade: Trade,
  { memo, flag: flagNo }: { readonly memo: string; readonly flag: number },
): void {
  trade.memo = memo
  trade.flag = flagNo
  announce(world, trade, 'TradeMemoModified', { action_type: 'seller', seller_memo: memo, seller_flag: flagNo })
}
