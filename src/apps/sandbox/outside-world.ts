import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** A simulated platform running as a program of its own. */
export interface SimulatedShop {
  readonly channel: string
  readonly zh: string
  readonly address: string
  /** A control call under `/_sim/`. */
  readonly control: <T>(path: string, body?: unknown) => Promise<T>
}

export interface OutsideWorld {
  readonly shops: readonly SimulatedShop[]
  /** Buyers begin to buy in these shops; gives the address of the market's own controls. */
  readonly openMarket: (ordersPerMinute: number, shops: readonly SimulatedShop[]) => Promise<string>
  readonly close: () => Promise<void>
}

const root = path.join(import.meta.dirname, '../../../simulators')

/** Starts one simulator per channel, each a process of its own that speaks the platform's protocol over HTTP. */
export async function openOutsideWorld(channels: readonly string[], seed: number): Promise<OutsideWorld> {
  const programs: ChildProcess[] = []
  const shops = await Promise.all(channels.map((channel) => startShop(channel, seed, programs)))
  return {
    shops,
    openMarket: async (ordersPerMinute, open) => {
      const given = open.flatMap((shop) => ['--shop', shop.address])
      const line = await startProgram(programs, [
        path.join(root, 'market.ts'),
        ...given,
        '--seed',
        String(seed),
        '--orders-per-minute',
        String(ordersPerMinute),
      ])
      return (JSON.parse(line) as { address: string }).address
    },
    close: async () => {
      await Promise.all(programs.map(ended))
    },
  }
}

async function startShop(channel: string, seed: number, programs: ChildProcess[]): Promise<SimulatedShop> {
  const line = await startProgram(programs, [path.join(root, 'run.ts'), channel, '--port', '0', '--seed', String(seed)])
  const { address, zh } = JSON.parse(line) as { address: string; zh: string }
  return { channel, zh, address, control: (where, body) => control(address, where, body) }
}

async function control<T>(address: string, where: string, body?: unknown): Promise<T> {
  const response = await fetch(
    `${address}/_sim/${where}`,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  )
  const text = await response.text()
  if (!response.ok) throw new Error(`simulator ${address}/_sim/${where}: ${response.status} ${text}`)
  return JSON.parse(text) as T
}

/** Starts a program, which ends with us however we end, and waits for the first line it prints. */
async function startProgram(programs: ChildProcess[], args: readonly string[]): Promise<string> {
  const program = spawn(process.execPath, [...args, '--attached'], { stdio: ['pipe', 'pipe', 'inherit'] })
  programs.push(program)
  return new Promise((resolve, reject) => {
    createInterface({ input: program.stdout! }).once('line', resolve)
    program.once('exit', (code) => reject(new Error(`${path.basename(args[0] ?? '')} ended with ${code}`)))
  })
}

async function ended(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return
  const gone = new Promise((resolve) => program.once('exit', resolve))
  program.kill('SIGTERM')
  await gone
}
