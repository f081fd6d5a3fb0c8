import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { demoCatalogue } from '../../simulators/demo-catalogue.ts'
import type { ReportedShipment, Simulator, StartSimulator, Truth } from '../../simulators/simulator.ts'
import { type House, openHouse } from '../../src/apps/assemble.ts'
import { type DemoGood, demoBrand, demoPeople, foundCompany } from '../../src/apps/sandbox/demo-company.ts'
import { type FrontDoor, openFrontDoor } from '../../src/apps/sandbox/front-door.ts'
import { inside } from '../../src/apps/sandbox/inside.ts'
import type { SimulatedShop } from '../../src/apps/sandbox/outside-world.ts'
import { channels } from '../../src/connectors/index.ts'
import type { AnyChannel } from '../../src/kit/channel.ts'
import type { Limit } from '../../src/kit/plug.ts'
import { seedPeople } from '../../src/modules/security/index.ts'
import type { Config } from '../../src/platform/config.ts'
import { silentLog } from '../../src/platform/log.ts'
import { type TestDatabase, testDatabase } from './database.ts'

/** A simulated shop beside the running product. */
export interface ShopBeside extends SimulatedShop {
  readonly orders: () => Promise<Truth[]>
  readonly shipments: () => Promise<ReportedShipment[]>
}

/** The whole product over a database of its own, with simulators as the outside world; everything goes through the front door. */
/** A platform whose messages are fetched and a website that pushes: whatever holds for these two holds for the rest by the shared suite. */
export const twoChannels = ['taobao', 'generic']

export interface OpenedHouse {
  readonly house: House
  readonly door: FrontDoor
  readonly config: Config
  readonly database: TestDatabase
  readonly plugs: readonly AnyChannel[]
  readonly shops: readonly ShopBeside[]
  /** Asks for a sync of every shop and waits until nothing is waiting. */
  readonly settle: (atMostMs?: number) => Promise<void>
  readonly close: () => Promise<void>
}

export interface HouseWanted {
  /** Pieces of every good; the usual stock of the demo brand otherwise. */
  readonly pieces?: number
  /** Pieces that listings show, whatever we have. */
  readonly shown?: number
  readonly goods?: readonly DemoGood[]
  /** In place of the quick ones. */
  readonly limits?: Readonly<Record<string, readonly Limit[]>>
  /** What simulators count as too much; far more than anybody asks, unless given. */
  readonly counted?: Readonly<Record<string, number>>
}

/** Limits high enough that a test of other things is not one of patience. The simulators are told the same. */
const quickLimits: readonly Limit[] = [{ operation: '*', per: 'app', times: 2_000, perMs: 1_000 }]

export async function openTestHouse(wanted: HouseWanted = {}): Promise<OpenedHouse> {
  const database = await testDatabase()
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tongdan-house-'))
  const port = await freePort()
  const config: Config = {
    port,
    host: '127.0.0.1',
    dataDir,
    databaseUrl: database.url,
    masterKey: null,
    masterKeyFile: path.join(dataDir, 'master.key'),
    publicUrl: `http://127.0.0.1:${port}`,
    extensionsDir: null,
    logLevel: 'error',
  }
  const simulators = await Promise.all(twoChannels.map(startSimulator))
  const shops = simulators.map(shopBeside)
  const addresses = Object.fromEntries(shops.map((shop) => [shop.channel, shop.address]))
  const plugs = inside(channels, { addresses, limits: limitsOf(wanted) })
  const house = await openHouse({ config, at: { url: database.url }, channels: plugs, log: silentLog, isSandbox: true })
  const worker = await house.openWorker(6)
  const http = await house.openServer()
  await http.listen(port, config.host)
  const door = openFrontDoor(config.publicUrl)

  const goods = (wanted.goods ?? demoCatalogue).map((good) => ({
    ...good,
    usualStock: wanted.pieces ?? good.usualStock,
  }))
  for (const shop of shops) {
    await setLimits(shop, wanted.counted ?? {})
    await shop.control(
      'listings',
      goods.map(({ usualStock, ...good }) => ({ ...good, quantity: wanted.shown ?? usualStock })),
    )
  }
  await seedPeople(house.system, demoPeople, demoBrand)
  await foundCompany(door, { goods, shops })
  const opened = { house, door, config, database, plugs, shops }
  return {
    ...opened,
    settle: (atMostMs = 60_000) => settle(opened, atMostMs),
    close: async () => {
      await http.close()
      await worker.stop()
      await house.close()
      await Promise.all(simulators.map((simulator) => simulator.close()))
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Each channel's own list of limits; quick ones for all unless some are given, and then the platform's own for the others. */
function limitsOf({ limits }: HouseWanted): Record<string, Limit[]> {
  const given = limits ?? Object.fromEntries(twoChannels.map((id) => [id, quickLimits]))
  return Object.fromEntries(Object.entries(given).map(([channel, list]) => [channel, [...list]]))
}

async function startSimulator(channel: string): Promise<Simulator> {
  const { start } = (await import(`../../simulators/channels/${channel}/index.ts`)) as { start: StartSimulator }
  return start({ port: 0, seed: 7 })
}

function shopBeside({ about }: Simulator): ShopBeside {
  const control = async <T>(where: string, body?: unknown): Promise<T> => {
    const response = await fetch(
      `${about.address}/_sim/${where}`,
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    )
    if (!response.ok) throw new Error(`${about.channel} /_sim/${where}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  return {
    channel: about.channel,
    zh: about.zh,
    address: about.address,
    control,
    orders: () => control('orders?since=0'),
    shipments: () => control('shipments'),
  }
}

/** Where a simulator keeps limits that can be set, they are set so high that nothing is counted, except those named. */
async function setLimits(shop: ShopBeside, counted: Readonly<Record<string, number>>): Promise<void> {
  const limits = { app: 100_000, shopReads: 100_000, shopWrites: 100_000, stockWritesPerItem: 100_000, ...counted }
  await shop.control('settings', { limits }).catch(() => undefined)
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

type Parts = Pick<OpenedHouse, 'house' | 'door'>

async function settle({ house, door }: Parts, atMostMs: number): Promise<void> {
  const { shops } = await door.call<{ shops: { shopId: number }[] }>('GET', '/shops')
  for (const { shopId } of shops) await door.call('POST', `/shops/${shopId}/sync`, { shopId })
  const until = Date.now() + atMostMs
  let quiet = 0
  while (quiet < 3) {
    if (Date.now() > until) throw new Error(`the house did not come to rest: ${JSON.stringify(await waiting(house))}`)
    quiet = (await waiting(house)).length === 0 ? quiet + 1 : 0
    await pause(100)
  }
}

/** Jobs that could run now or within a moment, schedules aside. */
async function waiting({ database }: House): Promise<unknown[]> {
  const { rows } = await database.pool.query(
    `select task_identifier, count(*) from graphile_worker.jobs
      where run_at < now() + interval '3 seconds' and (locked_at is not null or attempts < max_attempts) and key is distinct from task_identifier
      group by task_identifier
     union all select 'seen', count(*) from channels.seen where state = 'waiting' having count(*) > 0`,
  )
  return rows
}
