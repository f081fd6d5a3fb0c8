export { allocateOrders } from './allocate-orders.ts'
export { fulfilment } from './module.ts'
