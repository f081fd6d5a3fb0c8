// The gate: every check of the repository, each run to its end whatever the others say, and one line of counts at the last.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { markBuilt, root, runQuietly } from './prepare.mjs'
import { say } from './say.mjs'
import { ensureTools, findBrowser } from './tools.mjs'

const tool = (...parts) => path.join(root, 'node_modules', ...parts)

/** Runs the gate, `quick` (what needs no database and no browser) or `whole`. Gives the exit code. */
export async function gate(node, extent) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const failures = []
  const note = (name, outcome) => {
    for (const kind of Object.keys(counts)) counts[kind] += outcome[kind] ?? 0
    if (outcome.failed > 0) failures.push(name)
  }
  for (const step of extent === 'quick' ? quickSteps(node) : wholeSteps(node)) {
    say(`▶ ${step.zh}`, step.name)
    const outcome = await step.run()
    note(step.name, outcome)
    say(`${outcome.failed > 0 ? '✗' : '✓'} ${step.zh}：${tell(outcome)}`)
  }
  if (failures.length > 0) say(`没有通过：${failures.join('、')}`, 'these failed')
  process.stdout.write(`${tell(counts)}\n`)
  return counts.failed > 0 ? 1 : 0
}

/** `N passed, N failed`, and what was skipped when anything was. */
function tell({ passed = 0, failed = 0, skipped = 0 }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function quickSteps(node) {
  return [...staticSteps(node), { name: 'unit tests', zh: '单元测试', run: () => tests(node, ['unit', 'beijing']) }]
}

function wholeSteps(node) {
  return [
    { name: 'tools', zh: '测试工具', run: async () => ({ skipped: (await ensureTools()).length }) },
    ...staticSteps(node),
    { name: 'tests', zh: '测试', run: () => tests(node, ['unit', 'beijing', 'database']) },
    ...pageSteps(node),
  ]
}

function staticSteps(node) {
  return [
    check('types', '类型', [
      [node, tool('typescript7', 'bin', 'tsc'), '-p', 'tsconfig.json'],
      [node, tool('typescript7', 'bin', 'tsc'), '-p', 'web/tsconfig.json'],
    ]),
    check('lint', '格式与检查', [
      [node, tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.'],
      [node, tool('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings', '.'],
    ]),
    check('rooms', '模块边界', [[node, 'scripts/check-rooms.mjs']]),
    check('unused', '无用代码', [[node, tool('knip', 'bin', 'knip.js')]]),
  ]
}

function pageSteps(node) {
  if (!existsSync(path.join(root, 'web', 'index.html'))) return []
  return [
    {
      name: 'page',
      zh: '构建网页',
      run: async () => {
        const startedAt = new Date()
        const outcome = await runAll([[node, tool('vite', 'bin', 'vite.js'), 'build', 'web']])
        if (outcome.failed === 0) markBuilt(startedAt)
        return outcome
      },
    },
    check('size', '网页大小', [[node, tool('size-limit', 'bin.js')]]),
    { name: 'browser tests', zh: '浏览器测试', run: () => browserTests(node) },
  ]
}

const check = (name, zh, commands) => ({ name, zh, run: () => runAll(commands) })

/** All commands of a step; it passes when each ends with 0. What a failed one printed is shown. */
async function runAll(commands) {
  let failed = 0
  for (const [program, ...args] of commands) {
    const { code, output } = await runQuietly(program, args)
    if (code === 0) continue
    failed = 1
    process.stderr.write(`${output.trimEnd()}\n`)
  }
  return { passed: 1 - failed, failed }
}

async function browserTests(node) {
  const folder = path.join(root, 'test', 'web')
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.test.ts'))
    : []
  if (files.length === 0) return {}
  const browser = findBrowser()
  if (browser === null) {
    say('没有 Chromium，浏览器测试没有运行', 'no Chromium; the browser tests did not run')
    return { skipped: files.length }
  }
  return tests(node, ['browser'], { CHROMIUM_PATH: browser })
}

/** Runs test projects before the reader's eyes and counts by the machine-readable report. */
async function tests(node, projects, environment = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'tongdan-report-'))
  const report = path.join(folder, 'report.json')
  const code = await new Promise((resolve) => {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const child = spawn(node, [tool('vitest', 'vitest.mjs'), ...args, ...projects.map((name) => `--project=${name}`)], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      env: { ...process.env, ...environment },
    })
    child.on('error', () => resolve(127))
    child.on('close', (exitCode) => resolve(exitCode ?? 1))
  })
  const counts = existsSync(report)
    ? countTests(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0 }
  rmSync(folder, { recursive: true })
  // A file that cannot be loaded, or a promise rejected outside any test, fails the run without failing a test.
  if (code !== 0 && counts.failed === 0) counts.failed = 1
  return counts
}

/** Reads vitest's report. A file that could not be loaded holds no test and counts as one that failed. */
export function countTests({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length, skipped: numPendingTests + numTodoTests }
}
