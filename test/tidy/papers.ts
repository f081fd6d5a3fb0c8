import { foldersIn, has, type Rule, type Tree, type TreeFile } from './tree.ts'

const longestReadme = 40

/** Each module and each connector says in at most 40 lines what it is. */
export const foldersHaveReadmes: Rule = (tree) => {
  const kinds = foldersIn(tree, 'src/connectors')
  const folders = [
    ...foldersIn(tree, 'src/modules').map((name) => `src/modules/${name}`),
    ...kinds.flatMap((kind) => foldersIn(tree, `src/connectors/${kind}`).map((id) => `src/connectors/${kind}/${id}`)),
    ...foldersIn(tree, 'simulators/channels').map((id) => `simulators/channels/${id}`),
  ]
  return folders.flatMap((folder) => {
    const readme = tree.find((file) => file.path === `${folder}/README.md`)
    if (readme === undefined) return [`${folder}/README.md is missing`]
    const lines = readme.text.trimEnd().split('\n').length
    return lines > longestReadme ? [`${readme.path} has ${lines} lines, limit ${longestReadme}`] : []
  })
}

const migrationName = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)_([a-z0-9]+(?:_[a-z0-9]+)*)[.]sql$/

/** `YYYYMMDDHHMM_module_deed.sql`, at a time that exists and no other has, with the two head lines, about its module's schema. */
export const migrationsAreInOrder: Rule = (tree) => {
  const owners = ['platform', ...foldersIn(tree, 'src/modules').map((name) => name.replaceAll('-', '_'))]
  const files = tree.filter((file) => file.path.startsWith('db/migrations/'))
  const times = files.map((file) => file.path.slice('db/migrations/'.length, 'db/migrations/'.length + 12))
  return files.flatMap((file, at) => {
    const faults = faultsOfMigration(file, owners)
    if (times.indexOf(times[at] ?? '') !== at) faults.push('its time is taken by another')
    return faults.map((fault) => `${file.path}: ${fault}`)
  })
}

function faultsOfMigration(file: TreeFile, owners: readonly string[]): string[] {
  const [, year, month, day, hour, minute, words = ''] = migrationName.exec(file.path.split('/').at(-1) ?? '') ?? []
  if (year === undefined) return ['the name is not YYYYMMDDHHMM_module_deed.sql']
  const owner = owners.find((name) => words.startsWith(`${name}_`))
  const schemas = [
    ...file.text.matchAll(/^\s*(?:create table|alter table|create schema)(?: if (?:not )?exists)? ([a-z_]+)/gim),
  ].map(([, name]) => name)
  const [first = '', second = ''] = file.text.split('\n')
  const time = `${year}-${month}-${day}T${hour}:${minute}`
  return [
    ...(isRealTime(time) ? [] : ['that time does not exist']),
    ...(owner === undefined ? ['the name begins with no module'] : []),
    ...(/^-- why: \S/.test(first) ? [] : ['the first line is not `-- why: …`']),
    ...(/^-- online: (yes|no)$/.test(second) ? [] : ['the second line is not `-- online: yes` or `no`']),
    ...schemas.filter((name) => owner !== undefined && name !== owner).map((name) => `it changes the schema ${name}`),
  ]
}

function isRealTime(time: string): boolean {
  const instant = new Date(`${time}:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(time)
}

// Written in pieces, so that this file does not break its own rule.
const machinePlaces = new RegExp(
  `(^|[\\s'"\`(=:])/(${['work', 'root', 'home/[a-z]\\w*', 'Users/[A-Za-z]\\w*'].join('|')})/`,
  'm',
)

/** No file knows the machine it was written on. */
export const noMachineIsNamed: Rule = (tree) =>
  tree
    .filter((file) => !file.path.endsWith('package-lock.json'))
    .flatMap((file) =>
      file.text
        .split('\n')
        .flatMap((line, at) =>
          machinePlaces.test(line) ? [`${file.path}:${at + 1} ${line.trim().slice(0, 100)}`] : [],
        ),
    )

/** What a document points at exists: links, and paths in code marks that begin in a folder of ours. */
export const documentsPointSomewhere: Rule = (tree) =>
  tree
    .filter((file) => file.path.endsWith('.md') && file.path !== 'CHANGELOG.md')
    .flatMap((file) =>
      [...linksOf(file), ...pathsOf(file)]
        .filter((place) => !exists(tree, place))
        .map((place) => `${file.path} names ${place}, which is not there`),
    )

function linksOf(file: TreeFile): string[] {
  return [...file.text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^[a-z]+:/i.test(target))
    .map((target) => resolve(file.path, target))
}

function pathsOf(file: TreeFile): string[] {
  return [...file.text.matchAll(/`((?:src|web|simulators|test|scripts|docs|db|extensions)\/[\w./-]*\w\/?)`/g)].map(
    ([, target]) => target ?? '',
  )
}

function resolve(from: string, target: string): string {
  const parts = target.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of decodeURIComponent(target).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function exists(tree: Tree, place: string): boolean {
  const name = place.replace(/\/$/, '')
  return has(tree, name) || tree.some((file) => file.path.startsWith(`${name}/`))
}
