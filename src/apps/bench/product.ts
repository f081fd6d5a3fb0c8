import path from 'node:path'
import { channels } from '../../connectors/index.ts'
import type { Limit } from '../../kit/plug.ts'
import { seedPeople } from '../../modules/security/index.ts'
import type { Config } from '../../platform/config.ts'
import type { Database } from '../../platform/db/open.ts'
import { silentLog } from '../../platform/log.ts'
import { type House, jobsAtOnce, openHouse } from '../assemble.ts'
import { openDataHome } from '../data-home.ts'
import { connectShop, type DemoGood, demoBrand, demoPeople, foundCompany } from '../sandbox/demo-company.ts'
import { openFrontDoor } from '../sandbox/front-door.ts'
import { inside } from '../sandbox/inside.ts'
import type { SimulatedShop } from '../sandbox/outside-world.ts'

interface Furnishing {
  readonly goods: readonly DemoGood[]
  /** By channel, in place of the platform's own. */
  readonly limits?: Readonly<Record<string, Limit[]>>
  /** Channels whose shops live by files: there they are, and never called. */
  readonly byFile?: readonly string[]
  /** What is put into the books before the shops are connected. */
  readonly furnish?: (database: Database) => Promise<void>
}

/** The product as it runs, for a bench that plays the outside world. */
export interface RunningHouse extends Pick<House, 'database'> {
  /** Of its page and API. */
  readonly address: string
  readonly close: () => Promise<void>
}

/** The product as in earnest, on a database of its own, with a shop at each simulated platform. */
export async function openProduct(
  folder: string,
  shops: readonly SimulatedShop[],
  given: Furnishing,
): Promise<RunningHouse> {
  const config = configIn(folder)
  const home = await openDataHome(config, silentLog, () => undefined)
  const addresses = Object.fromEntries([
    ...(given.byFile ?? []).map((channel) => [channel, nowhere] as const),
    ...shops.map((shop) => [shop.channel, shop.address] as const),
  ])
  const house = await openHouse({
    config,
    at: home.at,
    log: silentLog,
    channels: inside(channels, { addresses, limits: given.limits ?? {} }),
    isSandbox: true,
  })
  const http = await house.openServer()
  await http.listen(config.port, config.host)
  const worker = await house.openWorker(jobsAtOnce)
  await seedPeople(house.system, demoPeople, demoBrand)
  const door = openFrontDoor(config.publicUrl)
  await foundCompany(door, { goods: given.goods, shops: [], waybills: 10 })
  await given.furnish?.(house.database)
  for (const shop of shops) await connectShop(door, shop)
  return {
    database: house.database,
    address: config.publicUrl,
    close: async () => {
      await worker.stop()
      await http.close()
      await house.close()
      await home.stop()
    },
  }
}

const port = 4871
const nowhere = 'http://127.0.0.1:9'
const configIn = (dataDir: string): Config => ({
  port,
  host: '127.0.0.1',
  dataDir,
  databaseUrl: null,
  masterKey: null,
  masterKeyFile: path.join(dataDir, 'master.key'),
  publicUrl: `http://127.0.0.1:${port}`,
  extensionsDir: null,
  logLevel: 'error',
})
