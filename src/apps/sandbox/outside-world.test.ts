import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test, vi } from 'vitest'

const program = `
import { openOutsideWorld } from ${JSON.stringify(path.join(import.meta.dirname, 'outside-world.ts'))}
const world = await openOutsideWorld(['taobao', 'generic'], 7)
const market = await world.openMarket(1, world.shops)
console.log(JSON.stringify([...world.shops.map((shop) => shop.address), market]))
setInterval(() => undefined, 1_000)`

const answers = (address: string) =>
  fetch(address).then(
    () => true,
    () => false,
  )

test('simulators and market end with the program that opened them, even when it is killed', async () => {
  const opener = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface({ input: opener.stdout }), 'line')) as [string]
  const addresses = JSON.parse(line) as string[]
  expect(await Promise.all(addresses.map(answers))).toEqual([true, true, true])
  opener.kill('SIGKILL')
  await vi.waitFor(async () => expect(await Promise.all(addresses.map(answers))).toEqual([false, false, false]), {
    timeout: 10_000,
    interval: 100,
  })
})
