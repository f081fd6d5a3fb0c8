import { alreadyChecked, applicationUnknown, type BusinessError, badParameter, reject } from '../errors.ts'
import { agree, check, isOpen } from '../refunding.ts'
import type { Application, ApplicationStatus } from '../state.ts'
import { type Branch, fenNumber, timeText } from '../text.ts'
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
import { pageOf } from './paging.ts'

const prefix = 'jingdong.pop.afs.soa.refundapply'

/** Refunds asked for before shipping: jd.md 10.1. The words of a refusal beside its flag are [assumed]. */
export const refundCalls: Operations = {
  [`${prefix}.queryPageList`]: reads(queryPage, queryFails),
  [`${prefix}.queryById`]: reads(queryOne, queryFails),
  [`${prefix}.replyRefund`]: writes(reply, ({ chinese, english, number }, call) => ({
    replyResult: {
      success: flag(call, false),
      chineseErrCode: chinese,
      englishErrCode: english,
      errorCode: String(number),
    },
  })),
}

function queryFails({ chinese, number }: BusinessError, call: Call): Branch {
  return { queryResult: { success: flag(call, false), errorCode: number, errorMsg: chinese } }
}

/** Latest first, as in the fixture. Either span may be left out; one of the check finds only what somebody has decided. */
function queryPage(call: Call): Branch {
  const { world } = call
  const applied = spanOf(call, 'applyTime')
  const checked = spanOf(call, 'checkTime')
  const byCheck = applied === null && checked !== null
  const page = pageOf({
    sorted: byCheck ? world.applicationsByCheck : world.applicationsByApply,
    ...((byCheck ? checked : applied) ?? always),
    accepts: filterOf(call, byCheck ? null : checked),
    isDescending: true,
    page: wholeArgument(call, 'pageIndex', { least: 1, most: 100, otherwise: 1 }),
    size: wholeArgument(call, 'pageSize', { least: 1, most: 50, otherwise: 10 }),
  })
  return { queryResult: listTree(call, disturbed(call, page.rows), page.total) }
}

interface Span {
  readonly from: number
  readonly to: number
}

const always: Span = { from: 0, to: Number.MAX_SAFE_INTEGER - 1000 }

function spanOf(call: Call, name: 'applyTime' | 'checkTime'): Span | null {
  const from = timeArgument(call, `${name}Start`)
  const to = timeArgument(call, `${name}End`)
  if (from === undefined && to === undefined) return null
  const span = { from: from ?? always.from, to: to ?? always.to }
  if (span.from > span.to) throw reject(badParameter(`${name}Start不能大于${name}End`))
  return span
}

function filterOf(call: Call, checked: Span | null): ((application: Application) => boolean) | null {
  const ids = listArgument(call, 'ids')
  const status = optional(call, 'status')
  const orderId = optional(call, 'orderId')
  const buyers = ['buyerId', 'buyerName'].map((name) => optional(call, name)).filter((pin) => pin !== undefined)
  const isPlain = ids === undefined && status === undefined && orderId === undefined && buyers.length === 0
  if (isPlain && checked === null) return null
  return ({ id, order, checkedAt, ...application }) =>
    (ids?.has(String(id)) ?? true) &&
    (status ?? String(application.status)) === String(application.status) &&
    (orderId ?? order.orderId) === order.orderId &&
    buyers.every((pin) => pin === order.buyer.pin) &&
    (checked === null || (checkedAt !== null && checkedAt >= checked.from && checkedAt <= checked.to))
}

/** An id that nobody knows is an empty list and no failure [assumed]. */
function queryOne(call: Call): Branch {
  const application = call.world.applications.get(Number(required(call, 'id')))
  const rows = application === undefined ? [] : [application]
  return { queryResult: listTree(call, rows, rows.length) }
}

function listTree(call: Call, rows: readonly Application[], totalCount: number): Branch {
  return { success: flag(call, true), errorCode: 0, totalCount, result: rows.map(row) }
}

/** What nobody has decided has no words of a decision: fixtures/jd/refundapply_queryPageList.json. */
function row(application: Application): Branch {
  const { id, order, createdAt, amountFen, status, checkedAt, reason, systemId, isPart, modifiedAt } = application
  const decision: Branch =
    checkedAt === null
      ? {}
      : {
          checkTime: timeText(checkedAt),
          checkUserName: application.checkUser,
          checkRemark: application.checkRemark,
        }
  return {
    id,
    orderId: order.orderId,
    buyerId: order.buyer.pin,
    buyerName: order.buyer.pin,
    applyTime: timeText(createdAt),
    applyRefundSum: fenNumber(amountFen),
    status,
    ...decision,
    reason,
    systemId,
    partRefundType: isPart ? 1 : 0,
    modified: timeText(modifiedAt),
  }
}

/** What a seller may answer: agree, refuse, intercept the parcel, close by force, follow up. Source: jd.md 10.1 [sdk]. */
const replies: readonly number[] = [1, 2, 6, 9, 10]

function reply(call: Call): Branch {
  const application = call.world.applications.get(Number(required(call, 'id')))
  const status = wholeArgument(call, 'status', { least: 0, most: 11 })
  if (!replies.includes(status)) throw reject(badParameter('status不正确'))
  if (status === 2) wholeArgument(call, 'rejectType', { least: 1, most: 6 })
  wholeArgument(call, 'outWareStatus', { least: 1, most: 2, otherwise: 2 })
  if (application === undefined) throw reject(applicationUnknown)
  if (!isOpen(application) || application.status === 1) throw reject(alreadyChecked)
  const by = { user: optional(call, 'checkUserName') ?? '', remark: optional(call, 'remark') ?? '' }
  if (!call.pretend && status === 1) agree(call.world, application, by)
  else if (!call.pretend) check(call.world, application, { ...by, status: status as ApplicationStatus })
  return { replyResult: { success: flag(call, true) } }
}
