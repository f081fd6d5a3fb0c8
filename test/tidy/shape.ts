import ts from 'typescript'
import { isCode, isTest, type Rule, type TreeFile } from './tree.ts'

const sources = /^(src|web|simulators|test|scripts|extensions)\//
const longestFile = 400
const longestTest = 600
const longestFunction = 50
/** Markup is read by its indentation, and a page that is cut up only to be short is harder to read. */
const longestMarkup = 90

/** A file fits a head: 400 lines, tests 600. */
export const filesAreShort: Rule = (tree) =>
  tree
    .filter((file) => sources.test(file.path) && /[.](ts|tsx|mjs|css)$/.test(file.path))
    .flatMap((file) => {
      const lines = file.text.split('\n').length - 1
      const limit = isTest(file) ? longestTest : longestFile
      return lines > limit ? [`${file.path} has ${lines} lines, limit ${limit}`] : []
    })

/** A function fits a screen: 50 lines. What `describe` is given only groups tests and is not measured. */
export const functionsAreShort: Rule = (tree) =>
  tree.filter((file) => sources.test(file.path) && isCode(file)).flatMap((file) => measureFunctions(file))

/** Words that say nothing about what a file is for. */
export const namesSaySomething: Rule = (tree) =>
  tree
    .filter((file) => sources.test(file.path))
    .filter((file) => {
      const words = file.path.toLowerCase().split(/[/.-]/)
      const stem = file.path.split('/').at(-1)?.split('.')[0] ?? ''
      return (
        words.some((word) => /^(util|helper|common|misc|manager|service)s?$/.test(word)) ||
        /^(shared|handlers?|processor|data|info|base|impl)$/.test(stem)
      )
    })
    .map((file) => `${file.path} is named by a word that says nothing`)

/** Every call of the API says who may make it. */
export const routesNamePermissions: Rule = (tree) =>
  tree
    .filter((file) => file.path.startsWith('src/contract/') && !isTest(file))
    .flatMap((file) => {
      const source = parse(file)
      return routeCalls(source).flatMap((call) => {
        const described = call.arguments[0]
        const names =
          described && ts.isObjectLiteralExpression(described)
            ? described.properties.map((each) => each.name?.getText(source))
            : []
        return names.includes('permission') ? [] : [`${file.path}:${lineOf(source, call)} a route without a permission`]
      })
    })

function measureFunctions(file: TreeFile): string[] {
  const source = parse(file)
  const longest = file.path.endsWith('.tsx') ? longestMarkup : longestFunction
  const faults: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body && !isGroupOfTests(node)) {
      const length = linesOf(source, node) - linesOfInner(source, node.body)
      if (length > longest)
        faults.push(`${file.path}:${lineOf(source, node)} a function of ${length} lines, limit ${longest}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return faults
}

const linesOf = (source: ts.SourceFile, node: ts.Node) => lineOf(source, node, node.end) - lineOf(source, node) + 1

/** A function inside another is measured by itself; it counts as one line of the outer one. */
function linesOfInner(source: ts.SourceFile, node: ts.Node): number {
  let inner = 0
  ts.forEachChild(node, (child) => {
    inner += ts.isFunctionLike(child) ? linesOf(source, child) - 1 : linesOfInner(source, child)
  })
  return inner
}

function isGroupOfTests(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && /^describe\b/.test(node.parent.expression.getText())
}

function routeCalls(source: ts.SourceFile): ts.CallExpression[] {
  const found: ts.CallExpression[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'route')
      found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function parse(file: TreeFile): ts.SourceFile {
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2024, true)
}

function lineOf(source: ts.SourceFile, node: ts.Node, at = node.getStart(source)): number {
  return source.getLineAndCharacterOfPosition(at).line + 1
}
