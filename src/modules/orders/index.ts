export { countViews, findOrders, searchOrders } from './find-orders.ts'
export { readOrder } from './get-order.ts'
export { orders } from './module.ts'
export {
  approvedOrders,
  markAllocated,
  markUnallocated,
  type OrderForParcel,
  ordersForParcels,
  readPeople,
  saveShipments,
  shipPieces,
} from './parcel-face.ts'

export { type Person, sealPerson } from './person.ts'
export { findAnything } from './search-all.ts'
export { takeInOrders } from './take-in-orders.ts'
export { orderUndo } from './withdraw-orders.ts'
