import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  channelsAreUnknownByName,
  connectorsAreComplete,
  decisionsAreRepeatable,
  failuresHappen,
  storesWriteTheirOwnSchema,
} from './tidy/boundaries.ts'
import { documentsPointSomewhere, foldersHaveReadmes, migrationsAreInOrder, noMachineIsNamed } from './tidy/papers.ts'
import { filesAreShort, functionsAreShort, namesSaySomething, routesNamePermissions } from './tidy/shape.ts'
import { type Rule, readTree, type Tree } from './tidy/tree.ts'

const repository = readTree(path.join(import.meta.dirname, '..'))

const rules = {
  filesAreShort,
  functionsAreShort,
  namesSaySomething,
  routesNamePermissions,
  decisionsAreRepeatable,
  storesWriteTheirOwnSchema,
  channelsAreUnknownByName,
  connectorsAreComplete,
  failuresHappen,
  foldersHaveReadmes,
  migrationsAreInOrder,
  noMachineIsNamed,
  documentsPointSomewhere,
} satisfies Record<string, Rule>
type RuleName = keyof typeof rules

describe('the house is tidy', () => {
  test.each(Object.keys(rules) as RuleName[])('%s', (name) => {
    expect(rules[name](repository)).toEqual([])
  })
})

const tree = (files: Record<string, string>): Tree =>
  Object.entries(files).map(([file, text]) => ({ path: file, text }))
const lines = (count: number) => 'x\n'.repeat(count)
const aFunction = (count: number) => `function long() {\n${'  work()\n'.repeat(count - 2)}}\n`
const head = '-- why: a shelf is needed\n-- online: yes\n'
const aConnector = {
  'src/connectors/index.ts': `import { taobao } from './channels/taobao/index.ts'\n`,
  'src/connectors/channels/taobao/index.ts': '',
  'src/connectors/channels/taobao/samples/trade.json': '{}',
  'simulators/channels/taobao/index.ts': '',
}
const aCatalogue = `export const failures = {\n  STOCK_SHORT: {\n  },\n} as const\n`

interface Case {
  readonly rule: RuleName
  readonly what: string
  readonly files: Record<string, string>
  /** How many faults it must find; 0 shows that it does not cry wolf. */
  readonly faults: number
}

const cases: Case[] = [
  { rule: 'filesAreShort', what: 'a file of 401 lines', files: { 'src/core/a.ts': lines(401) }, faults: 1 },
  { rule: 'filesAreShort', what: 'a test of 601 lines', files: { 'src/core/a.test.ts': lines(601) }, faults: 1 },
  { rule: 'filesAreShort', what: 'a test of 600 lines', files: { 'src/core/a.test.ts': lines(600) }, faults: 0 },
  { rule: 'functionsAreShort', what: 'a function of 51 lines', files: { 'web/src/a.ts': aFunction(51) }, faults: 1 },
  { rule: 'functionsAreShort', what: 'markup of 91 lines', files: { 'web/src/a.tsx': aFunction(91) }, faults: 1 },
  { rule: 'functionsAreShort', what: 'markup of 90', files: { 'web/src/a.tsx': aFunction(90) }, faults: 0 },
  { rule: 'functionsAreShort', what: 'one of 50', files: { 'src/a.ts': aFunction(50) }, faults: 0 },
  {
    rule: 'functionsAreShort',
    what: 'an arrow of 51 lines',
    files: { 'src/a.ts': aFunction(51).replace('function long()', 'const long = () =>') },
    faults: 1,
  },
  {
    rule: 'functionsAreShort',
    what: 'a long group of short tests',
    files: { 'src/a.test.ts': `describe('a', () => {\n${'  test()\n'.repeat(80)}})\n` },
    faults: 0,
  },
  { rule: 'namesSaySomething', what: 'a file called utils', files: { 'src/core/text-utils.ts': '' }, faults: 1 },
  { rule: 'namesSaySomething', what: 'a folder called common', files: { 'web/src/common/a.ts': '' }, faults: 1 },
  {
    rule: 'namesSaySomething',
    what: 'a file that only begins so',
    files: { 'src/core/commonwealth.ts': '' },
    faults: 0,
  },
  {
    rule: 'routesNamePermissions',
    what: 'a route open to anybody by omission',
    files: { 'src/contract/a.ts': `export const list = route({ method: 'GET', path: '/a' })` },
    faults: 1,
  },
  {
    rule: 'decisionsAreRepeatable',
    what: 'a clock in core',
    files: { 'src/core/a.ts': 'const at = Date.now()' },
    faults: 1,
  },
  {
    rule: 'decisionsAreRepeatable',
    what: 'chance in a connector',
    files: { 'src/connectors/channels/a/b.ts': 'Math.random()' },
    faults: 1,
  },
  { rule: 'decisionsAreRepeatable', what: 'today in kit', files: { 'src/kit/a.ts': 'new Date()' }, faults: 1 },
  {
    rule: 'decisionsAreRepeatable',
    what: 'a given instant, a comment',
    files: { 'src/core/a.ts': 'new Date(ms) // not Date.now()' },
    faults: 0,
  },
  {
    rule: 'storesWriteTheirOwnSchema',
    what: 'another module’s table',
    files: { 'src/modules/orders/store.ts': 'sql`update inventory.stock set on_hand = 0`' },
    faults: 1,
  },
  {
    rule: 'storesWriteTheirOwnSchema',
    what: 'a table without a schema',
    files: { 'src/modules/orders/store.ts': 'sql`insert into line (id) values (1)`' },
    faults: 1,
  },
  {
    rule: 'storesWriteTheirOwnSchema',
    what: 'its own table, another one read',
    files: {
      'src/modules/orders/store.ts':
        'sql`insert into orders.line select id from catalogue.sku on conflict do update set a = 1`',
    },
    faults: 0,
  },
  {
    rule: 'channelsAreUnknownByName',
    what: 'a channel named in a module',
    files: { ...aConnector, 'src/modules/orders/a.ts': `if (channel === 'taobao') return` },
    faults: 1,
  },
  {
    rule: 'channelsAreUnknownByName',
    what: 'a channel named on a page',
    files: { ...aConnector, 'web/src/pages/a.tsx': 'isTaobao(order)' },
    faults: 1,
  },
  {
    rule: 'channelsAreUnknownByName',
    what: 'generic as a whole text, and as a word',
    files: {
      'src/connectors/channels/generic/index.ts': '',
      'src/core/a.ts': `const id = 'generic'\nconst words = 'a generic name'`,
    },
    faults: 1,
  },
  { rule: 'connectorsAreComplete', what: 'a complete channel', files: aConnector, faults: 0 },
  {
    rule: 'connectorsAreComplete',
    what: 'a forgotten line',
    files: { ...aConnector, 'src/connectors/index.ts': '' },
    faults: 1,
  },
  {
    rule: 'connectorsAreComplete',
    what: 'a channel without simulator and samples',
    files: {
      ...aConnector,
      'src/connectors/index.ts': `${aConnector['src/connectors/index.ts']}import { jd } from './channels/jd/index.ts'`,
      'src/connectors/channels/jd/index.ts': '',
    },
    faults: 2,
  },
  {
    rule: 'connectorsAreComplete',
    what: 'a simulator of nothing',
    files: { ...aConnector, 'simulators/channels/jd/index.ts': '' },
    faults: 1,
  },
  {
    rule: 'failuresHappen',
    what: 'a failure neither thrown nor tested',
    files: { 'src/core/failures.ts': aCatalogue, 'src/apps/start.ts': '' },
    faults: 2,
  },
  {
    rule: 'failuresHappen',
    what: 'one that is both',
    files: {
      'src/core/failures.ts': aCatalogue,
      'src/apps/start.ts': `throw new Failure('STOCK_SHORT')`,
      'src/a.test.ts': `'STOCK_SHORT'`,
    },
    faults: 0,
  },
  { rule: 'foldersHaveReadmes', what: 'a module without', files: { 'src/modules/orders/index.ts': '' }, faults: 1 },
  {
    rule: 'foldersHaveReadmes',
    what: 'one that is too long',
    files: { 'src/modules/orders/README.md': lines(41) },
    faults: 1,
  },
  {
    rule: 'foldersHaveReadmes',
    what: 'a connector without',
    files: { 'src/connectors/channels/jd/index.ts': '' },
    faults: 1,
  },
  ...[
    { what: 'a name without a time', name: 'orders_begin', text: head },
    { what: 'a day that does not exist', name: '202611311130_platform_begin', text: head },
    { what: 'a module that does not exist', name: '202611241130_wares_begin', text: head },
    { what: 'no reason', name: '202611241130_platform_begin', text: '-- online: yes\n' },
    { what: 'another’s schema', name: '202611241130_platform_begin', text: `${head}create table orders.line (id int)` },
  ].map(
    ({ what, name, text }): Case => ({
      rule: 'migrationsAreInOrder',
      what,
      files: { [`db/migrations/${name}.sql`]: text },
      faults: what === 'no reason' ? 2 : 1,
    }),
  ),
  {
    rule: 'migrationsAreInOrder',
    what: 'two at one time',
    files: { 'db/migrations/202611241130_platform_a.sql': head, 'db/migrations/202611241130_platform_b.sql': head },
    faults: 1,
  },
  {
    rule: 'migrationsAreInOrder',
    what: 'one as it should be',
    files: { 'db/migrations/202611241130_platform_a.sql': head },
    faults: 0,
  },
  { rule: 'noMachineIsNamed', what: 'a home folder', files: { 'docs/a.md': `see /${'home'}/lin/notes` }, faults: 1 },
  {
    rule: 'noMachineIsNamed',
    what: 'an address',
    files: { 'docs/a.md': 'see https://example.com/home/lin/' },
    faults: 0,
  },
  {
    rule: 'documentsPointSomewhere',
    what: 'a dead link, a dead path, and living ones',
    files: {
      'docs/a.md': '[b](b.md) [c](../c.md#d) `src/gone.ts` `src/here.ts` [e](https://example.com)',
      'c.md': '',
      'src/here.ts': '',
    },
    faults: 2,
  },
]

describe('each rule can fail', () => {
  test.each(cases)('$rule: $what', ({ rule, files, faults }) => {
    expect(rules[rule](tree(files))).toHaveLength(faults)
  })

  test('no rule is without a case that it refuses', () => {
    const refused = new Set(cases.filter(({ faults }) => faults > 0).map(({ rule }) => rule))
    expect(Object.keys(rules).filter((name) => !refused.has(name as RuleName))).toEqual([])
  })
})
