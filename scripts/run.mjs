// The one door to everything: `node scripts/run.mjs start | demo | test | check | bench | soak [options]`. Runs on Node 20 with nothing
// installed; says what it does as it goes.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { ensureInstalled, ensurePage, findNode, root } from './prepare.mjs'
import { giveUp } from './say.mjs'
import { supervise } from './supervise.mjs'

const [command, ...args] = process.argv.slice(2)

const commands = {
  start: () => runProduct('src/apps/start.ts'),
  demo: () => runProduct('src/apps/sandbox.ts'),
  bench: runBench,
  soak: runSoak,
  test: () => runGate('whole'),
  check: () => runGate('quick'),
}

const run = commands[command]
if (run === undefined) giveUp(`用法：node scripts/run.mjs ${Object.keys(commands).join(' | ')}`, 'usage')
process.exit(await run())

async function runProduct(program) {
  await ensureInstalled()
  const node = findNode()
  await ensurePage(node)
  return supervise(node, path.join(root, program), { args, restarts: true })
}

async function runBench() {
  await ensureInstalled()
  const bench = ['src/apps/bench.ts', 'src/apps/bench/index.ts'].map((name) => path.join(root, name)).find(existsSync)
  if (bench === undefined) giveUp('没有找到 src/apps/bench.ts', 'src/apps/bench.ts is not there')
  return supervise(findNode(), bench, { args })
}

/** A whole simulated day over every channel; `SOAK_HOURS` for another length. */
async function runSoak() {
  await ensureInstalled()
  process.env.SOAK_HOURS ??= '24'
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
  return supervise(findNode(), vitest, {
    args: ['run', '--project=database', 'test/flows/compressed-day.test.ts', ...args],
  })
}

async function runGate(extent) {
  await ensureInstalled()
  const { gate } = await import('./gate.mjs')
  return gate(findNode(), extent)
}
