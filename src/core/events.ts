/** Every event (事件): its name and the ids it carries. Told in the transaction that made it true; heard by modules above and by open pages. */
export interface Events {
  'channels.orders-seen': { readonly shopId: number }
  'channels.cases-seen': { readonly shopId: number }
  'channels.listings-seen': { readonly shopId: number }
  'channels.shop-changed': { readonly shopId: number }
  'channels.authorisation-expiring': { readonly shopId: number; readonly days: number }
  'channels.shipment-reported': { readonly orderIds: readonly number[] }
  'catalogue.listing-matched': { readonly listingIds: readonly number[] }
  'inventory.changed': { readonly skuIds: readonly number[] }
  /** A count found fewer pieces than orders held; these orders hold less than they need. */
  'inventory.holds-lost': { readonly orderIds: readonly number[] }
  'orders.taken-in': { readonly orderIds: readonly number[] }
  'orders.changed': { readonly orderIds: readonly number[] }
  'orders.approved': { readonly orderIds: readonly number[] }
  'orders.stopped': { readonly orderIds: readonly number[] }
  'fulfilment.parcels-changed': { readonly parcelIds: readonly number[] }
  'fulfilment.shipped': { readonly parcelIds: readonly number[] }
  'imports.changed': { readonly importId: number }
  'security.person-changed': { readonly personId: number }
}
export type EventName = keyof Events
