import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { openCtx } from '../../src/platform/ctx.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { startWorker } from '../../src/platform/jobs/work.ts'
import { silentLog } from '../../src/platform/log.ts'
import { systemActor } from '../../src/platform/module.ts'
import { openVault } from '../../src/platform/vault/vault.ts'

// A worker in a process of its own that begins one kind of job, says so, and never ends it: `node test/aid/hold-job.ts <database url> <job>`.
const [, , url = '', job = ''] = process.argv
const database = openDatabase({ url, poolSize: 4 })
const ctxFor = openCtx({
  database,
  now: () => Date.now(),
  plugs: {
    channels: [],
    channel: (id) => {
      throw new Error(`there is no channel here: ${id}`)
    },
  },
  has: () => false,
  vault: openVault([{ id: 1, bytes: randomBytes(32) }]),
  send: () => Promise.reject(new Error('nothing may go out here')),
  listenersOf: () => [],
  settings: { isSandbox: true, publicUrl: 'http://127.0.0.1', dataDir: tmpdir() },
  log: silentLog,
})
const run = async (_ctx: unknown, input: unknown) => {
  process.stdout.write(`${JSON.stringify(input)}\n`)
  await new Promise(() => setInterval(() => undefined, 60_000))
}
const holding = { name: 'holding', routes: [], jobs: [{ name: job, run }], listeners: {}, schedules: [] }
await startWorker(ctxFor(systemActor(new Set())), [holding], { pool: database.pool, atOnce: 1 })
