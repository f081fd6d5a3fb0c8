import type { z } from 'zod'
import type { SandboxState as Shape } from '../../contract/ops.ts'

export type SandboxState = z.output<typeof Shape>

/** The demo that may be opened beside this installation (沙箱). */
export interface SandboxBeside {
  readonly state: () => SandboxState
  /** Begins to open it unless it is open; gives the state from then on. */
  readonly open: () => SandboxState
}

const none: SandboxState = { state: 'none', url: null, password: null, people: [], reason: null }

/** Where there is nothing to be opened: in the sandbox itself, and where several processes share the work. */
export const noSandbox: SandboxBeside = { state: () => none, open: () => none }
