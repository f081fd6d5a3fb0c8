import { maskedPhone, oaidOf } from './buyers.ts'
import { sumsOf } from './money.ts'
import { fullAddress, placeFields } from './places.ts'
import { type Order, type Parcel, stateRemarks } from './state.ts'
import { encrypt } from './tde.ts'
import { type Branch, noTime, type Tree, timeText, yuan } from './text.ts'
import { seller } from './tokens.ts'
import { isCancelledUnpaid } from './truth.ts'
import type { World } from './world.ts'

/** How personal data is shown: `search`/`get` mask the phone, `enSearch`/`enGet` encrypt. Source: jd.md 7 [doc]. */
export type Privacy = 'masked' | 'encrypted'

interface Showing {
  readonly world: World
  readonly privacy: Privacy
}

type Field = (order: Order, showing: Showing) => Tree

/**
 * Every field that `optional_fields` may name, all of them text, lists apart. Of `optional_fields` in jd.md 6.1, `sendpayMap`,
 * `pauseBizInfo` and `orderMarkDesc` are not here: the sheet does not say what they hold.
 */
const fields: Readonly<Record<string, Field>> = {
  orderId: ({ orderId }) => orderId,
  venderId: () => String(seller.venderId),
  orderType: () => '22',
  payType: ({ isCod }) => (isCod ? '1-货到付款' : '4-在线支付'),
  orderState: ({ state }) => state,
  orderStateRemark: ({ state }) => stateRemarks[state],
  orderTotalPrice: money(({ goods }) => goods),
  sellerDiscount: money(({ bySeller }) => bySeller),
  orderSellerPrice: money(({ goods, bySeller }) => goods - bySeller),
  freightPrice: charge(({ freightFen }) => freightFen),
  serviceFee: fee(({ serviceFen }) => serviceFen),
  taxFee: fee(({ taxFen }) => taxFen),
  balanceUsed: charge(({ balanceFen }) => balanceFen),
  orderPayment: (order) => yuan(isParent(order) ? 0 : sumsOf(order).beyondBalance),
  shouldPay: money(({ due }) => due),
  actualPay: (order, { world }) => yuan(isPayKnown(order, world) ? sumsOf(order).paid : 0),
  payDiscount: (order, { world }) => yuan(isPayKnown(order, world) ? order.payDiscountFen : 0),
  totalOriginalPrice: money(({ goods }) => goods),
  totalSellerDiscount: money(({ bySeller }) => bySeller),
  totalSellerReceivable: money(({ goods, bySeller }) => goods - bySeller),
  deliveryType: () => '任意时间',
  invoiceInfo: () => '不需要开具发票',
  invoiceEasyInfo: () => ({ invoiceType: '0', invoiceTitle: '', invoiceContentId: '' }),
  invoiceCode: () => '',
  orderRemark: ({ note }) => note,
  venderRemark: remarkText,
  venderRemarkFlagAlias: ({ flag }) => flag,
  venderRemarkLevelFlag: ({ flag }) => flag,
  orderStartTime: ({ createdAt }) => timeText(createdAt),
  paymentConfirmTime: ({ paidAt }) => timeText(paidAt),
  modified: ({ modifiedAt }) => timeText(modifiedAt),
  orderEndTime: ({ endedAt }) => timeText(endedAt),
  orderSource: ({ source }) => source,
  storeOrder: ({ warehouse }) => warehouse,
  returnOrder: () => '0',
  waybill: ({ parcels }) => byCarrier(parcels, ([, numbers]) => numbers.join(',')),
  logisticsId: ({ parcels }) => byCarrier(parcels, ([carrierId]) => carrierId),
  directParentOrderId: ({ parentId }) => parentId ?? '0',
  parentOrderId: ({ parentId }) => parentId ?? '0',
  idSopShipmenttype: () => '68',
  scDT: () => noTime,
  storeId: () => '0',
  pin: pinOf,
  realPin: pinOf,
  open_id_buyer: ({ buyer }) => buyer.openId,
  xid_buyer: ({ buyer }) => buyer.xid,
  consigneeInfo,
  itemInfoList: ({ lines }) =>
    lines.map(({ skuId, merchantCode, name, wareId, priceFen, quantity, product }) => ({
      skuId,
      outerSkuId: merchantCode,
      skuName: name,
      wareId,
      jdPrice: yuan(priceFen),
      itemTotal: String(quantity),
      giftPoint: '0',
      productNo: product,
      serviceName: '',
      newStoreId: '0',
    })),
  couponDetailList: couponRows,
  partialLogisticsInfoModel: ({ parcels }) => parcels.filter(({ isPart }) => isPart).map(partRow),
}

/** An order as a call shows it: only what was asked for and what JD can say. */
export function orderTree(order: Order, wanted: ReadonlySet<string>, showing: Showing): Branch {
  const tree: Record<string, Tree> = {}
  for (const name in fields) if (wanted.has(name)) tree[name] = fields[name]!(order, showing)
  return tree
}

/** A parent that was split is worth nothing any more; nor is one cancelled unpaid, but for `orderPayment`: jd.md 6.4 [sdk]. */
function isWorthless(order: Order): boolean {
  return isParent(order) || isCancelledUnpaid(order)
}

function isParent({ state }: Order): boolean {
  return state === 'PARENT_TRADE_CANCELED'
}

function money(pick: (sums: ReturnType<typeof sumsOf>) => number): Field {
  return (order) => yuan(isWorthless(order) ? 0 : pick(sumsOf(order)))
}

function charge(pick: (order: Order) => number): Field {
  return (order) => yuan(isWorthless(order) ? 0 : pick(order))
}

/** Nothing is empty text here: fixtures pop_order_*. */
function fee(pick: (order: Order) => number): Field {
  return (order) => (isWorthless(order) || pick(order) === 0 ? '' : yuan(pick(order)))
}

/** What was really paid is told some seconds late, and `modified` does not say so. Source: jd.md 6.2, 15.5. */
function isPayKnown(order: Order, { clock, settings }: World): boolean {
  if (order.paidAt === null || isWorthless(order)) return false
  return clock.now() >= order.paidAt + settings.payLagSeconds * 1000
}

/** Source: jd.md 12; the operator's name is invented. */
function remarkText({ remark, remarkedAt }: Order, { world }: Showing): string {
  if (remark === '' || !world.settings.remarkSuffix) return remark
  return `${remark}【客服小禾 ${timeText(remarkedAt).replaceAll('-', '.')}】`
}

/** `|` between carriers, at the same places in both fields. Parts are listed here as well [assumed]. Source: jd.md 6.4. */
function byCarrier(parcels: readonly Parcel[], write: (entry: readonly [string, readonly string[]]) => string): string {
  const numbers = new Map<string, string[]>()
  for (const { carrierId, waybillNo } of parcels) numbers.set(carrierId, [...(numbers.get(carrierId) ?? []), waybillNo])
  return [...numbers].map(write).join('|')
}

/** The inner shape of `skus` is [assumed] by jd.md 6.4. */
function partRow({ shipmentId, carrierId, waybillNo, loads, at }: Parcel): Branch {
  return {
    shipmentId,
    logicId: carrierId,
    waybillId: waybillNo,
    packageNum: '1',
    shipmentTime: timeText(at),
    shipmentModifyTime: timeText(at),
    skus: loads.map(({ line, quantity }) => ({ skuId: line.skuId, num: String(quantity) })),
  }
}

/** Source of the names that are in no fixture: jd.md 6.4. */
const couponNames = {
  20: '套装优惠',
  29: '团购优惠',
  30: '单品促销优惠',
  34: '手机红包',
  39: '京豆优惠',
  41: '京东券优惠',
  52: '礼品卡优惠',
  100: '店铺优惠',
} as const

function couponRows(order: Order): Tree {
  if (isParent(order)) return []
  return order.coupons.map(({ type, skuId, fen }) => ({
    orderId: order.orderId,
    skuId,
    couponType: `${type}-${couponNames[type]}`,
    couponPrice: yuan(fen),
  }))
}

function pinOf({ buyer, orderId }: Order, { privacy }: Showing): string {
  return privacy === 'encrypted' ? encrypt(buyer.pin, `${orderId}/pin`) : buyer.pin
}

function consigneeInfo({ orderId, buyer, receiver }: Order, { privacy }: Showing): Branch {
  const shown = (name: string, plain: string, masked: string) =>
    privacy === 'encrypted' ? encrypt(plain, `${orderId}/${name}`) : masked
  return {
    fullname: shown('fullname', receiver.name, receiver.name),
    telephone: '',
    mobile: shown('mobile', receiver.phone, maskedPhone(receiver.phone)),
    fullAddress: shown('fullAddress', fullAddress(receiver), fullAddress(receiver)),
    ...placeFields(receiver),
    oaid: oaidOf(buyer, receiver),
    desen_mobile: maskedPhone(receiver.phone),
    desen_telephone: '',
  }
}
