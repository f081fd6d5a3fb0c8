import { Failure } from '../../../core/failures.ts'
import type { ChannelOperations, ReportedLine, ShipmentReport } from '../../../kit/channel.ts'
import { asFields } from '../../../kit/fields.ts'
import { call, type TopCall } from './call.ts'
import { platformCarrier } from './carriers.ts'
import type { TaobaoAccount, TaobaoCredentials } from './manifest.ts'
import { isCod } from './status.ts'

type Operations = ChannelOperations<TaobaoCredentials>

/** Own carriers, and carriers booked at the platform. Only the second is for cash on delivery. Source: taobao.md 11.1 [doc M]. */
const [offlineSend, onlineSend] = ['taobao.logistics.offline.send', 'taobao.logistics.online.send'] as const

/**
 * Tells the platform of one parcel (发货回传). There is no idempotency key: after CHANNEL_ALREADY_DONE or CHANNEL_UNCLEAR the caller reads the
 * trade and looks for the waybill number. A trade that is refused for its kind of shipping and turns out to be cash on delivery (货到付款)
 * goes by the call that is for those. Source: taobao.md 11 [doc M]; that B98 is what such a trade is refused with [assumed].
 */
export const reportShipment: Operations['shipments.report'] = async (account, report) => {
  const top = shipmentCall(report)
  try {
    await call(account, top)
  } catch (error) {
    const mayBeCash = top.method === offlineSend && isOfAnotherKind(error)
    if (!mayBeCash || !(await isCashOnDelivery(account, report.channelOrderNo))) throw error
    await call(account, { ...top, method: onlineSend })
  }
}

function isOfAnotherKind(error: unknown): boolean {
  return error instanceof Failure && String(error.details.code).endsWith(':B98')
}

async function isCashOnDelivery(account: TaobaoAccount, channelOrderNo: string): Promise<boolean> {
  const { root } = await call(account, {
    operation: 'shipments.report',
    method: 'taobao.trade.get',
    params: { fields: 'tid,type', tid: channelOrderNo },
  })
  const type = asFields(root.trade)?.type
  return typeof type === 'string' && isCod(type)
}

/**
 * Which call a parcel needs: the plain one for a whole order; the same with split parameters, which always come together, for whole lines;
 * the newer one where a line's quantity is spread over parcels. Pure. Source: taobao.md 11.2 [doc M].
 */
export function shipmentCall(report: ShipmentReport): TopCall {
  const base = { operation: 'shipments.report', isWrite: true }
  const parcel = parcelParams(report)
  if (report.isWholeOrder) return { ...base, method: offlineSend, params: parcel }
  if (report.lines.every((line) => line.isWholeLine)) {
    return { ...base, method: offlineSend, params: { ...parcel, ...splitParams(report.lines) } }
  }
  return {
    ...base,
    method: 'alibaba.ascp.logistics.offline.send',
    params: {
      tid: report.channelOrderNo,
      consign_type: '1',
      consign_pkgs: JSON.stringify([
        {
          out_sid: report.waybillNo,
          company_code: parcel.company_code,
          goods: report.lines.map((line) => ({ sub_tid: line.channelLineNo, item_type: 0, num: line.quantity })),
        },
      ]),
      consign_status: JSON.stringify(
        report.lines.map((line) => ({ sub_tid: line.channelLineNo, is_part_consign: !isLineDone(line) })),
      ),
    },
  }
}

/** Nothing of the line is left to send after this parcel. */
function isLineDone(line: ReportedLine): boolean {
  return line.completesLine ?? line.isWholeLine
}

/**
 * Corrects carrier or number of a parcel already reported (改单号), by the way it was reported: resend for whole orders and lines, modify for
 * parts of lines. Own carriers within 50 days. Source: taobao.md 11.1 [doc M]; which way serves which parcel [assumed].
 */
export const changeShipment: Operations['shipments.change'] = async (account, change) => {
  await call(account, changeCall(change))
}

/** Pure. */
export function changeCall(
  change: ShipmentReport & { readonly formerWaybillNo: string; readonly formerCarrier: string },
): TopCall {
  const base = { operation: 'shipments.change', isWrite: true }
  const parcel = parcelParams(change)
  if (change.isWholeOrder) return { ...base, method: 'taobao.logistics.consign.resend', params: parcel }
  if (change.lines.every((line) => line.isWholeLine)) {
    return { ...base, method: 'taobao.logistics.consign.resend', params: { ...parcel, ...splitParams(change.lines) } }
  }
  return {
    ...base,
    method: 'alibaba.ascp.logistics.consign.modify',
    params: {
      tid: change.channelOrderNo,
      old_out_sid: change.formerWaybillNo,
      new_out_sid: change.waybillNo,
      old_company_code: platformCarrier(change.formerCarrier, '').code,
      new_company_code: parcel.company_code,
    },
  }
}

function parcelParams(report: ShipmentReport) {
  return {
    tid: report.channelOrderNo,
    out_sid: report.waybillNo,
    company_code: platformCarrier(report.carrier, report.carrierName).code,
  }
}

function splitParams(lines: readonly ReportedLine[]) {
  return { is_split: '1', sub_tid: lines.map((line) => line.channelLineNo).join(',') }
}
