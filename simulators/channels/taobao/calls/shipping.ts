import { type Carrier, carrierByCode, carriers, waybillPattern } from '../carriers.ts'
import { invalidArgument, refuse, resendError, shippingError } from '../errors.ts'
import { write } from '../fields.ts'
import { isWaybillFree, resend, ship } from '../shipping.ts'
import { type Line, type Trade, unpaidStatuses } from '../state.ts'
import { type Branch, list, whole } from '../text.ts'
import { type Call, fieldsOf, type Operations, optional, reads, required, wholeArgument, writes } from './call.ts'

/** Shipping by the old path: taobao.md 11, 12. */
export const shippingCalls: Operations = {
  'taobao.logistics.offline.send': writes((call) => send(call, 'offline')),
  'taobao.logistics.online.send': writes((call) => send(call, 'online')),
  'taobao.logistics.dummy.send': writes(sendNothing),
  'taobao.logistics.consign.resend': writes(resendParcel),
  'taobao.logistics.companies.get': reads(companies),
}

const done: Branch = { shipping: { is_success: true } }

/** Cash on delivery goes online only. Online without a number, to be confirmed later, is not simulated: the number is asked for. */
function send(call: Call, way: 'offline' | 'online'): Branch {
  const waybillNo = required(call, 'out_sid')
  const code = required(call, 'company_code')
  const trade = shippable(call)
  if (way === 'offline') refuseCashOnDelivery(trade)
  const lines = linesToShip(call, trade, way === 'offline' ? 50 : 20)
  const carrier = carrierOf(code)
  checkWaybill(call, trade, waybillNo)
  if (call.pretend) return done
  if (isSplitCall(call)) trade.isSplit = true
  ship(call.world, trade, {
    carrierCode: carrier.code,
    carrierName: carrier.name,
    waybillNo,
    loads: lines.map((line) => ({ line, quantity: line.quantity - line.shippedQuantity, completes: true })),
    reported: true,
  })
  return done
}

/** Whether the goods are virtual is not looked at. */
function sendNothing(call: Call): Branch {
  const trade = shippable(call)
  refuseCashOnDelivery(trade)
  const lines = linesToShip(call, trade, 0)
  if (call.pretend) return done
  const loads = lines.map((line) => ({ line, quantity: line.quantity - line.shippedQuantity, completes: true }))
  ship(call.world, trade, { carrierCode: '', carrierName: '', waybillNo: '', loads, reported: true })
  return done
}

/** The trade, if anything of it may be shipped at all. Source of the codes: taobao.md 11.4 [sdk]. */
export function shippable(call: Call): Trade {
  const trade = call.world.trades.get(required(call, 'tid'))
  if (trade === undefined) throw refuse(shippingError('B01'))
  if (unpaidStatuses.has(trade.status)) throw refuse(shippingError('B02'))
  if (trade.status === 'PAID_FORBID_CONSIGN') throw refuse(shippingError('B55'))
  if (!trade.lines.some(({ status }) => status === 'WAIT_SELLER_SEND_GOODS')) throw refuse(shippingError('B04'))
  return trade
}

export function carrierOf(code: string): Carrier {
  const carrier = carrierByCode.get(code)
  if (carrier === undefined) throw refuse(shippingError('B56'))
  return carrier
}

/** A number is good if it looks like one and is not on a parcel to another door. */
export function checkWaybill(call: Call, trade: Trade, waybillNo: string): void {
  if (waybillNo.trim() === '') throw refuse(shippingError('B59'))
  if (!new RegExp(waybillPattern).test(waybillNo) || !isWaybillFree(call.world, waybillNo, trade))
    throw refuse(shippingError('B60'))
}

export function refuseCashOnDelivery(trade: Trade): void {
  if (trade.type === 'cod') throw refuse(shippingError('B98'))
}

function isSplitCall(call: Call): boolean {
  return call.params.get('is_split') === '1'
}

/** Split calls name their lines; a trade once split must always be called so. Source: taobao.md 11.2 [doc]. */
function linesToShip(call: Call, trade: Trade, most: number): readonly Line[] {
  const named = subTids(call, most)
  if (named === null) {
    if (trade.isSplit) throw refuse(shippingError('CD22'))
    return trade.lines.filter(({ status }) => status === 'WAIT_SELLER_SEND_GOODS')
  }
  const lines = named.map((oid) => lineOf(trade, oid))
  if (lines.some(({ status }) => status !== 'WAIT_SELLER_SEND_GOODS')) throw refuse(shippingError('B04'))
  return lines
}

export function lineOf(trade: Trade, oid: string): Line {
  const line = trade.lines.find((one) => one.oid === oid)
  if (line === undefined) throw refuse(shippingError('P38'))
  return line
}

/** Null: the call is about the whole trade. `is_split` and `sub_tid` come together or not at all. */
function subTids(call: Call, most: number): readonly string[] | null {
  const isSplit = wholeArgument(call, 'is_split', { least: 0, most: 1, otherwise: 0 }) === 1
  const text = optional(call, 'sub_tid')
  if (isSplit !== (text !== undefined)) throw refuse(shippingError('P38'))
  if (text === undefined) return null
  const named = [...new Set(text.split(',').map((oid) => oid.trim()))]
  if (named.length > most) throw refuse(invalidArgument('sub_tid'))
  return named
}

const resendDays = 50

/** Source: taobao.md 11.1 [doc], 11.4 [sdk]. */
function resendParcel(call: Call): Branch {
  const waybillNo = required(call, 'out_sid')
  const code = required(call, 'company_code')
  const trade = call.world.trades.get(required(call, 'tid'))
  if (trade === undefined) throw refuse(resendError('P01', '订单不存在'))
  const named = subTids(call, 50)
  const lines =
    named === null ? trade.lines.filter(({ parcels }) => parcels.length > 0) : named.map((oid) => lineOf(trade, oid))
  if (lines.length === 0 || lines.some(({ parcels }) => parcels.length === 0))
    throw refuse(resendError('CD19', '订单尚未发货'))
  const earliest = call.world.clock.now() - resendDays * 86_400_000
  if (trade.status === 'TRADE_FINISHED' || trade.status === 'TRADE_CLOSED' || (trade.consignedAt ?? 0) < earliest)
    throw refuse(resendError('P05', '当前状态不能修改运单号'))
  const carrier = carrierOf(code)
  checkWaybill(call, trade, waybillNo)
  if (call.pretend) return done
  const loads = lines.map((line) => ({ line, quantity: line.shippedQuantity, completes: true }))
  resend(call.world, trade, { carrierCode: carrier.code, carrierName: carrier.name, waybillNo, loads })
  return done
}

function companies(call: Call): Branch {
  const { own } = fieldsOf(call)
  return {
    logistics_companies: list(
      'logistics_company',
      carriers.map((carrier) => write(companyFields, own, carrier)),
    ),
  }
}

const companyFields = {
  id: ({ id }: Carrier) => (id === '' ? undefined : whole(id)),
  code: ({ code }: Carrier) => code,
  name: ({ name }: Carrier) => name,
  reg_mail_no: () => waybillPattern,
}
