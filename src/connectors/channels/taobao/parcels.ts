import type { Shipment } from '../../../core/channel/shapes.ts'
import { carrierCodeOf } from './carriers.ts'
import { quantityOf } from './money.ts'
import { isSet, type OrderRow, type Trade, textOf, textOrNull } from './payload.ts'

/** Lines in these states have left the house. Source: taobao.md 7.3 [doc M]. */
const shippedStatuses = new Set(['WAIT_BUYER_CONFIRM_GOODS', 'TRADE_BUYER_SIGNED', 'TRADE_FINISHED'])

/** A non-zero field of these asks not to ship. Source: taobao.md 7.1 [doc M for the names]. */
const holds = ['top_hold', 'team_buy_hold', 'share_group_hold', 'ofp_hold', 'forbid_consign'] as const

/**
 * Pieces of a line that have been sent. The platform counts lines, not pieces, so it is all or none: all where the line says shipped,
 * or where it is closed and carries a consignment from before. Source: taobao.md 7.2, 11.3 [doc M].
 */
export function shippedQuantityOf(order: OrderRow, status: string): number {
  const isShipped = shippedStatuses.has(status) || (status === 'TRADE_CLOSED' && hasConsignment(order))
  return isShipped ? quantityOf(order) : 0
}

function hasConsignment(order: OrderRow): boolean {
  return textOf(order.consign_time) !== '' || textOf(order.invoice_no) !== ''
}

/** The parcels of some lines, one for each carrier and waybill number, in the order in which they appear. */
export function parcelsOf(
  lines: readonly { readonly order: OrderRow; readonly shippedQuantity: number }[],
): Shipment[] {
  const parcels = new Map<string, Shipment>()
  for (const { order, shippedQuantity } of lines) {
    const waybillNo = textOf(order.invoice_no)
    if (waybillNo === '') continue
    const carrierName = textOrNull(order.logistics_company)
    const key = `${carrierName}\n${waybillNo}`
    const parcel = parcels.get(key) ?? {
      carrierNo: carrierName === null ? null : carrierCodeOf(carrierName),
      carrierName,
      waybillNo,
      lines: [],
    }
    if (shippedQuantity > 0) parcel.lines.push({ channelSkuNo: textOf(order.sku_id), quantity: shippedQuantity })
    parcels.set(key, parcel)
  }
  return [...parcels.values()]
}

/** The platform's wishes not to ship, as warnings: `held:top_hold`. Any of them stops every line. Source: taobao.md 7.3 [rule]. */
export function holdWarnings(trade: Trade): string[] {
  return holds.filter((hold) => isSet(trade[hold])).map((hold) => `held:${hold}`)
}
