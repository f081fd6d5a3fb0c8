import { text } from 'node:stream/consumers'
import { version } from '../platform/version.ts'
import { type Command, runCommand, type Shell } from './cli/command.ts'
import { databaseCommands } from './cli/database.ts'
import { keyCommands } from './cli/keys.ts'
import { openApiCommands } from './cli/openapi.ts'
import { personCommands } from './cli/person.ts'
import { tokenCommands } from './cli/token.ts'

/** Every subcommand of `tongdan`, group by group; a new group is a line here. */
const commands: readonly Command[] = [
  ...personCommands,
  ...tokenCommands,
  ...keyCommands,
  ...databaseCommands,
  ...openApiCommands,
]

const shell: Shell = {
  out: (line) => process.stdout.write(`${line}\n`),
  tell: (line) => process.stderr.write(`${line}\n`),
  environment: process.env,
  readInput: () => text(process.stdin),
}

// Whoever reads may stop reading, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const args = process.argv.slice(2)
if (args[0] === '--version') shell.out(version)
else process.exitCode = await runCommand(commands, args, shell)
