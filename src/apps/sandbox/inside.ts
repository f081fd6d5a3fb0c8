import { z } from 'zod'
import { Failure } from '../../core/failures.ts'
import type { AnyChannel } from '../../kit/channel.ts'

const Limit = z.strictObject({
  operation: z.string(),
  per: z.enum(['shop', 'app']),
  times: z.int().positive(),
  perMs: z.int().positive(),
})

/** The simulated world a program of the sandbox runs in: where each platform answers, and how much of it may be asked for. */
export const SimulatedWorld = z.strictObject({
  addresses: z.record(z.string(), z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost|\[::1\])$/ })),
  /** By channel, in place of the platform's own limits, for trials of load. */
  limits: z.record(z.string(), z.array(Limit)).default({}),
})
export type SimulatedWorld = z.infer<typeof SimulatedWorld>

/** Reads `TONGDAN_SANDBOX`; null when the program is to meet the real world. Throws SETTING_INVALID. */
export function readWorld(text: string | undefined): SimulatedWorld | null {
  if (text === undefined || text === '') return null
  const read = SimulatedWorld.safeParse(parsed(text))
  if (read.success) return read.data
  throw new Failure('SETTING_INVALID', {
    problems: 'TONGDAN_SANDBOX 看不懂',
    problemsEn: 'TONGDAN_SANDBOX cannot be read',
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The plug-ins as they are, with simulators where the real platforms would be. One without a simulator is left out: play never meets the real world. */
export function inside(channels: readonly AnyChannel[], world: SimulatedWorld): AnyChannel[] {
  return channels.flatMap((plug) => {
    const address = world.addresses[plug.manifest.id]
    if (address === undefined) return []
    const { manifest } = plug
    return [
      {
        ...plug,
        manifest: {
          ...manifest,
          address: manifest.address === null ? null : address,
          limits: world.limits[manifest.id] ?? manifest.limits,
        },
      },
    ]
  })
}
