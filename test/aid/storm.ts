import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { SimulatedShop } from '../../src/apps/sandbox/outside-world.ts'
import { openOutsideWorld } from '../../src/apps/sandbox/outside-world.ts'
import { type EmbeddedServer, startEmbedded } from '../../src/platform/db/embedded.ts'
import { urlOf } from './database.ts'
import { freePort } from './house.ts'

/** The product as it runs in earnest: server, worker and database each a process of its own, any of which may be killed. */
export interface Storm {
  readonly address: string
  readonly databaseUrl: () => string
  readonly dataDir: string
  readonly shops: readonly SimulatedShop[]
  /** Kills one part with SIGKILL; it is started again at once, as a supervisor would. */
  readonly kill: (part: Part) => Promise<void>
  /** Waits until the server answers. */
  readonly ready: () => Promise<void>
  /** What the parts said on standard error, newest last. */
  readonly said: () => string
  readonly close: () => Promise<void>
}
export const parts = ['server', 'worker', 'database'] as const
export type Part = (typeof parts)[number]

const root = path.join(import.meta.dirname, '../..')

/** Starts everything; `channels` are simulated, limits are those of load. */
export async function openStorm(channels: readonly string[], seed: number, level = 'error'): Promise<Storm> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tongdan-storm-'))
  const world = await openOutsideWorld(channels, seed)
  let database: EmbeddedServer = await startEmbedded({ dataDir, durable: true })
  const port = await freePort()
  const said: string[] = []
  const environment = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: urlOf(database.connection),
    LOG_LEVEL: level,
    TONGDAN_SANDBOX: JSON.stringify({
      addresses: Object.fromEntries(world.shops.map((shop) => [shop.channel, shop.address])),
      limits: Object.fromEntries(
        channels.map((channel) => [channel, [{ operation: '*', per: 'app', times: 2_000, perMs: 1_000 }]]),
      ),
    }),
  }
  let isClosing = false
  const running = new Map<'server' | 'worker', ChildProcess>()
  const start = (part: 'server' | 'worker') => {
    const child = spawn(process.execPath, [path.join(root, `src/apps/${part}.ts`)], {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString().slice(0, 2_000)) > 200 && said.shift())
    child.once('exit', () => {
      if (!isClosing) setTimeout(() => start(part), 100)
    })
    running.set(part, child)
  }
  start('server')
  await answering(port)
  start('worker')

  return {
    address: `http://127.0.0.1:${port}`,
    databaseUrl: () => urlOf(database.connection),
    dataDir,
    shops: world.shops,
    kill: async (part) => {
      if (part !== 'database') {
        running.get(part)?.kill('SIGKILL')
        return
      }
      const gone = new Promise<void>((resolve) => database.onExit(() => resolve()))
      process.kill(database.pid, 'SIGKILL')
      await gone
      database = await startEmbedded({ dataDir, durable: true })
    },
    ready: () => answering(port),
    said: () => said.join(''),
    close: async () => {
      isClosing = true
      await Promise.all([...running.values()].map(ended))
      await world.close()
      await database.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function answering(port: number): Promise<void> {
  for (let tried = 0; tried < 600; tried += 1) {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null)
    if (response?.ok) return
    await pause(100)
  }
  throw new Error('the server did not come up')
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await gone
  clearTimeout(timer)
}
