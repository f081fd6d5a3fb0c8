import { z } from 'zod'
import { count } from './channel-shapes.ts'
import { nothing, route } from './route.ts'

/** Ways in which a simulated platform can be broken. Source: the simulators' own catalogue. */
export const faultKinds = [
  'throttle',
  'quota',
  'server-error',
  'busy',
  'hang',
  'cut',
  'drop-after-apply',
  'nonsense',
  'expire',
  'duplicate',
  'reorder',
  'hide',
  'shift',
  'lose-push',
  'lie',
] as const

/** `rate`: how often, 0 to 1, per call (per push, per order for `hide`). */
const PlayedFault = z.strictObject({ kind: z.enum(faultKinds), rate: z.number().gt(0).max(1) })

const SimulatedPlatform = z.strictObject({
  channel: z.string(),
  zh: z.string(),
  /** False: its program does not answer. */
  isThere: z.boolean(),
  catalogue: z.array(z.enum(faultKinds)),
  faults: z.array(PlayedFault),
  calls: count,
  /** Calls it refused, and those that broke one of its limits. */
  refused: count,
  violations: count,
  /** How often each fault struck. */
  played: z.record(z.string(), count),
  orders: count,
})

/** 总开关 of the sandbox: the simulated platforms with what is broken in each, and how fast buyers buy. Served in the sandbox only. */
export const readSwitchboard = route({
  method: 'GET',
  path: '/switchboard',
  permission: 'shops.read',
  zh: '沙箱总开关',
  input: nothing,
  output: z.strictObject({
    platforms: z.array(SimulatedPlatform),
    market: z.strictObject({ ordersPerMinute: z.number(), isPaused: z.boolean(), placed: count }).nullable(),
  }),
})

/** Breaks a simulated platform in these ways from now on; none heals it. */
export const breakPlatform = route({
  method: 'POST',
  path: '/switchboard/platforms/:channel',
  permission: 'shops.manage',
  zh: '弄坏或修好模拟平台',
  input: z.strictObject({ channel: z.string().min(1).max(40), faults: z.array(PlayedFault).max(faultKinds.length) }),
  output: nothing,
})

/** How fast buyers order; 0 lets them pause. */
export const paceBuyers = route({
  method: 'POST',
  path: '/switchboard/market',
  permission: 'shops.manage',
  zh: '调买家下单速度',
  input: z.strictObject({ ordersPerMinute: z.number().min(0).max(600) }),
  output: nothing,
})
