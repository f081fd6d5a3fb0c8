import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import rules from '../.dependency-cruiser.mjs'
import { cruise } from '../scripts/check-rooms.mjs'

interface Plant {
  readonly rule: string
  readonly file: string
  readonly imports: string
}

const moduleNames = rules.forbidden.flatMap(({ name }) => /^(.*)-looks-down$/.exec(name)?.[1] ?? [])

/** One breach of every rule at least: the file it is planted in, and what that file imports. */
const breaches: readonly Plant[] = [
  { rule: 'no-cycles', file: 'src/core/hen.ts', imports: './egg.ts' },
  { rule: 'nothing-missing', file: 'src/core/lost.ts', imports: './nowhere.ts' },
  {
    rule: 'reached-from-an-app',
    file: 'src/connectors/channels/forgotten/index.ts',
    imports: '../../../core/clean.ts',
  },
  { rule: 'reached-from-an-app', file: 'src/modules/orders/forgotten.ts', imports: '../../core/clean.ts' },
  { rule: 'reached-from-an-app', file: 'web/src/pages/forgotten.tsx', imports: '../../../src/core/clean.ts' },
  { rule: 'core-is-pure', file: 'src/core/reads-files.ts', imports: 'node:fs' },
  { rule: 'core-is-pure', file: 'src/core/knows-kit.ts', imports: '../kit/clean.ts' },
  { rule: 'core-is-pure-in-tests', file: 'src/core/reads.test.ts', imports: '../platform/db/sql.ts' },
  { rule: 'contract-is-shapes', file: 'src/contract/serves.ts', imports: 'fastify' },
  { rule: 'contract-is-shapes-in-tests', file: 'src/contract/serves.test.ts', imports: 'fastify' },
  { rule: 'kit-has-no-way-out', file: 'src/kit/calls.ts', imports: 'node:https' },
  { rule: 'kit-has-no-way-out-in-tests', file: 'src/kit/calls.test.ts', imports: 'node:https' },
  { rule: 'connector-stays-home', file: 'src/connectors/channels/jd/peeks.ts', imports: '../taobao/index.ts' },
  { rule: 'connector-stays-home', file: 'src/connectors/channels/jd/calls.ts', imports: 'node:http' },
  {
    rule: 'connector-stays-home',
    file: 'src/connectors/channels/jd/stores.ts',
    imports: '../../../platform/db/sql.ts',
  },
  {
    rule: 'connector-stays-home-in-tests',
    file: 'src/connectors/channels/jd/peeks.test.ts',
    imports: '../taobao/index.ts',
  },
  { rule: 'registry-lists-connectors', file: 'src/connectors/index.ts', imports: '../core/clean.ts' },
  { rule: 'platform-knows-no-business', file: 'src/platform/knows.ts', imports: '../modules/orders/index.ts' },
  {
    rule: 'platform-knows-no-business-in-tests',
    file: 'src/platform/knows.test.ts',
    imports: '../modules/orders/index.ts',
  },
  {
    rule: 'plugged-in-by-apps',
    file: 'src/modules/orders/plugs.ts',
    imports: '../../connectors/channels/taobao/index.ts',
  },
  { rule: 'apps-are-the-top', file: 'src/platform/starts.ts', imports: '../apps/start.ts' },
  {
    rule: 'simulators-are-independent',
    file: 'simulators/channels/jd/copies.ts',
    imports: '../../../src/core/clean.ts',
  },
  { rule: 'product-without-simulators', file: 'src/apps/plays.ts', imports: '../../simulators/channels/jd/index.ts' },
  { rule: 'product-without-simulators', file: 'src/apps/tests.ts', imports: '../../test/aid/clean.ts' },
  { rule: 'tests-use-aids-only', file: 'src/modules/orders/flows.test.ts', imports: '../../../test/flows/story.ts' },
  { rule: 'web-sees-contract-and-core', file: 'web/src/parts/reaches.tsx', imports: '../../../src/platform/db/sql.ts' },
  { rule: 'server-knows-no-page', file: 'src/modules/orders/draws.ts', imports: '../../../web/src/parts/button.tsx' },
  { rule: 'sql-lives-in-stores', file: 'src/modules/orders/take-in-orders.ts', imports: '../../platform/db/sql.ts' },
  { rule: 'modules-stand-on-a-line', file: 'src/modules/novelties/index.ts', imports: '../../core/clean.ts' },
  ...moduleNames.map((name) => ({
    rule: `${name}-looks-down`,
    file: `src/modules/${name}/looks-up.ts`,
    imports: name === 'ops' ? '../security/inside.ts' : '../ops/index.ts',
  })),
]

/** What is allowed: none of these may be reported. */
const clean: readonly Omit<Plant, 'rule'>[] = [
  { file: 'src/apps/start.ts', imports: '../modules/orders/index.ts' },
  { file: 'src/apps/sandbox.ts', imports: '../../simulators/channels/jd/index.ts' },
  { file: 'src/core/clean.ts', imports: 'zod' },
  { file: 'src/core/clean.test.ts', imports: 'vitest' },
  { file: 'src/kit/clean.ts', imports: 'node:crypto' },
  { file: 'src/kit/clean.test.ts', imports: 'fast-check' },
  { file: 'src/platform/db/sql.ts', imports: 'node:fs/promises' },
  { file: 'src/platform/db/sql.test.ts', imports: '../../../test/aid/clean.ts' },
  { file: 'src/connectors/channels/taobao/index.ts', imports: './orders.ts' },
  { file: 'src/connectors/channels/taobao/orders.ts', imports: '../../../kit/clean.ts' },
  { file: 'src/connectors/channels/taobao/orders.test.ts', imports: 'node:fs' },
  { file: 'src/modules/orders/index.ts', imports: './store.ts' },
  { file: 'src/modules/orders/store.ts', imports: '../../platform/db/sql.ts' },
  { file: 'src/modules/orders/asks.ts', imports: '../inventory/index.ts' },
  { file: 'simulators/channels/jd/index.ts', imports: 'node:http' },
  { file: 'test/aid/clean.ts', imports: 'pg' },
  { file: 'test/flows/story.ts', imports: '../../src/apps/start.ts' },
  { file: 'web/src/main.tsx', imports: 'react' },
]

const support: readonly Omit<Plant, 'rule'>[] = [
  { file: 'web/src/parts/button.tsx', imports: 'react' },
  { file: 'src/core/egg.ts', imports: './hen.ts' },
  ...moduleNames
    .filter((name) => name !== 'orders')
    .map((name) => ({ file: `src/modules/${name}/index.ts`, imports: './inside.ts' })),
  ...moduleNames.map((name) => ({ file: `src/modules/${name}/inside.ts`, imports: 'zod' })),
]
const packages = ['zod', 'fastify', 'pg', 'react', 'vitest', 'fast-check']

let folder: string
let outcome: ReturnType<typeof cruise>

beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'tongdan-rooms-')))
  for (const { file, imports } of [...breaches, ...clean, ...support])
    write(file, `import '${imports}'\nexport const planted = 1\n`)
  for (const name of packages) {
    write(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: '1.0.0', type: 'module', main: 'index.js' }),
    )
    write(`node_modules/${name}/index.js`, 'export const empty = 1\n')
  }
  write(
    'package.json',
    JSON.stringify({ type: 'module', dependencies: Object.fromEntries(packages.map((name) => [name, '1.0.0'])) }),
  )
  write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions: { module: 'nodenext', allowImportingTsExtensions: true, noEmit: true } }),
  )
  outcome = cruise(folder)
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true }))

function write(file: string, text: string): void {
  const place = path.join(folder, file)
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, text)
}

const rulesBrokenBy = (file: string) =>
  outcome.violations.filter(({ from, to }) => from === file || to === file).map(({ rule }) => rule.name)

describe('a planted breach is caught by name', () => {
  test.each(breaches)('$rule: $file imports $imports', ({ rule, file }) => {
    expect(rulesBrokenBy(file)).toContain(rule)
  })
})

test('every rule has its planted breach', () => {
  const planted = new Set(breaches.map(({ rule }) => rule))
  expect(rules.forbidden.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([])
})

test.each(clean)('what is allowed passes: $file imports $imports', ({ file }) => {
  const broken = outcome.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name)
  expect(broken.filter((name) => name !== 'reached-from-an-app')).toEqual([])
})

test('every planted file was looked at', () => {
  expect(outcome.unseen).toEqual([])
  expect(outcome.files).toBe(breaches.length + clean.length + support.length)
})
