import { caseDetail, caseRow, returnAddress } from '../aftersale-fields.ts'
import { agreeToReturn, receiveForExchange, refuseBuyer, succeed } from '../aftersales.ts'
import { carrierByCode } from '../carriers.ts'
import { carrierUnknown, caseStateForbids, refuse, unshippedCannotBeRefused } from '../errors.ts'
import type { AfterSale } from '../state.ts'
import { announceCase } from '../world.ts'
import {
  type Call,
  caseOf,
  flagArgument,
  type Operations,
  objectArgument,
  optionalText,
  reads,
  textArgument,
  wholeArgument,
  wholesArgument,
  writes,
  wrong,
} from './call.ts'
import { type Page, pageOf, windowArgument } from './paging.ts'

/** After-sales: xiaohongshu.md 10 [doc]. The writes answer in the old envelope, as their fixtures do. */
export const aftersaleCalls: Operations = {
  'afterSale.listAfterSaleInfos': reads(caseList, 'new'),
  'afterSale.getAfterSaleInfo': reads((call) => {
    flagArgument(call, 'needNegotiateRecord')
    return caseDetail(caseOf(call))
  }, 'new'),
  'afterSale.auditReturns': writes(audit),
  'afterSale.confirmReceive': writes(confirmReceive),
  'afterSale.receiveAndShip': writes(receiveAndShip),
  'afterSale.rejectReasons': reads((call) => {
    caseOf(call)
    const type = wholeArgument(call, 'rejectReasonType', { least: 1, most: 2 })
    return { rejectReasons: rejectReasons[type === 1 ? 'review' : 'receipt'] }
  }, 'new'),
  // The answer's shape is [assumed]: the sheet names the method and what it is needed for alone.
  'common.getAddressRecord': reads(() => ({ addressRecordList: [returnAddress] })),
}

const rejectReasons = {
  review: [
    { reasonType: 0, reasonId: 3001, reasonName: '已与买家协商补发' },
    { reasonType: 0, reasonId: 3099, reasonName: '其他' },
  ],
  receipt: [
    { reasonType: 0, reasonId: 4001, reasonName: '退回商品影响二次销售' },
    { reasonType: 0, reasonId: 4099, reasonName: '其他' },
  ],
} as const

const deepest = 50_000

/** Of one order, or of a window of time. */
function caseList(call: Call) {
  const pageNo = wholeArgument(call, 'pageNo', { least: 1, most: deepest })
  const pageSize = wholeArgument(call, 'pageSize', { least: 1, most: 100 })
  if (pageNo * pageSize > deepest) return wrong('pageNo')
  const { rows, total } = found(call, { pageNo, pageSize })
  return { afterSaleBasicInfos: rows.map(caseRow), totalCount: total, pageNo, pageSize }
}

function found(
  call: Call,
  wish: { readonly pageNo: number; readonly pageSize: number },
): Pick<Page<AfterSale>, 'rows' | 'total'> {
  const accepts = filterOf(call)
  const orderId = optionalText(call, 'orderId')
  if (orderId !== undefined) {
    const cases = (call.world.orders.get(orderId)?.cases ?? []).filter(accepts ?? (() => true))
    const skip = (wish.pageNo - 1) * wish.pageSize
    return { rows: cases.slice(skip, skip + wish.pageSize), total: cases.length }
  }
  const window = windowArgument(call, 1)
  const { casesByCreated, casesByUpdated } = call.world
  return pageOf({ sorted: window.by === 'created' ? casesByCreated : casesByUpdated, window, accepts }, wish)
}

function filterOf(call: Call): ((one: AfterSale) => boolean) | null {
  const [statuses, types] = [wholesArgument(call, 'statuses'), wholesArgument(call, 'returnTypes')]
  if (statuses.length === 0 && types.length === 0) return null
  return ({ status, type }) =>
    (statuses.length === 0 || statuses.includes(status)) && (types.length === 0 || types.includes(type))
}

/** 1 refund now, 2 agree and have it sent back, 3 refuse; each where the type and the state allow it. */
function audit(call: Call): undefined {
  const one = caseOf(call)
  const action = wholeArgument(call, 'action', { least: 1, most: 3 })
  const isReturn = one.type === 1 || one.type === 2
  if (one.status !== 1 || (action === 1 && isReturn) || (action === 2 && !isReturn)) throw refuse(caseStateForbids)
  if (action === 2) checkAddress(call)
  if (action === 3) checkReason(call, 'review')
  if (action === 3 && one.type === 5) throw refuse(unshippedCannotBeRefused)
  if (call.pretend) return
  if (action === 1) succeed(call.world, one)
  else if (action === 2) agreeToReturn(call.world, one)
  else refuseBuyer(call.world, one, 9)
}

function checkAddress(call: Call): void {
  const { sellerAddressRecordId } = objectArgument(call, 'receiverInfo') ?? wrong('receiverInfo')
  if (sellerAddressRecordId !== returnAddress.sellerAddressRecordId) wrong('sellerAddressRecordId')
}

/** A reason from the list; "other" has to be explained. */
function checkReason(call: Call, at: keyof typeof rejectReasons): void {
  const reason = wholeArgument(call, 'reason', { least: 0, most: 9999 })
  const known = rejectReasons[at].find(({ reasonId }) => reasonId === reason) ?? wrong('reason')
  if (known.reasonName === '其他') textArgument(call, 'description')
}

const extensionMs = 3 * 86_400_000

/** 1 received, 2 refuse, 3 more time. */
function confirmReceive(call: Call): undefined {
  const { world, pretend } = call
  const one = caseOf(call)
  const action = wholeArgument(call, 'action', { least: 1, most: 3 })
  if (one.status !== 3) throw refuse(caseStateForbids)
  if (action === 2) checkReason(call, 'receipt')
  if (pretend) return
  if (action === 2) refuseBuyer(world, one, 9001)
  else if (action === 3) {
    one.expireAt += extensionMs
    announceCase(world, one, 'msg_after_sale_update')
  } else if (one.type === 2) receiveForExchange(world, one)
  else succeed(world, one)
}

function receiveAndShip(call: Call): undefined {
  const { world, pretend } = call
  const one = caseOf(call)
  const carrier = carrierByCode(textArgument(call, 'expressCompanyCode'))
  const waybillNo = textArgument(call, 'expressNo')
  if (one.type !== 2 || (one.status !== 3 && one.status !== 12)) throw refuse(caseStateForbids)
  if (carrier === undefined) throw refuse(carrierUnknown)
  if (pretend) return
  one.exchanged = { waybillNo, carrierCode: carrier.code, carrierName: carrier.name, at: world.clock.now() }
  one.status = 13
  one.expireAt = -1
  announceCase(world, one, 'msg_after_sale_exchange_ship')
}
