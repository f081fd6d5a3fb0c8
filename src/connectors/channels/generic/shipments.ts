import { beijingText, type Instant } from '../../../core/time/instant.ts'
import type { SheetOut, ShipmentReport } from '../../../kit/channel.ts'
import type { Account } from '../../../kit/plug.ts'
import { ask, type Call } from './call.ts'
import type { Credentials } from './manifest.ts'

/**
 * Tells the site that a parcel left (发货回传), line by line. The same carrier and number again is answered as the first time, so asking
 * twice ships once. Source: own-site.md 6.2 [rule].
 * Throws what a call throws; CHANNEL_REFUSED for an unknown line or too many units, CHANNEL_ALREADY_DONE, CHANNEL_UNCLEAR.
 */
export async function reportShipment(account: Account<Credentials>, report: ShipmentReport): Promise<void> {
  await ask(account, shipmentCall(report))
}

/** The body's fields stand in the order of the contract's worked example. Pure. */
export function shipmentCall(report: ShipmentReport): Call {
  return {
    operation: 'shipments.report',
    method: 'POST',
    path: `/oms/v1/orders/${encodeURIComponent(report.channelOrderNo)}/shipments`,
    body: {
      carrier: report.carrier,
      ...(report.carrierName === '' ? {} : { carrier_name: report.carrierName }),
      tracking_no: report.waybillNo,
      shipped_at: beijingIso(report.shippedAt),
      lines: report.lines.map((line) => ({ id: line.channelLineNo, qty: line.quantity })),
    },
    namesOrder: true,
  }
}

/** Columns of the sheet for sites that take shipments by file. Our own, as in docs/channels/generic-contract.md. */
const shipmentColumns = [
  '订单号',
  '明细编号',
  '商家编码',
  '数量',
  '快递编码',
  '快递公司',
  '快递单号',
  '发货时间',
] as const

/** One row per line of a parcel; a parcel without lines has one row with these cells empty. Pure. */
export function shipmentSheet(parcels: readonly ShipmentReport[]): SheetOut {
  return {
    fileName: '自建网站批量发货.csv',
    encoding: 'utf-8',
    headers: shipmentColumns,
    rows: parcels.flatMap((parcel) => {
      const tail = [parcel.carrier, parcel.carrierName, parcel.waybillNo, beijingText(parcel.shippedAt)]
      if (parcel.lines.length === 0) return [[parcel.channelOrderNo, '', '', '', ...tail]]
      return parcel.lines.map(({ channelLineNo, channelSkuNo, quantity }) => [
        parcel.channelOrderNo,
        channelLineNo,
        channelSkuNo,
        String(quantity),
        ...tail,
      ])
    }),
  }
}

function beijingIso(at: Instant): string {
  return `${beijingText(at).replace(' ', 'T')}+08:00`
}
