// Checks the rooms (.dependency-cruiser.mjs), and that the checker has looked at every file: one that sees nothing finds nothing.
// `node scripts/check-rooms.mjs [folder]`; the folder is the repository by default, a planted tree in the rules' own test.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = path.dirname(import.meta.dirname)
const rooms = ['src', 'simulators', 'test', 'web']

/** Cruises a tree by the repository's rules: what it broke, and the files that were not looked at. */
export function cruise(folder = repository) {
  const present = rooms.filter((room) => existsSync(path.join(folder, room)))
  const checker = path.join(repository, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs')
  const rules = path.join(repository, '.dependency-cruiser.mjs')
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [checker, ...present, '--config', rules, '--output-type', 'json'],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 500_000_000,
    },
  )
  if (!stdout.startsWith('{')) throw new Error(`the checker of rooms broke: ${stderr}${stdout}`)
  const { modules, summary } = JSON.parse(stdout)
  const seen = new Set(modules.map(({ source }) => source))
  const files = present.flatMap((room) => listFiles(folder, room))
  return { violations: summary.violations, files: files.length, unseen: files.filter((file) => !seen.has(file)) }
}

function listFiles(folder, place) {
  return readdirSync(path.join(folder, place), { withFileTypes: true }).flatMap((entry) => {
    const name = `${place}/${entry.name}`
    if (entry.isDirectory())
      return entry.name === 'dist' || entry.name === 'node_modules' ? [] : listFiles(folder, name)
    return /[.]tsx?$/.test(entry.name) ? [name] : []
  })
}

function report({ violations, files, unseen }) {
  for (const { rule, from, to, cycle } of violations) {
    const where = cycle?.length > 0 ? cycle.map(({ name }) => name).join(' → ') : to
    console.error(`${rule.name}: ${from} → ${where}`)
  }
  for (const file of unseen) console.error(`not looked at: ${file}`)
  console.error(`${files} files, ${violations.length} breaches, ${unseen.length} not looked at`)
  return violations.length + unseen.length > 0 || files === 0 ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(report(cruise(process.argv[2])))
