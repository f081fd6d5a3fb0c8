import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countTests } from '../scripts/gate.mjs'
import { isRunning, untilGone } from '../src/platform/db/embedded-process.ts'

const supervisor = pathToFileURL(path.join(import.meta.dirname, '../scripts/supervise.mjs')).href
let folder: string

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tongdan-runner-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

interface Run {
  readonly child: ChildProcess
  readonly lines: string[]
  /** The n-th line the program printed, from 1. */
  readonly line: (n: number) => Promise<string>
  readonly exitCode: Promise<number | null>
}

/** Runs a small program under the supervisor, in a process of its own. */
function supervised(program: string, options = '{ restarts: true }'): Run {
  const file = path.join(folder, `program-${Math.trunc(performance.now() * 1000)}.mjs`)
  writeFileSync(file, program)
  const runner = `import { supervise } from '${supervisor}'; process.exit(await supervise(process.execPath, '${file}', ${options}))`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', runner], {
    env: { ...process.env, DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const lines: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => lines.push(...text.trim().split('\n')))
  const line = async (n: number) => {
    for (let waited = 0; waited < 10_000; waited += 20) {
      const found = lines[n - 1]
      if (found !== undefined) return found
      await sleep(20)
    }
    throw new Error(`only ${lines.length} lines came`)
  }
  return { child, lines, line, exitCode: new Promise((resolve) => child.on('exit', resolve)) }
}

const patient = `
process.on('SIGTERM', () => { console.log('ending'); process.exit(0) })
console.log(process.pid)
setInterval(() => {}, 1000)`

describe('the runner beside the product', () => {
  test('passes the exit code on and does not start again', async () => {
    const run = supervised(`console.log('once'); process.exit(7)`)
    expect(await run.exitCode).toBe(7)
    expect(run.lines).toEqual(['once'])
  })

  test('starts it again when it was killed from outside', async () => {
    const run = supervised(patient)
    const first = Number(await run.line(1))
    process.kill(first, 'SIGKILL')
    const second = Number(await run.line(2))
    expect(second).not.toBe(first)
    run.child.kill('SIGTERM')
    expect(await run.exitCode).toBe(0)
    expect(isRunning(second)).toBe(false)
  })

  test('asks it to end in good order, once, however often Ctrl-C arrives', async () => {
    const run = supervised(patient)
    const pid = Number(await run.line(1))
    for (const name of ['SIGINT', 'SIGINT', 'SIGTERM'] as const) run.child.kill(name)
    expect(await run.exitCode).toBe(0)
    expect(run.lines).toEqual([`${pid}`, 'ending'])
  })

  test('can be stopped while it waits to start again', async () => {
    const run = supervised(patient)
    process.kill(Number(await run.line(1)), 'SIGKILL')
    await sleep(300)
    run.child.kill('SIGTERM')
    expect(await run.exitCode).toBe(0)
    expect(run.lines).toHaveLength(1)
  })

  test('leaves nothing behind when it is killed itself', async () => {
    const run = supervised(patient)
    const pid = Number(await run.line(1))
    run.child.kill('SIGKILL')
    expect(await untilGone(pid, 5_000)).toBe(true)
    expect(run.lines.at(-1)).toBe('ending')
  })

  test('gives up at once what is not to be restarted', async () => {
    const run = supervised(`process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)`, '{}')
    expect(await run.exitCode).toBe(128 + 9)
  })
})

test('tests are counted from the report; a file that cannot be loaded is one that failed', () => {
  const report = {
    numPassedTests: 10,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{}, {}] },
    ],
  }
  expect(countTests(report)).toEqual({ passed: 10, failed: 2, skipped: 3 })
})
