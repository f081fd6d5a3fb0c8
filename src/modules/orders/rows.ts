import type { ChannelLine, ChannelOrder, RegionNames } from '../../core/channel/shapes.ts'
import { shipByOf } from '../../core/order/deadline.ts'
import { move, type OrderDeed, type OrderState } from '../../core/order/moves.ts'
import type { Settlement } from '../../core/order/settle.ts'
import type { MatchedLine } from '../catalogue/index.ts'
import type { Person } from './person.ts'
import type { Stored } from './store/read.ts'
import type { HistoryRow, LineRow, SaleRow } from './store/write.ts'

interface Given {
  readonly shopId: number
  readonly seenId: number
  readonly buyerId: number | null
  readonly goods: string
  readonly now: number
  readonly known: Stored | null
  readonly region: RegionNames
}

/** The row of a told order, settled. */
export function saleRow(order: ChannelOrder, settled: Settlement, given: Given): SaleRow {
  const instant = (text: string | null) => (text === null ? null : Date.parse(text))
  const { known } = given
  return {
    shopId: given.shopId,
    channel: order.channel,
    channelOrderNo: order.channelOrderNo,
    channelStatus: order.channelStatus,
    status: order.status,
    state: settled.state,
    refundState: order.orderRefundState,
    findings: settled.findings.map((finding) => finding.code),
    createdAt: Date.parse(order.createdAt),
    paidAt: instant(order.paidAt),
    modifiedAt: Date.parse(order.modifiedAt),
    shipBy: shipByOf(order),
    currency: order.currency,
    paidFen: order.paidTotalFen,
    payableFen: order.payableTotalFen,
    freightFen: order.freightFen,
    extraFen: order.extraFen,
    discountFen: order.discountFen,
    refundedFen: order.refundedFen,
    isCod: order.isCod,
    mayShipNow: order.mayShipNow,
    cancelRequested: order.cancelRequested,
    hasNote: Boolean(order.buyerNote),
    hasRemark: Boolean(order.sellerRemark),
    flag: order.flag,
    buyerId: given.buyerId,
    ...given.region,
    warehouseId: settled.warehouseId,
    lineCount: order.lines.length,
    pieceCount: order.lines.reduce((sum, line) => sum + line.quantity, 0),
    goods: given.goods,
    extra: {
      because: becauseOf(settled),
      warnings: order.warnings,
      overruled: known?.extra.overruled ?? [],
      isPartial: settled.isPartial,
      promotions: order.promotions,
      shipments: order.shipments.map(({ carrierName, waybillNo }) => ({ carrierName, waybillNo })),
    },
    approvedAt: approvedAt(settled, known, given.now),
    shippedAt: known?.shippedAt ?? (settled.state === 'shipped' || settled.state === 'completed' ? given.now : null),
    seenId: given.seenId,
  }
}

export const becauseOf = (settled: Settlement) =>
  Object.fromEntries(settled.findings.map((finding) => [finding.code, finding.because]))

export function approvedAt(settled: Settlement, known: Pick<Stored, 'approvedAt'> | null, now: number): number | null {
  if (settled.deeds.includes('approve')) return now
  return settled.state === 'held' || settled.state === 'to-review' ? null : (known?.approvedAt ?? null)
}

export function lineRow(line: ChannelLine, orderId: number, matched: MatchedLine | null): LineRow {
  return {
    orderId,
    channelLineNo: line.channelLineNo,
    channelItemNo: line.channelItemNo,
    channelSkuNo: line.channelSkuNo,
    merchantCode: line.merchantCode,
    title: line.title,
    specification: line.specification,
    imageUrl: line.imageUrl,
    quantity: line.quantity,
    isGift: line.isGift,
    listFen: line.listFen,
    paidFen: line.paidFen,
    lineStatus: line.lineStatus,
    refundState: line.refundState,
    refundingQuantity: line.refundingQuantity,
    refundedQuantity: line.refundedQuantity,
    refundedFen: line.refundedFen,
    channelShippedQuantity: line.shippedQuantity,
    mayShipNow: line.mayShipNow,
    listingId: matched?.listingId ?? null,
    skuId: matched?.skuId ?? null,
  }
}

/** The person of a told order. What staff changed stays until the channel tells another receiver. */
export function personOf(order: ChannelOrder, known: Person | null, receiverChanged: boolean): Person {
  const keeps = known !== null && known.told !== null && !receiverChanged
  return {
    receiver: keeps ? known.receiver : order.receiver,
    nick: order.buyer.nick,
    buyerNote: order.buyerNote,
    sellerRemark: order.sellerRemark,
    invoice: order.invoice,
    told: keeps ? order.receiver : null,
  }
}

/** One row for each move, in order, from the state it was in. */
export function moveRows(
  orderId: number,
  from: OrderState,
  deeds: readonly OrderDeed[],
  told: { readonly actor: string; readonly reason: string | null },
): HistoryRow[] {
  const rows: HistoryRow[] = []
  let state = from
  for (const deed of deeds) {
    const next = move(state, deed)
    if (next === null) throw new RangeError(`no move ${deed} from ${state}`)
    rows.push({ orderId, deed, fromState: state, toState: next, ...told, changes: null })
    state = next
  }
  return rows
}

/** The goods of an order as a short text, the same for the same goods: SKU (or listing) and pieces. */
export function goodsText(
  lines: readonly { readonly skuId: number | null; readonly listingId: number | null; readonly quantity: number }[],
): string {
  const pieces = new Map<string, number>()
  for (const line of lines) {
    const name = line.skuId === null ? `L${line.listingId ?? 0}` : String(line.skuId)
    pieces.set(name, (pieces.get(name) ?? 0) + line.quantity)
  }
  return [...pieces]
    .map(([name, quantity]) => `${name}×${quantity}`)
    .sort()
    .join(',')
}
