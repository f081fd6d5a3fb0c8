import { mkdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { demoCatalogue } from '../../simulators/demo-catalogue.ts'
import { channels } from '../connectors/index.ts'
import { Failure } from '../core/failures.ts'
import { seedPeople } from '../modules/security/index.ts'
import type { Config } from '../platform/config.ts'
import { startEmbedded } from '../platform/db/embedded.ts'
import { openDataHome } from './data-home.ts'
import { openAll } from './open-all.ts'
import { runProgram } from './run.ts'
import { demoBrand, demoPassword, demoPeople, foundCompany } from './sandbox/demo-company.ts'
import { openFrontDoor } from './sandbox/front-door.ts'
import { inside } from './sandbox/inside.ts'
import { type OutsideWorld, openOutsideWorld, type SimulatedShop } from './sandbox/outside-world.ts'
import { openSwitchboard } from './sandbox/switchboard.ts'

/**
 * `npm run demo`: the product itself with simulators as the outside world, each a program of its own. Begins afresh every time; its data
 * lie in `sandbox/` below the data directory and never meet real ones. `-- --orders-per-minute 30 --seed 7` sets speed and chance,
 * `--channels a,b` where it sells; one that takes no orders is simulated too, for whoever connects it by hand.
 */
const { values } = parseArgs({
  options: {
    'orders-per-minute': { type: 'string', default: '6' },
    seed: { type: 'string', default: '7' },
    'first-orders': { type: 'string', default: '40' },
    channels: { type: 'string' },
  },
  allowPositionals: true,
})
const ordersPerMinute = Number(values['orders-per-minute'])
const seed = Number(values.seed)

/** The company of the demo sells in the first so many channels of the registry, unless told otherwise. */
const channelsOfDemo = 5
const takesOrders = new Set(
  channels.filter(({ operations }) => 'orders.pull' in operations).map(({ manifest }) => manifest.id as string),
)
const channelIds = values.channels?.split(',') ?? channels.slice(0, channelsOfDemo).map((plug) => plug.manifest.id)

await runProgram(async (running) => {
  const { config, log, say, opened } = running
  const began = performance.now()
  const own = await freshHome(config)

  say('正在启动模拟的外部世界与数据库 (starting simulators and database)')
  const [world, home] = await Promise.all([openOutsideWorld(channelIds, seed), openDataHome(own, log, () => undefined)])
  opened.add('database', home.stop)
  opened.add('world', world.close)
  let market: string | null = null
  const addresses = Object.fromEntries(world.shops.map((shop) => [shop.channel, shop.address]))
  const house = await openAll(running, {
    config: own,
    home,
    channels: inside(channels, { addresses, limits: {} }),
    isSandbox: true,
    playground: { switchboard: openSwitchboard(world, () => market) },
  })

  say('正在布置演示公司 (founding the demo company)')
  const sellers = world.shops.filter(({ channel }) => takesOrders.has(channel))
  await fillShops(sellers)
  await seedPeople(house.system, demoPeople, demoBrand)
  await foundCompany(openFrontDoor(config.publicUrl), { goods: demoCatalogue, shops: sellers })
  market = await world.openMarket(ordersPerMinute, sellers)
  // Whoever started it from a program hears that it is ready.
  process.send?.({ ready: config.publicUrl })
  say(welcome(config, { seconds: (performance.now() - began) / 1_000, market, world }))
})

/** Another demo may be running on these very data. Throws PORT_TAKEN. */
async function mustBeFree({ port, host }: Config): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error) => reject(new Failure('PORT_TAKEN', { port }, error)))
    probe.listen(port, host, resolve)
  })
  await new Promise((resolve) => probe.close(resolve))
}

/** Data of their own below the data directory, made anew: simulators forget when they end, so the books must begin with them. */
async function freshHome(config: Config): Promise<Config> {
  const dataDir = path.join(config.dataDir, 'sandbox')
  await mustBeFree(config)
  const left = await startEmbedded({ dataDir }).catch(() => null)
  await left?.stop()
  await rm(dataDir, { recursive: true, force: true })
  await mkdir(dataDir, { recursive: true })
  return { ...config, dataDir, databaseUrl: null, masterKey: null, masterKeyFile: path.join(dataDir, 'master.key') }
}

async function fillShops(shops: readonly SimulatedShop[]): Promise<void> {
  const listings = demoCatalogue.map(({ usualStock, ...good }) => good)
  for (const shop of shops) {
    await shop.control('listings', listings)
    await shop.control('buy', { count: Number(values['first-orders']), seed })
  }
}

function welcome(
  config: Config,
  given: { readonly seconds: number; readonly market: string; readonly world: OutsideWorld },
): string {
  const people = demoPeople.map((one) => `  ${one.words.padEnd(4, '　')} ${one.loginName.padEnd(8)} ${demoPassword}`)
  return [
    '',
    `统单演示已就绪 (demo ready, ${given.seconds.toFixed(1)} s)：${config.publicUrl}`,
    '',
    '登录名与密码 (log-ins)：',
    ...people,
    '',
    `买家每分钟下 ${ordersPerMinute} 单；调速 (change speed)：curl -X POST ${given.market}/_market/speed -d '{"ordersPerMinute":30}'`,
    ...given.world.shops.map((shop) => `  模拟平台 ${shop.zh}：${shop.address}`),
    '按 Ctrl-C 结束 (Ctrl-C ends it)',
  ].join('\n')
}
