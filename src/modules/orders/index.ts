export { countViews, findOrders, searchOrders } from './find-orders.ts'
export { readOrder } from './get-order.ts'
export { orders } from './module.ts'
export {
  approvedOrders,
  type LeavingPieces,
  markAllocated,
  markUnallocated,
  type OrderForParcel,
  ordersForParcels,
  readPeople,
  type ShipmentRow,
  saveShipments,
  shipPieces,
} from './parcel-face.ts'

export { type Person, sealPerson } from './person.ts'
export { findAnything } from './search-all.ts'
export { takeInOrders } from './take-in-orders.ts'
export { orderUndo } from './withdraw-orders.ts'
