import { channels } from '../connectors/index.ts'
import { openHouse } from './assemble.ts'
import { openDataHome } from './data-home.ts'
import { runProgram } from './run.ts'

/** `npm start`: server and worker in one process, with our own PostgreSQL unless DATABASE_URL names another. */
await runProgram(async ({ config, log, say, opened }) => {
  const began = performance.now()
  const home = await openDataHome(config, log, say)
  opened.add('database', home.stop)
  const house = await openHouse({ config, at: home.at, channels, log, isSandbox: false })
  opened.add('house', house.close)
  const worker = await house.openWorker(6)
  opened.add('worker', worker.stop)
  const http = await house.openServer()
  opened.add('server', http.close)
  await http.listen(config.port, config.host)
  say(`统单已就绪 (ready, ${((performance.now() - began) / 1000).toFixed(1)} s): ${config.publicUrl}`)
})
