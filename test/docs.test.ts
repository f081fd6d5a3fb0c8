import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { drawRooms, mayImport, moduleLines, withDrawing } from '../scripts/draw-rooms.mjs'
import { platformCodes, shippingCodes } from '../src/connectors/channels/taobao/failure.ts'
import { refundStatuses, statuses } from '../src/connectors/channels/taobao/status.ts'
import { permissions, rolePresets } from '../src/core/access/permissions.ts'
import { readTree, type TreeFile } from './tidy/tree.ts'

/** The documents say what is true: where they point, what they tell to type, what they list. */
const root = path.join(import.meta.dirname, '..')
const tree = readTree(root)
const papers = tree.filter((file) => file.path.endsWith('.md'))
const textOf = (name: string) => readFileSync(path.join(root, name), 'utf8')
const linesOf = (text: string) => text.trimEnd().split('\n').length

const manifest = z
  .object({
    scripts: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
    optionalDependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(textOf('package.json')))

/** What stands in code marks or code blocks. */
function codeIn(text: string): string[] {
  const blocks = [...text.matchAll(/^```[a-z]*\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) => block.split('\n'))
  const indented = [...text.matchAll(/^ {4}\S.*$/gm)].map(([line]) => line.trim())
  const marked = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
  return [...blocks, ...indented, ...marked]
}

/** Cells of every table row, without the head and the line below it. */
function rowsIn(text: string): string[][] {
  const rows = text.split('\n').filter((line) => line.startsWith('|'))
  const cells = rows.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
  return cells.filter(
    (row, at) => !/^[-:|]+$/.test(rows[at] ?? '') && !/^\|[-:|]+$/.test(rows[at + 1] ?? '') && row.length > 0,
  )
}

describe('links', () => {
  const pictures = papers.flatMap((file) =>
    [...file.text.matchAll(/<img src="([^"]+)"/g)].map(([, target = '']) => [file.path, target] as const),
  )
  test.each(pictures)('%s shows %s', (from, target) => {
    expect(existsSync(path.join(root, path.dirname(from), target))).toBe(true)
  })

  test('a link to a part of a page finds its heading', () => {
    expect(lostParts(papers)).toEqual([])
    const planted = [
      { path: 'docs/a.md', text: '# One\n\n[there](b.md#a-part), [gone](b.md#no-part), [gone too](#two)\n' },
      { path: 'docs/b.md', text: '## A part\n' },
    ]
    expect(lostParts(planted)).toEqual(['docs/a.md: b.md#no-part', 'docs/a.md: #two'])
  })

  function lostParts(pages: readonly TreeFile[]): string[] {
    return pages.flatMap((page) =>
      [...page.text.matchAll(/\]\(([^)\s#:]*)#([^)\s]+)\)/g)]
        .filter(([, target = '', part = '']) => !headingsOf(pages, page, target).includes(decodeURIComponent(part)))
        .map(([, target, part]) => `${page.path}: ${target}#${part}`),
    )
  }

  function headingsOf(pages: readonly TreeFile[], from: TreeFile, target: string): string[] {
    const place = target === '' ? from.path : path.posix.join(path.posix.dirname(from.path), target)
    const text = pages.find((page) => page.path === place)?.text ?? ''
    return [...text.matchAll(/^#+ (.+)$/gm)].map(([, words = '']) =>
      words
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    )
  }
})

describe('commands', () => {
  const typed = papers.flatMap((file) => codeIn(file.text).map((code) => ({ file: file.path, code })))
  const find = (pattern: RegExp) =>
    typed.flatMap(({ file, code }) => [...code.matchAll(pattern)].map((match) => ({ file, words: match[1] ?? '' })))

  test('npm scripts that are named exist', () => {
    const ownWords = new Set(['ci', 'install', 'audit'])
    const named = find(/\bnpm (?:-s )?(?:run )?(?:-s )?([a-z][a-z:-]*)/g)
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter(({ words }) => !(words in manifest.scripts) && !ownWords.has(words))).toEqual([])
  })

  test('programs and files that are named exist', () => {
    const programs = find(/\bnpx ([a-z][\w@/-]*)/g)
    const missing = programs.filter(
      ({ words }) =>
        !['tongdan', 'node'].includes(words) && !existsSync(path.join(root, 'node_modules', '.bin', words)),
    )
    const files = find(/\bnode ((?:scripts|simulators|src|test)\/[\w./-]+)/g)
    expect(files.length).toBeGreaterThan(0)
    expect([...missing, ...files.filter(({ words }) => !existsSync(path.join(root, words)))]).toEqual([])
  })

  test('subcommands of tongdan that are named exist', () => {
    const help = spawnSync(process.execPath, [path.join(root, 'src', 'apps', 'cli.ts'), 'help'], { encoding: 'utf8' })
    const known = [...help.stdout.matchAll(/^ {2}tongdan ([a-z]+(?: [a-z]+)*)/gm)].map(([, words = '']) => words)
    expect(known.length).toBeGreaterThan(5)
    const named = find(/\b(?:npx )?tongdan ([a-z][a-z |-]*)/g).filter(({ words }) => words.trim() !== 'help')
    expect(named.length).toBeGreaterThan(5)
    const isKnown = (words: string) => known.some((command) => words === command || words.startsWith(`${command} `))
    expect(named.filter(({ words }) => !isKnown(words.trim()))).toEqual([])
  })

  test('both READMEs tell the same commands and all settings', () => {
    const commands = (name: string) =>
      [
        ...new Set(codeIn(textOf(name)).flatMap((code) => code.match(/\b(?:npm|npx)(?: run)? [a-z][\w -]*/g) ?? [])),
      ].sort()
    expect(commands('README.zh-CN.md')).toEqual(commands('README.md'))

    const settings = [...textOf('src/platform/config.ts').matchAll(/^ {2}([A-Z_]{4,}): z$/gm)].map(
      ([, name = '']) => name,
    )
    expect(settings.length).toBeGreaterThan(3)
    for (const name of ['README.md', 'README.zh-CN.md'])
      expect(settings.filter((setting) => !textOf(name).includes(`| \`${setting}\` |`))).toEqual([])
  })
})

describe('docs/dependencies.md', () => {
  const rows = rowsIn(textOf('docs/dependencies.md')).map(([name = '', spares = '', licence = '', alive = '']) => ({
    name: name.replaceAll('`', ''),
    spares,
    licence,
    alive,
  }))
  const installed = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies }

  test('has one line for each dependency and none for others', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(installed).sort())
    expect(rows.filter((row) => row.spares === '' || row.licence === '' || row.alive === '')).toEqual([])
  })

  test('tells the licence that the installed package tells', () => {
    const told = rows.flatMap(({ name, licence }) => {
      const file = path.join(root, 'node_modules', name, 'package.json')
      if (!existsSync(file)) return []
      const { license } = z.object({ license: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8')))
      return license === licence ? [] : [`${name}: ${licence} is ${license}`]
    })
    expect(told).toEqual([])
  })
})

describe('docs/adr', () => {
  const records = tree.filter((file) => file.path.startsWith('docs/adr/')).sort((a, b) => (a.path < b.path ? -1 : 1))

  test('numbers have no gap and stand in the title', () => {
    expect(records.length).toBeGreaterThan(0)
    records.forEach((file, at) => {
      const number = String(at + 1).padStart(4, '0')
      expect(file.path).toMatch(new RegExp(`^docs/adr/${number}-[a-z0-9-]+[.]md$`))
      expect(file.text).toMatch(new RegExp(`^# ${number} · \\S`))
    })
  })

  test.each(records.map((file) => [file.path, file.text] as const))('%s fits on a page and is whole', (_, text) => {
    expect(linesOf(text)).toBeLessThanOrEqual(50)
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, words]) => words)
    expect(headings).toEqual(['Context', 'Decision', 'Consequences', 'What would change our mind'])
    expect(text).toMatch(/^(Accepted|Superseded) \d{4}-\d\d-\d\d\./m)
  })
})

describe('ARCHITECTURE.md', () => {
  const page = textOf('ARCHITECTURE.md')

  test('shows the rooms as the rules have them (else run: node scripts/draw-rooms.mjs)', () => {
    expect(page).toContain(drawRooms())
    expect(withDrawing(page.replace('●', ' '))).toBe(page)
  })

  test.each([
    { from: 'src/core/a.ts', to: 'src/core/b.ts', may: true },
    { from: 'src/core/a.ts', to: 'src/kit/b.ts', may: false },
    { from: 'src/core/a.ts', to: 'fs', may: false },
    { from: 'src/kit/a.ts', to: 'crypto', may: true },
    { from: 'src/connectors/channels/one/a.ts', to: 'src/connectors/channels/one/b.ts', may: true },
    { from: 'src/connectors/channels/one/a.ts', to: 'src/connectors/channels/two/b.ts', may: false },
    { from: 'src/modules/orders/a.ts', to: 'src/modules/inventory/index.ts', may: true },
    { from: 'src/modules/orders/a.ts', to: 'src/modules/inventory/b.ts', may: false },
    { from: 'src/modules/inventory/a.ts', to: 'src/modules/orders/index.ts', may: false },
    { from: 'src/apps/start.ts', to: 'simulators/run.ts', may: false },
    { from: 'src/apps/sandbox.ts', to: 'simulators/run.ts', may: true },
  ])('$from may import $to: $may', ({ from, to, may }) => {
    expect(mayImport(from, to)).toBe(may)
  })

  test('lines of modules are read from the rules', () => {
    const lines = moduleLines()
    expect(lines[0]).toEqual(['security'])
    expect(lines.findIndex((line) => line.includes('inventory'))).toBeLessThan(
      lines.findIndex((line) => line.includes('orders')),
    )
  })

  test('stays a map', () => {
    expect(linesOf(page)).toBeLessThan(250)
  })
})

test('each room has a page of at most 40 lines', () => {
  const rooms = ['core', 'contract', 'kit', 'connectors', 'platform', 'modules', 'apps'].map((room) => `src/${room}`)
  for (const room of [...rooms, 'simulators', 'test', 'db', 'web'])
    expect([room, linesOf(textOf(`${room}/README.md`)) <= 40]).toEqual([room, true])
})

test('every word of the glossary is a word of the code', () => {
  const code = tree
    .filter((file) => /^(src|web\/src)\/.*[.]tsx?$/.test(file.path))
    .map((file) => file.text)
    .join('\n')
  const page = textOf('docs/glossary.md')
  const states = page.slice(page.lastIndexOf('|'))
  const words = [...rowsIn(page).map((row) => row[2] ?? ''), states].flatMap((text) =>
    [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word),
  )
  expect(words.length).toBeGreaterThan(60)
  const isInCode = (word: string) => new RegExp(`(?<![\\w-])${word.replaceAll('.', '[.]')}(?![\\w-])`).test(code)
  expect(words.filter((word) => !word.includes('/') && !isInCode(word))).toEqual([])
})

test('the table of roles is that of the program', () => {
  const page = textOf('docs/guide/roles.md')
  const head = /^\| 能做什么 \| (.+) \|$/m.exec(page)?.[1]?.split(' | ')
  expect(head).toEqual(Object.values(rolePresets).map((role) => role.zh))
  const expected = Object.entries(permissions).map(([permission, zh]) => [
    zh,
    ...Object.values(rolePresets).map((role) =>
      (role.permissions as readonly string[]).includes(permission) ? '✓' : '',
    ),
  ])
  expect(rowsIn(page)).toEqual(expected)
})

test('a section of a data sheet that the code cites is there', () => {
  const sheets = papers.filter((file) => /^docs\/channels\/[^/]+[.]md$/.test(file.path))
  const cited = tree
    .filter((file) => /[.]ts$/.test(file.path))
    .flatMap((file) =>
      [...file.text.matchAll(/\b([a-z-]+[.]md) (\d+(?:[.]\d+)?)/g)].map(([, sheet = '', section = '']) => ({
        by: file.path,
        sheet,
        section,
      })),
    )
    .filter(({ sheet }) => sheets.some((file) => file.path === `docs/channels/${sheet}`))
  expect(cited.length).toBeGreaterThan(50)
  const lost = cited.filter(({ sheet, section }) => {
    const text = sheets.find((file) => file.path === `docs/channels/${sheet}`)?.text ?? ''
    const [chapter, point] = section.split('.')
    const isHeading = new RegExp(`^##+ ${section.replace('.', '[.]')}[.,]? `, 'm').test(text)
    const body = text.split(new RegExp(`^## ${chapter}[.] `, 'm'))[1]?.split(/^## /m)[0] ?? ''
    return !isHeading && !new RegExp(`^${point}[.] `, 'm').test(body)
  })
  expect(lost).toEqual([])
})

test('the sheet of Taobao tells every word and code that its connector knows', () => {
  const page = textOf('docs/channels/taobao.md')
  const known = [statuses, refundStatuses, platformCodes, shippingCodes].flatMap((words) => Object.keys(words))
  expect(known.filter((word) => !new RegExp(`(?<![\\w.])${word}(?![\\w.])`).test(page))).toEqual([])
})

test('the changelog begins with what is not yet released', () => {
  const headings = [...textOf('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(([, words]) => words)
  expect(headings[0]).toBe('Unreleased')
})
