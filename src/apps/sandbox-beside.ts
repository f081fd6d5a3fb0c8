import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SandboxBeside, SandboxState } from '../modules/ops/index.ts'
import type { Config } from '../platform/config.ts'
import { demoPassword, demoPeople } from './sandbox/demo-company.ts'

const program = path.join(import.meta.dirname, 'sandbox.ts')
/** Ends the program should we be killed. */
const tether = pathToFileURL(path.join(import.meta.dirname, '../../scripts/tether.mjs')).href
const keptLines = 20

const closed: SandboxState = { state: 'closed', url: null, password: null, people: [], reason: null }

/**
 * The demo as a program of its own beside an installation in earnest, opened when somebody asks for it: another port, its data in `sandbox/`
 * below the data directory, nothing shared. It ends with us.
 */
export function openSandboxBeside(config: Config): SandboxBeside & { readonly close: () => Promise<void> } {
  let state: SandboxState = closed
  let child: ChildProcess | null = null
  const start = async () => {
    const url = addressBeside(config, await freePort(config.host))
    child = begin(config, url)
    const said: string[] = []
    child.stderr?.on('data', (text: Buffer) => said.push(String(text)) > keptLines && said.shift())
    child.once('message', () => {
      const people = demoPeople.map(({ loginName, words }) => ({ loginName, post: words }))
      state = { state: 'ready', url: url.origin, password: demoPassword, people, reason: null }
    })
    child.once('exit', () => {
      const reason = said.join('').trim().split('\n')[0] ?? ''
      state = state.state === 'starting' ? { ...closed, state: 'failed', reason } : closed
    })
  }
  return {
    state: () => state,
    open: () => {
      if (state.state === 'starting' || state.state === 'ready') return state
      state = { ...closed, state: 'starting' }
      start().catch((error: unknown) => {
        state = { ...closed, state: 'failed', reason: String(error) }
      })
      return state
    },
    close: async () => {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child?.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** On this machine, or wherever others reach it; a proxy in front of the installation does not know of it. */
function addressBeside({ host, publicUrl }: Config, port: number): URL {
  const isOpen = host === '0.0.0.0' || host === '::'
  const { hostname } = isOpen ? new URL(publicUrl) : { hostname: host.includes(':') ? `[${host}]` : host }
  return new URL(`http://${hostname}:${port}`)
}

function begin(config: Config, url: URL): ChildProcess {
  const { DATABASE_URL, TONGDAN_MASTER_KEY, ...environment } = process.env
  return spawn(process.execPath, ['--import', tether, program], {
    env: {
      ...environment,
      PORT: url.port,
      HOST: config.host,
      PUBLIC_URL: url.origin,
      DATA_DIR: config.dataDir,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
}

function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, host, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
