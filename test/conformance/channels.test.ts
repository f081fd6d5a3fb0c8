import { channels } from '../../src/connectors/index.ts'
import { channelConformance } from './channels.ts'
import { startOf } from './find-simulator.ts'

for (const plug of channels) channelConformance(plug, startOf(plug.manifest.id))
