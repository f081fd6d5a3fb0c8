import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A file of the repository; the path is relative and has forward slashes. */
export interface TreeFile {
  readonly path: string
  readonly text: string
}
export type Tree = readonly TreeFile[]

/** A rule reads the tree and says what is wrong, one line a fault, each beginning with a file. */
export type Rule = (tree: Tree) => string[]

const notOurs = new Set(['node_modules', '.git', 'dist', 'coverage', 'test-results', 'tmp'])
const asText = /[.](ts|tsx|mts|mjs|js|css|html|sql|md|json|yml|yaml|toml|txt|csv)$|^[^.]*$/

/** Every text file of the repository that is not made by a tool. */
export function readTree(root: string, folder = ''): TreeFile[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return notOurs.has(entry.name) || /^data(-.*)?$/.test(name) ? [] : readTree(root, name)
    if (!entry.isFile() || !asText.test(entry.name)) return []
    return [{ path: name, text: readFileSync(path.join(root, name), 'utf8') }]
  })
}

export const isTest = (file: TreeFile) => /[.]test[.]tsx?$/.test(file.path)

export const isCode = (file: TreeFile) => /[.](ts|tsx|mjs)$/.test(file.path)

/** The same text with comments blanked out; lines keep their numbers. */
export function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[^:'"`\\])\/\/.*$/gm, (_, before: string) => before)
}

/** `path:line text` for every match of a pattern in a file's code. */
export function hits(file: TreeFile, pattern: RegExp): string[] {
  return withoutComments(file.text)
    .split('\n')
    .flatMap((line, at) => (pattern.test(line) ? [`${file.path}:${at + 1} ${line.trim()}`] : []))
}

/** Names of the folders directly below `place`. */
export function foldersIn(tree: Tree, place: string): string[] {
  const names = tree.flatMap((file) => {
    if (!file.path.startsWith(`${place}/`)) return []
    const rest = file.path.slice(place.length + 1).split('/')
    return rest.length > 1 && rest[0] !== undefined ? [rest[0]] : []
  })
  return [...new Set(names)].sort()
}

export const has = (tree: Tree, place: string) => tree.some((file) => file.path === place)
