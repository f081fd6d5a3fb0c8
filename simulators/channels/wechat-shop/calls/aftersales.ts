import { afterSaleFields } from '../aftersale-fields.ts'
import { carrierById } from '../carriers.ts'
import { refuse } from '../errors.ts'
import { canAsk, changeAmount, moveTo, openAfterSale, succeed, unitsLeft } from '../refunding.ts'
import type { AfterSale, AfterSaleStatus, AfterSaleType } from '../state.ts'
import { rankOf, touchAfterSale } from '../world.ts'
import {
  type Branch,
  badArgument,
  type Call,
  type Operations,
  optionalText,
  optionalWhole,
  orderIn,
  reads,
  textOf,
  wholeOf,
  writes,
} from './call.ts'
import { checkLength, keyFor, pageOf, placeIn, type Span } from './paging.ts'
import { addresses } from './shop.ts'

/** Source: wechat-shop.md 10. */
export const afterSaleCalls: Operations = {
  'aftersale/getaftersalelist': reads(list),
  'aftersale/getaftersaleorder': reads((call) => ({ after_sale_order: afterSaleFields(call.world, known(call)) })),
  'aftersale/acceptapply': writes(accept),
  'aftersale/rejectapply': writes(reject),
  'aftersale/acceptexchangereship': writes(reship),
  'aftersale/rejectexchangereship': writes(refuseReship),
  'aftersale/merchantupdateaftersale': writes(propose),
  'aftersale/genaftersaleorder': writes(generate),
  'aftersale/uploadrefundcertificate': writes(certify),
  'aftersale/reason/get': reads(() => ({ after_sale_reason: reasons })),
  'aftersale/rejectreason/get': reads(() => ({ reject_reason: rejectReasons })),
}

const badId = 10020000
const statusRefused = 10020001
const badSpan = 10020004
const notPossible = 10021041
const unknown = 10021050
const tooOften = 10021059
const addressMissing = 10021060
const addressUnknown = 10021062

/** The shapes and wordings of both lists are [assumed]. */
const reasons = [
  { reason: 1, reason_text: '不想要了' },
  { reason: 2, reason_text: '质量问题' },
  { reason: 3, reason_text: '拍错/多拍' },
]
const rejectReasons = [
  { reject_reason_type: 1, reject_reason_type_text: '商品已发出', reject_reason: '商品已发出，请收货后再申请' },
  { reject_reason_type: 2, reject_reason_type_text: '已与买家协商一致', reject_reason: '已与买家协商一致' },
  { reject_reason_type: 3, reject_reason_type_text: '其他', reject_reason: '其他' },
]

const listName = 'aftersale/getaftersalelist'
const pageSize = 50

/** By creation or by update, a day at most; a page holds fifty [assumed]. */
function list({ world, body }: Call): Branch {
  const updated = spanIn(body, 'update_time')
  const span = updated ?? spanIn(body, 'create_time')
  if (span === null) throw refuse(badSpan)
  checkLength(world, span, { days: 1, errcode: badSpan })
  const { rows, hasMore } = pageOf<AfterSale>({
    list: updated === null ? world.afterSalesByCreation : world.afterSalesByUpdate,
    span,
    after: placeIn(listName, body),
    size: pageSize,
    shows: ({ afterSaleNo }) => !world.faults.strikesFor('hide', afterSaleNo, listName),
  })
  const last = rows.at(-1)
  const rank = ({ createdAt, updatedAt, sequence }: AfterSale) =>
    rankOf(updated === null ? createdAt : updatedAt, sequence)
  const next_key = last === undefined ? optionalText(body, 'next_key') : keyFor(listName, body, rank(last))
  const ids = rows.map(({ afterSaleNo }) => afterSaleNo)
  return { after_sale_order_id_list: ids, has_more: hasMore, next_key }
}

function spanIn(body: Branch, name: 'create_time' | 'update_time'): Span | null {
  const from = optionalWhole(body, `begin_${name}`)
  const to = optionalWhole(body, `end_${name}`)
  if (from === null && to === null) return null
  if (from === null || to === null || to < from) throw refuse(badSpan)
  return [from, to]
}

function known({ world, body }: Call): AfterSale {
  const afterSale = world.afterSales.get(textOf(body, 'after_sale_order_id', badId))
  if (afterSale === undefined) throw refuse(unknown)
  return afterSale
}

const minuteMs = 60_000

/**
 * One that could be done counts: one write a minute for an after-sale. What its status forbids does not use that up
 * [assumed].
 */
function checkPace({ world }: Call, afterSale: AfterSale): void {
  const elapsed = world.clock.elapsed()
  if (elapsed - afterSale.writtenAt < minuteMs) {
    world.flow.blame()
    throw refuse(tooOften)
  }
  afterSale.writtenAt = elapsed
}

/**
 * Agrees. Money alone goes back at once; goods are first sent back, to an address that must be named. `accept_type` 2
 * says that they have come; which it is follows from the status when it is left out [assumed].
 */
function accept(call: Call): Branch {
  const afterSale = known(call)
  const { status, type } = afterSale
  const isBack = status === 'MERCHANT_WAIT_RECEIPT'
  if (status !== 'MERCHANT_PROCESSING' && !isBack) throw refuse(statusRefused)
  const acceptType = wholeOf(call.body, 'accept_type', { least: 1, most: 2, usual: isBack ? 2 : 1 })
  const isForGoods = type !== 'REFUND' && !isBack
  if (type !== 'REFUND' && acceptType !== (isBack ? 2 : 1)) throw refuse(statusRefused)
  if (isBack && type === 'EXCHANGE') throw refuse(notPossible)
  if (isForGoods) checkReturnAddress(call.body)
  checkPace(call, afterSale)
  if (call.pretend) return {}
  if (isForGoods) moveTo(call.world, afterSale, 'USER_WAIT_RETURN')
  else succeed(call.world, afterSale)
  return {}
}

function checkReturnAddress(body: Branch): void {
  const id = optionalText(body, 'address_id')
  if (id === '') throw refuse(addressMissing)
  if (addresses.every(({ address_id }) => address_id !== id)) throw refuse(addressUnknown)
}

const rejected: Readonly<Record<AfterSaleType, AfterSaleStatus>> = {
  REFUND: 'MERCHANT_REJECT_REFUND',
  RETURN: 'MERCHANT_REJECT_RETURN',
  EXCHANGE: 'MERCHANT_REJECT_EXCHANGE',
}

function reject(call: Call): Branch {
  const afterSale = known(call)
  if (afterSale.status !== 'MERCHANT_PROCESSING' && afterSale.status !== 'MERCHANT_WAIT_RECEIPT')
    throw refuse(statusRefused)
  return refuseWith(call, afterSale, rejected[afterSale.type])
}

function refuseReship(call: Call): Branch {
  return refuseWith(call, exchanged(call), 'MERCHANT_REJECT_RESHIP')
}

function refuseWith(call: Call, afterSale: AfterSale, status: AfterSaleStatus): Branch {
  const reason = textOf(call.body, 'reject_reason')
  const kind = optionalWhole(call.body, 'reject_reason_type')
  if (kind !== null && rejectReasons.every(({ reject_reason_type }) => reject_reason_type !== kind))
    throw refuse(badArgument)
  checkPace(call, afterSale)
  if (call.pretend) return {}
  afterSale.rejectReason = reason
  moveTo(call.world, afterSale, status)
  return {}
}

/** An exchange whose old piece has come back. */
function exchanged(call: Call): AfterSale {
  const afterSale = known(call)
  if (afterSale.type !== 'EXCHANGE') throw refuse(notPossible)
  if (afterSale.status !== 'MERCHANT_WAIT_RECEIPT') throw refuse(statusRefused)
  return afterSale
}

function reship(call: Call): Branch {
  const afterSale = exchanged(call)
  const waybillNo = textOf(call.body, 'waybill_id')
  const carrierId = textOf(call.body, 'delivery_id')
  if (carrierById(carrierId) === undefined) throw refuse(badArgument)
  checkPace(call, afterSale)
  if (call.pretend) return {}
  afterSale.reshipped = { waybillNo, carrierId }
  moveTo(call.world, afterSale, 'USER_WAIT_RECEIPT')
  return {}
}

function typeIn(body: Branch): AfterSaleType {
  const type = textOf(body, 'type')
  if (type !== 'REFUND' && type !== 'RETURN' && type !== 'EXCHANGE') throw refuse(badArgument)
  return type
}

/** Other terms, which the buyer must agree to. */
function propose(call: Call): Branch {
  const afterSale = known(call)
  if (afterSale.status !== 'MERCHANT_PROCESSING') throw refuse(statusRefused)
  const newType = typeIn(call.body)
  const amount = wholeOf(call.body, 'amount', { least: 0, most: 100_000_000 })
  const description = optionalText(call.body, 'merchant_update_desc')
  checkPace(call, afterSale)
  if (call.pretend) return {}
  const { type: oldType, amountFen: oldAmountFen } = afterSale
  afterSale.type = newType
  changeAmount(afterSale, amount)
  afterSale.proposal = { oldType, oldAmountFen, newType, newAmountFen: afterSale.amountFen, description }
  moveTo(call.world, afterSale, 'USER_WAIT_CONFIRM_UPDATE')
  return {}
}

/** Opened by the merchant. The same `request_id` is the same after-sale. */
function generate(call: Call): Branch {
  const { world, body } = call
  const requestId = textOf(body, 'request_id')
  const before = world.generated.get(requestId)
  if (before !== undefined) return { after_sale_order_id: before }
  const order = orderIn(call)
  const line = order.lines.find(({ sku, giftOf }) => giftOf === null && sku.skuId === textOf(body, 'sku_id'))
  if (line === undefined || line.sku.product.productId !== textOf(body, 'product_id')) throw refuse(badArgument)
  const count = wholeOf(body, 'count', { least: 1, most: line.quantity })
  const amountFen = wholeOf(body, 'amount', { least: 1, most: 100_000_000 })
  const type = typeIn(body)
  if (!canAsk(order, line) || count > unitsLeft(line)) throw refuse(notPossible)
  if (call.pretend) return { after_sale_order_id: String(2_000_005_599_999_999) }
  const reasonText = optionalText(body, 'reason')
  const made = openAfterSale(world, order, { line, amountFen, count, type, openedBy: 1, reasonText })
  world.generated.set(requestId, made.afterSaleNo)
  return { after_sale_order_id: made.afterSaleNo }
}

const payable: ReadonlySet<AfterSaleStatus> = new Set<AfterSaleStatus>([
  'PLATFORM_REFUND_FAIL',
  'MERCHANT_REFUND_RETRY_FAIL',
  'MERCHANT_OVERDUE_REFUND',
])

/** Proof that the merchant paid by another way; the after-sale stays as it is [assumed]. */
function certify(call: Call): Branch {
  const afterSale = known(call)
  const { refund_certificates } = call.body
  if (!Array.isArray(refund_certificates) || refund_certificates.length === 0) throw refuse(badArgument)
  if (!payable.has(afterSale.status)) throw refuse(statusRefused)
  checkPace(call, afterSale)
  if (call.pretend) return {}
  afterSale.certificates = refund_certificates.map(String)
  touchAfterSale(call.world, afterSale)
  return {}
}
