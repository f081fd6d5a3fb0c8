import pg from 'pg'
import { pino } from 'pino'

export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>

/** Names of fields whose values never reach the log, at any of the first three depths. */
const redacted = [
  'password',
  'secret',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'phone',
  'mobile',
  'address',
  'name',
  'nick',
  'receiver',
  'body',
  'raw',
  'credentials',
]
const depths = (field: string) => [field, `*.${field}`, `*.*.${field}`]

/** Structured log to standard output (or to `destination`), one JSON object a line. */
export function openLog(
  options: { readonly level?: string; readonly destination?: pino.DestinationStream } = {},
): pino.Logger {
  const settings: pino.LoggerOptions = {
    level: options.level ?? 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: plainError },
    redact: { paths: redacted.flatMap(depths), censor: '[hidden]' },
  }
  return options.destination ? pino(settings, options.destination) : pino(settings)
}

/** What is told of an error: enough to find it, nothing that was somebody's. */
interface PlainError {
  readonly type: string
  readonly message: string
  readonly code?: string
  readonly constraint?: string
  readonly stack: readonly string[]
  readonly cause?: PlainError
}

/**
 * An error for the log. The database's own messages hold the values they are about, so of those only code and constraint are kept;
 * in other messages long numbers, which may be telephones, are left out.
 */
function plainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error', stack: [] }
  const { code, constraint } = error as { readonly code?: unknown; readonly constraint?: unknown }
  const isOfDatabase = error instanceof pg.DatabaseError
  return {
    type: error.name,
    message: isOfDatabase ? 'the database refused' : withoutNumbers(error.message),
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
    stack: framesOf(error),
    ...(error.cause !== undefined && { cause: plainError(error.cause) }),
  }
}

const withoutNumbers = (text: string) => text.replace(/\d{7,}/g, '[number]')

/** The places, without the first line, which repeats the message. */
const framesOf = ({ stack = '' }: Error) =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())

export const silentLog: Log = pino({ level: 'silent' })
