export { opsOver } from './module.ts'
export type { SandboxBeside, SandboxState } from './sandbox.ts'
