import { type Branch, badArgument, type Call, isObject, objectOf, optionalText, rowsOf, textOf } from '../calls/call.ts'
import { refuse } from '../errors.ts'
import { miniCarriers } from './carriers.ts'
import { paymentOf } from './payments.ts'
import type { MiniParcel, MiniPayment } from './state.ts'

const paymentUnknown = 10060001
const correctionUsed = 10060003
const notShippable = 10060004
const badLogistics = 10060005
const notExpressInParts = 10060006
const allDeliveredMissing = 10060007
const descriptionMissing = 10060008
const descriptionTooLong = 10060009
const contactMissing = 10060014
const notThePayer = 10060031
const badTime = 268485216
const badMode = 268485224
const notOneParcel = 268485228

const longestDescription = 120
const mostParcels = 15

/** One payment's parcels. Source: wechat-shop.md 12. */
export function upload(call: Call): Branch {
  const payment = payerOf(call, paymentByKey(call, objectOf(call.body, 'order_key')))
  const told = toldIn(call.body, timeIn(call.body))
  checkState(payment, told)
  if (!call.pretend) take(payment, told)
  return {}
}

/** Payments made together: every part is checked before any is taken. */
export function uploadCombined(call: Call): Branch {
  const parts = rowsOf(call.body, 'sub_orders')
  if (parts === null) throw refuse(badArgument)
  objectOf(call.body, 'order_key')
  const time = timeIn(call.body)
  const all = parts.map((part) => ({
    payment: payerOf(call, paymentByKey(call, objectOf(part, 'order_key'))),
    told: toldIn(part, time),
  }))
  for (const { payment, told } of all) checkState(payment, told)
  if (!call.pretend) for (const { payment, told } of all) take(payment, told)
  return {}
}

/** order_number_type 2 names the payment, 1 the merchant's own number. */
function paymentByKey(call: Call, key: Branch): MiniPayment {
  if (key.order_number_type === 2) return paymentOf(call, { transaction_id: textOf(key, 'transaction_id') })
  if (key.order_number_type !== 1) throw refuse(paymentUnknown)
  return paymentOf(call, { merchant_id: textOf(key, 'mchid'), merchant_trade_no: textOf(key, 'out_trade_no') })
}

function payerOf({ body }: Call, payment: MiniPayment): MiniPayment {
  if (textOf(objectOf(body, 'payer'), 'openid') !== payment.openid) throw refuse(notThePayer)
  return payment
}

/** RFC 3339 with the offset written out. */
function timeIn(body: Branch): number {
  const text = optionalText(body, 'upload_time')
  const isWritten = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)
  const time = isWritten ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw refuse(badTime)
  return time
}

interface Told {
  readonly mode: 1 | 2
  readonly logisticsType: number
  readonly isAll: boolean
  readonly parcels: readonly MiniParcel[]
  readonly time: number
}

function toldIn(body: Branch, time: number): Told {
  const { logistics_type: type, delivery_mode: mode, is_all_delivered: isAll } = body
  if (type !== 1 && type !== 2 && type !== 3 && type !== 4) throw refuse(badLogistics)
  if (mode !== 1 && mode !== 2) throw refuse(badMode)
  const rows = rowsOf(body, 'shipping_list') ?? []
  if (mode === 1 && rows.length !== 1) throw refuse(notOneParcel)
  if (mode === 2 && type !== 1) throw refuse(notExpressInParts)
  if (mode === 2 && typeof isAll !== 'boolean') throw refuse(allDeliveredMissing)
  const parcels = rows.map((row) => parcelIn(row, { isExpress: type === 1, time }))
  return { mode, logisticsType: type, isAll: mode === 1 || isAll === true, parcels, time }
}

function parcelIn(
  row: Branch,
  { isExpress, time }: { readonly isExpress: boolean; readonly time: number },
): MiniParcel {
  const description = optionalText(row, 'item_desc')
  if (description === '') throw refuse(descriptionMissing)
  if ([...description].length > longestDescription) throw refuse(descriptionTooLong)
  const contact = isObject(row.contact) ? row.contact : null
  const [trackingNo, carrierId] = isExpress ? [textOf(row, 'tracking_no'), textOf(row, 'express_company')] : ['', '']
  if (isExpress && !Object.hasOwn(miniCarriers, carrierId)) throw refuse(badArgument)
  if (carrierId === 'SF' && !namesSomebody(contact)) throw refuse(contactMissing)
  return { trackingNo, carrierId, description, contact, uploadTime: time }
}

/** A parcel of SF needs one of the two numbers, its last four digits to be seen. */
function namesSomebody(contact: MiniParcel['contact']): boolean {
  return ['consignor_contact', 'receiver_contact'].some((name) => {
    const number = contact?.[name]
    return typeof number === 'string' && /\d{4}$/.test(number)
  })
}

/** After all was told one correction is taken. Parcels of an order in parts add up to fifteen. */
function checkState(payment: MiniPayment, { mode, parcels, time }: Told): void {
  if (payment.finishedCount === 2) throw refuse(correctionUsed)
  if (payment.state !== 1 && payment.state !== 2) throw refuse(notShippable)
  if (time <= payment.uploadTime) throw refuse(badTime)
  const before = mode === 2 && !payment.isAllDelivered ? payment.parcels.length : 0
  if (before + parcels.length > mostParcels) throw refuse(badArgument)
}

function take(payment: MiniPayment, { mode, logisticsType, isAll, parcels, time }: Told): void {
  const isCorrection = payment.isAllDelivered
  payment.parcels = isCorrection || mode === 1 ? parcels : [...payment.parcels, ...parcels]
  payment.deliveryMode = mode
  payment.logisticsType = logisticsType
  payment.uploadTime = time
  if (isCorrection) payment.finishedCount = 2
  if (!isAll || isCorrection) return
  payment.isAllDelivered = true
  payment.finishedCount = 1
  payment.state = 2
}
