import { caseFields } from '../aftersale-fields.ts'
import { agree, receive, refuseBuyer } from '../aftersales.ts'
import { caseStateForbids, caseUnknown, type DouyinError, refuse } from '../errors.ts'
import type { AfterSale, CaseStatus, CaseType } from '../state.ts'
import type { Branch } from '../text.ts'
import type { World } from '../world.ts'
import {
  type Call,
  caseNamed,
  idArgument,
  idOf,
  type Operations,
  type Outcome,
  optionalId,
  optionalWhole,
  type Params,
  reads,
  rowsArgument,
  textsArgument,
  wholeArgument,
  wholesArgument,
  wrong,
} from './call.ts'
import { type PageWish, pageArguments, pageOf, spanArgument } from './paging.ts'

/** After-sales: douyin.md 6. */
export const aftersaleCalls: Operations = {
  'afterSale.List': reads(list),
  'afterSale.Detail': reads((call) => caseFields(caseNamed(call.world, idArgument(call, 'after_sale_id')))),
  'afterSale.operate': { needsToken: true, isWrite: true, run: operate },
}

/** Of one order, or of a window by application or by change. */
function list(call: Call): Branch {
  const wish = pageArguments(call, 0)
  const { rows, total } = found(call, wish)
  return { items: rows.map(caseFields), has_more: (wish.page + 1) * wish.size < total, total }
}

function found(call: Call, wish: PageWish): { readonly rows: readonly AfterSale[]; readonly total: number } {
  const { orders, casesByCreated, casesByUpdated } = call.world
  const accepts = filterOf(call)
  const orderId = optionalId(call, 'order_id')
  if (orderId !== undefined) {
    const cases = (orders.get(orderId)?.cases ?? []).filter(accepts ?? (() => true))
    return { rows: cases.slice(wish.page * wish.size, (wish.page + 1) * wish.size), total: cases.length }
  }
  const updated = spanArgument(call, 'update_start_time', 'update_end_time')
  const span = updated ?? spanArgument(call, 'start_time', 'end_time') ?? wrong('start_time')
  const sorted = updated === undefined ? casesByCreated : casesByUpdated
  return pageOf({ sorted, span, isAscending: isAscending(call), accepts }, wish)
}

/** From the latest unless `order_by` says otherwise in this form [assumed]; it counts for the window's own time alone. */
function isAscending(call: Call): boolean {
  return textsArgument(call, 'order_by').some((text) => /(?:apply_time|update_time) asc$/i.test(text))
}

function filterOf(call: Call): ((one: AfterSale) => boolean) | null {
  const statuses = wholesArgument(call, 'standard_aftersale_status')
  const type = optionalWhole(call, 'aftersale_type')
  if (statuses.length === 0 && type === undefined) return null
  return (one) => (statuses.length === 0 || statuses.includes(one.status)) && (type ?? one.type) === one.type
}

interface Deed {
  readonly types: readonly CaseType[]
  readonly from: CaseStatus
  readonly run: (world: World, one: AfterSale) => void
}

/** The sheet names no types: numbers and what they do are [assumed]. Returns, refunds without one, exchange and the like. */
const deeds: Readonly<Record<number, Deed>> = {
  101: { types: [0], from: 6, run: agree },
  102: { types: [0], from: 6, run: refuseBuyer },
  111: { types: [0], from: 11, run: receive },
  112: { types: [0], from: 11, run: refuseBuyer },
  201: { types: [1, 2, 6], from: 6, run: agree },
  202: { types: [1, 2, 6], from: 6, run: refuseBuyer },
  301: { types: [3, 7, 8], from: 6, run: agree },
  302: { types: [3, 7, 8], from: 6, run: refuseBuyer },
  311: { types: [3, 8], from: 11, run: receive },
  312: { types: [3, 8], from: 11, run: refuseBuyer },
}

/** Each item for itself: 10001 when only some could be done, refused when none could [assumed]. */
function operate(call: Call): Outcome {
  const deed = deeds[wholeArgument(call, 'type')] ?? wrong('type')
  const items = rowsArgument(call, 'items').map((row) => operateOne(call, row, deed))
  const failures = items.filter(({ error }) => error !== null)
  if (failures.length === items.length) throw refuse(failures[0]!.error!)
  const data = {
    items: items.map(({ caseId, error }) => ({
      aftersale_id: caseId,
      status_code: error === null ? 0 : Number(error.subCode.split(':')[1]),
      status_msg: error?.subMsg ?? '',
    })),
  }
  return failures.length === 0 ? { data } : { data, code: 10_001 }
}

interface Operated {
  readonly caseId: string
  readonly error: DouyinError | null
}

function operateOne({ world, pretend }: Call, row: Params, { types, from, run }: Deed): Operated {
  const caseId = idOf(row, 'aftersale_id')
  const one = world.cases.get(caseId)
  if (one === undefined) return { caseId, error: caseUnknown }
  if (!types.includes(one.type) || one.status !== from) return { caseId, error: caseStateForbids }
  if (!pretend) run(world, one)
  return { caseId, error: null }
}
