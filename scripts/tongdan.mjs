#!/usr/bin/env node
// The command `tongdan`: runs src/apps/cli.ts under a Node that reads TypeScript. Input, output and exit code are the command's own.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import path from 'node:path'
import { ensureInstalled, findNode, root } from './prepare.mjs'

await ensureInstalled()
const child = spawn(findNode(), [path.join(root, 'src', 'apps', 'cli.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
// Ctrl-C reaches the command from the terminal by itself; the rest is passed on.
process.on('SIGINT', () => undefined)
for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]))
