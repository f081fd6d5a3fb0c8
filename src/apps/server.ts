import { channels } from '../connectors/index.ts'
import { openHouse } from './assemble.ts'
import { openDataHome } from './data-home.ts'
import { runProgram } from './run.ts'

/** Serves pages and calls only; needs DATABASE_URL, which workers share. */
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
  const http = await house.openServer()
  opened.add('server', http.close)
  await http.listen(config.port, config.host)
  say(`统单服务已就绪 (server ready): ${config.publicUrl}`)
})
