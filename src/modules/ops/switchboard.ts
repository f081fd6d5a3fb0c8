import type { z } from 'zod'
import * as contract from '../../contract/switchboard.ts'
import { serve } from '../../platform/http/serve.ts'
import type { ServedRoute } from '../../platform/module.ts'

export type SwitchboardState = z.output<typeof contract.readSwitchboard.output>
export type PlatformFaults = Omit<z.output<typeof contract.breakPlatform.input>, 'channel'>['faults']

/** The simulated world as a person may play with it (总开关). It exists in the sandbox alone, and so do its calls. */
export interface Switchboard {
  readonly read: () => Promise<SwitchboardState>
  /** Throws CHANNEL_UNKNOWN. */
  readonly break: (channel: string, faults: PlatformFaults) => Promise<void>
  readonly pace: (ordersPerMinute: number) => Promise<void>
}

const done = async (work: Promise<void>): Promise<Record<string, never>> => {
  await work
  return {}
}

export const switchboardRoutes = (board: Switchboard): readonly ServedRoute[] => [
  serve(contract.readSwitchboard, () => board.read()),
  serve(contract.breakPlatform, (_ctx, { channel, faults }) => done(board.break(channel, faults))),
  serve(contract.paceBuyers, (_ctx, { ordersPerMinute }) => done(board.pace(ordersPerMinute))),
]
