import { text } from 'node:stream/consumers'
import { version } from '../platform/version.ts'
import { type Command, runCommand, type Shell } from './cli/command.ts'

/**
 * Every subcommand of `tongdan`, by its first word; a new group is a line here. Only the group that was typed is loaded, since looking at a
 * payload needs none of what the database needs.
 */
const groups: Readonly<Record<string, () => Promise<readonly Command[]>>> = {
  person: async () => (await import('./cli/person.ts')).personCommands,
  token: async () => (await import('./cli/token.ts')).tokenCommands,
  keys: async () => (await import('./cli/keys.ts')).keyCommands,
  migrate: async () => (await import('./cli/database.ts')).databaseCommands,
  openapi: async () => (await import('./cli/openapi.ts')).openApiCommands,
  inspect: async () => (await import('./cli/inspect.ts')).inspectCommands,
  schema: async () => (await import('./cli/schema.ts')).schemaCommands,
}

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
else process.exitCode = await runCommand(await commandsFor(args[0] ?? ''), args, shell)

async function commandsFor(word: string): Promise<readonly Command[]> {
  const loads = Object.hasOwn(groups, word) ? [groups[word]!] : Object.values(groups)
  return (await Promise.all(loads.map((load) => load()))).flat()
}
