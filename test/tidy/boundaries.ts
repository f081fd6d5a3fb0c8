import { foldersIn, has, hits, isCode, isTest, type Rule, type Tree, withoutComments } from './tree.ts'

const chance =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b|\bprocess\.(env|hrtime)\b|\brandom(UUID|Bytes|Int)\b|\bfetch\(/

/** Core, kit and connectors give the same answer to the same question: no clock, no chance, no environment, no way out. */
export const decisionsAreRepeatable: Rule = (tree) =>
  tree
    .filter((file) => /^src\/(core|kit|connectors)\//.test(file.path) && isCode(file) && !isTest(file))
    .flatMap((file) => hits(file, chance))

const write =
  /\b(?:insert\s+into|update(?:\s+only)?|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+([a-z_]+)[.]([a-z_]+)/gi
const writeAnywhere = /\b(?:insert\s+into|delete\s+from|merge\s+into)\s+[a-z_]+(?![.\w])/i

/** A module's tables are written by that module only, and by their full name, so that one can see whose they are. */
export const storesWriteTheirOwnSchema: Rule = (tree) =>
  tree
    .filter((file) => /^src\/(modules|platform)\//.test(file.path) && isCode(file) && !isTest(file))
    .flatMap((file) => {
      const owner = schemaOf(file.path)
      const text = withoutComments(file.text)
      const foreign = [...text.matchAll(write)].filter(([, schema]) => schema?.toLowerCase() !== owner)
      return [
        ...foreign.map(([, schema, table]) => `${file.path} writes ${schema}.${table}, which is not its own`),
        ...hits(file, writeAnywhere).map((hit) => `${hit} (a table without its schema)`),
      ]
    })

function schemaOf(file: string): string {
  const [, room, name = ''] = file.split('/')
  return room === 'platform' ? 'platform' : name.replaceAll('-', '_')
}

/**
 * No file but its own folder, the registry and the texts knows a channel by name; what is special about it, its manifest says. Carriers of
 * the same name are not channels.
 */
export const channelsAreUnknownByName: Rule = (tree) => {
  const ids = foldersIn(tree, 'src/connectors/channels')
  return tree
    .filter((file) => /^(src|web\/src)\//.test(file.path) && isCode(file) && !isTest(file))
    .filter((file) => !/^(src\/connectors\/|web\/src\/words\/|src\/core\/logistics\/carriers[.]ts)/.test(file.path))
    .flatMap((file) => ids.flatMap((id) => hits(file, namesChannel(id))))
}

/** `generic` is an ordinary word too: it counts only as a whole text. Any other id counts wherever it stands. */
function namesChannel(id: string): RegExp {
  return id === 'generic' ? /(['"`])generic\1/ : new RegExp(id.replaceAll('-', '[-_ ]?'), 'i')
}

/** Every connector's folder stands in the registry and has samples; every channel has a simulator; none is left over. */
export const connectorsAreComplete: Rule = (tree) => {
  const kinds = foldersIn(tree, 'src/connectors')
  const registry = tree.find((file) => file.path === 'src/connectors/index.ts')?.text ?? ''
  return kinds.flatMap((kind) => {
    const registered = [
      ...withoutComments(registry).matchAll(new RegExp(`from '[.]/${kind}/([^/']+)/index[.]ts'`, 'g')),
    ].map(([, id]) => id ?? '')
    const connectors = foldersIn(tree, `src/connectors/${kind}`)
    const simulators = foldersIn(tree, `simulators/${kind}`)
    return [
      ...missing(connectors, registered, (id) => `src/connectors/index.ts does not list ${kind}/${id}`),
      ...missing(registered, connectors, (id) => `src/connectors/index.ts lists ${kind}/${id}, which has no folder`),
      ...missing(connectors, simulators, (id) => `simulators/${kind}/${id} is missing`),
      ...missing(simulators, connectors, (id) => `src/connectors/${kind}/${id} is missing, though it is simulated`),
      ...connectors
        .filter((id) => !hasSamples(tree, `src/connectors/${kind}/${id}`))
        .map((id) => `src/connectors/${kind}/${id} has no samples`),
      ...simulators
        .filter((id) => !has(tree, `simulators/${kind}/${id}/index.ts`))
        .map((id) => `simulators/${kind}/${id}/index.ts is missing`),
    ]
  })
}

const missing = (wanted: readonly string[], present: readonly string[], say: (id: string) => string) =>
  wanted.filter((id) => !present.includes(id)).map(say)

const hasSamples = (tree: Tree, folder: string) => tree.some((file) => file.path.startsWith(`${folder}/samples/`))

/** Every failure can happen, and a test shows it. Asked once the product can be started. */
export const failuresHappen: Rule = (tree) => {
  const catalogue = tree.find((file) => file.path === 'src/core/failures.ts')
  if (catalogue === undefined || !has(tree, 'src/apps/start.ts')) return []
  const codes = [...catalogue.text.matchAll(/^ {2}([A-Z][A-Z_]+): \{/gm)].map(([, code]) => code ?? '')
  const product = tree.filter(
    (file) => file.path.startsWith('src/') && isCode(file) && !isTest(file) && file !== catalogue,
  )
  const productText = product.map((file) => withoutComments(file.text)).join('\n')
  const testText = tree
    .filter((file) => isTest(file) || /^test\/.*[.]ts$/.test(file.path))
    .map((file) => file.text)
    .join('\n')
  return codes.flatMap((code) => [
    ...(productText.includes(`'${code}'`) ? [] : [`src/core/failures.ts ${code} is thrown nowhere`]),
    ...(new RegExp(`\\b${code}\\b`).test(testText) ? [] : [`src/core/failures.ts ${code} is named in no test`]),
  ])
}
