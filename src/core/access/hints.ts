import type { EventName } from '../events.ts'
import type { Permission } from './permissions.ts'

/** The right without which an open page does not hear of an event (实时更新). */
export const hintPermissions = {
  'channels.orders-seen': 'shops.read',
  'channels.cases-seen': 'shops.read',
  'channels.listings-seen': 'catalogue.read',
  'channels.shop-changed': 'shops.read',
  'channels.authorisation-expiring': 'shops.read',
  'channels.shipment-reported': 'orders.read',
  'catalogue.listing-matched': 'catalogue.read',
  'inventory.changed': 'stock.read',
  'inventory.holds-lost': 'orders.read',
  'orders.taken-in': 'orders.read',
  'orders.changed': 'orders.read',
  'orders.approved': 'orders.read',
  'orders.stopped': 'orders.read',
  'fulfilment.parcels-changed': 'fulfilment.read',
  'fulfilment.shipped': 'fulfilment.read',
  'imports.changed': 'imports.work',
  'security.person-changed': 'people.manage',
} as const satisfies Record<EventName, Permission>
