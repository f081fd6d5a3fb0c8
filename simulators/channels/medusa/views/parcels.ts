import type { Row } from '../fields.ts'
import { goodOf } from '../goods.ts'
import type { Fulfilment, Label, Order } from '../model.ts'
import type { Shop } from '../shop.ts'
import { iso } from '../text.ts'

/** A fulfilment: packed when it is made, handed over when `shipped_at` is set. Source: own-site.md 5, Ship, [sdk M]. */
export function fulfillmentRow(shop: Shop, order: Order, fulfilment: Fulfilment): Row {
  const times = { created_at: iso(fulfilment.createdAt), updated_at: iso(fulfilment.updatedAt), deleted_at: null }
  return {
    id: fulfilment.id,
    location_id: fulfilment.locationId,
    provider_id: 'manual_manual',
    shipping_option_id: 'so_01JA0EXPRESS',
    packed_at: iso(fulfilment.createdAt),
    shipped_at: iso(fulfilment.shippedAt),
    delivered_at: iso(fulfilment.deliveredAt),
    canceled_at: iso(fulfilment.canceledAt),
    requires_shipping: true,
    data: null,
    metadata: fulfilment.metadata,
    created_by: null,
    marked_shipped_by: null,
    ...times,
    items: () =>
      fulfilment.pieces.map(({ lineId, quantity }, place) => {
        const line = order.lines.find(({ id }) => id === lineId)!
        return {
          id: `fulit_${fulfilment.id.slice(4)}${place}`,
          title: line.title,
          sku: line.sku,
          barcode: '',
          quantity,
          line_item_id: lineId,
          inventory_item_id: goodOf(shop, line.sku)?.inventoryId ?? null,
          fulfillment_id: fulfilment.id,
          ...times,
        }
      }),
    labels: () => fulfilment.labels.map((label) => ({ ...labelRow(label), fulfillment_id: fulfilment.id, ...times })),
    delivery_address: () => null,
    provider: () => ({ id: 'manual_manual', is_enabled: true }),
  }
}

function labelRow({ id, trackingNumber, trackingUrl, labelUrl }: Label): Row {
  return { id, tracking_number: trackingNumber, tracking_url: trackingUrl, label_url: labelUrl }
}
