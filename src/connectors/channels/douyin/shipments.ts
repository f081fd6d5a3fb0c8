import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, ReportedLine, ShipmentReport } from '../../../kit/channel.ts'
import { hashHex } from '../../../kit/signing.ts'
import { call, type ShopCall } from './call.ts'
import { platformCarrierCode } from './carriers.ts'
import type { DouyinAccount, DouyinCredentials } from './manifest.ts'
import { refused } from './nonsense.ts'
import { oneDetail } from './order-parts.ts'
import { type Parcel, parcelsOf, sentPieces } from './parcels.ts'
import { piecesOf, textOf } from './payload.ts'

type Operations = ChannelOperations<DouyinCredentials>

/**
 * Tells the platform of one parcel (发货回传), whole orders and parts alike, by the one call that knows a parcel again when it is told twice.
 * An open refund refuses it. There is no code for "sent before", so a refusal is looked up in the order: throws CHANNEL_ALREADY_DONE where
 * the parcel is known or nothing of it is left to send. Source: douyin.md 5 [doc].
 */
export const reportShipment: Operations['shipments.report'] = async (account, report) => {
  const companyCode = await platformCarrierCode(account, 'shipments.report', report)
  try {
    await call(account, shipmentCall(report, companyCode))
  } catch (error) {
    if (isRefusal(error) && (await hasLeft(account, report))) {
      throw new Failure('CHANNEL_ALREADY_DONE', { channel: 'douyin', reason: '抖店上已经发货' }, error)
    }
    throw error
  }
}

/** Pure. */
function shipmentCall(report: ShipmentReport, companyCode: string): ShopCall {
  const { channelOrderNo, waybillNo } = report
  const pieces = piecesByLine(report.lines)
  return {
    operation: 'shipments.report',
    method: 'order.logisticsAddSinglePack',
    isWrite: true,
    params: {
      order_id_list: [channelOrderNo],
      shipped_order_info: pieces.map(([lineNo, quantity]) => ({ shipped_order_id: lineNo, shipped_num: quantity })),
      company_code: companyCode,
      logistics_code: waybillNo,
      is_reject_refund: false,
      request_id: hashHex('md5', JSON.stringify([channelOrderNo, companyCode, waybillNo, pieces])),
    },
  }
}

/** Pieces of each line, in one order whatever the report's, so that a repeat is recognised. */
function piecesByLine(lines: readonly ReportedLine[]): [lineNo: string, quantity: number][] {
  const pieces = new Map<string, number>()
  for (const { channelLineNo, quantity } of lines) {
    pieces.set(channelLineNo, (pieces.get(channelLineNo) ?? 0) + quantity)
  }
  return [...pieces].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function isRefusal(error: unknown): boolean {
  return error instanceof Failure && error.code === 'CHANNEL_REFUSED'
}

/** Whether the refused parcel has left already; where the order cannot be read the refusal stands. */
async function hasLeft(account: DouyinAccount, { channelOrderNo, waybillNo, lines }: ShipmentReport): Promise<boolean> {
  try {
    const { detail } = await oneDetail(account, 'shipments.report', channelOrderNo)
    const parcels = parcelsOf(detail)
    const isAllSent = ({ channelLineNo }: ReportedLine) => {
      const row = (detail.sku_order_list ?? []).find((each) => textOf(each.order_id) === channelLineNo)
      return row !== undefined && sentPieces(parcels, channelLineNo) >= piecesOf(row.item_num)
    }
    return parcels.some((parcel) => parcel.waybillNo === waybillNo) || lines.every(isAllSent)
  } catch (error) {
    if (error instanceof Failure || error instanceof RangeError) return false
    throw error
  }
}

/**
 * Corrects carrier or number of a parcel already reported (改单号). A part of an order is named by its parcel, which the order tells; merged
 * parcels that share the old number are corrected one by one. Source: douyin.md 5 [doc].
 */
export const changeShipment: Operations['shipments.change'] = async (account, change) => {
  const operation = 'shipments.change'
  const { channelOrderNo, waybillNo } = change
  const company_code = await platformCarrierCode(account, operation, change)
  const params = { order_id: channelOrderNo, company_code, logistics_code: waybillNo }
  if (change.isWholeOrder) {
    await call(account, { operation, method: 'order.logisticsEdit', isWrite: true, params })
    return
  }
  for (const { parcelNo } of await parcelsMeant(account, change)) {
    const ofParcel = { ...params, pack_id: parcelNo }
    await call(account, { operation, method: 'order.logisticsEditByPack', isWrite: true, params: ofParcel })
  }
}

/** The parcels with the old number that hold anything of the changed one. Throws CHANNEL_REFUSED where there is none. */
async function parcelsMeant(
  account: DouyinAccount,
  change: ShipmentReport & { readonly formerWaybillNo: string },
): Promise<Parcel[]> {
  const { detail } = await oneDetail(account, 'shipments.change', change.channelOrderNo)
  const lineNos = new Set(change.lines.map((line) => line.channelLineNo))
  const meant = parcelsOf(detail).filter(
    ({ waybillNo, lines }) =>
      waybillNo === change.formerWaybillNo && lines.some(({ channelLineNo }) => lineNos.has(channelLineNo)),
  )
  if (meant.length === 0) throw refused(`抖店上没有单号 ${change.formerWaybillNo} 的包裹，请核对后再改`)
  return meant
}
