import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { demoBrand, demoCatalogue } from '../../simulators/demo-catalogue.ts'
import { channels } from '../connectors/index.ts'
import { seedPeople } from '../modules/security/index.ts'
import { openHouse } from './assemble.ts'
import { openDataHome } from './data-home.ts'
import { runProgram } from './run.ts'
import { demoPassword, demoPeople, foundCompany } from './sandbox/demo-company.ts'
import { openFrontDoor } from './sandbox/front-door.ts'
import { inside } from './sandbox/inside.ts'
import { openOutsideWorld } from './sandbox/outside-world.ts'

/**
 * `npm run demo`: the product itself with simulators as the outside world, each a program of its own. Begins afresh every time; the data
 * lie in `sandbox/` below the data directory and never meet real ones. `-- --orders-per-minute 30 --seed 7` sets speed and chance.
 */
const { values } = parseArgs({
  options: {
    'orders-per-minute': { type: 'string', default: '6' },
    seed: { type: 'string', default: '7' },
    'first-orders': { type: 'string', default: '40' },
  },
  allowPositionals: true,
})
const ordersPerMinute = Number(values['orders-per-minute'])
const seed = Number(values.seed)

await runProgram(async ({ config, log, say, opened }) => {
  const began = performance.now()
  const dataDir = path.join(config.dataDir, 'sandbox')
  await rm(dataDir, { recursive: true, force: true })
  await mkdir(dataDir, { recursive: true })
  const own = { ...config, dataDir, databaseUrl: null, masterKeyFile: path.join(dataDir, 'master.key') }

  say('正在启动模拟的外部世界与数据库 (starting simulators and database)')
  const [world, home] = await Promise.all([
    openOutsideWorld(
      channels.map((plug) => plug.manifest.id),
      seed,
    ),
    openDataHome(own, log, () => undefined),
  ])
  opened.add('database', home.stop)
  opened.add('world', world.close)
  const house = await openHouse({
    config: own,
    at: home.at,
    channels: inside(channels, {
      addresses: Object.fromEntries(world.shops.map((shop) => [shop.channel, shop.address])),
    }),
    log,
    isSandbox: true,
  })
  opened.add('house', house.close)
  const worker = await house.openWorker(6)
  opened.add('worker', worker.stop)
  const http = await house.openServer()
  opened.add('server', http.close)
  await http.listen(config.port, config.host)

  say('正在布置演示公司 (founding the demo company)')
  for (const shop of world.shops) {
    await shop.control(
      'listings',
      demoCatalogue.map(({ usualStock, ...good }) => good),
    )
    await shop.control('buy', { count: Number(values['first-orders']), seed })
  }
  await seedPeople(house.system, demoPeople, demoBrand)
  await foundCompany(openFrontDoor(config.publicUrl), {
    goods: demoCatalogue,
    shops: world.shops,
  })
  const market = await world.openMarket(ordersPerMinute)

  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  say(`\n统单演示已就绪 (demo ready, ${seconds} s)：${config.publicUrl}\n`)
  for (const person of demoPeople)
    say(`  ${person.words.padEnd(4, '　')} ${person.loginName.padEnd(8)} ${demoPassword}`)
  say(
    `\n买家每分钟下 ${ordersPerMinute} 单；调速 (change speed)：curl -X POST ${market}/_market/speed -d '{"ordersPerMinute":30}'`,
  )
  for (const shop of world.shops) say(`  模拟平台 ${shop.channel}：${shop.address}`)
  say('按 Ctrl-C 结束 (Ctrl-C ends it)')
})
