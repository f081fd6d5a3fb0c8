import type { ReportedShipment, Truth } from '../../simulator.ts'
import { type Mall, type MallOrder, totalOf } from './mall.ts'

/** What WeChat knows of an order of the mall: whether it was paid, and whether all of it was said to have left. */
export function truthOf(order: MallOrder): Truth {
  const { payment } = order
  const isRefunded = payment?.state === 5
  const paid = payment === null ? 0 : totalOf(order)
  return {
    orderNo: order.orderNo,
    status: statusOf(order),
    refundState: isRefunded ? 'full' : 'none',
    createdAt: order.createdAt,
    paidAt: payment?.paidAt ?? null,
    modifiedAt: Math.max(order.createdAt, payment?.paidAt ?? 0, payment?.uploadTime ?? 0),
    paidTotalFen: paid,
    freightFen: 0,
    refundedFen: isRefunded ? paid : 0,
    note: order.note,
    remark: '',
    receiver: order.receiver,
    lines: order.lines.map((line, place) => ({
      lineNo: `${order.orderNo}-${place + 1}`,
      itemNo: '',
      skuNo: '',
      merchantCode: line.merchantCode,
      title: line.title,
      quantity: line.quantity,
      isGift: false,
      paidFen: payment === null ? 0 : line.priceFen * line.quantity,
      refundedFen: isRefunded ? line.priceFen * line.quantity : 0,
      refundState: isRefunded ? 'success' : 'none',
      shippedQuantity: payment?.isAllDelivered === true ? line.quantity : 0,
    })),
    hidden: false,
  }
}

const paidStatuses = {
  1: 'paid-wait-ship',
  2: 'shipped',
  3: 'completed',
  4: 'completed',
  5: 'closed-refunded',
} as const

function statusOf({ payment, isClosed }: MallOrder): string {
  if (payment === null) return isClosed ? 'closed-unpaid' : 'unpaid'
  return payment.state === 1 && payment.parcels.length > 0 ? 'partially-shipped' : paidStatuses[payment.state]
}

/** Parcels by number; one that stands twice was told twice. What is in them nobody says. */
export function shipmentsOf({ orders }: Mall): ReportedShipment[] {
  return [...orders.values()].flatMap(({ orderNo, payment }) =>
    [...Map.groupBy(payment?.parcels ?? [], ({ trackingNo }) => trackingNo)].map(([waybillNo, told]) => ({
      orderNo,
      carrier: told[0]?.carrierId ?? '',
      waybillNo,
      lines: [],
      at: told[0]?.uploadTime ?? 0,
      times: told.length,
    })),
  )
}
