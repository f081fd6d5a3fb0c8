import { channels } from '../connectors/index.ts'
import { openDataHome } from './data-home.ts'
import { openAll } from './open-all.ts'
import { runProgram } from './run.ts'

/** `npm start`: server and worker in one process, with our own PostgreSQL unless DATABASE_URL names another. */
await runProgram(async (running) => {
  const { config, log, say, opened } = running
  const began = performance.now()
  const home = await openDataHome(config, log, say)
  opened.add('database', home.stop)
  await openAll(running, { config, home, channels, isSandbox: false })
  say(`统单已就绪 (ready, ${((performance.now() - began) / 1000).toFixed(1)} s): ${config.publicUrl}`)
})
