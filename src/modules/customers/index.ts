export { type BuyerKey, recogniseBuyers } from './recognise-buyers.ts'
