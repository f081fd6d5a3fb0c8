export { recogniseBuyers } from './recognise-buyers.ts'
