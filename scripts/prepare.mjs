// What must be there before the product can run: its libraries, a Node that reads TypeScript, the web page. Runs on Node 20 with
// nothing installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { giveUp, say } from './say.mjs'

export const root = path.dirname(import.meta.dirname)
const inRoot = (...parts) => path.join(root, ...parts)

/** Installs the libraries unless those of this very lock file are there. */
export async function ensureInstalled() {
  if (isInstalled()) return
  say('正在安装依赖（第一次约一分钟）', 'installing what is missing, about a minute the first time')
  const wanted = Object.keys(JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages).length
  const progress = setInterval(
    () => say(`  已安装 ${countInstalled()} 个包，共约 ${wanted} 个`, 'packages so far'),
    5_000,
  )
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm']
  const { code, output } = await runQuietly(npm[0], [...npm.slice(1), 'ci', '--no-audit', '--no-fund'])
  clearInterval(progress)
  if (code !== 0) {
    process.stderr.write(output)
    giveUp('依赖没有装好，原因见上。下载慢或连不上时，可换成国内镜像再试', 'npm ci failed; see above')
  }
  writeFileSync(inRoot('node_modules', '.tongdan-lock'), lockMark())
  say('依赖已装好', 'installed')
}

/** The Node that runs the product: the one npm brought along, else the machine's own if it is new enough. */
export function findNode() {
  const system = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const brought = inRoot('node_modules', `node-${system}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  for (const node of [brought, process.execPath, 'node']) {
    if (node === brought && !existsSync(node)) continue
    if (readsTypeScript(node === process.execPath ? process.version : versionOf(node))) return node
  }
  return giveUp(
    `这台机器（${system}）没有能用的 Node，请先安装 Node 24，再运行一次`,
    'no Node that reads TypeScript was found; install Node 24 and run this again',
  )
}

/** Builds the web page when a source of it is newer than what was built. */
export async function ensurePage(node) {
  if (!existsSync(inRoot('web', 'index.html')) || isPageFresh()) return
  say('正在构建网页', 'building the page')
  const startedAt = new Date()
  const { code, output } = await runQuietly(node, [
    inRoot('node_modules', 'vite', 'bin', 'vite.js'),
    'build',
    inRoot('web'),
  ])
  if (code !== 0) {
    process.stderr.write(output)
    giveUp('网页没有构建成功，原因见上', 'the page could not be built; see above')
  }
  markBuilt(startedAt)
  say('网页已构建', 'built')
}

/** Notes when the page was built; an edit during the build is newer than that. */
export function markBuilt(startedAt) {
  mkdirSync(inRoot('web', 'dist'), { recursive: true })
  writeFileSync(stamp, '')
  utimesSync(stamp, startedAt, startedAt)
}

/** Runs a program and keeps what it prints. */
export function runQuietly(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && program === 'npm',
      ...options,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    child.on('error', (error) => resolve({ code: 127, output: `${error.message}\n` }))
    child.on('close', (code, signal) =>
      resolve({ code: code ?? 1, output: signal ? `${output}\n${program}: ${signal}\n` : output }),
    )
  })
}

/** The newest change below a file or folder, in ms; 0 when it is not there. */
export function newestChange(place) {
  const found = statSync(place, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0
  let newest = 0
  for (const entry of readdirSync(place, { withFileTypes: true })) {
    if (entry.name === 'dist' || entry.name === 'node_modules') continue
    newest = Math.max(newest, newestChange(path.join(place, entry.name)))
  }
  return newest
}

const stamp = inRoot('web', 'dist', '.built')

function isPageFresh() {
  const builtAt = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return (
    builtAt > 0 &&
    ['web', 'src/contract', 'src/core', 'package-lock.json'].every((place) => newestChange(inRoot(place)) <= builtAt)
  )
}

function isInstalled() {
  const installed = statSync(inRoot('node_modules', '.package-lock.json'), { throwIfNoEntry: false })
  if (installed === undefined) return false
  const mark = inRoot('node_modules', '.tongdan-lock')
  if (existsSync(mark)) return readFileSync(mark, 'utf8') === lockMark()
  return installed.mtimeMs >= statSync(inRoot('package-lock.json')).mtimeMs
}

const lockMark = () =>
  createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex')

function countInstalled() {
  if (!existsSync(inRoot('node_modules'))) return 0
  return readdirSync(inRoot('node_modules')).reduce(
    (sum, name) => sum + (name.startsWith('@') ? readdirSync(inRoot('node_modules', name)).length : 1),
    0,
  )
}

function versionOf(node) {
  return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? ''
}

/** Node reads TypeScript as it is from 22.18 on. Source: Node's changelog of 22.18 [doc]. */
function readsTypeScript(version) {
  const [, major, minor] = /^v(\d+)[.](\d+)/.exec(version ?? '') ?? []
  return Number(major) > 22 || (Number(major) === 22 && Number(minor) >= 18)
}
