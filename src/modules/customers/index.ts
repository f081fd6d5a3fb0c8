export { recogniseBuyers } from './recognise-buyers.ts'
export type { BuyerKey } from './store.ts'
