/** The face of channels (渠道): what modules above and the apps may use. */
export { casesOf, type SeenCase } from './cases.ts'
export { certificatesOf } from './certificates.ts'
export {
  type ImportCounts,
  type ImportedOrders,
  type ImportKind,
  type ImportPreview,
  type ImportRun,
  type ImportSeams,
  noSeams,
  type OrderUndo,
  type RowError,
  type UndoLeft,
} from './imports/kinds.ts'
export { channels, channelsWith } from './module.ts'
export { type ShopName, shopsById } from './name-shops.ts'
export { type ShipmentOutcome, type StockOutcome, shipmentOutcomes, stockOutcomes } from './outcomes.ts'
export { type SeenListing, takeListings } from './pull-listings.ts'
export { pushStock } from './push-stock.ts'
export { type Received, receivePush } from './receive-push.ts'
export { type RemarkToSend, remarkOrders } from './remark-orders.ts'
export { reportShipments, type ShipmentToReport } from './report-shipments.ts'
export type { StockWish } from './store/stock.ts'
export { type Seeing, type StoredSeen, storeSeen } from './store-seen.ts'
export {
  countSeenWaiting,
  markTaken,
  type Payload,
  readPayloads,
  type SeenForIntake,
  takeSeen,
} from './take-seen.ts'
