export { addToPool, mustBeCarrier, readCarrierTable } from './carriers.ts'
export { logistics } from './module.ts'
export { drawNumbers, takeNumber } from './waybills.ts'
