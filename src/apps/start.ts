import { openDataHome } from './data-home.ts'
import { channelsOf } from './extensions.ts'
import { openAll } from './open-all.ts'
import { runProgram } from './run.ts'
import { openSandboxBeside } from './sandbox-beside.ts'

/** `npm start`: server and worker in one process, with our own PostgreSQL unless DATABASE_URL names another. */
await runProgram(async (running) => {
  const { config, log, say, opened } = running
  const began = performance.now()
  const channels = await channelsOf(config)
  const home = await openDataHome(config, log, say)
  opened.add('database', home.stop)
  const sandbox = openSandboxBeside(config)
  opened.add('sandbox', sandbox.close)
  await openAll(running, { config, home, channels, isSandbox: false, playground: { sandbox } })
  say(`统单已就绪 (ready, ${((performance.now() - began) / 1000).toFixed(1)} s): ${config.publicUrl}`)
})
