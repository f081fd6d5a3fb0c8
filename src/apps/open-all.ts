import type { AnyChannel } from '../kit/channel.ts'
import type { Playground } from '../modules/ops/index.ts'
import type { Config } from '../platform/config.ts'
import { type House, jobsAtOnce, openHouse } from './assemble.ts'
import type { DataHome } from './data-home.ts'
import type { Running } from './run.ts'

/** Opens the house with worker and server in this process, each to be closed with the program. Throws PORT_TAKEN. */
export async function openAll(
  { log, opened }: Running,
  given: {
    readonly config: Config
    readonly home: DataHome
    readonly channels: readonly AnyChannel[]
    readonly isSandbox: boolean
    readonly playground?: Playground
  },
): Promise<House> {
  const { config, home, ...parts } = given
  const house = await openHouse({ ...parts, config, at: home.at, log })
  opened.add('house', house.close)
  const http = await house.openServer()
  opened.add('server', http.close)
  await http.listen(config.port, config.host)
  const worker = await house.openWorker(jobsAtOnce)
  opened.add('worker', worker.stop)
  return house
}
