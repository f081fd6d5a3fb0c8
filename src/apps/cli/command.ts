import { parseArgs } from 'node:util'
import { Failure } from '../../core/failures.ts'
import { failureReply } from '../../platform/http/failure-reply.ts'

/** Where a command reads from and writes to; a test gives its own. */
export interface Shell {
  /** Results, for people and programs: standard output. */
  readonly out: (line: string) => void
  /** Progress and complaints: standard error. */
  readonly tell: (line: string) => void
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Standard input to its end. */
  readonly readInput: () => Promise<string>
}

/** One subcommand of `tongdan`, such as `token add`. */
export interface Command {
  readonly words: string
  /** What follows the words: `<id>` must be given, `[--days N]` may be. */
  readonly usage: string
  readonly zh: string
  readonly en: string
  /** Gives the exit code; throws UsageError for wrong arguments and Failure for what it could not do. */
  readonly run: (args: readonly string[], shell: Shell) => Promise<number>
}

/** Wrong arguments: told with the usage, exit code 2. */
export class UsageError extends Error {}

/** Reads `--name value` options and what stands alone. Throws UsageError. */
export function readArgs<Option extends string>(
  args: readonly string[],
  options: Readonly<Record<Option, 'text' | 'flag'>>,
): {
  readonly given: Partial<Record<Option, string>>
  readonly flags: ReadonlySet<Option>
  readonly alone: readonly string[]
} {
  const kinds = Object.entries(options) as [Option, 'text' | 'flag'][]
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      strict: true,
      options: Object.fromEntries(
        kinds.map(([name, kind]) => [name, { type: kind === 'text' ? 'string' : 'boolean' }]),
      ),
    })
    const entries = Object.entries(values) as [Option, string | boolean][]
    return {
      given: Object.fromEntries(entries.filter(([, value]) => typeof value === 'string')) as Partial<
        Record<Option, string>
      >,
      flags: new Set(entries.filter(([, value]) => value === true).map(([name]) => name)),
      alone: positionals,
    }
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error })
  }
}

/** Throws UsageError when the option was not given. */
export function need<Option extends string>(given: Partial<Record<Option, string>>, option: Option): string {
  const text = given[option]?.trim()
  if (!text) throw new UsageError(`缺少 --${option} / --${option} is missing`)
  return text
}

/** Finds the command, runs it, and says in words what went wrong: 0 done, 1 not done, 2 not understood. */
export async function runCommand(commands: readonly Command[], args: readonly string[], shell: Shell): Promise<number> {
  const asksForHelp = args.length === 0 || args[0] === 'help' || args.includes('--help') || args.includes('-h')
  const command = commands.find(({ words }) => words.split(' ').every((word, place) => args[place] === word))
  if (asksForHelp) {
    shell.out(helpText(command ? [command] : ofGroup(commands, args)))
    return 0
  }
  if (!command) {
    shell.tell(`没有这个命令：${args.slice(0, 2).join(' ')} / no such command\n`)
    shell.tell(helpText(ofGroup(commands, args)))
    return 2
  }
  try {
    return await command.run(args.slice(command.words.split(' ').length), shell)
  } catch (error) {
    return explain(error, command, shell)
  }
}

function explain(error: unknown, command: Command, shell: Shell): number {
  if (error instanceof UsageError) {
    shell.tell(`${error.message}\n`)
    shell.tell(helpText([command]))
    return 2
  }
  if (!(error instanceof Failure)) throw error
  const { zh, en } = failureReply(error, '-').body
  shell.tell(zh)
  shell.tell(en)
  return 1
}

/** Those whose first word was typed, or all. */
function ofGroup(commands: readonly Command[], args: readonly string[]): readonly Command[] {
  const word = args[0] === 'help' ? args[1] : args[0]
  const group = commands.filter(({ words }) => words.split(' ')[0] === word)
  return group.length > 0 ? group : commands
}

function helpText(commands: readonly Command[]): string {
  const lines = commands.flatMap(({ words, usage, zh, en }) => [
    `  tongdan ${words} ${usage}`.trimEnd(),
    `      ${zh}`,
    `      ${en}`,
  ])
  return ['统单 Tongdan', '', '用法 / usage:', ...lines].join('\n')
}
