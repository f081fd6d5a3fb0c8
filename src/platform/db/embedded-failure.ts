import { readFile } from 'node:fs/promises'
import { Failure } from '../../core/failures.ts'
import { isCode } from './embedded-process.ts'

/** What the server's programs say, and which failure it is. The first that fits counts. Sources: PostgreSQL's own messages [tested]. */
const signs: readonly (readonly [RegExp, (words: Words) => Failure])[] = [
  [/No space left on device|Disk quota exceeded/i, ({ clusterDir }) => new Failure('DISK_FULL', { path: clusterDir })],
  [
    /Address already in use|could not create any (Unix-domain|TCP\/IP) sockets|lock file ".*[.]s[.]PGSQL/i,
    addressTaken,
  ],
  [
    /(FATAL|PANIC|error while|could not open).*Permission denied/i,
    ({ clusterDir }) => new Failure('FILE_FORBIDDEN', { path: clusterDir }),
  ],
  [/error while loading shared libraries|GLIBC_|cannot execute|Exec format error/i, platformAbsent],
  [
    /valid checkpoint|incompatible with server|required WAL|pg_control|control file|invalid (page|record|magic)|PANIC|could not (open|read|access) (file|directory) "(global|base|pg_)|is not a valid data directory|required file|lock file .* empty/i,
    ({ clusterDir, reason }) => new Failure('DATABASE_DAMAGED', { path: clusterDir, reason }),
  ],
]

interface Words {
  readonly text: string
  readonly reason: string
  readonly clusterDir: string
}

/** Makes a failure of what a server program printed before it gave up. */
export function readRefusal(words: string, clusterDir: string, log: string): Failure {
  const text = withoutOrphans(words)
  const reason = worst(text)
  const sign = signs.find(([pattern]) => pattern.test(text))
  return sign?.[1]({ text, reason, clusterDir }) ?? new Failure('DATABASE_START_FAILED', { reason, log })
}

/** Sessions of a server that was killed say their last word into the same log; it is not the new server's. */
const withoutOrphans = (words: string) =>
  words
    .split('\n')
    .filter((line) => !/terminating connection due to unexpected postmaster exit/.test(line))
    .join('\n')

/** Makes a failure of what the file system refused; anything that is not of the file system is passed on as it is. */
export function readFileTrouble(error: unknown, place: string): unknown {
  if (isCode(error, 'ENOSPC') || isCode(error, 'EDQUOT')) return new Failure('DISK_FULL', { path: place }, error)
  if (['EACCES', 'EPERM', 'EROFS'].some((code) => isCode(error, code))) {
    const path = error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : place
    return new Failure('FILE_FORBIDDEN', { path }, error)
  }
  if (error instanceof Error && 'syscall' in error)
    return new Failure('DATABASE_START_FAILED', { reason: error.message, log: place }, error)
  return error
}

/** The end of a log file from byte `from` on, at most 64 kB. */
export async function readLogSince(log: string, from: number): Promise<string> {
  const bytes = await readFile(log).catch(() => Buffer.alloc(0))
  return bytes.subarray(Math.max(from, bytes.length - 65_536)).toString('utf8')
}

function addressTaken({ text, clusterDir }: Words): Failure {
  return new Failure('DATABASE_ADDRESS_TAKEN', {
    path: /"([^"]*[.]s[.]PGSQL[^"]*?)([.]lock)?"/.exec(text)?.[1] ?? clusterDir,
  })
}

function platformAbsent({ reason }: Words): Failure {
  return new Failure('DATABASE_PLATFORM_ABSENT', { platform: `${process.platform}-${process.arch}`, reason })
}

/** The line that says most: the last panic or fatal message, else the last line. */
function worst(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const line = lines.findLast((each) => /PANIC|FATAL|error:/i.test(each)) ?? lines.at(-1) ?? 'it ended without a word'
  return line.replace(/^.*?(PANIC|FATAL|error): +/, '')
}
