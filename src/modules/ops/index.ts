export { opsOver } from './module.ts'
