export { countViews } from './find-orders.ts'
export { orders } from './module.ts'
export {
  approvedOrders,
  type LeavingPieces,
  markAllocated,
  markUnallocated,
  type OrderForParcel,
  ordersForParcels,
  type ShipmentRow,
  saveShipments,
  shipPieces,
} from './parcel-face.ts'
export { takeInOrders } from './take-in-orders.ts'
