// The rooms and who may look into which. In words: ARCHITECTURE.md.
const modules = [
  // Bottom first: a module may import the face (index.ts) of those on lower lines only.
  ['security'],
  ['rules', 'catalogue', 'customers', 'channels'],
  ['inventory'],
  ['orders', 'logistics'],
  ['fulfilment'],
  ['aftersales'],
  ['finance', 'erp', 'notifications', 'planning'],
  ['analytics', 'teamwork', 'portal'],
  ['automation', 'assistant', 'ops'],
]
const beneath = (line) => modules.slice(0, line).flat()
const aTest = '[.]test[.]tsx?$'
/** Vite gives the address of such a file and bundles nothing of it; the checker cannot resolve the suffix. */
const asAddress = '[?]url$'
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const only = (name, comment, from, ...to) => never(name, comment, { path: from, pathNot: aTest }, { pathNot: to })
const npm = (...names) => `^node_modules/(${names.join('|')})/`
const node = (...names) => `^(node:)?(${names.join('|')})$`
const testLibraries = [npm('vitest', '@vitest', 'fast-check'), '^test/aid/']

/** A test beside the code obeys its room's rules, but may also use the test libraries and test/aid. */
const testsToo = ({ name, comment, from, to }, ...also) =>
  never(
    `${name}-in-tests`,
    comment,
    { path: `${from.path}.*${aTest}` },
    { pathNot: [...to.pathNot, ...testLibraries, ...also] },
  )

const core = only('core-is-pure', 'core decides; it neither reads nor writes', '^src/core/', '^src/core/', npm('zod'))
const contract = only(
  'contract-is-shapes',
  'read by server and web alike',
  '^src/contract/',
  '^src/(core|contract)/',
  npm('zod'),
)
const kit = only(
  'kit-has-no-way-out',
  'the platform lends plug-ins a way out',
  '^src/kit/',
  '^src/(core|kit)/',
  npm('zod'),
  node('crypto'),
)
const connector = only(
  'connector-stays-home',
  'core, kit and its own folder',
  '^src/connectors/([^/]+/[^/]+)/',
  '^src/(core|kit)/',
  '^src/connectors/$1/',
  npm('zod', 'iconv-lite', 'csv-parse', 'csv-stringify', 'hucre'),
  node('crypto'),
)
const platform = only(
  'platform-knows-no-business',
  'plumbing serves any module',
  '^src/platform/',
  '^src/(core|contract|kit|platform)/',
  '^node_modules/',
  '^(node:)?[a-z_/]+$',
)
const readsFiles = node('fs', 'fs/promises', 'path', 'url')

export default {
  forbidden: [
    never(
      'no-cycles',
      'two files that need each other to run are one file; a dialog may name a type of the page that opens it',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    never(
      'nothing-missing',
      'an import that leads nowhere is checked by no other rule',
      {},
      { couldNotResolve: true, pathNot: asAddress },
    ),
    never(
      'reached-from-an-app',
      'a module not mounted, a page without a way to it, or a plug-in whose line in the registry was forgotten (core may run ahead)',
      { path: '^(src/apps/[^/]+[.]ts|web/src/(main|phone)[.]tsx)$' },
      {
        path: '^(src/(connectors|modules)|web)/',
        // Kept samples, files served as they are, and what only tests make up.
        pathNot: [
          aTest,
          '^web/src/(main|phone)[.]tsx$',
          '^web/vite[.]config[.]ts$',
          '/samples/',
          '^web/public/',
          '/made-up[.]ts$',
        ],
        reachable: false,
      },
    ),
    core,
    testsToo(core),
    contract,
    testsToo(contract),
    kit,
    testsToo(kit),
    connector,
    testsToo(connector, readsFiles),
    only(
      'registry-lists-connectors',
      'one line each, and the type of the list',
      '^src/connectors/index[.]ts$',
      '^src/connectors/[^/]+/[^/]+/index[.]ts$',
      '^src/kit/',
    ),
    platform,
    testsToo(platform),
    never(
      'plugged-in-by-apps',
      'modules see plug-ins, not connectors',
      { pathNot: ['^src/(apps|connectors)/', '^test/'] },
      { path: '^src/connectors/' },
    ),
    never('apps-are-the-top', 'nothing needs an app', { pathNot: ['^src/apps/', '^test/'] }, { path: '^src/apps/' }),
    never(
      'simulators-are-independent',
      'written from the connector they would share its mistakes',
      { path: '^simulators/' },
      { path: '^(src|web)/' },
    ),
    never(
      'product-without-simulators',
      'only the sandbox plays',
      { path: '^(src|web)/', pathNot: ['^src/apps/sandbox[.]ts$', aTest] },
      { path: '^(simulators|test|scripts)/' },
    ),
    never(
      'tests-use-aids-only',
      'a test beside the code is no flow',
      { path: `^(src|web)/.*${aTest}`, pathNot: '^src/apps/' },
      { path: '^(simulators|test/(?!aid/))' },
    ),
    only(
      'web-sees-contract-and-core',
      'the page talks to the server, never into it',
      '^web/',
      '^web/',
      '^src/(contract|core)/',
      '^node_modules/',
      asAddress,
    ),
    never(
      'server-knows-no-page',
      'it serves the built page and imports nothing of it',
      { path: '^src/' },
      { path: '^web/' },
    ),
    never(
      'sql-lives-in-stores',
      'one place per module to look for SQL',
      { path: '^src/modules/', pathNot: ['/store(/|[.])', aTest] },
      { path: '^src/platform/db/sql[.]ts$', dependencyTypesNot: ['type-only'] },
    ),
    ...modules.flatMap((line, i) =>
      line.map((m) =>
        never(
          `${m}-looks-down`,
          'call down through a face; tell upward by event',
          { path: `^src/modules/${m}/` },
          {
            path: '^src/modules/',
            pathNot: [`^src/modules/${m}/`, ...(i ? [`^src/modules/(${beneath(i).join('|')})/index[.]ts$`] : [])],
          },
        ),
      ),
    ),
    never(
      'modules-stand-on-a-line',
      'every module stands on a line of this file',
      { path: '^src/modules/', pathNot: `^src/modules/(${modules.flat().join('|')})/` },
      {},
    ),
  ],
  options: {
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node'] },
  },
}
