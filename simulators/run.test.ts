import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { About } from './simulator.ts'

const program = fileURLToPath(new URL('./run.ts', import.meta.url))

test.each(['SIGTERM', 'SIGINT'] as const)(
  'a simulator runs alone, says where it is, and ends cleanly on %s',
  async (signal) => {
    const child = spawn(process.execPath, [program, 'taobao', '--port', '0', '--seed', '3'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const about = JSON.parse(line) as About
    expect(await (await fetch(`${about.address}/_sim/about`)).json()).toEqual(about)
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([0, null])
  },
)

test('an attached one ends when whoever started it is gone', async () => {
  const child = spawn(process.execPath, [program, 'generic', '--attached'], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(createInterface({ input: child.stdout }), 'line')
  child.stdin.destroy()
  expect(await once(child, 'exit')).toEqual([0, null])
})

test.each([
  { when: 'no channel is named', words: [] },
  { when: 'the channel is a path', words: ['../taobao'] },
])('it refuses when $when', async ({ words }) => {
  const child = spawn(process.execPath, [program, ...words], { stdio: 'ignore' })
  expect(await once(child, 'exit')).toEqual([2, null])
})
