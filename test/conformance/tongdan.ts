import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { runCommand } from '../../src/apps/cli/command.ts'
import { inspectCommands } from '../../src/apps/cli/inspect.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** What `npx tongdan` runs, and the program that it starts. */
const programs = { npx: path.join(root, 'scripts/tongdan.mjs'), itself: path.join(root, 'src/apps/cli.ts') }
/** Starting it some hundred times, it is compiled once. */
const env = { ...process.env, NODE_COMPILE_CACHE: path.join(tmpdir(), 'tongdan-test-compiled') }

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs `tongdan …` as a program of its own, with `input` on its standard input. */
export async function tongdan(args: readonly string[], input = '', by: keyof typeof programs = 'itself'): Promise<Ran> {
  const child = spawn(process.execPath, [programs[by], ...args], { env })
  const code = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  // A command that refuses before it reads closes its end; what it says is what counts.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, out, err }
}

/**
 * What `tongdan inspect …` does, in this process: the program's own command with a shell that is caught. Hundreds of payloads are looked at so;
 * that the program hands its command the same things, `tongdan` shows.
 */
async function inspected(args: readonly string[], input: string): Promise<Ran> {
  const caught = { out: '', err: '' }
  const code = await runCommand(inspectCommands, args, {
    out: (line) => {
      caught.out += `${line}\n`
    },
    tell: (line) => {
      caught.err += `${line}\n`
    },
    environment: process.env,
    readInput: async () => input,
  })
  return { code, ...caught }
}

const ranOf = (args: readonly string[], input: string) =>
  args[0] === 'inspect' ? inspected(args, input) : tongdan(args, input)

/** The document that a command printed. Throws what it said instead. */
export async function answer<Document = unknown>(args: readonly string[], input?: unknown): Promise<Document> {
  const ran = await ranOf(args, asText(input))
  if (ran.code !== 0 || ran.err !== '') throw new Error(`tongdan ${args.join(' ')} ended with ${ran.code}: ${ran.err}`)
  return JSON.parse(ran.out) as Document
}

/** What a command refused with. Throws when it answered. */
export async function refusal(args: readonly string[], input?: unknown): Promise<Readonly<Record<string, unknown>>> {
  const ran = await ranOf(args, asText(input))
  if (ran.code !== 1 || ran.out !== '') throw new Error(`tongdan ${args.join(' ')} ended with ${ran.code}: ${ran.out}`)
  return JSON.parse(ran.err) as Readonly<Record<string, unknown>>
}

function asText(input: unknown): string {
  return typeof input === 'string' ? input : JSON.stringify(input ?? '')
}
