/** The face of channels (渠道): what modules above may use. */
export { type ShopName, shopsById } from './name-shops.ts'
export { type Seeing, type StoredSeen, storeSeen } from './store-seen.ts'
export {
  countSeenWaiting,
  markTaken,
  type Payload,
  readPayloads,
  type SeenForIntake,
  takeSeen,
} from './take-seen.ts'
