import { openHouse } from './assemble.ts'
import { openDataHome } from './data-home.ts'
import { channelsOf } from './extensions.ts'
import { runProgram } from './run.ts'
import { inside, readWorld } from './sandbox/inside.ts'

/** Serves pages and calls only; needs DATABASE_URL, which workers share. */
await runProgram(async ({ config, log, say, opened }) => {
  const home = await openDataHome(config, log, say)
  opened.add('database', home.stop)
  const channels = await channelsOf(config)
  const world = readWorld(process.env['TONGDAN_SANDBOX'])
  const house = await openHouse({
    config,
    at: home.at,
    channels: world === null ? channels : inside(channels, world),
    log,
    isSandbox: world !== null,
  })
  opened.add('house', house.close)
  const http = await house.openServer()
  opened.add('server', http.close)
  await http.listen(config.port, config.host)
  say(`统单服务已就绪 (server ready): ${config.publicUrl}`)
})
