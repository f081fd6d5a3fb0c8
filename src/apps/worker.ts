import { channels } from '../connectors/index.ts'
import { openHouse } from './assemble.ts'
import { openDataHome } from './data-home.ts'
import { runProgram } from './run.ts'

/** Works jobs only; needs DATABASE_URL. Any number may run. */
await runProgram(async ({ config, log, say, opened }) => {
  const home = await openDataHome(config, log, say)
  opened.add('database', home.stop)
  const house = await openHouse({
    config,
    at: home.at,
    channels,
    log,
    isSandbox: process.env['TONGDAN_SANDBOX'] === '1',
  })
  opened.add('house', house.close)
  const worker = await house.openWorker(8)
  opened.add('worker', worker.stop)
  say('统单后台已就绪 (worker ready)')
})
