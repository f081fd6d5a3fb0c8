import { Failure } from '../core/failures.ts'
import type { AnyChannel } from '../kit/channel.ts'
import type { Plugs } from '../platform/module.ts'

/** The plug-ins that modules may ask. Throws CHANNEL_UNKNOWN for one that is not plugged in. */
export function plugsOf(channels: readonly AnyChannel[]): Plugs {
  const byId = new Map(channels.map((plug) => [plug.manifest.id, plug]))
  return {
    channels,
    channel: (id) => {
      const plug = byId.get(id)
      if (!plug) throw new Failure('CHANNEL_UNKNOWN', { channel: id })
      return plug
    },
  }
}
