// Draws the rooms into ARCHITECTURE.md from the rule file itself, so that the picture cannot lie: `node scripts/draw-rooms.mjs`.
// A test says when it is out of date.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import rules from '../.dependency-cruiser.mjs'

const page = path.join(path.dirname(import.meta.dirname), 'ARCHITECTURE.md')
const [begin, end] = ['<!-- rooms: drawn by scripts/draw-rooms.mjs -->', '<!-- rooms end -->']

/** Every room: where it lies, what it is for, files of it that look (`from`) and files of it that are looked at (`to`). */
const rooms = {
  core: { place: 'src/core', what: 'decides; pure', from: ['src/core/a.ts'], to: ['src/core/b.ts'] },
  contract: {
    place: 'src/contract',
    what: 'the HTTP calls as data',
    from: ['src/contract/a.ts'],
    to: ['src/contract/b.ts'],
  },
  kit: { place: 'src/kit', what: 'what a plug-in is', from: ['src/kit/a.ts'], to: ['src/kit/b.ts'] },
  connectors: {
    place: 'src/connectors',
    what: 'one folder per outside system',
    from: ['src/connectors/channels/one/a.ts'],
    to: ['src/connectors/channels/one/b.ts', 'src/connectors/channels/two/index.ts', 'src/connectors/index.ts'],
  },
  platform: {
    place: 'src/platform',
    what: 'plumbing without business',
    from: ['src/platform/a.ts'],
    to: ['src/platform/b.ts'],
  },
  modules: {
    place: 'src/modules',
    what: 'features: load, decide, save, tell',
    from: ['src/modules/orders/a.ts'],
    to: [
      'src/modules/orders/b.ts',
      'src/modules/inventory/index.ts',
      'src/modules/inventory/a.ts',
      'src/modules/ops/index.ts',
    ],
  },
  apps: {
    place: 'src/apps',
    what: 'put it together',
    from: ['src/apps/start.ts', 'src/apps/sandbox.ts'],
    to: ['src/apps/a.ts'],
  },
  simulators: {
    place: 'simulators',
    what: 'fakes of outside systems',
    from: ['simulators/channels/one/a.ts'],
    to: ['simulators/channels/one/index.ts'],
  },
  web: { place: 'web', what: 'the page', from: ['web/src/a.tsx'], to: ['web/src/b.tsx'] },
}
const outside = {
  npm: ['node_modules/zod/index.js', 'node_modules/fastify/index.js'],
  Node: ['crypto', 'fs', 'http'],
}

/** May a file import another? As the rules of this repository say; both are paths as the checker sees them. */
export function mayImport(from, to) {
  return rules.forbidden.filter(isAboutPaths).every((rule) => {
    const found = matchOf(rule.from, from)
    return found === null || matchOf(withGroups(rule.to, found), to) === null
  })
}

/** Rules about cycles, missing files, reach and kinds of import say nothing about two rooms. */
const isAboutPaths = ({ to }) =>
  !['circular', 'couldNotResolve', 'reachable', 'dependencyTypesNot'].some((property) => property in to)

/** The match of a path with one side of a rule, null when that side does not mean it. */
function matchOf({ path: wanted, pathNot = [] }, file) {
  if ([pathNot].flat().some((pattern) => new RegExp(pattern).test(file))) return null
  if (wanted === undefined) return [file]
  return (
    [wanted]
      .flat()
      .map((pattern) => new RegExp(pattern).exec(file))
      .find((match) => match !== null) ?? null
  )
}

/** `$1` in a rule's target is what its source caught. */
function withGroups(side, [, ...groups]) {
  const fill = (pattern) => pattern.replace(/\$(\d)/g, (_, at) => groups[at - 1] ?? '')
  return Object.fromEntries(Object.entries(side).map(([name, patterns]) => [name, [patterns].flat().map(fill)]))
}

/** `all`, `some` or `none` of what lies there may be imported from a room. */
function view(room, targets) {
  const answers = rooms[room].from.flatMap((from) => targets.map((to) => mayImport(from, to)))
  if (answers.every(Boolean)) return 'all'
  return answers.some(Boolean) ? 'some' : 'none'
}

/** The lines of modules, bottom first: those that may look at the same faces stand on one line. */
export function moduleLines() {
  const names = rules.forbidden.flatMap(({ name }) => /^(.*)-looks-down$/.exec(name)?.[1] ?? [])
  const seenBy = (name) =>
    names.filter((other) => other !== name && mayImport(`src/modules/${name}/a.ts`, `src/modules/${other}/index.ts`))
  const lines = Map.groupBy(names, (name) => seenBy(name).join())
  return [...lines].sort(([one], [other]) => one.length - other.length).map(([, line]) => line)
}

function picture() {
  const names = Object.keys(rooms)
  const sees = new Map(
    names.map((name) => [name, names.filter((other) => other !== name && view(name, rooms[other].to) !== 'none')]),
  )
  const reaches = (from, to) => sees.get(from).some((next) => next === to || reaches(next, to))
  const direct = (from, to) => !sees.get(from).some((next) => next !== to && reaches(next, to))
  return [
    '```mermaid',
    'flowchart TD',
    ...names.map((name) => `  ${name}["<b>${rooms[name].place}</b><br>${rooms[name].what}"]`),
    ...names.flatMap((name) =>
      sees
        .get(name)
        .filter((other) => direct(name, other))
        .map((other) => `  ${name} --> ${other}`),
    ),
    '```',
  ]
}

function table() {
  const names = Object.keys(rooms)
  const signs = { all: '●', some: '◐', none: ' ' }
  const row = (name) => [
    ...names.map((other) => signs[view(name, rooms[other].to)]),
    ...Object.values(outside).map((targets) => signs[view(name, targets)]),
  ]
  return [
    `| may import → | ${[...names, ...Object.keys(outside)].join(' | ')} |`,
    `|---|${':-:|'.repeat(names.length + Object.keys(outside).length)}`,
    ...names.map((name) => `| \`${rooms[name].place}\` | ${row(name).join(' | ')} |`),
  ]
}

/** Everything between the markers. */
export function drawRooms() {
  const lines = moduleLines().map((line, at) => `${at + 1}  ${line.join(' · ')}`)
  return [begin, '', ...picture(), '', ...table(), '', '```', ...lines.reverse(), '```', '', end].join('\n')
}

/** A page with the drawing put where the markers stand. */
export function withDrawing(text) {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`the page has no place for the drawing: ${begin} … ${end}`)
  return text.slice(0, from) + drawRooms() + text.slice(to + end.length)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(page, withDrawing(readFileSync(page, 'utf8')))
}
