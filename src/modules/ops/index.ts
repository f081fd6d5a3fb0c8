export { opsOver, type Playground } from './module.ts'
export type { SandboxBeside, SandboxState } from './sandbox.ts'
export type { PlatformFaults, Switchboard, SwitchboardState } from './switchboard.ts'
