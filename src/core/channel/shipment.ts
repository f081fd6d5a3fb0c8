import type { ChannelOrder } from './shapes.ts'

/** Every waybill number that the channel shows for an order, on the order or on a line, as compared: without spaces, in capitals. */
export function waybillNosOf(order: Pick<ChannelOrder, 'shipments' | 'lines'>): ReadonlySet<string> {
  const shipments = [...order.shipments, ...order.lines.flatMap((line) => line.shipments)]
  return new Set(shipments.map((shipment) => plainWaybillNo(shipment.waybillNo)))
}

export const plainWaybillNo = (waybillNo: string) => waybillNo.replace(/\s/g, '').toUpperCase()
