import { jobsAtOnce, openHouse } from './assemble.ts'
import { openDataHome } from './data-home.ts'
import { channelsOf } from './extensions.ts'
import { runProgram } from './run.ts'
import { inside, readWorld } from './sandbox/inside.ts'

/** Works jobs only; needs DATABASE_URL. Any number may run. */
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
  const worker = await house.openWorker(jobsAtOnce)
  opened.add('worker', worker.stop)
  say('统单后台已就绪 (worker ready)')
})
