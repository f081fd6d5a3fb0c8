import { Failure, failureWords } from '../core/failures.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { isUnreachable } from '../platform/db/open.ts'
import type { Log } from '../platform/log.ts'
import { openLog } from '../platform/log.ts'

/** What has been opened and must be closed, last first. */
export interface Opened {
  readonly add: (name: string, close: () => Promise<unknown>) => void
}

export interface Running {
  readonly config: Config
  readonly log: Log
  readonly opened: Opened
  /** A sentence for whoever started it. */
  readonly say: (text: string) => void
}

/**
 * Runs a program of the product: reads the settings, opens what `open` asks for, and closes all of it in reverse order on Ctrl-C or
 * SIGTERM. What cannot start says why in one sentence, in Chinese and English, and exits 1.
 */
export async function runProgram(open: (running: Running) => Promise<void>): Promise<void> {
  const closers: { name: string; close: () => Promise<unknown> }[] = []
  const say = (text: string) => void process.stdout.write(`${text}\n`)
  let isClosing = false
  const closeAll = async () => {
    if (isClosing) return
    isClosing = true
    for (const { close } of closers.reverse()) await close().catch(() => undefined)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void closeAll().then(() => process.exit(0)))
  }

  // The job library may leave a promise behind when the database goes away in the middle of a job; the worker begins anew by itself.
  process.on('unhandledRejection', (error) => {
    if (!isUnreachable(error)) throw error
  })

  try {
    const config = readConfig(process.env)
    const log = openLog({ level: config.logLevel, destination: process.stderr })
    await open({ config, log, say, opened: { add: (name, close) => void closers.push({ name, close }) } })
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`)
    await closeAll()
    process.exit(1)
  }
}

function sentence(error: unknown): string {
  if (error instanceof Failure)
    return `${failureWords(error.code, error.details)}\n${failureWords(error.code, error.details, 'en')}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
