export { addToPool, mustBeCarrier, readCarrierTable } from './carriers.ts'
export { logistics } from './module.ts'
export { waybillFile } from './waybill-file.ts'
export { drawNumbers, takeNumber } from './waybills.ts'
