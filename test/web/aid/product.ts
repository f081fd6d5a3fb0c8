import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { About, Act, Fault, Purchase, Truth } from '../../../simulators/simulator.ts'

const root = path.join(import.meta.dirname, '../../..')
const startsWithinMs = 120_000

/** The product itself, running as a program of its own. */
export interface Product {
  readonly url: string
  /** Where it keeps what it keeps. */
  readonly dataDir: string
  readonly stop: () => Promise<void>
}

/** The sandbox, with the doors of its simulated shops. */
export interface Sandbox extends Product {
  readonly shops: readonly OutsideShop[]
}

/** A simulated shop, where a test may let buyers do things. */
export interface OutsideShop {
  readonly buy: (purchase: Purchase) => Promise<readonly Truth[]>
  readonly act: (act: Act) => Promise<void>
  readonly orders: () => Promise<readonly Truth[]>
  /** The keys with which it is connected. */
  readonly about: () => Promise<About>
  /** Breaks it in these ways from now on; none heals it. */
  readonly fault: (faults: readonly Fault[]) => Promise<void>
}

/** Starts `npm start` in an empty place. */
export async function startProduct(): Promise<Product> {
  const { url, dataDir, stop } = await run('src/apps/start.ts', [], /\(ready/)
  return { url, dataDir, stop }
}

/** Starts the sandbox with `firstOrders` a shop; its market sleeps, so that only the test makes things happen. */
export async function startSandbox(firstOrders: number, channels = 'taobao,generic'): Promise<Sandbox> {
  const args = [
    '--first-orders',
    String(firstOrders),
    '--orders-per-minute',
    '0.01',
    '--seed',
    '7',
    '--channels',
    channels,
  ]
  const { url, dataDir, stop, said } = await run('src/apps/sandbox.ts', args, /Ctrl-C/)
  const shops = [...said().matchAll(/模拟平台 \S+?：(http:\S+)/g)].map(([, door = '']) => outsideShop(door))
  return { url, dataDir, stop, shops }
}

function outsideShop(door: string): OutsideShop {
  const ask = async (method: string, call: string, body?: unknown) => {
    const answer = await fetch(`${door}/_sim/${call}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${call}: ${await answer.text()}`)
    return answer.json()
  }
  return {
    buy: async (purchase) => ((await ask('POST', 'buy', purchase)) as { orders: Truth[] }).orders,
    act: async (act) => void (await ask('POST', 'act', act)),
    orders: async () => (await ask('GET', 'orders?since=0')) as Truth[],
    about: async () => (await ask('GET', 'about')) as About,
    fault: async (faults) => void (await ask('POST', 'faults', { faults })),
  }
}

async function run(program: string, args: readonly string[], ready: RegExp) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tongdan-page-'))
  const port = await freePort()
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const note = (text: Buffer) => {
    output += String(text)
  }
  child.stdout.on('data', note)
  child.stderr.on('data', note)
  try {
    await until(() => ready.test(output), child)
  } catch (error) {
    throw new Error(`${program} did not start:\n${output}`, { cause: error })
  }
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    said: () => output,
    stop: async () => {
      await end(child)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function until(isReady: () => boolean, child: ChildProcess): Promise<void> {
  const began = performance.now()
  while (!isReady()) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    if (performance.now() - began > startsWithinMs) throw new Error('it took too long')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
